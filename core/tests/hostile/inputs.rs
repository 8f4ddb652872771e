//! Deterministic hostile inputs: input number `n` is the same on every machine.

use super::raw::{Raw, chunk, leb, repaired, run, sleb};

/// A small generator of numbers that only look random.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
}

pub const HUGE: [u64; 8] = [
    10_001,
    100_001,
    10_000_000,
    1 << 31,
    u32::MAX as u64 + 1,
    i64::MAX as u64,
    1 << 63,
    u64::MAX,
];
/// Every column automerge has in a change.
const COLUMNS: [u64; 16] = [
    0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73, 0x94, 0xa5, 0x21, 0x23,
];

/// Makes hostile bytes from a real change.
type Attack = fn(&mut Dice, Raw) -> Vec<u8>;

/// Every kind of attack, with a name for the counts.
pub const KINDS: [(&str, Attack); 15] = [
    ("bytes changed", bytes_changed),
    ("bytes inserted or taken out", bytes_moved),
    ("run-length bomb in a column", run_bomb),
    ("bomb in all columns alike", whole_bomb),
    ("column written anew", column_noise),
    (
        "columns duplicated, unsorted, deflated, unknown",
        column_list,
    ),
    ("huge or zero numbers in the header", header_numbers),
    ("header lists that lie", header_lists),
    ("cut off, or followed by more", cut),
    ("overlong numbers", overlong),
    ("another kind of chunk, or compressed", kinds),
    ("values that lie", values),
    ("ids of nobody and nothing", ids),
    ("too large", large),
    ("other operations on other objects", operations),
];

/// Hostile input number `n`: which real change and which kind of attack it was made with, and its bytes.
pub fn input(n: usize, real: &[Vec<u8>]) -> (usize, usize, Vec<u8>) {
    let kind = n % KINDS.len();
    let mut dice = Dice::new(n as u64 + 1);
    let from = dice.roll(real.len());
    (from, kind, KINDS[kind].1(&mut dice, Raw::of(&real[from])))
}

fn bytes_changed(dice: &mut Dice, base: Raw) -> Vec<u8> {
    let mut content = base.content();
    for _ in 0..1 + dice.roll(4) {
        let at = dice.roll(content.len());
        content[at] = match dice.roll(4) {
            0 => content[at] ^ 1 << dice.roll(8),
            1 => content[at].wrapping_add(1),
            2 => dice.pick(&[0, 1, 0x7f, 0x80, 0xff]),
            _ => dice.roll(256) as u8,
        };
    }
    chunk(base.kind, &content)
}

fn bytes_moved(dice: &mut Dice, base: Raw) -> Vec<u8> {
    let mut content = base.content();
    for _ in 0..1 + dice.roll(3) {
        let at = dice.roll(content.len());
        if dice.roll(2) == 0 {
            content.insert(at, dice.roll(256) as u8);
        } else {
            content.remove(at);
        }
    }
    chunk(base.kind, &content)
}

fn run_bomb(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let spec = dice.pick(&COLUMNS);
    let bomb = bomb(dice, spec);
    *base.column(spec) = bomb;
    base.bytes()
}

/// The same huge count everywhere, so that the columns agree.
fn whole_bomb(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let count = dice.pick(&HUGE[..6]);
    for (spec, value) in [
        (0x15, &[1, b'k'][..]),
        (0x42, &[1]),
        (0x56, &[0]),
        (0x70, &[0]),
    ] {
        *base.column(spec) = run(count as i64, value);
    }
    *base.column(0x34) = leb(count);
    base.columns
        .retain(|(spec, _)| [0x15, 0x34, 0x42, 0x56, 0x70].contains(spec));
    base.bytes()
}

fn bomb(dice: &mut Dice, spec: u64) -> Vec<u8> {
    let count = dice.pick(&HUGE);
    let value = match spec {
        0x15 | 0xa5 => vec![1, b'k'],
        _ => leb(dice.pick(&[0, 1, 2, 0x16])),
    };
    match dice.roll(5) {
        0 => [vec![0], leb(count)].concat(),
        1 => [sleb((count as i64).wrapping_neg()), value].concat(),
        2 => leb(count),
        3 => [run(2, &value), run(count as i64, &value)].concat(),
        _ => run(count as i64, &value),
    }
}

fn column_noise(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let at = dice.roll(base.columns.len());
    let column = &mut base.columns[at].1;
    match dice.roll(4) {
        0 => column.truncate(dice.roll(column.len())),
        1 => column.extend([1, 1]),
        2 => column
            .iter_mut()
            .for_each(|byte| *byte = dice.roll(256) as u8),
        _ => {
            let at = dice.roll(column.len());
            if let Some(byte) = column.get_mut(at) {
                *byte = dice.roll(256) as u8;
            }
        }
    }
    base.bytes()
}

fn column_list(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let at = dice.roll(base.columns.len());
    match dice.roll(6) {
        0 => {
            let twin = base.columns[at].clone();
            base.columns.insert(at, twin);
        }
        1 => base.columns.reverse(),
        2 => base.columns[at].0 |= 8,
        3 => base.columns.push((
            0xb2,
            vec![0x41; dice.pick(&[1, 100, 65_536, 65_537, 200_000])],
        )),
        4 => base
            .columns
            .extend((0..dice.pick(&[3, 60, 300])).map(|more| (0x100 + more * 16, vec![1]))),
        _ => base.columns[at].0 = dice.pick(&[0x10, 0x24, 0x57, 0xffff_ffff, u64::MAX]),
    }
    base.bytes()
}

fn header_numbers(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let number = dice.pick(&[&HUGE[..], &[0, 1, 2, 100]].concat());
    match dice.roll(3) {
        0 => base.seq = number,
        1 => base.start_op = number,
        _ => {
            base.seq = number;
            base.time = dice.pick(&[i64::MIN, i64::MAX, -1]);
        }
    }
    base.bytes()
}

fn header_lists(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    match dice.roll(8) {
        0 => base.deps = vec![[7; 32]; dice.pick(&[1, 2, 1_025, 5_000])],
        1 => base.deps.reverse(),
        2 => base.actor = vec![1; dice.pick(&[0, 1, 15, 17, 64])],
        3 => base.others.push(base.actor.clone()),
        4 => base.others.push(vec![0xfe; dice.pick(&[0, 16, 17])]),
        5 => base.message = vec![dice.pick(&[b'x', 0xff]); dice.pick(&[1, 64, 65])],
        6 => base.extra = vec![1; dice.pick(&[1, 65_536, 65_537])],
        _ => {
            // A count of dependencies that nothing follows.
            let mut content = base.content();
            content.splice(0..1, leb(dice.pick(&HUGE)));
            return chunk(base.kind, &content);
        }
    }
    base.bytes()
}

fn cut(dice: &mut Dice, base: Raw) -> Vec<u8> {
    let bytes = base.bytes();
    match dice.roll(5) {
        0 => bytes[..dice.roll(bytes.len())].to_vec(),
        1 => repaired(&bytes[..10 + dice.roll(bytes.len() - 10)]),
        2 => [bytes, vec![0]].concat(),
        3 => [bytes.clone(), bytes].concat(),
        _ => {
            let mut bytes = bytes;
            let at = dice.roll(9);
            bytes[at] ^= 1 << dice.roll(8);
            bytes
        }
    }
}

fn overlong(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let long = [
        vec![0x80 | dice.roll(4) as u8],
        vec![0x80; dice.roll(12)],
        vec![0],
    ]
    .concat();
    match dice.roll(3) {
        0 => {
            let at = dice.roll(base.columns.len());
            base.columns[at].1.splice(0..1, long);
            base.bytes()
        }
        1 => {
            let mut content = base.content();
            content.splice(0..1, long);
            chunk(base.kind, &content)
        }
        // The length of the chunk itself.
        _ => {
            let bytes = base.bytes();
            [&bytes[..9], &long, &base.content()].concat()
        }
    }
}

fn kinds(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    if dice.roll(2) == 0 {
        base.kind = dice.pick(&[0, 2, 3, 4, 255]);
        return base.bytes();
    }
    // What automerge itself sends for a large change: a compressed one, of zeros here.
    base.extra = vec![0; 4 << 20];
    let mut change = automerge::Change::from_bytes(base.bytes()).unwrap();
    change.bytes().into_owned()
}

fn values(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let kind = dice.roll(16) as u64;
    let length = dice.pick(&[0, 1, 2, 8, 9, 40, 1 << 20, 1 << 59]);
    let count = dice.pick(&[1, 2, 6, 5_000]);
    *base.column(0x56) = run(count, &leb(length << 4 | kind));
    if dice.roll(2) == 0 {
        *base.column(0x57) =
            vec![dice.roll(256) as u8; (length.min(60_000) * count as u64).min(60_000) as usize];
    }
    base.bytes()
}

fn ids(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let spec = dice.pick(&[0x01, 0x02, 0x11, 0x13, 0x71, 0x73]);
    let value = dice.pick(&[0, 1, 2, 3, 99, u32::MAX as u64, 1 << 33, i64::MAX as u64]);
    let column = base.column(spec);
    let rows = column
        .first()
        .map_or(1, |count| i64::from(count & 0x3f))
        .max(1);
    *column = run(
        rows,
        &if spec & 3 == 3 {
            sleb(value as i64)
        } else {
            leb(value)
        },
    );
    base.bytes()
}

fn large(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let rows = dice.pick(&[9_999, 10_000, 10_001]);
    let key = dice.pick(&[1, 1_023, 1_024, 1_025, 400_000, 600_000]);
    let text = [leb(key), vec![b'k'; key as usize]].concat();
    for (spec, value) in [(0x15, &text[..]), (0x42, &[1]), (0x56, &[0])] {
        *base.column(spec) = run(rows, value);
    }
    *base.column(0x34) = leb(rows as u64);
    let replaced = dice.pick(&[0, 1, 2, 3]);
    *base.column(0x70) = run(rows, &[replaced]);
    base.columns
        .retain(|(spec, _)| [0x15, 0x34, 0x42, 0x56, 0x70].contains(spec));
    if replaced > 0 {
        *base.column(0x71) = run(rows * i64::from(replaced), &[0]);
        *base.column(0x73) = run(rows * i64::from(replaced), &[1]);
    }
    if dice.roll(2) == 0 {
        *base.column(0x01) = run(rows, &[1]);
        *base.column(0x02) = run(rows, &[1]);
        if base.others.is_empty() {
            base.others = vec![vec![9; 16]];
        }
    }
    base.bytes()
}

/// Written as automerge would, but of other kinds than ours, on other objects.
fn operations(dice: &mut Dice, mut base: Raw) -> Vec<u8> {
    let rows = 1 + dice.roll(3) as i64;
    base.columns.clear();
    base.others.clear();
    let element = dice.roll(3) == 0;
    if element {
        *base.column(0x11) = run(rows, &[0]);
        *base.column(0x13) = run(rows, &sleb(dice.pick(&[1, 2, 20])));
    } else {
        *base.column(0x15) = run(rows, &[1, b'k']);
    }
    *base.column(0x34) = if dice.roll(2) == 0 {
        leb(rows as u64)
    } else {
        [0, rows as u8].to_vec()
    };
    *base.column(0x42) = run(rows, &[dice.roll(9) as u8]);
    *base.column(0x56) = run(rows, &leb(dice.pick(&[0, 1, 0x14, 0x16])));
    *base.column(0x57) = vec![b'1'; rows as usize];
    if dice.roll(3) == 0 {
        base.columns.retain(|(spec, _)| *spec != 0x57);
        *base.column(0x56) = run(rows, &[0]);
    }
    *base.column(0x70) = run(rows, &[0]);
    if dice.roll(3) == 0 {
        *base.column(0xa5) = run(rows, &[1, b'm']);
    }
    if dice.roll(3) == 0 {
        *base.column(0x94) = [0, rows as u8].to_vec();
    }
    // A run of one is written as a literal.
    if rows == 1 {
        for (spec, column) in &mut base.columns {
            if ![0x34, 0x57, 0x94].contains(spec) {
                column[0] = 0x7f;
            }
        }
    }
    base.bytes()
}
