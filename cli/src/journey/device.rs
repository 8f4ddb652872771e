//! One device of a journey, in a folder of its own.

use crate::run;
use crate::shell::{Profile, Shell, own_key, storage};
use cairn_core::entropy::SeededEntropy;
use cairn_core::error::{Error, Result};
use cairn_core::words::Words;
use cairn_journey::Args;
use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// One device of a journey.
pub struct Device {
    /// Its id in the journey.
    pub id: String,
    /// Whose it is.
    pub name: String,
    /// Whether it can reach others.
    pub online: bool,
    home: PathBuf,
    words: Words,
    seed: u64,
    off_by: TimeDelta,
    now: DateTime<FixedOffset>,
    /// None only while the device is crashing.
    shell: Option<Shell>,
}

impl Device {
    /// Makes a fresh device as the journey says.
    pub fn make(
        folder: &Path,
        given: &cairn_journey::Device,
        zone: &str,
        at: DateTime<FixedOffset>,
        words: Words,
        seed: u64,
    ) -> Result<Device> {
        if !is_folder_name(&given.id) {
            return Err(cairn_journey::NO_JOURNEY);
        }
        let off_by = TimeDelta::try_seconds(given.clock_off_by).ok_or(cairn_journey::NO_JOURNEY)?;
        let profile = Profile {
            name: given.name.clone(),
            role: given.role.clone(),
            title: given.title.clone(),
            born: given.born.clone(),
            zone: zone.to_owned(),
        };
        let id = given.id.clone();
        let home = folder.join(&id);
        let now = at.checked_add_signed(off_by).unwrap_or(at);
        let shell = Shell::init(
            &home,
            &own_key(&home),
            words,
            Box::new(SeededEntropy::new(seed)),
            now,
            &profile,
        )?;
        Ok(Device {
            id,
            name: profile.name,
            online: true,
            home,
            words,
            seed,
            off_by,
            now,
            shell: Some(shell),
        })
    }

    /// A place beside this device's home, in the folder of the journey.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.home.with_file_name(name)
    }

    /// This device, in its own name, at this moment by its own clock.
    pub fn turn(&mut self, at: DateTime<FixedOffset>) -> Result<&mut Shell> {
        self.now = at.checked_add_signed(self.off_by).unwrap_or(at);
        let shell = self.shell.as_mut().ok_or(Error::Locked)?;
        shell.turn_to(self.now, None, false);
        Ok(shell)
    }

    /// Carries out a command by this device's clock.
    pub fn run(&mut self, name: &str, args: &Args, at: DateTime<FixedOffset>) -> Result<Value> {
        self.now = at.checked_add_signed(self.off_by).unwrap_or(at);
        let shell = self.shell.as_mut().ok_or(Error::Locked)?;
        // `use PERSON` names the person by place.
        let person = if name == "use" {
            None
        } else {
            args.opt("person")?
        };
        shell.turn_to(self.now, person, args.flag("for_person"));
        let mut args = args.clone();
        if name.starts_with("backup.") {
            // A file of a story lies with its devices, where each of them finds it.
            let folder = self.home.parent().unwrap_or(&self.home);
            let file = folder.join(args.text("file")?).display().to_string();
            args.0.insert("file".into(), file.into());
        }
        run::run(shell, name, &args)
    }

    /// Stops the device without closing it, and opens its files as they were at that moment.
    pub fn crash(&mut self) -> Result<()> {
        let files = files(&self.home)?;
        let shell = self.shell.take();
        // Dropping closes the database in order, which is what a crash does not do: so the files are put back.
        drop(shell);
        for entry in fs::read_dir(&self.home)
            .map_err(|error| storage(&error))?
            .flatten()
        {
            if !files.iter().any(|(path, _)| *path == entry.path()) {
                fs::remove_file(entry.path()).map_err(|error| storage(&error))?;
            }
        }
        for (path, bytes) in &files {
            // Written over in place: the file stays the same one, as after a crash.
            fs::write(path, bytes).map_err(|error| storage(&error))?;
        }
        self.seed += 1_000;
        let entropy = Box::new(SeededEntropy::new(self.seed));
        self.shell = Some(Shell::open(
            &self.home,
            &own_key(&self.home),
            self.words,
            entropy,
            Some(self.now),
        )?);
        Ok(())
    }
}

/// The files of a home with their bytes, but for the shared memory of the database, which no crash leaves.
fn files(home: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(home)
        .map_err(|error| storage(&error))?
        .flatten()
    {
        let path = entry.path();
        if !path.to_string_lossy().ends_with("-shm") {
            files.push((
                path.clone(),
                fs::read(&path).map_err(|error| storage(&error))?,
            ));
        }
    }
    Ok(files)
}

fn is_folder_name(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
}
