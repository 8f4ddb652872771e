//! A link: messages out, messages in. And the one loop that lets a session run over any of them.

use super::session::{Progress, Session};
use crate::error::{Error, Result};
use crate::store::Vault;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

/// What happens on a link.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// A message came.
    Message(Vec<u8>),
    /// There may be room to send again.
    Room,
    /// Nothing for a moment: time to see whether to go on.
    Tick,
}

/// A way to another device. Whoever implements it keeps messages whole and in order, or ends the link.
pub trait Link {
    /// Takes a message to be sent, or gives it back while there is no room for it. Never waits.
    ///
    /// # Errors
    /// [`Error::Unreachable`] on a link that was finished.
    fn offer(&mut self, message: Vec<u8>) -> Result<Option<Vec<u8>>>;

    /// Waits a moment for something to happen.
    ///
    /// # Errors
    /// [`Error::Unreachable`] when the other side has gone and all it said was read, or has been silent for too long.
    fn wait(&mut self) -> Result<Event>;

    /// Sends what was taken, and closes.
    ///
    /// # Errors
    /// [`Error::Unreachable`].
    fn finish(&mut self) -> Result<()>;
}

/// Runs a session over a link until both sides have each other's receipt. `watch` sees it after every step; an error of
/// it ends the meeting, of which everything that was taken in stays.
///
/// # Errors
/// Those of the link, of [`Session::receive`] and of `watch`.
pub fn run(
    session: &mut Session,
    vault: &mut Vault,
    link: &mut dyn Link,
    watch: &mut dyn FnMut(&Session, &Vault) -> Result<()>,
) -> Result<Progress> {
    let mut held = None;
    loop {
        watch(session, vault)?;
        while held.is_none() {
            match session.next(vault)? {
                Some(message) => held = link.offer(message)?,
                None => break,
            }
        }
        if let Some(message) = held.take() {
            held = link.offer(message)?;
        }
        if held.is_none() && session.is_done() {
            break;
        }
        if let Event::Message(message) = link.wait()? {
            session.receive(vault, &message)?;
        }
    }
    link.finish()?;
    Ok(session.progress())
}

/// One end of a link in memory.
pub struct InMemory {
    out: Option<SyncSender<Vec<u8>>>,
    come: Receiver<Vec<u8>>,
}

/// A link in memory, for two threads: at most `room` messages wait each way.
pub fn in_memory(room: usize) -> (InMemory, InMemory) {
    let ((to_one, one), (to_other, other)) = (sync_channel(room), sync_channel(room));
    let end = |out, come| InMemory {
        out: Some(out),
        come,
    };
    (end(to_other, one), end(to_one, other))
}

impl Link for InMemory {
    fn offer(&mut self, message: Vec<u8>) -> Result<Option<Vec<u8>>> {
        let out = self.out.as_ref().ok_or(Error::Unreachable)?;
        match out.try_send(message) {
            Err(TrySendError::Full(message)) => Ok(Some(message)),
            Ok(()) | Err(TrySendError::Disconnected(_)) => Ok(None),
        }
    }

    fn wait(&mut self) -> Result<Event> {
        match self.come.recv_timeout(Duration::from_millis(5)) {
            Ok(message) => Ok(Event::Message(message)),
            Err(RecvTimeoutError::Timeout) => Ok(Event::Tick),
            Err(RecvTimeoutError::Disconnected) => Err(Error::Unreachable),
        }
    }

    fn finish(&mut self) -> Result<()> {
        self.out = None;
        Ok(())
    }
}
