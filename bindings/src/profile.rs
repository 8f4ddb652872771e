//! One profile: a home folder, opened.

use crate::home::Home;
use crate::outside::{
    Clock, Entropy, KeyVault, Listener, Moment, OwnEntropy, OwnKeyVault, Progress,
};
use crate::record::Record;
use cairn_core::clock::zone;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::record::Acting;
use cairn_core::store::profile::{self, NewProfile};
use cairn_core::store::{Circle, GoOn, Scope, Vault, Verified};
use cairn_core::view::everything;
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
        Ok(Profile::of(vault, language, clock, key_vault))
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
        let key_vault = OwnKeyVault(key_vault);
        let mut vault = Vault::open(Path::new(&folder), &key_vault, &entropy)?;
        vault.take_dropped(clock.now()?.read()?)?;
        Ok(Profile::of(vault, language, clock, key_vault))
    }

    /// The person's own record.
    pub fn own(&self) -> Result<Arc<Record>> {
        let own = self.home.read(|reading, _| reading.own())?;
        Ok(self.record_of(own))
    }

    /// The record of this person, by their id or the beginning of it.
    pub fn record(&self, person: Id) -> Result<Arc<Record>> {
        let circle = self.home.read(|reading, _| reading.find_circle(&person))?;
        Ok(self.record_of(circle))
    }

    /// Whether this profile is of somebody who works in care.
    pub fn is_staff(&self) -> Result<bool> {
        self.home.read(|reading, _| reading.is_staff())
    }

    /// The language everything is said in from now on.
    pub fn set_language(&self, language: Lang) {
        self.home.speak(language);
    }

    /// Tells the listener of each change, and at once of every record here as it is now. The number is for
    /// `stop_listening`.
    pub fn listen(&self, listener: Arc<dyn Listener>) -> Result<u64> {
        let people = self.home.read(|reading, _| reading.circles())?;
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

    /// Reads everything back and checks it; nothing where it was stopped. Learning of it, the person has read the notice.
    #[uniffi::method(default(progress = None))]
    pub fn verify(&self, progress: Option<Arc<dyn Progress>>) -> Result<Option<Verified>> {
        let mut vault = self.home.vault();
        let found = stoppable(progress, |go_on| vault.verify_while(go_on))?;
        found
            .iter()
            .try_for_each(|found| vault.acknowledge_found(found))?;
        Ok(found)
    }

    /// Makes everything that is shown again from what was written; whether it was finished. Stopped, all is as before.
    #[uniffi::method(default(progress = None))]
    pub fn rebuild(&self, progress: Option<Arc<dyn Progress>>) -> Result<bool> {
        stoppable(progress, |go_on| self.home.vault().rebuild_while(go_on))
    }

    /// Every record of this profile as JSON text, a list of what `record show` answers; nothing where it was stopped.
    #[uniffi::method(default(progress = None))]
    pub fn export_json(&self, progress: Option<Arc<dyn Progress>>) -> Result<Option<String>> {
        let circles = self.home.read(|reading, _| reading.circles())?;
        stoppable(progress, |go_on| {
            let mut records = Vec::new();
            for (done, circle) in (0..).zip(&circles) {
                if !go_on(done, circles.len() as u64) {
                    return Ok(None);
                }
                let (record, today) = self.record_of(circle.clone()).read(&Scope::Everything)?;
                records.push(everything::show(&record, today));
            }
            serde_json::to_string(&records)
                .map(Some)
                .map_err(|_| Error::Damaged)
        })
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
    fn of(vault: Vault, language: Lang, clock: Arc<dyn Clock>, key_vault: OwnKeyVault) -> Profile {
        Profile {
            home: Arc::new(Home::new(vault, language, clock, key_vault)),
        }
    }

    fn record_of(&self, circle: Circle) -> Arc<Record> {
        Arc::new(Record::new(self.home.clone(), circle))
    }
}

/// Long work that asks a shell now and then whether to go on. What the shell throws stops it, and is what comes of it.
fn stoppable<T>(
    progress: Option<Arc<dyn Progress>>,
    work: impl FnOnce(&mut GoOn) -> Result<T>,
) -> Result<T> {
    let mut thrown = None;
    let done = work(&mut |done, of| match &progress {
        None => true,
        Some(progress) => progress.step(done, of).unwrap_or_else(|error| {
            thrown = Some(error);
            false
        }),
    });
    thrown.map_or(done, Err)
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
