//! A change taken apart and put together again with a right checksum and right lengths, as a member who means harm
//! could: written apart from the walker, so that one mistake does not hide another.

use sha2::{Digest, Sha256};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    pub kind: u8,
    pub deps: Vec<[u8; 32]>,
    pub actor: Vec<u8>,
    pub seq: u64,
    pub start_op: u64,
    pub time: i64,
    pub message: Vec<u8>,
    pub others: Vec<Vec<u8>>,
    pub columns: Vec<(u64, Vec<u8>)>,
    pub extra: Vec<u8>,
}

impl Raw {
    /// Takes a change apart that automerge wrote.
    pub fn of(bytes: &[u8]) -> Raw {
        let mut at = 8;
        let kind = bytes[at];
        at += 1;
        unsigned(bytes, &mut at);
        let count = unsigned(bytes, &mut at);
        let deps = (0..count)
            .map(|_| piece(bytes, &mut at, 32).try_into().unwrap())
            .collect();
        let actor = counted(bytes, &mut at);
        let seq = unsigned(bytes, &mut at);
        let start_op = unsigned(bytes, &mut at);
        let time = signed(bytes, &mut at);
        let message = counted(bytes, &mut at);
        let count = unsigned(bytes, &mut at);
        let others = (0..count).map(|_| counted(bytes, &mut at)).collect();
        let count = unsigned(bytes, &mut at);
        let listed: Vec<(u64, u64)> = (0..count)
            .map(|_| (unsigned(bytes, &mut at), unsigned(bytes, &mut at)))
            .collect();
        let columns = listed
            .into_iter()
            .map(|(spec, length)| (spec, piece(bytes, &mut at, length as usize)))
            .collect();
        Raw {
            kind,
            deps,
            actor,
            seq,
            start_op,
            time,
            message,
            others,
            columns,
            extra: bytes[at..].to_vec(),
        }
    }

    /// The content, without the chunk around it.
    pub fn content(&self) -> Vec<u8> {
        let mut out = leb(self.deps.len() as u64);
        out.extend(self.deps.concat());
        push(&mut out, &self.actor);
        out.extend(leb(self.seq));
        out.extend(leb(self.start_op));
        out.extend(sleb(self.time));
        push(&mut out, &self.message);
        out.extend(leb(self.others.len() as u64));
        for actor in &self.others {
            push(&mut out, actor);
        }
        out.extend(leb(self.columns.len() as u64));
        for (spec, column) in &self.columns {
            out.extend(leb(*spec));
            out.extend(leb(column.len() as u64));
        }
        for (_, column) in &self.columns {
            out.extend(column);
        }
        out.extend(&self.extra);
        out
    }

    pub fn bytes(&self) -> Vec<u8> {
        chunk(self.kind, &self.content())
    }

    pub fn column(&mut self, spec: u64) -> &mut Vec<u8> {
        let at = match self.columns.iter().position(|(listed, _)| *listed >= spec) {
            Some(at) if self.columns[at].0 == spec => at,
            Some(at) => {
                self.columns.insert(at, (spec, Vec::new()));
                at
            }
            None => {
                self.columns.push((spec, Vec::new()));
                self.columns.len() - 1
            }
        };
        &mut self.columns[at].1
    }
}

/// A chunk of any kind around any content, with the checksum that fits.
pub fn chunk(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut hashed = vec![kind];
    hashed.extend(leb(content.len() as u64));
    hashed.extend(content);
    let sum = Sha256::digest(&hashed);
    [&[0x85, 0x6f, 0x4a, 0x83], &sum[..4], &hashed].concat()
}

/// Gives bytes that were changed behind the chunk's header their checksum and length again.
pub fn repaired(bytes: &[u8]) -> Vec<u8> {
    let mut at = 9;
    if bytes.len() < 10 {
        return bytes.to_vec();
    }
    unsigned(bytes, &mut at);
    chunk(bytes[8], &bytes[at.min(bytes.len())..])
}

pub fn leb(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value > 0x7f {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

pub fn sleb(mut value: i64) -> Vec<u8> {
    let mut out = Vec::new();
    while !(-64..64).contains(&value) {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8 & 0x7f);
    out
}

/// "So often this", in bytes of a column.
pub fn run(count: i64, value: &[u8]) -> Vec<u8> {
    [&sleb(count), value].concat()
}

fn push(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(leb(bytes.len() as u64));
    out.extend(bytes);
}

pub fn unsigned(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut value, mut shift) = (0, 0);
    while let Some(byte) = bytes.get(*at) {
        *at += 1;
        value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        shift += 7;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}

fn signed(bytes: &[u8], at: &mut usize) -> i64 {
    let start = *at;
    let value = unsigned(bytes, at);
    let bits = 7 * (*at - start) as u32;
    if bits < 64 && value >> (bits - 1) & 1 == 1 {
        value as i64 | -1 << bits
    } else {
        value as i64
    }
}

pub fn piece(bytes: &[u8], at: &mut usize, length: usize) -> Vec<u8> {
    *at += length;
    bytes[*at - length..*at].to_vec()
}

pub fn counted(bytes: &[u8], at: &mut usize) -> Vec<u8> {
    let length = unsigned(bytes, at) as usize;
    piece(bytes, at, length)
}
