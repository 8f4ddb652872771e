//! One profile: a home folder, opened.

use crate::home::Home;
use crate::outside::{Clock, Entropy, KeyVault, Listener, Moment, OwnEntropy, OwnKeyVault};
use crate::record::Record;
use cairn_core::clock::zone;
use cairn_core::error::Result;
use cairn_core::id::Id;
use cairn_core::record::Acting;
use cairn_core::store::profile::{self, NewProfile};
use cairn_core::store::{Circle, Vault};
use cairn_core::words::Lang;
use std::path::Path;
use std::sync::Arc;

/// One profile of this device: its home folder, opened. Every method is short and may be called from any thread but
/// the one that draws.
#[derive(uniffi::Object)]
pub struct Profile {
    home: Arc<Home>,
}

#[uniffi::export]
impl Profile {
    /// Makes a home in a folder that has none, with the person's own record, and opens it.
    #[uniffi::constructor]
    pub fn create(
        folder: String,
        key_vault: Arc<dyn KeyVault>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        language: Lang,
        profile: NewProfile,
    ) -> Result<Profile> {
        let entropy = OwnEntropy(entropy);
        let acting = Acting::at(clock.now()?.read()?);
        let key_vault = OwnKeyVault(key_vault);
        let vault = profile::make(Path::new(&folder), &key_vault, &entropy, acting, &profile)?;
        Ok(Profile::of(vault, language, clock))
    }

    /// Opens the home in a folder, and adds what was answered while it was locked.
    #[uniffi::constructor]
    pub fn open(
        folder: String,
        key_vault: Arc<dyn KeyVault>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        language: Lang,
    ) -> Result<Profile> {
        let entropy = OwnEntropy(entropy);
        let mut vault = Vault::open(Path::new(&folder), &OwnKeyVault(key_vault), &entropy)?;
        vault.take_dropped(clock.now()?.read()?)?;
        Ok(Profile::of(vault, language, clock))
    }

    /// The person's own record.
    pub fn own(&self) -> Result<Arc<Record>> {
        let own = self.home.vault().own()?;
        Ok(self.record_of(own))
    }

    /// The record of this person, by their id or the beginning of it.
    pub fn record(&self, person: Id) -> Result<Arc<Record>> {
        let circle = self.home.vault().find_circle(&person)?;
        Ok(self.record_of(circle))
    }

    /// Whether this profile is of somebody who works in care.
    pub fn is_staff(&self) -> Result<bool> {
        self.home.vault().is_staff()
    }

    /// The language everything is said in from now on.
    pub fn set_language(&self, language: Lang) {
        self.home.speak(language);
    }

    /// Tells the listener of each change, and at once of every record here as it is now. The number is for
    /// `stop_listening`.
    pub fn listen(&self, listener: Arc<dyn Listener>) -> Result<u64> {
        let people = self.home.vault().circles()?;
        let number = self.home.listen(listener.clone());
        for circle in people {
            // Its own trouble is its own, here as after a change.
            let _ = listener.changed(circle.id);
        }
        Ok(number)
    }

    /// Tells this listener nothing more.
    pub fn stop_listening(&self, number: u64) {
        self.home.stop_listening(number);
    }

    /// What was found at opening and must be said, as a sentence, each time until it was read.
    pub fn notice(&self) -> Option<String> {
        let notice = self.home.vault().notice();
        notice.map(|notice| self.home.words().say(notice.key(), &[]))
    }

    /// The person has read the notice.
    pub fn acknowledge(&self) -> Result<()> {
        self.home.vault().acknowledge()
    }
}

impl Profile {
    fn of(vault: Vault, language: Lang, clock: Arc<dyn Clock>) -> Profile {
        Profile {
            home: Arc::new(Home::new(vault, language, clock)),
        }
    }

    fn record_of(&self, circle: Circle) -> Arc<Record> {
        Arc::new(Record::new(self.home.clone(), circle))
    }
}

/// Whether there is a home in this folder.
#[uniffi::export]
pub fn home_stands_in(folder: String) -> bool {
    Vault::stands_in(Path::new(&folder))
}

/// Keeps a one-tap answer while the vault is locked; the next opening adds it, marked. No key is needed. The day it is
/// about, `yyyy-mm-dd`.
#[uniffi::export]
pub fn drop_answer(
    folder: String,
    plan: Id,
    did: String,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> Result<String> {
    let at = clock.now()?.read()?;
    let entropy = OwnEntropy(entropy);
    let day = profile::drop_answer(Path::new(&folder), plan.as_str(), &did, at, &entropy)?;
    Ok(day.to_string())
}

/// A moment written as `2026-03-17T09:00`, in this time zone, or with an offset of its own.
#[uniffi::export]
pub fn moment(text: String, time_zone: String) -> Result<Moment> {
    zone::parse_moment(&text, &time_zone).map(Moment::from)
}
