//! Two to four devices with real encrypted files edit apart and meet in every order: one state, one set of pages, every
//! text kept, each disagreement listed once, and equal answers none.

mod support;

use cairn_core::entropy::SeededEntropy;
use cairn_core::id::Id;
use cairn_core::plan::{self, often::Often};
use cairn_core::rating::Rating;
use cairn_core::record::state::disagreement_id;
use cairn_core::record::{Acting, Noun};
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::{Circle, Handed, Vault};
use cairn_core::view::{disagreement, everything, today};
use cairn_core::{Error, about_me, barrier, goal, log};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use support::Home;
use support::memory::Dice;
use support::prove::{Progress, all_of_them, report};
use tempfile::TempDir;

const ROLES: [(&str, &str); 4] = [
    ("Tom", "person"),
    ("Rosa", "nurse"),
    ("Carol", "carer"),
    ("Ben", "team"),
];

/// The things everybody begins with.
struct Things {
    goal: Id,
    plan: Id,
    entry: Id,
}

/// A single answer somebody gave: which field of which thing, what, and which earlier ones of the field its device knew.
struct Given {
    about: (Noun, Id, &'static str),
    value: String,
    knew: BTreeSet<usize>,
}

/// What was given, by whom, and what each device knows of it.
struct Model {
    given: Vec<Given>,
    known: Vec<BTreeSet<usize>>,
    texts: Vec<String>,
}

fn alike(field: &str, one: &str, other: &str) -> bool {
    one == other
        || field == "often"
            && matches!((Often::parse(one), Often::parse(other)), (Ok(a), Ok(b)) if a == b)
}

impl Model {
    fn give(&mut self, device: usize, about: (Noun, Id, &'static str), value: &str) {
        // An entry's line is put together by the page; its note is looked for by itself.
        if !about.2.is_empty() {
            self.texts.push(value.to_owned());
        }
        let present = self.present(&self.known[device], &about);
        // Saying again what stands there alone is no answer.
        if let [only] = present[..]
            && self.given[only].value == value
        {
            return;
        }
        let knew = self.known[device].clone();
        self.known[device].insert(self.given.len());
        self.given.push(Given {
            about,
            value: value.to_owned(),
            knew,
        });
    }

    /// The answers to one field, known to a device, that nobody gave another for knowing of them.
    fn present(&self, known: &BTreeSet<usize>, about: &(Noun, Id, &'static str)) -> Vec<usize> {
        let of_this: Vec<usize> = known
            .iter()
            .copied()
            .filter(|at| self.given[*at].about == *about)
            .collect();
        let stands = |at: &usize| {
            !of_this
                .iter()
                .any(|later| self.given[*later].knew.contains(at))
        };
        of_this.iter().copied().filter(stands).collect()
    }

    /// The disagreements of whoever knows all of this: the id, and the distinct answers.
    fn disagreements(&self, known: &BTreeSet<usize>) -> BTreeMap<Id, BTreeSet<String>> {
        let abouts: BTreeSet<_> = self.given.iter().map(|given| given.about.clone()).collect();
        let mut found = BTreeMap::new();
        for about in abouts {
            let mut distinct: Vec<&str> = Vec::new();
            for at in self.present(known, &about) {
                let value = self.given[at].value.as_str();
                if !distinct.iter().any(|other| alike(about.2, other, value)) {
                    distinct.push(value);
                }
            }
            if distinct.len() > 1 {
                let id = disagreement_id(&about.1, about.2);
                let classes = distinct.into_iter().map(|v| class(about.2, v)).collect();
                found.insert(id, classes);
            }
        }
        found
    }
}

/// One spelling for all that say the same.
fn class(field: &str, value: &str) -> String {
    match (field, Often::parse(value)) {
        ("often", Ok(often)) => format!("{often:?}"),
        _ => value.to_owned(),
    }
}

fn start(seed: u64, count: usize) -> (Vec<Home>, Things) {
    let mut tom = Home::new("Tom", "Europe/London");
    tom.at("2026-03-02T19:00:00Z");
    let goal = tom
        .act(|acts| goal::add(acts, "Cook a proper dinner", Some(8), Some(6)))
        .unwrap();
    let answers = plan::Answers {
        what: Some("Chop for 10 minutes".into()),
        often: Some("every day".into()),
        ..Default::default()
    };
    let plan = tom.act(|acts| plan::new(acts, &goal, &answers)).unwrap();
    let did = log::Saying {
        did: Some("did".into()),
        ..Default::default()
    };
    let entry = tom.log(&plan, &did).unwrap();
    let mut homes = vec![tom];
    for (number, (name, role)) in ROLES.iter().enumerate().take(count).skip(1) {
        let fork = homes[0].fork(name, role, seed * 10 + number as u64 + 2);
        homes.push(fork);
    }
    let (first, others) = homes.split_at_mut(1);
    others.iter_mut().for_each(|home| {
        home.take(&first[0]);
    });
    (homes, Things { goal, plan, entry })
}

/// One random edit on one device.
fn edit(dice: &mut Dice, homes: &mut [Home], by: usize, things: &Things, model: &mut Model) {
    let text = format!("words {}", model.texts.len());
    let home = &mut homes[by];
    let plan = |field| (Noun::Plan, things.plan.clone(), field);
    match dice.below(8) {
        0 | 1 => {
            let often = *dice.one_of(&[
                "every day",
                "Every Day",
                "3 times a week",
                "three times a week",
                "twice a week",
                "2 times a week",
            ]);
            let answers = plan::Answers {
                often: Some(often.into()),
                ..Default::default()
            };
            home.act(|acts| plan::edit(acts, &things.plan, &answers))
                .unwrap();
            model.give(by, plan("often"), often);
        }
        2 => {
            let when = *dice.one_of(&["after lunch", "before bed"]);
            let answers = plan::Answers {
                when: Some(when.into()),
                place: Some(text.clone()),
                ..Default::default()
            };
            home.act(|acts| plan::edit(acts, &things.plan, &answers))
                .unwrap();
            model.give(by, plan("when"), when);
            model.give(by, plan("where"), &text);
        }
        3 => {
            let section = home.act(|acts| {
                // The person's own words, whoever writes them down.
                about_me::set(acts, "what_matters", &text)
            });
            match section {
                Ok(id) => model.give(by, (Noun::About, id, "text"), &text),
                Err(error) => assert_eq!(error, Error::NotAllowed),
            }
        }
        4 if by == 0 => {
            home.act(|acts| goal::reword(acts, &things.goal, &text))
                .unwrap();
            model.give(by, (Noun::Goal, things.goal.clone(), "words"), &text);
        }
        5 => {
            let saying = log::Saying {
                note: Some(text.clone()),
                ..Default::default()
            };
            home.act_on_all(|acts| log::correct(acts, &things.entry, &saying))
                .unwrap();
            let record = home.everything();
            let entry = record.get(Noun::Entry, &things.entry).unwrap();
            let shown = entry.field("").unwrap().present.iter();
            let mine = shown.max_by_key(|answer| answer.op).unwrap();
            let packed = log::packed::Packed::read(&mine.value).unwrap();
            model.give(
                by,
                (Noun::Entry, things.entry.clone(), ""),
                &log::line(&packed),
            );
            model.texts.push(text);
        }
        6 => {
            home.act(|acts| barrier::add(acts, &things.plan, &text))
                .unwrap();
            model.texts.push(text);
        }
        _ => {
            let rating = Rating::Number(dice.below(11) as i64);
            home.act(|acts| plan::rate(acts, &things.plan, &rating, Some(&text)))
                .unwrap();
            model.texts.push(text);
        }
    }
}

/// A device that has nothing of the record yet.
struct Observer {
    _folder: TempDir,
    vault: Vault,
    circle: Circle,
}

impl Observer {
    fn new(of: &Home, seed: u64) -> Observer {
        let folder = tempfile::tempdir().unwrap();
        let key = FileKeyVault::new(folder.path().join("device.key"));
        let mut vault = Vault::create(folder.path(), &key, &SeededEntropy::new(seed)).unwrap();
        let circle = vault
            .join(&of.circle.id, &Id::read("observer"), Acting::at(of.now))
            .unwrap();
        Observer {
            _folder: folder,
            vault,
            circle,
        }
    }

    fn receive(&mut self, handed: &[Handed]) {
        self.vault.receive(&self.circle, handed, day()).unwrap();
    }

    fn pages(&self) -> Pages {
        pages(&self.vault, &self.circle)
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 4).unwrap()
}

/// All that a record shows.
#[derive(PartialEq, Debug)]
struct Pages {
    everything: String,
    today: String,
    disagreements: serde_json::Value,
}

fn pages(vault: &Vault, circle: &Circle) -> Pages {
    let record = vault
        .record(circle, &cairn_core::store::Scope::Everything)
        .unwrap();
    let (live, _) = vault.record_for(circle, |_| day()).unwrap();
    Pages {
        everything: everything::show(&record, day()).to_string(),
        today: today::show(&live, day(), day()).to_string(),
        disagreements: disagreement::list(&record),
    }
}

/// The disagreements as a page lists them: each once, with each answer once.
fn listed(pages: &Pages) -> BTreeMap<Id, BTreeSet<String>> {
    let all = pages.disagreements.as_array().unwrap();
    let found: BTreeMap<_, _> = all
        .iter()
        .map(|one| {
            let field = match one["field"].as_str().unwrap() {
                "entry" => "",
                field => field,
            };
            let answers = one["answers"].as_array().unwrap();
            let classes: BTreeSet<String> = answers
                .iter()
                .map(|answer| class(field, answer["value"].as_str().unwrap()))
                .collect();
            assert_eq!(classes.len(), answers.len(), "an answer is listed twice");
            (Id::read(one["id"].as_str().unwrap()), classes)
        })
        .collect();
    assert_eq!(found.len(), all.len(), "a disagreement is listed twice");
    found
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    match count {
        0 => vec![Vec::new()],
        _ => permutations(count - 1)
            .into_iter()
            .flat_map(|shorter| {
                (0..count).map(move |at| {
                    let mut longer = shorter.clone();
                    longer.insert(at, count - 1);
                    longer
                })
            })
            .collect(),
    }
}

fn check(pages: &Pages, model: &Model, seed: u64) {
    for text in &model.texts {
        assert!(
            pages.everything.contains(text.as_str()),
            "seed {seed} lost {text}"
        );
    }
    let everybody: BTreeSet<usize> = (0..model.given.len()).collect();
    assert_eq!(
        listed(pages),
        model.disagreements(&everybody),
        "seed {seed}"
    );
}

fn handed(homes: &[Home]) -> Vec<Vec<Handed>> {
    let all = homes.iter();
    all.map(|home| home.vault.hand_over(&home.circle).unwrap())
        .collect()
}

fn model(homes: &[Home], things: &Things) -> Model {
    let mut model = Model {
        given: Vec::new(),
        known: vec![BTreeSet::new(); homes.len()],
        texts: Vec::new(),
    };
    let begun = [
        ((Noun::Plan, things.plan.clone(), "often"), "every day"),
        (
            (Noun::Goal, things.goal.clone(), "words"),
            "Cook a proper dinner",
        ),
        ((Noun::Entry, things.entry.clone(), ""), "did, 2026-03-02"),
    ];
    for (about, value) in begun {
        model.give(0, about, value);
    }
    let known = model.known[0].clone();
    model.known.fill(known);
    model
}

#[test]
fn edits_made_apart_and_delivered_in_every_order_give_one_record() {
    let seeds = if all_of_them() { 300 } else { 24 };
    let (mut orders, mut disagreements, mut edits) = (0, 0, 0);
    let progress = Progress::of("vaults in every order", seeds as usize);
    for seed in 0..seeds {
        progress.step();
        let mut dice = Dice::new(40_000 + seed);
        let count = 2 + dice.below(3) as usize;
        let (mut homes, things) = start(seed, count);
        let mut model = model(&homes, &things);
        for by in 0..count {
            for _ in 0..1 + dice.below(3) {
                edit(&mut dice, &mut homes, by, &things, &mut model);
                edits += 1;
            }
        }
        let batches = handed(&homes);
        let mut first: Option<Pages> = None;
        for order in permutations(count) {
            let mut observer = Observer::new(&homes[0], 900 + orders);
            order.iter().for_each(|at| observer.receive(&batches[*at]));
            orders += 1;
            let pages = observer.pages();
            match &first {
                Some(first) => assert_eq!(&pages, first, "seed {seed}, order {order:?}"),
                None => {
                    check(&pages, &model, seed);
                    assert!(observer.vault.verify().unwrap().ok);
                    disagreements += listed(&pages).len();
                    first = Some(pages);
                }
            }
        }
        settle_all(&mut homes, &batches, seed);
    }
    report(&format!(
        "vaults, seeds 40000 to {}: {edits} edits apart, {orders} orders of delivery, {disagreements} disagreements, all settled",
        39_999 + seeds
    ));
    assert!(disagreements > 10, "nothing was answered apart");
}

/// One device settles everything it is shown; whoever takes that in is shown nothing more.
fn settle_all(homes: &mut [Home], batches: &[Vec<Handed>], seed: u64) {
    for batch in batches {
        homes[0]
            .vault
            .receive(&homes[0].circle, batch, day())
            .unwrap();
    }
    let list = disagreement::list(&homes[0].everything());
    for one in list.as_array().unwrap() {
        let id = Id::read(one["id"].as_str().unwrap());
        let answers = one["answers"].as_array().unwrap();
        let choice = answers.last().unwrap()["value"].as_str().unwrap();
        homes[0]
            .act_on_all(|acts| disagreement::settle(acts, &id, choice))
            .unwrap();
    }
    let (first, others) = homes.split_at_mut(1);
    for home in others {
        home.take(&first[0]);
        let left = disagreement::list(&home.everything());
        assert_eq!(left.as_array().unwrap().len(), 0, "seed {seed}: {left}");
    }
}

#[test]
fn devices_that_edit_and_meet_at_random_moments_agree_in_the_end() {
    let seeds = if all_of_them() { 500 } else { 30 };
    let (mut meetings, mut disagreements) = (0, 0);
    let progress = Progress::of("vaults that meet", seeds as usize);
    for seed in 0..seeds {
        progress.step();
        let mut dice = Dice::new(50_000 + seed);
        let count = 2 + dice.below(3) as usize;
        let (mut homes, things) = start(seed, count);
        let mut model = model(&homes, &things);
        for _ in 0..12 {
            let by = dice.below(count as u64) as usize;
            let with = dice.below(count as u64) as usize;
            if dice.below(3) > 0 {
                edit(&mut dice, &mut homes, by, &things, &mut model);
            } else if by != with {
                let batch = homes[with].vault.hand_over(&homes[with].circle).unwrap();
                let home = &mut homes[by];
                home.vault.receive(&home.circle, &batch, day()).unwrap();
                let more = model.known[with].clone();
                model.known[by].extend(more);
                meetings += 1;
            }
        }
        // What each shows half-way is what the model says of what it knows.
        for (at, home) in homes.iter().enumerate() {
            let shown = listed(&pages(&home.vault, &home.circle));
            assert_eq!(
                shown,
                model.disagreements(&model.known[at]),
                "seed {seed}, device {at}"
            );
        }
        let mut all: Vec<Handed> = handed(&homes).concat();
        let mut first: Option<Pages> = None;
        for round in 0..3 {
            // One delivery, shuffled, with everything several times in it.
            for at in (1..all.len()).rev() {
                all.swap(at, dice.below(at as u64 + 1) as usize);
            }
            let mut observer = Observer::new(&homes[0], 7_000 + seed * 3 + round);
            observer.receive(&all);
            let pages = observer.pages();
            match &first {
                Some(first) => assert_eq!(&pages, first, "seed {seed}"),
                None => {
                    check(&pages, &model, seed);
                    disagreements += listed(&pages).len();
                    first = Some(pages);
                }
            }
        }
    }
    report(&format!(
        "vaults meeting, seeds 50000 to {}: {meetings} meetings, {disagreements} disagreements",
        49_999 + seeds
    ));
    assert!(meetings > 50 && disagreements > 10);
}

#[test]
fn settled_apart_to_unlike_answers_it_is_a_new_disagreement_and_to_the_same_it_is_none() {
    for (toms, rosas, left) in [
        ("every day", "twice a week", 1),
        ("every day", "Every day", 0),
    ] {
        let (mut homes, things) = start(99, 2);
        let often = |often: &str| plan::Answers {
            often: Some(often.into()),
            ..Default::default()
        };
        homes[0]
            .act(|acts| plan::edit(acts, &things.plan, &often("3 times a week")))
            .unwrap();
        homes[0]
            .act(|acts| plan::edit(acts, &things.plan, &often("every day")))
            .unwrap();
        homes[1]
            .act(|acts| plan::edit(acts, &things.plan, &often("twice a week")))
            .unwrap();
        let (tom, rosa) = homes.split_at_mut(1);
        let (tom, rosa) = (&mut tom[0], &mut rosa[0]);
        tom.meet(rosa);
        let id = disagreement_id(&things.plan, "often");
        tom.act(|acts| disagreement::settle(acts, &id, toms))
            .unwrap();
        rosa.act(|acts| disagreement::settle(acts, &id, rosas))
            .unwrap();
        tom.meet(rosa);
        for home in [tom, rosa] {
            let list = disagreement::list(&home.everything());
            assert_eq!(
                list.as_array().unwrap().len(),
                left,
                "{toms} and {rosas}: {list}"
            );
        }
    }
}
