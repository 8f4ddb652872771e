//! One open home, shared by the profile and the records that came from it.

use crate::outside::{Clock, Listener, OwnKeyVault};
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::store::{Beside, Reader, Reading, Vault};
use cairn_core::words::{Lang, Words};
use chrono::{DateTime, FixedOffset, Utc};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

pub(crate) struct Home {
    vault: Mutex<Vault>,
    /// A second connection, opened the first time a page would have to wait for a long write.
    reader: Mutex<Option<Reader>>,
    beside: Beside,
    key_vault: OwnKeyVault,
    words: Mutex<Words>,
    clock: Arc<dyn Clock>,
    listeners: Mutex<Listeners>,
}

#[derive(Default)]
struct Listeners {
    next: u64,
    all: Vec<(u64, Arc<dyn Listener>)>,
}

impl Home {
    pub(crate) fn new(
        vault: Vault,
        language: Lang,
        clock: Arc<dyn Clock>,
        key_vault: OwnKeyVault,
    ) -> Home {
        Home {
            beside: vault.beside(),
            vault: Mutex::new(vault),
            reader: Mutex::default(),
            key_vault,
            words: Mutex::new(Words::new(language)),
            clock,
            listeners: Mutex::default(),
        }
    }

    /// The vault, when it is its turn.
    pub(crate) fn vault(&self) -> MutexGuard<'_, Vault> {
        held(&self.vault)
    }

    /// Reads as of now: through the vault, or where something is being written through a connection of its own, so
    /// that a page never waits for it.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Reading, DateTime<FixedOffset>) -> Result<T>,
    ) -> Result<T> {
        let now = self.now()?;
        match self.vault.try_lock() {
            Ok(mut vault) => {
                vault.turn_to(now);
                read(&vault.reading(), now)
            }
            Err(TryLockError::Poisoned(vault)) => read(&vault.into_inner().reading(), now),
            Err(TryLockError::WouldBlock) => {
                let mut reader = held(&self.reader);
                if reader.is_none() {
                    *reader = Some(self.beside.open(&self.key_vault)?);
                }
                let reader = reader.as_ref().ok_or(Error::Locked)?;
                read(&reader.reading(now.with_timezone(&Utc)), now)
            }
        }
    }

    pub(crate) fn now(&self) -> Result<DateTime<FixedOffset>> {
        self.clock.now()?.read()
    }

    pub(crate) fn words(&self) -> Words {
        *held(&self.words)
    }

    pub(crate) fn speak(&self, language: Lang) {
        *held(&self.words) = Words::new(language);
    }

    /// From now on this listener is told; its number, to stop it by.
    pub(crate) fn listen(&self, listener: Arc<dyn Listener>) -> u64 {
        let mut listeners = held(&self.listeners);
        listeners.next += 1;
        let number = listeners.next;
        listeners.all.push((number, listener));
        number
    }

    pub(crate) fn stop_listening(&self, number: u64) {
        held(&self.listeners)
            .all
            .retain(|(kept, _)| *kept != number);
    }

    /// Tells everybody who listens. No lock is held while they are told, so a listener may read and act.
    pub(crate) fn tell(&self, person: &Id) {
        let all: Vec<_> = held(&self.listeners).all.clone();
        for (_, listener) in all {
            // The change is kept already: a listener's own trouble is its own.
            let _ = listener.changed(person.clone());
        }
    }
}

/// What a mutex guards, also after a panic: the vault's transactions are rolled back when they are dropped, and the
/// rest is whole at every step.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
