use super::*;
use crate::about_me::trial;
use crate::entropy::SeededEntropy;
use crate::goal;
use crate::withdrawal;

fn prepared(name: &str) -> Prepared {
    let entropy = SeededEntropy::new(1);
    let content = b"%PDF-1.7 words".to_vec();
    Prepared::new(
        &Id::read("circle-1"),
        name,
        Some("A letter"),
        content,
        &entropy,
    )
    .unwrap()
}

fn with_goal() -> (Record, Id) {
    let mut record = trial::record(trial::nurse());
    let goal = trial::act(&mut record, |acts| goal::add(acts, "Swim", None, None)).unwrap();
    (record, goal)
}

#[test]
fn a_file_stands_beside_its_goal_until_it_is_taken_back() {
    let (mut record, goal) = with_goal();
    let file = prepared("let\nter.pdf");
    let made = trial::act(&mut record, |acts| add(acts, &goal, &file)).unwrap();
    let shown = goal::show(&record, record.find(Noun::Goal, &goal).unwrap());
    let attachment = &shown["attachments"][0];
    assert_eq!(attachment["id"], made.as_str());
    assert_eq!(attachment["name"], "letter.pdf");
    assert_eq!(attachment["kind"], "pdf");
    assert_eq!(attachment["text"], "A letter");
    assert_eq!(attachment["size"], 14);
    assert_eq!(
        attachment["here"], false,
        "no pieces were kept in this trial"
    );

    trial::act(&mut record, |acts| {
        withdrawal::withdraw(acts, Noun::Attachment, &made)
    })
    .unwrap();
    let shown = goal::show(&record, record.find(Noun::Goal, &goal).unwrap());
    assert!(shown["attachments"].is_null());
    trial::act(&mut record, |acts| withdrawal::restore(acts, &made)).unwrap();
    let shown = goal::show(&record, record.find(Noun::Goal, &goal).unwrap());
    assert_eq!(shown["attachments"].as_array().map(Vec::len), Some(1));
}

#[test]
fn nothing_is_attached_to_a_name_a_zone_or_another_attachment() {
    let (mut record, goal) = with_goal();
    let file = prepared("letter.pdf");
    let made = trial::act(&mut record, |acts| add(acts, &goal, &file)).unwrap();
    for id in ["member-1", made.as_str(), "nothing"] {
        let refused = trial::act(&mut record, |acts| add(acts, &Id::read(id), &file));
        assert_eq!(refused, Err(Error::UnknownId), "{id}");
    }
}

#[test]
fn the_key_of_a_file_is_in_no_view_of_the_record() {
    let (mut record, goal) = with_goal();
    trial::act(&mut record, |acts| add(acts, &goal, &prepared("a.pdf"))).unwrap();
    let shown = view::everything::show(&record, chrono::NaiveDate::MIN);
    let things = shown["things"].as_array().unwrap();
    let attachment = things.iter().find(|thing| thing["noun"] == "attachment");
    let answers = attachment.unwrap()["answers"].as_array().unwrap();
    let file = answers
        .iter()
        .find(|answer| answer["field"] == "file")
        .unwrap();
    assert!(file["value"].is_null());
}

#[test]
fn a_file_of_no_kind_that_is_kept_is_refused() {
    let entropy = SeededEntropy::new(1);
    let circle = Id::read("circle-1");
    for content in [
        b"".to_vec(),
        b"MZ program".to_vec(),
        b"\xff\xd8\xff no picture".to_vec(),
    ] {
        let refused = Prepared::new(&circle, "a", None, content, &entropy);
        assert_eq!(refused.err(), Some(Error::FileKind));
    }
    let empty = Prepared::new(&circle, "a", Some(" "), b"%PDF-".to_vec(), &entropy);
    assert_eq!(empty.err(), Some(Error::Empty));
}
