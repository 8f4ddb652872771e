//! How often, in words.

use crate::support::Cairn;

#[test]
fn how_often_is_understood_in_english_and_welsh() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    for often in [
        "every day",
        "Each Morning",
        "every tuesday and friday",
        "3 times a week",
        "once a week",
        "twice this week",
        "twice a day",
        "every other day",
        "once by friday",
        "bob dydd",
        "pob bore",
        "pob dydd Mawrth a phob dydd Gwener",
        "3 gwaith yr wythnos",
        "ddwywaith y dydd",
        "bob yn ail ddydd",
        "unwaith erbyn dydd Gwener",
    ] {
        let shown = home.done(&["plan", "new", &goal, "--what", "x", "--often", often]);
        assert_eq!(shown["often"], often);
    }
    for not in ["now and then", "8 times a week", "0 times a week"] {
        let plan = ["plan", "new", &goal, "--what", "x", "--often", not];
        home.refused(&plan, 2, "often_not_understood");
    }
}
