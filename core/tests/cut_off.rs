//! A meeting cut off at any byte: what arrived whole is durable, and the next meeting sends at most the one segment
//! again that was under way.
//!
//! Two megabytes go from a phone to a nurse's tablet. The link is cut within 16 bytes of every segment's border and at
//! 2,000 places drawn over the whole length, one after another: every cut is followed by a new meeting, which is itself
//! cut at the next place. So each cut is one of a real meeting between two real vaults, and no segment arrives twice.

mod support;

use cairn_core::Id;
use cairn_core::entropy::SeededEntropy;
use cairn_core::log;
use cairn_core::record::change::Hash;
use cairn_core::record::state::fingerprint;
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::{Circle, Scope, Vault};
use cairn_core::sync::message::Message;
use cairn_core::sync::segment;
use cairn_core::sync::session::Session;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use support::device::{Device, did, goal_with_plan};
use support::memory::Dice;

/// Bytes before each message on a link: its length. Source: `SPEC.md`, Links over TCP.
const LENGTH: usize = 4;

/// The segments there are to give, of about 45 kB each.
const SEGMENTS: usize = 46;

/// The places drawn over the whole length.
const DRAWN: usize = 2_000;

/// How far around each border every place is tried.
const AROUND: usize = 16;

/// Where the phone's side of a meeting is cut.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Cut {
    /// This many bytes after the meeting began.
    Before(usize),
    /// This many bytes into this segment, counted over all that are to be given.
    In(usize, usize),
    /// This many bytes behind the last segment.
    Behind(usize),
    Never,
}

/// What left the phone in one meeting before it was cut, in order: its frames.
struct Passed {
    frames: Vec<(Option<Hash>, usize)>,
    /// The segment that was under way.
    under_way: Option<Hash>,
    /// How many bytes had left before it was said that the segments were all.
    behind: Option<usize>,
}

impl Passed {
    /// Segments of which at least a byte left.
    fn begun(&self) -> Vec<Hash> {
        self.frames.iter().filter_map(|(name, _)| *name).collect()
    }
}

/// Lets two devices meet over a link that is cut in what the first sends. Nothing of a message that is cut arrives, and
/// nothing that the other side says after it.
fn meet_until(
    one: &mut Device,
    other: &mut Device,
    places: &BTreeMap<Hash, usize>,
    cut: Cut,
) -> Passed {
    let (acting, theirs) = (one.acting(), other.acting());
    let (left, right) = (one.entropy(), other.entropy());
    let (one, other) = (&mut one.home.vault, &mut other.home.vault);
    let mut first = Session::begin(one, acting, &left).unwrap();
    let mut second = Session::begin(other, theirs, &right).unwrap();
    let mut passed = Passed {
        frames: Vec::new(),
        under_way: None,
        behind: None,
    };
    let mut sent = 0;
    while !(first.is_done() && second.is_done()) {
        let answer = second.next(other).unwrap();
        if let Some(message) = first.next(one).unwrap() {
            let frame = LENGTH + message.len();
            let name = match Message::read(&message).unwrap() {
                Message::Segment(_, bytes) => Some(segment::name(&bytes)),
                Message::Given => {
                    passed.behind = Some(sent);
                    None
                }
                _ => None,
            };
            let room = match cut {
                Cut::Before(bytes) => Some(bytes.saturating_sub(sent)),
                Cut::In(place, bytes) if name.is_some_and(|name| places[&name] == place) => {
                    Some(bytes)
                }
                Cut::Behind(bytes) => passed
                    .behind
                    .map(|behind| (bytes + behind).saturating_sub(sent)),
                Cut::In(..) | Cut::Never => None,
            };
            if room.is_none_or(|room| room > 0) {
                passed.frames.push((name, frame));
            }
            if room.is_some_and(|room| room < frame) {
                passed.under_way = name.filter(|_| room != Some(0));
                return passed;
            }
            sent += frame;
            second.receive(other, &message).unwrap();
        }
        if let Some(message) = answer {
            first.receive(one, &message).unwrap();
        }
    }
    passed
}

/// A phone and its nurse's tablet, who met, and the plan of a goal on it.
fn met_before() -> (Device, Device, Id) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    let circle = phone.home.circle.clone();
    phone
        .act(&circle, |acts| {
            log::add(acts, &plan, &did("As far as the post box"))
        })
        .unwrap();
    phone.let_in(&mut nurse, "nurse", &["all"]);
    (phone, nurse, plan)
}

/// Writes so much that about two megabytes are to be given, in words that cannot be packed much smaller.
fn write_two_megabytes(phone: &mut Device, plan: &Id) {
    let circle = phone.home.circle.clone();
    let mut dice = Dice::new(11);
    for _ in 0..SEGMENTS {
        for _ in 0..14 {
            let note: String = (0..4_000)
                .map(|_| char::from(b'0' + dice.below(75) as u8))
                .collect();
            phone
                .act(&circle, |acts| log::add(acts, plan, &did(&note)))
                .unwrap();
        }
        let (acting, entropy) = (phone.acting(), phone.entropy());
        phone.home.vault.cut(&circle, acting, &entropy).unwrap();
    }
}

/// The segments a nurse's tablet lacks, in the order in which it is given them, and how long each is on a link.
fn lacks(phone: &Device, nurse: &Device) -> Vec<(Hash, usize)> {
    let (circle, there) = (&phone.home.circle, nurse.circle(phone));
    let (vault, tablet) = (&phone.home.vault, &nurse.home.vault);
    let have = tablet.have(&there, &vault.keys().public().sign).unwrap();
    let gifts = vault.segments_lacking(circle, &tablet.keys().public().sign, &have);
    let frame = |gift| {
        let bytes = vault.segment(gift).unwrap();
        let name = segment::name(&bytes);
        let message = Message::Segment(circle.id.clone(), bytes);
        (name, LENGTH + message.write().unwrap().len())
    };
    gifts.unwrap().iter().map(frame).collect()
}

fn said_of(device: &Device, circle: &Circle) -> [u8; 32] {
    let record = device.home.vault.record(circle, &Scope::Everything);
    fingerprint(&record.unwrap())
}

/// Which places are tried.
#[derive(Clone, Copy)]
enum Places {
    /// Every one around each border of segments.
    Borders,
    /// As many as there are to be, drawn over the whole length.
    Drawn,
}

fn cuts(places: Places, lengths: &[usize], before: usize, behind: usize) -> BTreeSet<Cut> {
    let mut borders = vec![before];
    for length in lengths {
        borders.push(borders[borders.len() - 1] + length);
    }
    let end = borders[borders.len() - 1];
    let cut = |place: usize| match borders.iter().rposition(|border| *border <= place) {
        None => Cut::Before(place),
        Some(at) if at == lengths.len() => Cut::Behind(place - end),
        Some(at) => Cut::In(at, place - borders[at]),
    };
    let around = |border: &usize| border - AROUND..=border + AROUND;
    let (mut dice, mut cuts) = (Dice::new(12), BTreeSet::new());
    match places {
        Places::Borders => cuts.extend(borders.iter().flat_map(around).map(cut)),
        Places::Drawn => {
            while cuts.len() < DRAWN {
                cuts.insert(cut(dice.below((end + behind) as u64) as usize));
            }
        }
    }
    cuts
}

/// How many of these segments a home holds if its device loses power now: its files are read as they lie.
fn held(device: &Device, circle: &Circle) -> usize {
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(device.home.folder.path()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let key = FileKeyVault::new(copy.path().join("device.key"));
    let vault = Vault::open(copy.path(), &key, &SeededEntropy::new(99)).unwrap();
    let anybody = device.home.vault.keys().public().sign;
    let have = vault.have(circle, &anybody).unwrap();
    have.streams
        .iter()
        .map(|stream| stream.counter as usize)
        .sum()
}

#[test]
fn two_megabytes_cut_around_every_border_send_at_most_one_segment_again_each_time() {
    cut_off(Places::Borders, |lengths| (lengths + 1) * (2 * AROUND + 1));
}

#[test]
fn two_megabytes_cut_at_2000_places_send_at_most_one_segment_again_each_time() {
    cut_off(Places::Drawn, |_| DRAWN);
}

fn cut_off(places: Places, count: impl Fn(usize) -> usize) {
    let (mut phone, mut nurse, plan) = met_before();
    let circle = phone.home.circle.clone();
    let there = nurse.circle(&phone);
    // What is said before and behind the segments, as long as in any meeting of these two.
    let idle = meet_until(&mut phone, &mut nurse, &BTreeMap::new(), Cut::Never);
    let said: usize = idle.frames.iter().map(|(_, length)| length).sum();
    let before = idle.behind.unwrap();
    write_two_megabytes(&mut phone, &plan);
    let lacks = lacks(&phone, &nurse);
    let lengths: Vec<usize> = lacks.iter().map(|(_, length)| *length).collect();
    assert!(lengths.iter().sum::<usize>() > 2_000_000);
    let order = lacks.iter().enumerate();
    let order: BTreeMap<Hash, usize> = order.map(|(place, (name, _))| (*name, place)).collect();

    let cuts = cuts(places, &lengths, before, said - before);
    assert_eq!(cuts.len(), count(lengths.len()));
    let at_first = held(&nurse, &there);
    let (mut begun, mut arrived) = (BTreeSet::new(), BTreeSet::new());
    let (mut under_way, mut again) = (None, 0);
    for cut in cuts.into_iter().chain([Cut::Never]) {
        let passed = meet_until(&mut phone, &mut nurse, &order, cut);
        let repeated: Vec<Hash> = passed
            .begun()
            .into_iter()
            .filter(|name| begun.contains(name))
            .collect();
        assert!(repeated.len() <= 1, "{cut:?} sent {} again", repeated.len());
        assert!(
            repeated.iter().all(|name| Some(*name) == under_way),
            "{cut:?}"
        );
        again += repeated.len();
        begun.extend(passed.begun());
        let newly = passed
            .begun()
            .into_iter()
            .filter(|name| Some(*name) != passed.under_way);
        let had = arrived.len();
        arrived.extend(newly);
        under_way = passed.under_way;
        if arrived.len() > had {
            assert_eq!(held(&nurse, &there), at_first + arrived.len(), "{cut:?}");
        }
    }
    assert_eq!(arrived.len(), lengths.len());
    assert!(
        again > lengths.len() * AROUND,
        "{again} were under way when the link was cut"
    );
    assert_eq!(said_of(&phone, &circle), said_of(&nurse, &there));
    assert!(nurse.home.vault.verify().unwrap().ok);
}

#[test]
fn a_home_that_was_let_in_and_cut_off_before_anything_came_is_whole() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    phone.admit(&mut nurse, "nurse", &["all"], None);
    let verified = nurse.home.vault.verify().unwrap();
    assert!(verified.ok, "{:?}", verified.damaged);
    nurse.home.vault.rebuild().unwrap();
    assert!(nurse.home.vault.verify().unwrap().ok);
}
