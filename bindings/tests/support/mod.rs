//! A phone as a shell would give it: key, clock and random bytes, all in memory and fixed.
#![allow(dead_code)] // Each test file uses its own half.

use cairn_bindings::{Clock, Entropy, KeyVault, Moment, Profile};
use cairn_core::entropy::SeededEntropy;
use cairn_core::error::{Error, Result};
use cairn_core::store::profile::NewProfile;
use cairn_core::words::Lang;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Keeps a key in memory.
#[derive(Default)]
pub struct FakeKeyVault(pub Mutex<Option<Vec<u8>>>);

impl KeyVault for FakeKeyVault {
    fn load(&self) -> Result<Option<Vec<u8>>> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn save(&self, key: Vec<u8>) -> Result<()> {
        *self.0.lock().unwrap() = Some(key);
        Ok(())
    }
}

/// A clock that stands until it is set.
pub struct FakeClock(pub Mutex<Moment>);

impl FakeClock {
    pub fn at(text: &str) -> Arc<FakeClock> {
        let moment = cairn_bindings::moment(text.into(), "Europe/London".into()).unwrap();
        Arc::new(FakeClock(Mutex::new(moment)))
    }

    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap() =
            cairn_bindings::moment(text.into(), "Europe/London".into()).unwrap();
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Result<Moment> {
        Ok(*self.0.lock().unwrap())
    }
}

/// Bytes that follow from a seed.
pub struct FakeEntropy(pub SeededEntropy);

impl Entropy for FakeEntropy {
    fn bytes(&self, count: u32) -> Result<Vec<u8>> {
        let mut bytes = vec![0; count as usize];
        self.0.stream(&mut bytes);
        Ok(bytes)
    }
}

/// A key vault, a clock or a random source that stopped working.
pub struct Broken;

impl KeyVault for Broken {
    fn load(&self) -> Result<Option<Vec<u8>>> {
        Err(Error::Locked)
    }

    fn save(&self, _key: Vec<u8>) -> Result<()> {
        Err(Error::Locked)
    }
}

impl Entropy for Broken {
    fn bytes(&self, _count: u32) -> Result<Vec<u8>> {
        Ok(vec![7])
    }
}

/// A phone with Mary's own record.
pub struct Phone {
    pub folder: tempfile::TempDir,
    pub key: Arc<FakeKeyVault>,
    pub clock: Arc<FakeClock>,
    pub profile: Profile,
}

pub fn entropy(seed: u64) -> Arc<FakeEntropy> {
    Arc::new(FakeEntropy(SeededEntropy::new(seed)))
}

pub fn mary() -> NewProfile {
    NewProfile {
        name: "Mary Bell".into(),
        role: "person".into(),
        zone: "Europe/London".into(),
        ..NewProfile::default()
    }
}

pub fn phone(language: Lang) -> Phone {
    let folder = tempfile::tempdir().unwrap();
    let (key, clock) = (
        Arc::new(FakeKeyVault::default()),
        FakeClock::at("2026-03-16T09:00"),
    );
    let profile = Profile::create(
        path(folder.path()),
        key.clone(),
        clock.clone(),
        entropy(1),
        language,
        mary(),
    )
    .unwrap();
    Phone {
        folder,
        key,
        clock,
        profile,
    }
}

pub fn path(folder: &Path) -> String {
    folder.to_string_lossy().into_owned()
}
