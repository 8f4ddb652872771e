//! Thinned changes come back byte for byte or go whole, on devices that know only what they took in; and what hostile
//! descriptions can do is nothing.

mod support;

use cairn_core::entropy::SeededEntropy;
use cairn_core::id::Id;
use cairn_core::log::packed::Packed;
use cairn_core::record::change::{self, ReadChange};
use cairn_core::record::part::Group;
use cairn_core::record::{Acting, Actor, Acts, Noun, Part, Record, Value};
use cairn_core::sync::segment::Carried;
use cairn_core::sync::thin::{self, Ground, HINT, Last, Named, Stream, Stuck};
use cairn_core::sync::walker::limits;
use chrono::{DateTime, Days, FixedOffset};
use std::collections::BTreeMap;
use support::memory::Dice;
use support::prove::report;

const HISTORIES: u64 = 150;
const STEPS: u64 = 40;

fn circle() -> Id {
    Id::read("circle")
}

/// A segment's body on its way, and what must come out of it.
struct Sent {
    group: Group,
    actor: Actor,
    body: Vec<u8>,
    changes: Vec<Carried>,
}

/// A device: its record, what it knows, and how far it took in each stream.
struct Device {
    record: Record,
    known: Vec<(Part, ReadChange)>,
    covered: BTreeMap<(Part, Actor), u64>,
    unsent: Vec<Carried>,
    took: Vec<usize>,
}

struct Knows<'a> {
    device: &'a Device,
    actor: Actor,
}

impl Ground for Knows<'_> {
    fn last(&self, part: &Part) -> cairn_core::Result<Option<Last>> {
        let Some(seq) = self.device.covered.get(&(part.clone(), self.actor)) else {
            return Ok(None);
        };
        let found = self.device.known.iter().find(|(of, read)| {
            of == part && read.head.actor == self.actor && read.head.seq == *seq
        });
        Ok(Some(Last::of(&found.expect("what is covered is here").1)))
    }

    fn named(
        &self,
        part: &Part,
        nonce: &[u8; 24],
        hint: &[u8; HINT],
    ) -> cairn_core::Result<Option<Named>> {
        let mut known = self.device.known.iter();
        let found = known.find(|(of, read)| of == part && thin::hint(nonce, &read.hash) == *hint);
        Ok(found.map(|(_, read)| Named::of(read)))
    }
}

fn stream(circle: &Id, group: Group, actor: Actor) -> Stream<'_> {
    Stream {
        circle,
        group,
        actor,
        nonce: &[4; 24],
    }
}

const PARTS: [(Group, fn() -> Part); 5] = [
    (Group::Goals, || Part::goals(2026)),
    (Group::Goals, || Part::goals(2027)),
    (Group::Log, || Part::log(2026)),
    (Group::Members, Part::circle),
    (Group::Team, Part::team),
];

impl Device {
    fn new(number: u8) -> Device {
        let actor = Actor([number + 1; 16]);
        let mut record = Record::new(circle(), Id::read("member"), actor);
        for (_, part) in PARTS {
            let first = change::first(&circle(), &part()).unwrap();
            let read = change::read(&circle(), &part(), &first.bytes).unwrap();
            record.apply(&part(), &read);
        }
        Device {
            record,
            known: Vec::new(),
            covered: BTreeMap::new(),
            unsent: Vec::new(),
            took: Vec::new(),
        }
    }

    fn know(&mut self, part: &Part, bytes: &[u8]) {
        let read = change::read(&circle(), part, bytes).unwrap();
        if !self.known.iter().any(|(_, known)| known.hash == read.hash) {
            self.record.apply(part, &read);
            self.known.push((part.clone(), read));
        }
    }

    /// Writes something by chance.
    fn act(&mut self, dice: &mut Dice, at: DateTime<FixedOffset>) {
        let acting = Acting {
            for_person: dice.below(6) == 0,
            ..Acting::at(at)
        };
        let (_, part) = *dice.one_of(&PARTS);
        let part = part();
        let record = self.record.clone();
        let mut acts = Acts::new(&record, acting);
        for _ in 0..1 + dice.below(3) {
            some_puts(&mut acts, &record, dice, &part, at);
        }
        for (part, head, puts) in acts.finish().unwrap() {
            let cursor = self.record.cursors[&part].clone();
            for noun in change::maps_missing(&part, &cursor, &puts) {
                let bytes = change::map_of(&circle(), &part, noun.as_str())
                    .unwrap()
                    .bytes;
                self.know(&part, &bytes);
                let part = part.clone();
                self.unsent.push(Carried { part, bytes });
            }
            let bytes = change::build(&circle(), &part, &head, &puts).unwrap().bytes;
            self.know(&part, &bytes);
            self.unsent.push(Carried { part, bytes });
        }
    }

    /// Describes what it wrote and has not sent yet, one body a group.
    fn cut(&mut self, all: &mut Vec<Sent>, whole: &mut usize) {
        let unsent = std::mem::take(&mut self.unsent);
        let actor = self.record.actor;
        for group in [Group::Goals, Group::Log, Group::Members, Group::Team] {
            let of_group = unsent.iter().filter(|c| c.part.group() == Some(group));
            let changes: Vec<Carried> = of_group.cloned().collect();
            if changes.is_empty() {
                continue;
            }
            let ground = Knows {
                device: self,
                actor,
            };
            let circle = circle();
            let thin = thin::describe(stream(&circle, group, actor), &ground, &changes).unwrap();
            *whole += thin.whole;
            self.took.push(all.len());
            self.cover(actor, &changes);
            all.push(Sent {
                group,
                actor,
                body: thin.body,
                changes,
            });
        }
    }

    fn cover(&mut self, actor: Actor, changes: &[Carried]) {
        for carried in changes {
            let read = change::read(&circle(), &carried.part, &carried.bytes).unwrap();
            if read.head.actor == actor {
                self.covered
                    .insert((carried.part.clone(), actor), read.head.seq);
            }
        }
    }

    /// Takes in what another has, as it has it.
    fn meet(&mut self, other: &[usize], all: &[Sent]) {
        for at in other {
            if self.took.contains(at) {
                continue;
            }
            let sent = &all[*at];
            let ground = Knows {
                device: self,
                actor: sent.actor,
            };
            let circle = circle();
            let of = stream(&circle, sent.group, sent.actor);
            let rebuilt = thin::rebuild(of, &ground, &sent.body).unwrap();
            assert_eq!(rebuilt, sent.changes);
            for carried in &rebuilt {
                self.know(&carried.part, &carried.bytes);
            }
            self.cover(sent.actor, &rebuilt);
            self.took.push(*at);
        }
    }
}

fn a_text(dice: &mut Dice) -> String {
    let words = [
        "walk",
        "ŵyr",
        "to the shop.",
        "2026-03-17",
        "active",
        "",
        "x.y",
        "0123456789ab",
    ];
    dice.one_of(&words).to_string()
}

fn an_entry(dice: &mut Dice, at: DateTime<FixedOffset>) -> Value {
    let plans = ["0123456789ab", "zzzzzzzzzzzz", "a plan of another shape"];
    let entry = Packed {
        version: if dice.below(9) == 0 { 2 } else { 1 },
        plan: Id::read(*dice.one_of(&plans)),
        on: at.date_naive() - Days::new(dice.below(3)),
        at: None,
        did: cairn_core::log::answer::Did::Did,
        why: None,
        felt: Some(dice.below(11) as u8),
        amount: None,
        note: Some(a_text(dice)).filter(|note| !note.is_empty()),
        rest: if dice.below(9) == 0 { vec![7] } else { vec![] },
    };
    Value::Bytes(entry.pack())
}

/// Puts values of every kind under keys of every kind: new things, known ones, ids of other shapes, unknown fields.
fn some_puts(
    acts: &mut Acts,
    record: &Record,
    dice: &mut Dice,
    part: &Part,
    at: DateTime<FixedOffset>,
) {
    let nouns: Vec<Noun> = Noun::ALL
        .iter()
        .copied()
        .filter(|n| part.holds(*n))
        .collect();
    let noun = *dice.one_of(&nouns);
    let things = record.things(noun);
    let id = match dice.below(4) {
        0 if !things.is_empty() => dice.one_of(&things).id.clone(),
        1 => Id::read(format!("word{}", dice.below(3))),
        2 => Id::wide(&[b"member", &[dice.below(3) as u8]]),
        _ => acts.make(part),
    };
    if noun == Noun::Entry && dice.below(3) > 0 {
        acts.put(part, noun, &id, "", an_entry(dice, at));
        return;
    }
    for _ in 0..1 + dice.below(3) {
        let value = match dice.below(8) {
            0 => Value::Int(dice.below(1000) as i64 - 500),
            1 => Value::Bool(dice.below(2) == 0),
            2 => Value::Empty,
            3 => Value::Bytes(vec![dice.below(256) as u8; dice.below(4) as usize]),
            4 => Value::Text((at.date_naive() + Days::new(dice.below(20))).to_string()),
            5 => match things.first() {
                Some(thing) => Value::Text(thing.id.to_string()),
                None => Value::Text(id.to_string()),
            },
            _ => Value::Text(a_text(dice)),
        };
        let fields = ["words", "state", "until", "of_a_newer_version", "why"];
        acts.put(part, noun, &id, dice.one_of::<&str>(&fields), value);
    }
}

/// Three devices that write and meet by chance; every segment of all of them.
fn a_history(seed: u64, whole: &mut usize) -> (Vec<Device>, Vec<Sent>) {
    let mut dice = Dice::new(seed);
    let mut devices: Vec<Device> = (0..3).map(Device::new).collect();
    let mut at = DateTime::parse_from_rfc3339("2026-03-02T19:00:00+00:00").unwrap();
    let mut all = Vec::new();
    for _ in 0..STEPS {
        at += chrono::Duration::seconds(dice.below(200_000) as i64 - 20_000);
        let who = dice.below(3) as usize;
        if dice.below(4) > 0 {
            let zone = FixedOffset::east_opt(dice.below(3) as i32 * 3600 - 3600).unwrap();
            devices[who].act(&mut dice, at.with_timezone(&zone));
            continue;
        }
        devices[who].cut(&mut all, whole);
        let other = (who + 1 + dice.below(2) as usize) % 3;
        let has = devices[who].took.clone();
        devices[other].meet(&has, &all);
    }
    (devices, all)
}

#[test]
fn every_change_of_random_histories_comes_back_byte_for_byte_and_few_go_whole() {
    let (mut whole, mut count, mut bytes, mut thinned) = (0, 0, 0, 0);
    for seed in 0..HISTORIES {
        let (mut devices, mut all) = a_history(seed, &mut whole);
        for device in &mut devices {
            device.cut(&mut all, &mut whole);
        }
        // Whoever has nothing yet takes in all of it, in the order in which it was made.
        let mut newcomer = Device::new(9);
        newcomer.meet(&(0..all.len()).collect::<Vec<_>>(), &all);
        for sent in &all {
            count += sent.changes.len();
            bytes += sent.changes.iter().map(|c| c.bytes.len()).sum::<usize>();
            thinned += sent.body.len();
        }
    }
    report(&format!(
        "thinned: {count} changes of {HISTORIES} random histories came back, {whole} of them went whole; {thinned} bytes for {bytes}"
    ));
    assert!(count > 4_000, "{count} changes are too few to tell");
    assert_eq!(whole, 0);
    assert!(thinned * 3 < bytes);
}

#[test]
fn what_has_another_shape_goes_whole_among_the_others() {
    let carried = vectors()[0].2[0].clone();
    let mut other = automerge::Change::from_bytes(carried.bytes.clone())
        .unwrap()
        .decode();
    other.message = Some("not a note of ours".into());
    let other = Carried {
        part: carried.part.clone(),
        bytes: automerge::Change::from(other).raw_bytes().to_vec(),
    };
    let (group, circle) = (carried.part.group().unwrap(), circle());
    let nothing = Device::new(0);
    let of = stream(&circle, group, nothing.record.actor);
    let ground = Knows {
        device: &nothing,
        actor: of.actor,
    };
    let changes = [other, carried];
    // The second claims to follow nothing, so behind the first it goes whole as well.
    let thin = thin::describe(of, &ground, &changes).unwrap();
    assert_eq!(thin.whole, 2);
    assert_eq!(thin::rebuild(of, &ground, &thin.body).unwrap(), changes);
}

#[test]
fn what_stands_on_changes_that_are_not_here_waits() {
    let mut waited = 0;
    for seed in 0..60 {
        let (_, all) = a_history(seed, &mut 0);
        let nothing = Device::new(9);
        for sent in &all {
            let ground = Knows {
                device: &nothing,
                actor: sent.actor,
            };
            let circle = circle();
            let of = stream(&circle, sent.group, sent.actor);
            // A later piece of a stream is never tried before the earlier ones; here it says what it lacks.
            match thin::rebuild(of, &ground, &sent.body) {
                Ok(changes) if changes == sent.changes => {}
                Ok(_) => {}
                Err(Stuck::StandsOn) => waited += 1,
                Err(other) => assert!(matches!(other, Stuck::Refused(_))),
            }
        }
    }
    assert!(waited > 20, "{waited} waited");
}

/// Rebuilds whatever bytes; nothing that comes out is over the caps.
fn harmless(of: Stream, device: &Device, body: &[u8]) -> bool {
    let ground = Knows {
        device,
        actor: of.actor,
    };
    match thin::rebuild(of, &ground, body) {
        Ok(changes) => {
            let bytes: usize = changes.iter().map(|carried| carried.bytes.len()).sum();
            assert!(bytes <= limits::SEGMENT_BYTES);
            true
        }
        Err(Stuck::Store(error)) => panic!("{error:?}"),
        Err(_) => false,
    }
}

#[test]
fn hostile_descriptions_never_panic_and_never_pass_the_caps() {
    let (devices, all) = a_history(3, &mut 0);
    let device = &devices[0];
    let circle = circle();
    let random = SeededEntropy::new(5);
    let (mut flipped, mut passed) = (0, 0);
    for sent in &all {
        let of = stream(&circle, sent.group, sent.actor);
        for at in 0..sent.body.len() * 8 {
            let mut body = sent.body.clone();
            body[at / 8] ^= 1 << (at % 8);
            flipped += 1;
            passed += usize::from(harmless(of, device, &body));
        }
        for length in 0..sent.body.len() {
            harmless(of, device, &sent.body[..length]);
        }
        for _ in 0..200 {
            let mut body = vec![0; 80];
            random.stream(&mut body);
            body[0] %= 80;
            harmless(of, device, &body);
        }
    }
    report(&format!(
        "thinned: of {flipped} flipped bits {passed} made another description, which no signature fits"
    ));
}

/// A number as descriptions write it.
fn number(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 127 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

#[test]
fn huge_counts_are_refused_before_anything_is_laid_out() {
    let circle = circle();
    let device = Device::new(0);
    let of = stream(&circle, Group::Goals, Actor([1; 16]));
    // A change in goals-2026 at second 0 that stands on the part's first change, with what follows.
    let change = |rest: &[u8]| {
        let shape = [&[0b1111_0000, 28, 0, 2], rest].concat();
        [number(shape.len() as u64), shape].concat()
    };
    // 10,001 operations; 2^60 operations; operations that replace 2^40 answers; 10,000 of which nothing is there.
    let of_count = |count: u64| change(&number(count));
    let replacing = |count: u64| change(&[vec![1, 0b1010_0000, 1, 0], number(count)].concat());
    for body in [
        of_count(10_001),
        of_count(1 << 60),
        replacing(1 << 40),
        of_count(10_000),
    ] {
        assert!(!harmless(of, &device, &body));
    }
    // A change as small as can be, as often as a body can say it: ended at the cap, not at the end.
    let entry = [0b0011_1100, 0, 0b0010_0011, 0];
    let log = stream(&circle, Group::Log, Actor([1; 16]));
    let mut shape = vec![0b0011_0000, 28, 0, 2, 0b0010_0010, 0, 3, 3];
    for _ in 0..20_000 {
        shape.extend(entry);
    }
    let body = [number(shape.len() as u64), shape, b"abc".to_vec()].concat();
    let ground = Knows {
        device: &device,
        actor: log.actor,
    };
    let stuck = thin::rebuild(log, &ground, &body);
    assert!(matches!(stuck, Err(Stuck::Refused(_))), "{stuck:?}");
}

/// Two entries and a goal with its state, as SPEC.md shows them.
fn vectors() -> Vec<(&'static str, Group, Vec<Carried>)> {
    let at = DateTime::parse_from_rfc3339("2026-03-17T19:40:00+01:00").unwrap();
    let mut device = Device::new(0);
    let entry = |on: &str, note: &str| Packed {
        version: 1,
        plan: Id::read("0123456789ab"),
        on: on.parse().unwrap(),
        at: None,
        did: cairn_core::log::answer::Did::Did,
        why: None,
        felt: Some(7),
        amount: None,
        note: Some(note.into()),
        rest: vec![],
    };
    let mut write = |part: Part, minutes: i64, puts: &dyn Fn(&mut Acts, &Part)| {
        let record = device.record.clone();
        let mut acts = Acts::new(&record, Acting::at(at + chrono::Duration::minutes(minutes)));
        puts(&mut acts, &part);
        let (part, head, puts) = acts.finish().unwrap().remove(0);
        let bytes = change::build(&circle(), &part, &head, &puts).unwrap().bytes;
        device.know(&part, &bytes);
        Carried { part, bytes }
    };
    let log = |on: &'static str, note: &'static str| {
        move |acts: &mut Acts, part: &Part| {
            let id = acts.make(part);
            acts.put(
                part,
                Noun::Entry,
                &id,
                "",
                Value::Bytes(entry(on, note).pack()),
            );
        }
    };
    let entries = vec![
        write(Part::log(2026), 0, &log("2026-03-17", "Windy.")),
        write(Part::log(2026), 1440, &log("2026-03-17", "Did it.")),
    ];
    let goal = |acts: &mut Acts, part: &Part| {
        let id = acts.make(part);
        acts.put(part, Noun::Goal, &id, "words", "Walk to the shop");
        acts.put(part, Noun::Goal, &id, "state", "active");
    };
    let goal = vec![write(Part::goals(2026), 0, &goal)];
    vec![
        (
            "one entry of 17 March 2026, 19:40 at UTC+1",
            Group::Log,
            entries[..1].to_vec(),
        ),
        (
            "the same and one a day later about the same day",
            Group::Log,
            entries,
        ),
        ("a goal with its state", Group::Goals, goal),
    ]
}

#[test]
fn the_written_form_has_not_changed() {
    let spec = include_str!("../../SPEC.md");
    let nothing = Device::new(0);
    for (what, group, changes) in vectors() {
        let circle = circle();
        let of = stream(&circle, group, nothing.record.actor);
        let ground = Knows {
            device: &nothing,
            actor: of.actor,
        };
        let body = thin::describe(of, &ground, &changes).unwrap().body;
        assert_eq!(thin::rebuild(of, &ground, &body).unwrap(), changes);
        let hex: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
        let row = format!("| {what} | `{hex}` |");
        assert!(spec.contains(&row), "SPEC.md does not say: {row}");
    }
}

#[test]
fn every_field_has_the_number_that_spec_gives_it() {
    let spec = include_str!("../../SPEC.md");
    let (_, list) = spec.split_once("Fields, from 0: ").unwrap();
    let (list, _) = list.split_once(".\n").unwrap();
    let listed: Vec<&str> = list
        .split(',')
        .map(|name| name.trim().trim_matches('`'))
        .collect();
    assert_eq!(listed, thin::FIELDS);
}
