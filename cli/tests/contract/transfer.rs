//! Taking the record out and bringing it in.

use crate::support::Cairn;

#[test]
fn an_exported_record_is_taken_in_by_a_fresh_home() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better", "--importance", "8"]);
    home.done(&["goal", "reword", &goal, "Sleep through"]);
    let file = home.folder().join("taken-out.json").display().to_string();
    assert_eq!(home.run(&["export", "json", "--to", &file]).code, 0);
    let fresh = Cairn::person("Tom Avery");
    fresh.done(&["import", &file]);
    let shown = fresh.done(&["goal", "show", &goal]);
    assert_eq!(shown["words"], "Sleep through");
    assert_eq!(shown["earlier_words"][0]["words"], "Sleep better");
    assert_eq!(shown["importance"], 8);
}
