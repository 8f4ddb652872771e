//! Frames: two bytes of length, then at most 65,535 bytes. A message of ours is a row of sealed frames; its length goes
//! first and is checked before anything is kept.

use cairn_core::error::{Error, Result};
use cairn_core::sync::message::MESSAGE_CAP;
use snow::StatelessTransportState;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The most bytes of a frame, Noise's own limit.
pub(crate) const FRAME_CAP: usize = 65_535;

/// Bytes of the tag behind what is sealed.
const TAG: usize = 16;

/// The most of a message that fits into one frame.
const PIECE: usize = FRAME_CAP - TAG;

/// Bytes of a message's length, before the message.
const LENGTH: usize = 4;

/// How long a frame may take from its first byte to its last, and how long a write may take.
pub(crate) const FRAME_TIME: Duration = Duration::from_secs(30);

/// Everything that goes wrong on a wire is one thing to a person: the other side cannot be reached.
pub(crate) fn gone<E>(_: E) -> Error {
    Error::Unreachable
}

/// Fills `bytes`, all of them before `by`.
pub(crate) fn read_by(stream: &mut TcpStream, bytes: &mut [u8], by: Instant) -> Result<()> {
    let mut read = 0;
    while read < bytes.len() {
        let left = by.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Error::Unreachable);
        }
        stream.set_read_timeout(Some(left)).map_err(gone)?;
        match stream.read(&mut bytes[read..]) {
            Ok(0) => return Err(Error::Unreachable),
            Ok(count) => read += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(gone(error)),
        }
    }
    Ok(())
}

/// Reads a frame of at most `cap` bytes, its last byte before `by`.
pub(crate) fn read_frame(stream: &mut TcpStream, cap: usize, by: Instant) -> Result<Vec<u8>> {
    let mut length = [0; 2];
    read_by(stream, &mut length, by)?;
    rest_of_frame(stream, length, cap, by)
}

fn rest_of_frame(
    stream: &mut TcpStream,
    length: [u8; 2],
    cap: usize,
    by: Instant,
) -> Result<Vec<u8>> {
    let length = usize::from(u16::from_be_bytes(length));
    if length > cap {
        return Err(Error::Unreachable);
    }
    let mut frame = vec![0; length];
    read_by(stream, &mut frame, by)?;
    Ok(frame)
}

/// Writes a frame.
pub(crate) fn write_frame(stream: &mut TcpStream, bytes: &[u8]) -> Result<()> {
    let length = u16::try_from(bytes.len()).map_err(gone)?;
    // One write, so that a small message is one packet.
    let framed = [&length.to_be_bytes(), bytes].concat();
    stream.write_all(&framed).map_err(gone)
}

/// The sending half: seals messages, each frame under the next number.
pub(crate) struct Sealing<'a> {
    pub(crate) state: &'a StatelessTransportState,
    pub(crate) next: u64,
}

impl Sealing<'_> {
    /// Seals a message into frames and writes them.
    ///
    /// # Errors
    /// [`Error::Unreachable`].
    pub(crate) fn send(&mut self, stream: &mut TcpStream, message: &[u8]) -> Result<()> {
        let length = u32::try_from(message.len()).map_err(gone)?;
        if message.len() > MESSAGE_CAP {
            return Err(Error::Unreachable);
        }
        let whole = [&length.to_le_bytes(), message].concat();
        let mut frame = vec![0; FRAME_CAP];
        for piece in whole.chunks(PIECE) {
            let sealed = self.state.write_message(self.next, piece, &mut frame);
            write_frame(stream, &frame[..sealed.map_err(gone)?])?;
            self.next += 1;
        }
        Ok(())
    }
}

/// The receiving half.
pub(crate) struct Opening<'a> {
    pub(crate) state: &'a StatelessTransportState,
    pub(crate) next: u64,
}

impl Opening<'_> {
    /// Waits for a message, however long, and reads it: from its first byte on each frame has its time.
    ///
    /// # Errors
    /// [`Error::Unreachable`] for a connection that ended, a frame that is not as it was sealed, a length over the cap,
    /// and a message that is longer or shorter than it says.
    pub(crate) fn receive(&mut self, stream: &mut TcpStream) -> Result<Vec<u8>> {
        stream.set_read_timeout(None).map_err(gone)?;
        let mut first = [0];
        stream.read_exact(&mut first).map_err(gone)?;
        let mut second = [0];
        let by = Instant::now() + FRAME_TIME;
        read_by(stream, &mut second, by)?;
        let frame = rest_of_frame(stream, [first[0], second[0]], FRAME_CAP, by)?;
        let mut message = self.open(&frame)?;
        let (length, _) = message
            .split_first_chunk::<LENGTH>()
            .ok_or(Error::Unreachable)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(gone)?;
        if length > MESSAGE_CAP {
            return Err(Error::Unreachable);
        }
        message.drain(..LENGTH);
        while message.len() < length {
            let by = Instant::now() + FRAME_TIME;
            let frame = read_frame(stream, FRAME_CAP, by)?;
            let piece = self.open(&frame)?;
            if piece.is_empty() {
                return Err(Error::Unreachable);
            }
            message.extend(piece);
        }
        if message.len() > length {
            return Err(Error::Unreachable);
        }
        Ok(message)
    }

    fn open(&mut self, frame: &[u8]) -> Result<Vec<u8>> {
        let mut piece = vec![0; frame.len()];
        let length = self.state.read_message(self.next, frame, &mut piece);
        piece.truncate(length.map_err(gone)?);
        self.next += 1;
        Ok(piece)
    }
}
