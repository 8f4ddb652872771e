//! The files everything is measured on, made once a run: homes of 1 and 10 years, and the same as plain rows.

use crate::bare;
use crate::measure::{progress, say};
use cairn_tests::history::{END, history};
use cairn_tests::person::Person;
use chrono::{DateTime, Utc};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The moment at which today's page is looked at: the evening of the last day, before its entry.
pub fn evening() -> DateTime<Utc> {
    END.and_hms_opt(17, 0, 0).expect("a time of day").and_utc()
}

/// The home of 10 years that are shared with somebody, and signed.
pub const SIGNED: &str = "10-signed";

/// The folder of one run.
pub struct Homes {
    folder: PathBuf,
}

impl Homes {
    /// What lies in this folder already.
    pub fn at(folder: &Path) -> Homes {
        Homes {
            folder: folder.to_owned(),
        }
    }

    /// Makes everything anew.
    pub fn make(folder: &Path) -> Result<Homes, String> {
        let homes = Homes::at(folder);
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        for years in ["1", "10"] {
            let acts = history(years.parse().expect("a number of years"));
            let home = homes.cairn(years);
            fs::create_dir_all(&home).map_err(|error| error.to_string())?;
            let what = format!("playing {years} years through the rules");
            Person::play(&home, &acts, |n| progress(&what, n + 1, acts.len()))
                .map_err(|error| format!("{error:?}"))?;
            say(&format!("writing {years} years as plain rows"));
            for (file, encrypted) in [("rows", true), ("plain", false)] {
                bare::build(&homes.bare(&format!("{file}-{years}")), encrypted, &acts)
                    .map_err(|error| error.to_string())?;
            }
        }
        let (home, other) = (homes.cairn(SIGNED), homes.cairn("other"));
        for folder in [&home, &other] {
            fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        }
        let acts = history(10);
        Person::play_signed([&home, &other], &acts, |n| {
            progress("playing 10 years that are shared", n + 1, acts.len());
        })
        .map_err(|error| format!("{error:?}"))?;
        Ok(homes)
    }

    /// The home of so many years.
    pub fn cairn(&self, years: &str) -> PathBuf {
        self.folder.join(format!("home-{years}"))
    }

    /// A file of plain rows.
    pub fn bare(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.db"))
    }

    /// A row number no other process of this run used: plain rows have no ids made from operations.
    pub fn next_number(&self) -> usize {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        usize::try_from(now.as_micros()).unwrap_or(usize::MAX / 2)
    }
}
