//! A removal and new keys made apart, merged in both orders: who was taken out opens nothing that was written later,
//! and nothing that others had built is lost. Everything is counted.

#[path = "support/spoil.rs"]
mod spoil;
mod support;

use cairn_core::circle::epoch::{self, Keyring};
use cairn_core::circle::{Groups, Roster};
use cairn_core::goal;
use cairn_core::log::{self, Saying};
use cairn_core::plan::{self, Answers};
use cairn_core::record::{Group, Noun};
use cairn_core::store::{Circle, Scope};
use cairn_core::sync::message::Have;
use cairn_core::sync::segment;
use cairn_core::{Error, Id};
use std::collections::{BTreeMap, BTreeSet};
use support::device::Device;

const GROUPS: usize = 5;

/// Mary's phone; her daughter Ann, who acts for her; the nurses Anne, who is taken out, and Ben, who stays.
struct Table {
    devices: [Device; 4],
    plan: Id,
}

const MARY: usize = 0;
const ANN: usize = 1;
const ANNE: usize = 2;
const BEN: usize = 3;
const REMAIN: [usize; 3] = [MARY, ANN, BEN];

impl Table {
    fn set() -> Table {
        let mut mary = Device::new("Mary Bell", 1);
        let circle = mary.home.circle.clone();
        let goal = mary.act(&circle, |acts| {
            goal::add(acts, "Walk to the shop", None, None)
        });
        let answers = Answers {
            what: Some("Walk to the bench".into()),
            ..Answers::default()
        };
        let goal = goal.unwrap();
        let plan = mary.act(&circle, |acts| plan::new(acts, &goal, &answers));
        let plan = plan.unwrap();
        let mut others = [("Ann Bell", 2), ("Anne Okoro", 3), ("Ben Hale", 4)]
            .map(|(name, seed)| Device::new(name, seed));
        for (other, role) in others.iter_mut().zip(["proxy", "nurse", "nurse"]) {
            mary.let_in(other, role, &["all"]);
        }
        let [ann, anne, ben] = others;
        let mut table = Table {
            devices: [mary, ann, anne, ben],
            plan,
        };
        table.all_meet(&[MARY, ANN, ANNE, BEN]);
        table
    }

    fn circle(&self, of: usize) -> Circle {
        self.devices[of].circle(&self.devices[MARY])
    }

    fn meet(&mut self, one: usize, other: usize) {
        let [one, other] = self.devices.get_disjoint_mut([one, other]).unwrap();
        one.meet(other);
    }

    /// Twice round: whoever knows something has told everybody then.
    fn all_meet(&mut self, who: &[usize]) {
        for _ in 0..2 {
            for (n, one) in who.iter().enumerate() {
                for other in &who[n + 1..] {
                    self.meet(*one, *other);
                }
            }
        }
    }

    fn write(&mut self, by: usize, words: &str) {
        let (circle, plan) = (self.circle(by), self.plan.clone());
        let saying = Saying {
            did: Some("did".into()),
            note: Some(words.into()),
            ..Saying::default()
        };
        let device = &mut self.devices[by];
        device
            .act(&circle, |acts| {
                goal::add(acts, words, None, None)?;
                log::add(acts, &plan, &saying)
            })
            .unwrap();
    }

    /// A change of the plan, which stands on all that its author knows of the plan.
    fn place(&mut self, by: usize, answers: Answers) {
        let (circle, plan) = (self.circle(by), self.plan.clone());
        let device = &mut self.devices[by];
        device
            .act(&circle, |acts| plan::edit(acts, &plan, &answers))
            .unwrap();
    }

    fn reads(&self, who: usize, words: &str) -> bool {
        self.devices[who].text(&self.circle(who)).contains(words)
    }

    fn new_keys(&mut self, by: usize) {
        let circle = self.circle(by);
        let (acting, entropy) = (self.devices[by].acting(), self.devices[by].entropy());
        let vault = &mut self.devices[by].home.vault;
        vault
            .new_keys(&circle, Groups::EVERYTHING, acting, &entropy)
            .unwrap();
    }

    fn remove_anne(&mut self) {
        let [mary, anne] = self.devices.get_disjoint_mut([MARY, ANNE]).unwrap();
        mary.remove(anne);
    }

    /// The epoch each group is written under.
    fn epochs(&self, of: usize) -> Vec<Option<[u8; 32]>> {
        let circle = self.circle(of);
        let log = self.devices[of].home.vault.access_log(&circle).unwrap();
        let roster = Roster::of(&log);
        let groups = Groups::EVERYTHING.iter();
        groups.map(|group| roster.epoch_for(&log, group)).collect()
    }

    fn operations(&self, of: usize) -> usize {
        let circle = self.circle(of);
        self.devices[of]
            .home
            .vault
            .access_log(&circle)
            .unwrap()
            .len()
    }

    /// Every segment Mary's phone has, by name.
    fn segments(&self) -> BTreeMap<[u8; 32], Vec<u8>> {
        let (circle, vault) = (self.circle(MARY), &self.devices[MARY].home.vault);
        let asks = self.devices[ANN].home.vault.keys().public().sign;
        let gifts = vault.segments_lacking(&circle, &asks, &Have::default());
        let bytes = gifts
            .unwrap()
            .into_iter()
            .map(|gift| vault.segment(&gift).unwrap());
        bytes.map(|bytes| (segment::name(&bytes), bytes)).collect()
    }

    /// All that Anne can ever open keys with: those she was given, and whatever opens from a copy of every operation.
    fn every_key_of(&self, who: usize) -> Keyring {
        let vault = &self.devices[who].home.vault;
        let circle = self.circle(who);
        let mut keyring = vault.keyring(&circle).unwrap();
        let everything = self.devices[MARY].home.vault.access_log(&self.circle(MARY));
        let roster = Roster::of(&everything.unwrap());
        let mut grows = true;
        while grows {
            grows = false;
            for (hash, told, wraps) in roster.epochs() {
                let opened = epoch::open(&circle.id, hash, told, wraps, vault.keys(), &mut keyring);
                grows |= opened.unwrap();
            }
        }
        keyring
    }

    fn opened<'a>(
        &self,
        keyring: &Keyring,
        segments: impl IntoIterator<Item = &'a Vec<u8>>,
    ) -> usize {
        let id = &self.circle(MARY).id;
        let opens = |bytes: &&Vec<u8>| {
            let mut keys = keyring.iter();
            keys.any(|(_, _, key)| segment::open(id, bytes, key).is_some())
        };
        segments.into_iter().filter(opens).count()
    }
}

#[test]
fn a_removal_and_new_keys_made_apart_merge_in_both_orders() {
    for order in [[MARY, ANN, BEN], [BEN, ANN, MARY]] {
        let mut table = Table::set();
        // Anne's work, taken up by Ben before anybody knew, and a note that nobody has.
        table.place(
            ANNE,
            Answers {
                place: Some("by the church".into()),
                ..Answers::default()
            },
        );
        table.meet(ANNE, BEN);
        table.remove_anne();
        table.new_keys(ANN);
        table.place(
            BEN,
            Answers {
                when: Some("after lunch".into()),
                ..Answers::default()
            },
        );
        table.write(ANN, "before she knew");
        table.write(ANNE, "what Ann took");
        // Ann, who does not know, still meets Anne and seals under keys that Anne was given.
        table.meet(ANN, ANNE);
        table.write(ANNE, "hers alone");
        table.all_meet(&order);
        let before = table.segments();

        let later: Vec<String> = (0..2)
            .flat_map(|n| REMAIN.map(|by| (n, by)))
            .map(|(n, by)| {
                let words = format!("later {n} of {by}");
                table.write(by, &words);
                table.all_meet(&order);
                words
            })
            .collect();
        table.meet(MARY, ANNE);
        table.all_meet(&order);

        // Nothing later opens, though Anne has every old key and a copy of every segment and operation.
        let all = table.segments();
        let new: Vec<&Vec<u8>> = all
            .iter()
            .filter(|(name, _)| !before.contains_key(*name))
            .map(|(_, bytes)| bytes)
            .collect();
        let hers = table.every_key_of(ANNE);
        let (earlier, opened) = (
            table.opened(&hers, before.values()),
            table.opened(&hers, new.iter().copied()),
        );
        let marys = table.opened(&table.every_key_of(MARY), new.iter().copied());
        println!(
            "order {order:?}: {} segments before, {earlier} of them open to her; {} later, {opened} open to her, {marys} to Mary",
            before.len(),
            new.len()
        );
        assert!(earlier > 0 && new.len() >= later.len() * 2);
        assert_eq!((opened, marys), (0, new.len()));

        // One key a group, the same on all who remain, and everything that was written is on all.
        let chosen: BTreeSet<_> = REMAIN.map(|who| table.epochs(who)).into();
        assert_eq!(chosen.len(), 1);
        assert!(chosen.first().unwrap().iter().all(Option::is_some));
        for who in REMAIN {
            for words in &later {
                assert!(table.reads(who, words), "{who} lacks {words}");
            }
            for words in [
                "by the church",
                "after lunch",
                "before she knew",
                "what Ann took",
            ] {
                assert!(table.reads(who, words), "{who} lacks {words}");
            }
        }
        assert!(later.iter().all(|words| !table.reads(ANNE, words)));

        // What only Anne has is late, and waits for Mary under her name.
        let own = table.circle(MARY);
        let late = table.devices[MARY].home.vault.late(&own).unwrap();
        let anne = table.circle(ANNE).member;
        assert!(late.iter().all(|(_, by, _)| by.as_ref() == Some(&anne)));
        println!("order {order:?}: {} late segments of hers wait", late.len());
        assert_eq!(late.len(), 2, "one in goals, one in the log");
        assert!(REMAIN.iter().all(|who| !table.reads(*who, "hers alone")));
        let names = late.iter().map(|(name, ..)| *name).collect();
        let acting = table.devices[MARY].acting();
        let vault = &mut table.devices[MARY].home.vault;
        vault.let_in(&own, names, acting).unwrap();
        table.all_meet(&order);
        for who in REMAIN {
            assert!(table.reads(who, "hers alone"), "{who}");
            let circle = table.circle(who);
            let record = table.devices[who]
                .home
                .vault
                .record(&circle, &Scope::Everything);
            let record = record.unwrap();
            let goals = record.things(Noun::Goal);
            let note = goals
                .into_iter()
                .find(|goal| record.shown_text(goal, "words").as_deref() == Some("hers alone"));
            let stamp = record.shown(note.unwrap(), "words").unwrap().stamp;
            assert_eq!(record.actors[&stamp.actor], anne, "under her name");
        }
    }
}

#[test]
fn a_late_note_waits_and_can_be_let_in_under_its_authors_name() {
    let mut table = Table::set();
    table.remove_anne();
    table.new_keys(ANN);
    table.write(ANNE, "a late note");
    table.meet(ANNE, MARY);
    table.all_meet(&REMAIN);
    let own = table.circle(MARY);
    let late = table.devices[MARY].home.vault.late(&own).unwrap();
    assert_eq!(late.len(), 2, "one in goals, one in the log");
    assert!(REMAIN.iter().all(|who| !table.reads(*who, "a late note")));
    let acting = table.devices[MARY].acting();
    let names = late.iter().map(|(name, ..)| *name).collect();
    let vault = &mut table.devices[MARY].home.vault;
    vault.let_in(&own, names, acting).unwrap();
    table.all_meet(&REMAIN);
    assert!(REMAIN.iter().all(|who| table.reads(*who, "a late note")));
}

#[test]
fn of_keys_made_apart_by_two_owners_one_is_used_and_nothing_is_lost() {
    for order in [[MARY, ANN, BEN, ANNE], [ANNE, BEN, ANN, MARY]] {
        let mut table = Table::set();
        table.new_keys(MARY);
        table.new_keys(ANN);
        assert_ne!(table.epochs(MARY), table.epochs(ANN));
        for (by, words) in [(MARY, "of Mary"), (ANN, "of Ann"), (ANNE, "of Anne")] {
            table.write(by, words);
        }
        table.all_meet(&order);
        table.write(BEN, "of Ben");
        table.all_meet(&order);
        let chosen: BTreeSet<_> = order.map(|who| table.epochs(who)).into();
        assert_eq!(chosen.len(), 1);
        for who in order {
            for words in ["of Mary", "of Ann", "of Anne", "of Ben"] {
                assert!(table.reads(who, words), "{who} lacks {words}");
            }
        }
    }
}

#[test]
fn an_owners_device_makes_new_keys_after_90_days_and_nobody_else_does() {
    let mut table = Table::set();
    let before = (table.epochs(MARY), table.operations(MARY));
    let all_at = |table: &mut Table, who: &[usize], at: &str| {
        who.iter().for_each(|who| table.devices[*who].home.at(at));
    };
    // 16 March and 90 days is 14 June.
    all_at(&mut table, &[MARY, ANN, ANNE, BEN], "2026-06-14T10:00:00Z");
    table.all_meet(&[MARY, ANN, ANNE, BEN]);
    assert_eq!((table.epochs(MARY), table.operations(MARY)), before);
    all_at(&mut table, &[ANNE, BEN], "2026-06-14T10:00:01Z");
    table.meet(ANNE, BEN);
    assert_eq!(table.epochs(ANNE), before.0, "nurses are no owners");
    all_at(&mut table, &[MARY, ANN], "2026-06-14T10:00:01Z");
    table.meet(MARY, ANNE);
    let after = table.epochs(MARY);
    assert!(after.iter().zip(&before.0).all(|(new, old)| new != old));
    assert_eq!(after.len(), GROUPS);
    assert_eq!(
        table.operations(MARY),
        before.1 + 1,
        "one operation for all groups"
    );
    table.write(ANNE, "under new keys");
    table.all_meet(&[MARY, ANN, ANNE, BEN]);
    let readers = [MARY, ANN, ANNE, BEN].iter();
    assert_eq!(
        readers
            .filter(|who| table.reads(**who, "under new keys"))
            .count(),
        4
    );
}

#[test]
fn owners_with_clocks_years_apart_do_not_answer_each_other_with_new_keys() {
    let mut table = Table::set();
    table.devices[ANN].home.at("2036-03-16T10:00:00Z");
    table.meet(MARY, ANN);
    let settled = table.operations(MARY);
    for _ in 0..5 {
        table.meet(MARY, ANN);
        table.meet(ANN, MARY);
    }
    assert_eq!(table.operations(MARY), settled);
}

#[test]
fn only_an_owners_device_makes_new_keys() {
    let mut table = Table::set();
    let circle = table.circle(BEN);
    let (acting, entropy) = (table.devices[BEN].acting(), table.devices[BEN].entropy());
    let vault = &mut table.devices[BEN].home.vault;
    let refused = vault.new_keys(&circle, Group::Goals.into(), acting, &entropy);
    assert_eq!(refused, Err(Error::NotAllowed));
}

/// What a device holds of Mary's access log: operations, keys, and how many of the operations say what was had.
fn holds(device: &Device, circle: &Circle) -> (usize, usize, usize) {
    let vault = &device.home.vault;
    let log = vault.access_log(circle).unwrap();
    let had = |made: &&cairn_core::circle::operation::Operation| {
        matches!(made.act, cairn_core::circle::operation::Act::Had { .. })
    };
    (
        log.operations().count(),
        vault.keyring(circle).unwrap().iter().count(),
        log.operations().filter(had).count(),
    )
}

#[test]
fn a_removal_its_keys_and_what_was_had_before_it_are_kept_together_or_not_at_all() {
    let mut table = Table::set();
    // Ben has something of Anne's that Mary, who takes her out, has not.
    let circle = table.circle(ANNE);
    table.devices[ANNE]
        .act(&circle, |acts| {
            goal::add(acts, "Use the stairs", None, None)
        })
        .unwrap();
    table.meet(ANNE, BEN);
    let (circle, at_mary) = (table.circle(BEN), table.circle(MARY));
    let anne = table.devices[ANNE].circle(&table.devices[MARY]).member;
    let [mary, ben] = table.devices.get_disjoint_mut([MARY, BEN]).unwrap();
    let (acting, entropy) = (mary.acting(), mary.entropy());
    let vault = &mut mary.home.vault;
    vault
        .remove_member(&at_mary, &anne, acting, &entropy)
        .unwrap();
    let heads = ben.home.vault.roster(&circle).unwrap().heads;
    let key = ben.home.vault.keys().public().sign;
    let told = vault.operations_lacking(&at_mary, &key, &heads).unwrap();
    let before = holds(ben, &circle);
    // Each write that the step consists of fails in turn, as when the power goes just then.
    let (operations, acting) = (before.0 + told.len(), ben.acting());
    for fails in [
        "create trigger cut before insert on epoch_key begin select raise(abort, 'cut'); end".to_owned(),
        "create trigger cut before update of others on circle begin select raise(abort, 'cut'); end".into(),
        format!(
            "create trigger cut before insert on operation when (select count(*) from operation
             where circle = new.circle) >= {operations} begin select raise(abort, 'cut'); end"
        ),
    ] {
        spoil::rows(ben, &fails);
        let taken = ben.home.vault.take_operations(&circle, &told, acting);
        assert!(taken.is_err(), "{fails}");
        assert_eq!(holds(ben, &circle), before, "{fails}");
        spoil::rows(ben, "drop trigger cut");
    }
    let taken = ben.home.vault.take_operations(&circle, &told, acting);
    assert_eq!(taken, Ok(told.len()));
    let (all, keys, had) = holds(ben, &circle);
    assert_eq!((all, had), (operations + 1, before.2 + 1));
    assert_eq!(keys, before.1 + GROUPS, "a key of each group");
}

#[test]
fn keys_that_an_earlier_version_had_left_unopened_are_opened_with_the_home() {
    let mut table = Table::set();
    let circle = table.circle(BEN);
    let ben = &mut table.devices[BEN];
    let before = holds(ben, &circle);
    // The first opening looks.
    ben.home.reopen().unwrap();
    spoil::rows(ben, "delete from epoch_key");
    ben.home.reopen().unwrap();
    assert_eq!(holds(ben, &circle).1, 0, "only once for each home");
    // As a home that this version has never opened.
    spoil::rows(ben, "delete from meta where key = 'keys_opened'");
    ben.home.reopen().unwrap();
    assert_eq!(holds(ben, &circle), before);
}
