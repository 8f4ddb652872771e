//! Searching.

use crate::support::Cairn;

#[test]
fn searching_finds_words_and_not_the_ids_behind_them() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    home.done(&["plan", "new", &goal, "--what", "Screens off at 10"]);
    assert_eq!(
        home.done(&["search", "screens"]).as_array().unwrap().len(),
        1
    );
    assert_eq!(home.done(&["search", &goal]).as_array().unwrap().len(), 0);
}
