//! The file of a backup: a stream sealed in chunks, under a random key that is sealed to a recovery code's public key.
//!
//! Source: `SPEC.md`, Backup. Each chunk is bound to the header, its number, and whether it is the last, so none can be
//! changed, exchanged, left out or added.

use super::identity::{DeviceKeys, DevicePublic};
use super::io::{fault, read_up_to};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::digest;
use crate::sealing::{self, ENCAPSULATED, NONCE, TAG};
use std::io::{Read, Write};
use zeroize::Zeroizing;

/// The first bytes of every backup.
pub(super) const MARK: &[u8; 4] = b"CdBk";

/// The file is no backup at all.
const NO_BACKUP: Error = Error::Usage { what: "no backup" };

/// Behind the mark: X25519, HKDF-SHA256, ChaCha20-Poly1305; SHA-256, XChaCha20-Poly1305, postcard.
const SUITE: u8 = 1;

const INFO: &[u8] = b"cairn backup/1";

/// Bytes before the sealed key: mark, suite, tag of the recovery key.
const BOUND: usize = 4 + 1 + 8;

/// Bytes of the header: those, the sealed key, and a sum of 8 bytes.
const HEADER: usize = BOUND + ENCAPSULATED + 32 + TAG + 8;

/// Bytes of a chunk before it is sealed.
const CHUNK: usize = 64 * 1024;

/// The most bytes of one entry of the stream: a snapshot of a part and what stands around it.
const ENTRY_CAP: usize = 64 * 1024 * 1024;

type Key = Zeroizing<[u8; 32]>;

/// By what a backup says which recovery code it is sealed to.
fn tag(sign: &[u8; 32]) -> [u8; 8] {
    let mut tag = [0; 8];
    tag.copy_from_slice(&digest(&[b"recovery tag/1", sign])[..8]);
    tag
}

fn sum(header: &[u8]) -> [u8; 8] {
    let mut sum = [0; 8];
    sum.copy_from_slice(&digest(&[b"backup header sum/1", header])[..8]);
    sum
}

fn bound(header: &[u8], number: u64, last: bool) -> Vec<u8> {
    let (number, last) = (number.to_le_bytes(), [u8::from(last)]);
    digest(&[b"backup chunk/1", header, &number, &last]).to_vec()
}

/// Writes a stream of entries, sealed.
pub(super) struct Sealer<'a, W> {
    out: W,
    entropy: &'a dyn Entropy,
    header: [u8; HEADER],
    key: Key,
    number: u64,
    buffer: Zeroizing<Vec<u8>>,
}

impl<'a, W: Write> Sealer<'a, W> {
    /// Begins a file that only the recovery code with these public keys opens.
    pub(super) fn begin(
        mut out: W,
        recovery: &DevicePublic,
        entropy: &'a dyn Entropy,
    ) -> Result<Sealer<'a, W>> {
        let mut key = Zeroizing::new([0; 32]);
        entropy.fill(key.as_mut())?;
        let mut bytes = [&MARK[..], &[SUITE], &tag(&recovery.sign)].concat();
        let sealed = sealing::seal_to(&recovery.seal, INFO, &bytes, key.as_ref(), entropy)?;
        bytes.extend(sealed);
        let sum = sum(&bytes);
        bytes.extend(sum);
        let header: [u8; HEADER] = bytes.try_into().map_err(|_| Error::Damaged)?;
        out.write_all(&header).map_err(|error| fault(&error))?;
        Ok(Sealer {
            out,
            entropy,
            header,
            key,
            number: 0,
            buffer: Zeroizing::new(Vec::with_capacity(CHUNK)),
        })
    }

    /// Adds an entry.
    pub(super) fn entry(&mut self, entry: &impl serde::Serialize) -> Result<()> {
        let bytes = Zeroizing::new(postcard::to_stdvec(entry)?);
        let length = u32::try_from(bytes.len()).ok();
        let length = length.filter(|_| bytes.len() <= ENTRY_CAP);
        let length = length.ok_or(Error::TooLong {
            length: bytes.len() as u64,
        })?;
        self.put(&length.to_le_bytes())?;
        self.put(&bytes)
    }

    /// Adds bytes as they are.
    pub(super) fn put(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            // A full chunk leaves only when more follows: the last one is never empty but in an empty file.
            if self.buffer.len() == CHUNK {
                self.chunk(false)?;
            }
            let room = (CHUNK - self.buffer.len()).min(bytes.len());
            self.buffer.extend_from_slice(&bytes[..room]);
            bytes = &bytes[room..];
        }
        Ok(())
    }

    fn chunk(&mut self, last: bool) -> Result<()> {
        let bound = bound(&self.header, self.number, last);
        let sealed = sealing::seal_under(&self.key, &bound, &self.buffer, self.entropy)?;
        let length = (sealed.len() as u32).to_le_bytes();
        let written = self.out.write_all(&length);
        written
            .and_then(|()| self.out.write_all(&sealed))
            .map_err(|error| fault(&error))?;
        self.number += 1;
        self.buffer.clear();
        Ok(())
    }

    /// Seals what is left. The file and its key, to read it back with.
    pub(super) fn end(mut self) -> Result<(W, Key)> {
        self.chunk(true)?;
        Ok((self.out, self.key))
    }
}

/// Reads a stream of entries back.
pub(super) struct Opener<R> {
    from: R,
    header: [u8; HEADER],
    key: Key,
    number: u64,
    chunk: Zeroizing<Vec<u8>>,
    at: usize,
    // The length of the chunk that follows; none behind the last.
    next: Option<usize>,
}

impl<R: Read> Opener<R> {
    /// Opens a file with a recovery code's keys.
    ///
    /// # Errors
    /// [`Error::Damaged`] for what is no whole backup, [`Error::WrongKey`] for one that is sealed to another code.
    pub(super) fn begin(from: R, recovery: &DeviceKeys) -> Result<Opener<R>> {
        Opener::with(from, |header| {
            if header[5..BOUND] != tag(&recovery.public().sign) {
                return Err(Error::WrongKey);
            }
            let (bound, sealed) = header[..HEADER - 8].split_at(BOUND);
            let key = sealing::open_with(recovery, INFO, bound, sealed).ok_or(Error::WrongKey)?;
            let key = key.as_slice().try_into().map_err(|_| Error::Damaged)?;
            Ok(Zeroizing::new(key))
        })
    }

    /// Opens a file with its own key, as [`Sealer::end`] gave it.
    pub(super) fn with_key(from: R, key: Key) -> Result<Opener<R>> {
        Opener::with(from, |_| Ok(key))
    }

    fn with(mut from: R, key: impl FnOnce(&[u8; HEADER]) -> Result<Key>) -> Result<Opener<R>> {
        let mut header = [0; HEADER];
        let read = read_up_to(&mut from, &mut header).map_err(|error| fault(&error))?;
        // One byte of the mark may be damaged; of another kind of file more than that is unlike.
        let alike = header.iter().zip(MARK).filter(|(is, mark)| is == mark);
        if read >= MARK.len() && alike.count() + 1 < MARK.len() {
            return Err(NO_BACKUP);
        }
        let whole = read == HEADER && header[..4] == *MARK && header[4] == SUITE;
        if !whole || header[HEADER - 8..] != sum(&header[..HEADER - 8]) {
            return Err(Error::Damaged);
        }
        let key = key(&header)?;
        let mut opener = Opener {
            from,
            header,
            key,
            number: 0,
            chunk: Zeroizing::default(),
            at: 0,
            next: None,
        };
        opener.next = opener.length()?;
        opener.advance()?;
        Ok(opener)
    }

    fn length(&mut self) -> Result<Option<usize>> {
        let mut length = [0; 4];
        match read_up_to(&mut self.from, &mut length).map_err(|error| fault(&error))? {
            0 => Ok(None),
            4 => Some(u32::from_le_bytes(length) as usize)
                .filter(|length| (NONCE + TAG..=NONCE + CHUNK + TAG).contains(length))
                .map(Some)
                .ok_or(Error::Damaged),
            _ => Err(Error::Damaged),
        }
    }

    fn advance(&mut self) -> Result<()> {
        let length = self.next.ok_or(Error::Damaged)?;
        let mut sealed = vec![0; length];
        let read = read_up_to(&mut self.from, &mut sealed).map_err(|error| fault(&error))?;
        if read != length {
            return Err(Error::Damaged);
        }
        self.next = self.length()?;
        let bound = bound(&self.header, self.number, self.next.is_none());
        self.chunk = sealing::open_under(&self.key, &bound, &sealed).ok_or(Error::Damaged)?;
        (self.number, self.at) = (self.number + 1, 0);
        Ok(())
    }

    fn fill(&mut self, mut bytes: &mut [u8]) -> Result<()> {
        while !bytes.is_empty() {
            if self.at == self.chunk.len() {
                self.advance()?;
                if self.chunk.is_empty() {
                    return Err(Error::Damaged);
                }
            }
            let there = (self.chunk.len() - self.at).min(bytes.len());
            bytes[..there].copy_from_slice(&self.chunk[self.at..self.at + there]);
            self.at += there;
            bytes = &mut bytes[there..];
        }
        Ok(())
    }

    /// The next entry; `None` behind the last.
    ///
    /// # Errors
    /// [`Error::Damaged`] for a file that was changed, cut or added to.
    pub(super) fn entry<T: serde::de::DeserializeOwned>(&mut self) -> Result<Option<T>> {
        if self.at == self.chunk.len() && self.next.is_none() {
            return Ok(None);
        }
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let length = u32::from_le_bytes(length) as usize;
        if length > ENTRY_CAP {
            return Err(Error::Damaged);
        }
        let mut bytes = Zeroizing::new(vec![0; length]);
        self.fill(&mut bytes)?;
        postcard::from_bytes(&bytes)
            .map(Some)
            .map_err(|_| Error::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;

    fn keys(seed: u64) -> DeviceKeys {
        DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap()
    }

    fn sealed(entries: &[Vec<u8>]) -> Vec<u8> {
        let entropy = SeededEntropy::new(9);
        let mut sealer = Sealer::begin(Vec::new(), &keys(1).public(), &entropy).unwrap();
        for entry in entries {
            sealer.entry(entry).unwrap();
        }
        sealer.end().unwrap().0
    }

    fn opened(file: &[u8], seed: u64) -> Result<Vec<Vec<u8>>> {
        let mut opener = Opener::begin(file, &keys(seed))?;
        let mut entries = Vec::new();
        while let Some(entry) = opener.entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }

    #[test]
    fn entries_of_any_length_come_back_across_chunks() {
        let short = CHUNK - 4 - 3;
        for lengths in [
            &[][..],
            &[0],
            &[5, 0, 7],
            &[short],
            &[short, 1],
            &[CHUNK * 3],
        ] {
            let entries: Vec<Vec<u8>> = lengths.iter().map(|length| vec![7; *length]).collect();
            assert_eq!(opened(&sealed(&entries), 1), Ok(entries));
        }
    }

    #[test]
    fn another_code_is_told_from_a_damaged_file() {
        let file = sealed(&[vec![1; 100]]);
        assert_eq!(opened(&file, 2), Err(Error::WrongKey));
        for bit in 0..file.len() * 8 {
            let mut flipped = file.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(opened(&flipped, 1), Err(Error::Damaged), "bit {bit}");
            if bit < HEADER * 8 {
                assert_eq!(opened(&flipped, 2), Err(Error::Damaged), "bit {bit}");
            }
        }
        for length in 0..file.len() {
            assert_eq!(opened(&file[..length], 1), Err(Error::Damaged), "{length}");
        }
        assert_eq!(opened(&[&file[..], &[0]].concat(), 1), Err(Error::Damaged));
        assert_eq!(opened(&[&file[..], &file].concat(), 1), Err(Error::Damaged));
    }

    #[test]
    fn chunks_left_out_or_exchanged_are_noticed() {
        let file = sealed(&[vec![1; CHUNK * 3]]);
        let whole = 4 + NONCE + CHUNK + TAG;
        let (header, chunks) = file.split_at(HEADER);
        let (one, rest) = chunks.split_at(whole);
        let (two, rest) = rest.split_at(whole);
        for wrong in [
            [header, two, one, rest].concat(),
            [header, one, rest].concat(),
            [header, one, two].concat(),
            [header, one, one, two, rest].concat(),
        ] {
            assert_eq!(opened(&wrong, 1), Err(Error::Damaged));
        }
        assert!(opened(&[header, one, two, rest].concat(), 1).is_ok());
    }
}
