//! A sealed connection that stands: a thread that writes and one that reads, so that two devices that both have much to
//! say never wait for each other.

use crate::framing::{FRAME_TIME, Opening, Sealing, gone};
use cairn_core::error::{Error, Result};
use cairn_core::sync::link::{Event, Link};
use snow::StatelessTransportState;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Messages that may wait on each way: a bound on memory, 2.4 MB each way at the most.
const QUEUE: usize = 4;

/// How long the other side may say nothing and take nothing before it counts as gone.
const SILENCE: Duration = Duration::from_secs(60);

/// How often the waiting side looks up.
const TICK: Duration = Duration::from_millis(200);

/// How long is waited for the other side to close, when all was said.
const CLOSING: Duration = Duration::from_secs(5);

enum Happened {
    Message(Vec<u8>),
    Room,
    Gone,
}

/// A sealed connection to another device.
pub struct Channel {
    stream: TcpStream,
    outgoing: Option<SyncSender<Vec<u8>>>,
    happened: Receiver<Happened>,
    writer: Option<JoinHandle<()>>,
    /// How long was waited in vain since something last happened. Time in which this side did not wait is not counted.
    silent: Duration,
}

impl Channel {
    pub(crate) fn over(stream: TcpStream, state: StatelessTransportState) -> Result<Channel> {
        let state = Arc::new(state);
        stream.set_write_timeout(Some(FRAME_TIME)).map_err(gone)?;
        let (tell, happened) = sync_channel(QUEUE);
        let (outgoing, to_write) = sync_channel::<Vec<u8>>(QUEUE);
        let (mut writing, mut reading) = (
            stream.try_clone().map_err(gone)?,
            stream.try_clone().map_err(gone)?,
        );
        let (sealer, told) = (state.clone(), tell.clone());
        let writer = thread::spawn(move || {
            let mut sealing = Sealing {
                state: &sealer,
                next: 0,
            };
            for message in to_write {
                if sealing.send(&mut writing, &message).is_err() {
                    // The reader wakes up, and tells.
                    let _ = writing.shutdown(Shutdown::Both);
                    return;
                }
                // Where this does not fit, something else waits to be looked at, and then room is looked for too.
                let _ = told.try_send(Happened::Room);
            }
            let _ = writing.shutdown(Shutdown::Write);
        });
        thread::spawn(move || {
            let mut opening = Opening {
                state: &state,
                next: 0,
            };
            loop {
                let message = opening.receive(&mut reading);
                let gone = message.is_err();
                let told = tell.send(message.map_or(Happened::Gone, Happened::Message));
                if gone || told.is_err() {
                    return;
                }
            }
        });
        Ok(Channel {
            stream,
            outgoing: Some(outgoing),
            happened,
            writer: Some(writer),
            silent: Duration::ZERO,
        })
    }

    /// Sends a message, waiting for room.
    ///
    /// # Errors
    /// [`Error::Unreachable`].
    pub fn send(&mut self, message: Vec<u8>) -> Result<()> {
        let outgoing = self.outgoing.as_ref().ok_or(Error::Unreachable)?;
        outgoing.send(message).map_err(gone)
    }

    /// Closes after what was said; that the other side has gone meanwhile changes nothing.
    pub(crate) fn finish_quietly(&mut self) {
        let _ = self.finish();
    }

    /// Waits for the next message.
    ///
    /// # Errors
    /// [`Error::Unreachable`].
    pub fn receive(&mut self) -> Result<Vec<u8>> {
        loop {
            if let Event::Message(message) = self.wait()? {
                return Ok(message);
            }
        }
    }
}

impl Link for Channel {
    fn offer(&mut self, message: Vec<u8>) -> Result<Option<Vec<u8>>> {
        let outgoing = self.outgoing.as_ref().ok_or(Error::Unreachable)?;
        match outgoing.try_send(message) {
            Ok(()) => Ok(None),
            Err(TrySendError::Full(message)) => Ok(Some(message)),
            // What the other side said before it went is still to be read.
            Err(TrySendError::Disconnected(_)) => Ok(None),
        }
    }

    fn wait(&mut self) -> Result<Event> {
        match self.happened.recv_timeout(TICK) {
            Ok(Happened::Gone) | Err(RecvTimeoutError::Disconnected) => Err(Error::Unreachable),
            Ok(happened) => {
                self.silent = Duration::ZERO;
                Ok(match happened {
                    Happened::Message(message) => Event::Message(message),
                    _ => Event::Room,
                })
            }
            Err(RecvTimeoutError::Timeout) if self.silent >= SILENCE => Err(Error::Unreachable),
            Err(RecvTimeoutError::Timeout) => {
                self.silent += TICK;
                Ok(Event::Tick)
            }
        }
    }

    fn finish(&mut self) -> Result<()> {
        drop(self.outgoing.take());
        if let Some(writer) = self.writer.take() {
            writer.join().map_err(gone)?;
        }
        // Closing with something unread could take back what was just sent.
        let by = Instant::now() + CLOSING;
        while Instant::now() < by {
            match self.happened.recv_timeout(TICK) {
                Ok(Happened::Gone) | Err(RecvTimeoutError::Disconnected) => break,
                _ => {}
            }
        }
        Ok(())
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        // Both threads find a closed connection and end.
        drop(self.outgoing.take());
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}
