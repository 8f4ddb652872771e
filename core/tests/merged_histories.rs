//! 20,000 random histories of one plan on two or three devices that meet at random moments, against a model of the
//! rules written apart from them. The model knows nothing of operation ids: only which act was made knowing which.

mod support;

use cairn_core::plan::agree::{Agreeing, agree};
use cairn_core::plan::{self, Answers, pause, state};
use cairn_core::rating::{Kind, Rating};
use cairn_core::record::state::fingerprint;
use cairn_core::record::{Acting, Noun, Part, Record};
use cairn_core::view::{everything, progress, today};
use cairn_core::words::Band;
use cairn_core::{Error, barrier, follow_up, goal, id::Id, log};
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use std::collections::BTreeMap;
use support::memory::{Device, Dice, a_record};
use support::prove::{Progress, all_of_them, report};

const HISTORIES: u64 = 20_000;
const STEPS: u64 = 14;
const MEMBERS: [(&str, &str); 3] = [("tom", "person"), ("rosa", "nurse"), ("carol", "carer")];

/// What an act means to the rule of 7 and to barriers.
#[derive(Clone, Copy, PartialEq)]
enum Meant {
    Rated {
        opens: bool,
    },
    Importance,
    Reworded,
    Agreed(NaiveDate),
    /// A barrier, and the state that act alone leaves it in.
    Barrier(usize, &'static str),
    Other,
}

/// One act: who made it, what it meant, and which acts its device knew.
struct Made {
    by: usize,
    meant: Meant,
    knew: u64,
}

/// The acts of one history, by number; a set of acts is a number's bits.
#[derive(Default)]
struct Model {
    made: Vec<Made>,
}

impl Model {
    fn add(&mut self, by: usize, meant: Meant, known: &mut u64) {
        let knew = *known;
        *known |= 1 << self.made.len();
        self.made.push(Made { by, meant, knew });
    }

    fn among(&self, known: u64, wanted: impl Fn(&Meant) -> bool) -> Vec<usize> {
        let all = 0..self.made.len();
        all.filter(|at| known >> at & 1 == 1 && wanted(&self.made[*at].meant))
            .collect()
    }

    fn knew(&self, later: usize, earlier: usize) -> bool {
        self.made[later].knew >> earlier & 1 == 1
    }

    /// Those no other of them was made knowing of.
    fn newest(&self, all: &[usize]) -> Vec<usize> {
        let newest = |at: &&usize| !all.iter().any(|other| self.knew(*other, **at));
        all.iter().filter(newest).copied().collect()
    }

    /// Whether the newest rating opens the gate: of those made apart the person's own counts, else the lowest member's.
    fn rating_opens(&self, known: u64) -> Option<bool> {
        let rated = self.among(known, |meant| matches!(meant, Meant::Rated { .. }));
        let newest = self.newest(&rated);
        let counts = newest
            .into_iter()
            .min_by_key(|at| (self.made[*at].by != 0, MEMBERS[self.made[*at].by].0))?;
        match self.made[counts].meant {
            Meant::Rated { opens } => Some(opens),
            _ => None,
        }
    }

    /// Whether importance was looked at again and then the goal reworded, both after the last rating: surely, or
    /// possibly (where some were made apart, which is later is anybody's order).
    fn goal_changed(&self, known: u64) -> (bool, bool) {
        let rated = self.among(known, |meant| matches!(meant, Meant::Rated { .. }));
        let importance = self.among(known, |meant| *meant == Meant::Importance);
        let reworded = self.among(known, |meant| *meant == Meant::Reworded);
        let pairs = || {
            let each = importance.iter();
            each.flat_map(|i| reworded.iter().map(move |w| (*i, *w)))
        };
        let surely =
            |(i, w): (usize, usize)| self.knew(w, i) && rated.iter().all(|r| self.knew(i, *r));
        let possibly =
            |(i, w): (usize, usize)| !self.knew(i, w) && !rated.iter().any(|r| self.knew(*r, i));
        (pairs().any(surely), pairs().any(possibly))
    }

    /// What agreeing may answer: each of these would be right.
    fn agreeing(&self, known: u64, anyway: bool, day: i64) -> Vec<Result<(), Error>> {
        let in_time = match day {
            ..0 => Err(Error::FollowUpInPast),
            0..=14 => Ok(()),
            _ => Err(Error::FollowUpTooLate),
        };
        let is_agreed = |meant: &Meant| matches!(meant, Meant::Agreed(_));
        if !self.among(known, is_agreed).is_empty() {
            return vec![Err(Error::AlreadyAgreed)];
        }
        match (anyway, self.rating_opens(known), self.goal_changed(known)) {
            (true, ..) | (_, Some(true), _) | (_, Some(false), (true, _)) => vec![in_time],
            (_, None, _) => vec![Err(Error::ConfidenceMissing)],
            (_, Some(false), (false, true)) => vec![Err(Error::ConfidenceBelow7), in_time],
            (_, Some(false), (false, false)) => vec![Err(Error::ConfidenceBelow7)],
        }
    }

    /// The states a barrier can be in: what its newest acts left.
    fn barrier(&self, known: u64, number: usize) -> Vec<&'static str> {
        let on = self.among(
            known,
            |meant| matches!(meant, Meant::Barrier(b, _) if *b == number),
        );
        let newest = self.newest(&on).into_iter();
        newest
            .filter_map(|at| match self.made[at].meant {
                Meant::Barrier(_, state) => Some(state),
                _ => None,
            })
            .collect()
    }
}

fn moment(day: NaiveDate) -> DateTime<FixedOffset> {
    let at = day.and_hms_opt(19, 0, 0).unwrap();
    at.and_utc().fixed_offset()
}

/// What a plan wants and counts, week by week, and whether it makes an offer.
fn counted(record: &Record, plan: &Id, day: NaiveDate) -> (Vec<(u64, u64)>, bool) {
    let shown = progress::show(record, record.get(Noun::Plan, plan).unwrap(), day);
    let weeks = shown["weeks"].as_array().unwrap().iter();
    let number = |week: &serde_json::Value, name: &str| week[name].as_u64().unwrap();
    let weeks = weeks
        .map(|week| (number(week, "done"), number(week, "wanted")))
        .collect();
    let offers = today::show(record, day, day)["offers"]
        .as_array()
        .unwrap()
        .len();
    (weeks, offers > 0)
}

/// A rest lowers no `done`, raises no `wanted`, and makes no offer.
fn a_rest_cost_nothing(
    before: &(Vec<(u64, u64)>, bool),
    after: &(Vec<(u64, u64)>, bool),
    history: u64,
) {
    for (before, after) in before.0.iter().zip(&after.0) {
        assert!(after.0 >= before.0, "history {history}: done fell");
        assert!(after.1 <= before.1, "history {history}: wanted rose");
    }
    assert!(
        before.1 || !after.1,
        "history {history}: a rest made an offer"
    );
}

#[derive(Default)]
struct Counts {
    agreed: u32,
    anyway: u32,
    below: u32,
    either: u32,
    apart: u32,
    rests: u32,
    rests_mattered: u32,
    meetings: u32,
    texts: u32,
    barriers_apart: u32,
}

/// One history, from its seed alone.
fn play(history: u64, begun: &Record, counts: &mut Counts) {
    let mut dice = Dice::new(1_000_000 + history);
    let start = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let mut day = start;
    let mut model = Model::default();
    let count = 2 + dice.below(2) as usize;
    let mut devices: Vec<Device> = (0..count).map(|n| Device::fork(begun, n)).collect();
    let mut known = vec![0u64; count];
    let mut texts = vec!["goal 0".to_owned(), "what 0".to_owned()];
    let acting = Acting::at(moment(day));
    let the_goal = devices[0]
        .act(acting, |acts| goal::add(acts, "goal 0", None, None))
        .unwrap();
    let answers = Answers {
        what: Some("what 0".into()),
        often: Some((*dice.one_of(&["every day", "3 times a week"])).into()),
        ..Answers::default()
    };
    let the_plan = devices[0]
        .act(acting, |acts| plan::new(acts, &the_goal, &answers))
        .unwrap();
    let (first, others) = devices.split_at_mut(1);
    others.iter_mut().for_each(|device| device.take(&first[0]));
    let mut barriers: Vec<Id> = Vec::new();
    let mut rests: Vec<[u8; 32]> = Vec::new();
    for step in 1..=STEPS {
        day = day + Days::new(dice.below(3));
        let by = dice.below(count as u64) as usize;
        let text = format!("text {step}");
        // Others write down the person's own words: rewording is the person's.
        let acting = Acting {
            for_person: by != 0,
            ..Acting::at(moment(day))
        };
        let device = &mut devices[by];
        let knows = |barrier: &&Id| device.record.get(Noun::Barrier, barrier).is_some();
        let mine: Vec<Id> = barriers.iter().filter(knows).cloned().collect();
        match dice.below(15) {
            0 | 1 => {
                let value = dice.below(15) as i64;
                let (rating, opens) = match value {
                    0..=10 => (Rating::Number(value), value >= 7),
                    11 => (Rating::Word(Band::Very), true),
                    _ => (Rating::Word(Band::Fairly), false),
                };
                device
                    .act(acting, |acts| {
                        plan::rate(acts, &the_plan, &rating, Some(&text))
                    })
                    .unwrap();
                texts.push(text);
                // The person's own counts before another's; written for the person it is another's.
                model.add(by, Meant::Rated { opens }, &mut known[by]);
            }
            2 => {
                let rating = Rating::Number(dice.below(11) as i64);
                device
                    .act(acting, |acts| {
                        goal::rate(acts, &the_goal, Kind::Importance, &rating, None)
                    })
                    .unwrap();
                model.add(by, Meant::Importance, &mut known[by]);
            }
            3 if MEMBERS[by].1 != "carer" => {
                device
                    .act(acting, |acts| goal::reword(acts, &the_goal, &text))
                    .unwrap();
                texts.push(text);
                model.add(by, Meant::Reworded, &mut known[by]);
            }
            4 => {
                device
                    .act(acting, |acts| {
                        plan::smaller(acts, &the_plan, "place", &text)
                    })
                    .unwrap();
                texts.push(text);
                model.add(by, Meant::Other, &mut known[by]);
            }
            5 => {
                let id = device
                    .act(acting, |acts| barrier::add(acts, &the_plan, &text))
                    .unwrap();
                texts.push(text);
                model.add(by, Meant::Barrier(barriers.len(), "open"), &mut known[by]);
                barriers.push(id);
            }
            6 | 7 if !mine.is_empty() => {
                let id = dice.one_of(&mine).clone();
                let number = barriers.iter().position(|b| *b == id).unwrap();
                let idea = device
                    .act(acting, |acts| {
                        barrier::add_idea(acts, &id, &text, false, false)
                    })
                    .unwrap();
                texts.push(text);
                device
                    .act(acting, |acts| barrier::choose(acts, &idea))
                    .unwrap();
                let left = match dice.below(5) {
                    0 => {
                        device
                            .act(acting, |acts| barrier::let_go(acts, &id))
                            .unwrap();
                        "let_go"
                    }
                    1 => "trying",
                    other => {
                        let result = ["worked", "partly", "did-not-work"][other as usize - 2];
                        device
                            .act(acting, |acts| barrier::result(acts, &idea, result, None))
                            .unwrap();
                        ["solved", "trying", "open"][other as usize - 2]
                    }
                };
                model.add(by, Meant::Barrier(number, left), &mut known[by]);
                let barrier = device.record.get(Noun::Barrier, &id).unwrap();
                assert_eq!(
                    barrier::state(&device.record, barrier),
                    left,
                    "history {history}"
                );
            }
            8 => {
                let did = *dice.one_of(&["did", "part", "tried", "rested", "could_not"]);
                let back = Days::new(dice.below(3));
                let saying = log::Saying {
                    did: Some(did.into()),
                    on: Some((day - back).to_string()),
                    note: Some(text.clone()),
                    ..log::Saying::default()
                };
                device
                    .act(acting, |acts| log::add(acts, &the_plan, &saying))
                    .unwrap();
                texts.push(text);
                model.add(by, Meant::Other, &mut known[by]);
            }
            9 => {
                let before = counted(&device.record, &the_plan, day);
                let until = (day + Days::new(dice.below(6))).to_string();
                let until = (dice.below(2) == 0).then_some(until);
                let earlier = device.changes.len();
                let rested = device
                    .act(acting, |acts| {
                        pause::rest(acts, "flare", None, until.as_deref())
                    })
                    .unwrap();
                counts.rests += u32::from(!rested.is_empty());
                rests.extend(
                    device.changes[earlier..]
                        .iter()
                        .map(|(_, change)| change.hash),
                );
                let after = counted(&device.record, &the_plan, day);
                a_rest_cost_nothing(&before, &after, history);
            }
            10 => {
                let other = dice.below(count as u64) as usize;
                if other != by {
                    let (from, to) = (other.min(by), other.max(by));
                    let (low, high) = devices.split_at_mut(to);
                    let (one, two) = (&mut low[from], &mut high[0]);
                    one.take(two);
                    if dice.below(3) > 0 {
                        two.take(one);
                        known[to] |= known[from];
                    }
                    known[from] |= known[to];
                    counts.meetings += 1;
                }
            }
            _ => {
                let anyway = dice.below(4) == 0;
                let ahead = dice.below(20) as i64 - 2;
                let due = day + chrono::Duration::days(ahead);
                let agreeing = Agreeing {
                    follow_up: Some(due.to_string()),
                    channel: Some("phone".into()),
                    message: None,
                    anyway: anyway.then(|| text.clone()),
                };
                let right = model.agreeing(known[by], anyway, ahead);
                let given = device
                    .act(acting, |acts| agree(acts, &the_plan, &agreeing))
                    .map(|_| ());
                assert!(
                    right.contains(&given),
                    "history {history}, step {step}: {given:?}, right would be {right:?}"
                );
                counts.either += u32::from(right.len() > 1);
                match given {
                    Ok(()) => {
                        texts.extend(anyway.then_some(text));
                        model.add(by, Meant::Agreed(due), &mut known[by]);
                        counts.agreed += 1;
                        counts.anyway += u32::from(anyway);
                        let dues = follow_up::of(&device.record, &the_plan).into_iter();
                        let dues: Vec<_> = dues
                            .filter_map(|f| follow_up::due(&device.record, f))
                            .collect();
                        assert!(dues.contains(&due) && (0..=14).contains(&(due - day).num_days()));
                    }
                    Err(error) => counts.below += u32::from(error == Error::ConfidenceBelow7),
                }
            }
        }
    }
    let story = Story {
        history,
        devices,
        model,
        barriers,
        the_plan,
        rests,
        texts,
        days: (start, day),
    };
    finish(story, counts);
}

/// What a history left.
struct Story {
    history: u64,
    devices: Vec<Device>,
    model: Model,
    barriers: Vec<Id>,
    the_plan: Id,
    rests: Vec<[u8; 32]>,
    texts: Vec<String>,
    days: (NaiveDate, NaiveDate),
}

/// Everybody meets everybody; then all say the same, and nothing was lost.
fn finish(story: Story, counts: &mut Counts) {
    let (history, model, the_plan) = (story.history, &story.model, &story.the_plan);
    let (mut devices, (start, day)) = (story.devices, story.days);
    for at in 1..devices.len() {
        let (first, others) = devices.split_at_mut(at);
        first[0].take(&others[0]);
    }
    let (first, others) = devices.split_at_mut(1);
    for device in others {
        device.take(&first[0]);
        assert_eq!(
            fingerprint(&device.record),
            fingerprint(&first[0].record),
            "history {history}: all met and hold different records"
        );
    }
    let record = &devices[0].record;
    let everything = everything::show(record, day).to_string();
    for text in &story.texts {
        assert!(
            everything.contains(&format!("\"{text}\"")),
            "history {history} lost {text}"
        );
    }
    counts.texts += story.texts.len() as u32;
    let all = u64::MAX;
    for (number, id) in story.barriers.iter().enumerate() {
        let state = barrier::state(record, record.get(Noun::Barrier, id).unwrap());
        let can_be = model.barrier(all, number);
        counts.barriers_apart += u32::from(can_be.len() > 1);
        assert!(
            can_be.contains(&state),
            "history {history}: {state}, not one of {can_be:?}"
        );
    }
    let agreed = model.among(all, |meant| matches!(meant, Meant::Agreed(_)));
    counts.apart += u32::from(agreed.len() > 1);
    let plan = record.get(Noun::Plan, the_plan).unwrap();
    assert_eq!(state::agreed(record, plan).is_some(), !agreed.is_empty());
    let follow_ups = follow_up::of(record, the_plan);
    let dues: BTreeMap<_, _> = follow_ups
        .iter()
        .filter_map(|f| Some((follow_up::due(record, f)?, ())))
        .collect();
    let promised = agreed.iter().filter_map(|at| match model.made[*at].meant {
        Meant::Agreed(due) => Some((due, ())),
        _ => None,
    });
    assert_eq!(
        dues,
        promised.collect(),
        "history {history}: a follow-up for each agreeing"
    );
    // The same acts without any rest: the rests cost nothing.
    let mut without = Record::new(record.circle.clone(), record.me.clone(), record.actor);
    without.actors = record.actors.clone();
    for thing in record.all().filter(|thing| thing.noun == Noun::Member) {
        without.insert(thing.clone());
    }
    for (part, change) in devices[0]
        .changes
        .iter()
        .filter(|(_, c)| !story.rests.contains(&c.hash))
    {
        without.apply(part, change);
    }
    let mut looked = start;
    while looked <= day + Days::new(7) {
        let (before, after) = (
            counted(&without, the_plan, looked),
            counted(record, the_plan, looked),
        );
        // A barrier answers the offer that stood when it was added; without the rest that was another one. So offers
        // are compared where there was none. That a rest makes no offer on its day is looked at in `play`, always.
        let before = (before.0, before.1 || !story.barriers.is_empty());
        a_rest_cost_nothing(&before, &after, history);
        counts.rests_mattered += u32::from(before.0 != after.0);
        looked = looked + Days::new(5);
    }
}

#[test]
fn the_rules_hold_on_every_device_whatever_met_whatever_when() {
    let parts = [Part::circle(), Part::goals(2026), Part::log(2026)];
    let start = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let begun = a_record(&parts, &MEMBERS, Acting::at(moment(start)));
    let histories = if all_of_them() {
        5 * HISTORIES
    } else {
        HISTORIES
    };
    let mut counts = Counts::default();
    let progress = Progress::of("merged histories", histories as usize);
    for history in 0..histories {
        play(history, &begun, &mut counts);
        progress.step();
    }
    report(&format!(
        "merged histories, seeds 1000000 to {}: {} meetings, {} agreed ({} anyway, {} plans agreed apart), {} refused below 7, \
         {} answered either way, {} rests ({} pages they changed), {} barriers acted on apart, {} texts found",
        999_999 + histories,
        counts.meetings,
        counts.agreed,
        counts.anyway,
        counts.apart,
        counts.below,
        counts.either,
        counts.rests,
        counts.rests_mattered,
        counts.barriers_apart,
        counts.texts
    ));
    assert!(counts.agreed > 5_000 && counts.anyway > 500 && counts.below > 2_000);
    assert!(counts.meetings > 10_000 && counts.apart > 500 && counts.barriers_apart > 100);
    assert!(counts.rests > 500 && counts.rests_mattered > 200);
}
