//! What two devices of one nurse say to each other when few of many records changed.

use cairn_tests::visit::{CHANGED, Caseload};

#[test]
fn a_visit_brings_what_changed_and_a_second_meeting_brings_nothing_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut caseload = Caseload::make(folder.path(), 2 * CHANGED, |_| {}).unwrap();
    caseload.visit(CHANGED).unwrap();
    let visit = caseload.meet().unwrap();
    assert!(caseload.same_on_both().unwrap());
    let again = caseload.meet().unwrap();
    assert!(visit.bytes < 40_000 && visit.flights <= 3, "{visit:?}");
    assert!(again.bytes <= 100 && again.flights <= 2, "{again:?}");
}
