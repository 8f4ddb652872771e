//! One piece of work in a process of its own, to be run under valgrind: only what happens inside
//! [`measured_region`] is counted, so reading arguments and loading the program are not.

use crate::bare;
use crate::homes::{Homes, evening};
use crate::measure::measured_region;
use cairn_core::team::caseload;
use cairn_core::words::{Lang, Words};
use cairn_tests::history::more_entries;
use cairn_tests::person;
use std::hint::black_box;
use std::path::Path;

/// Entries that a piece of work called `warm` writes: now and then one costs more, because a page is full.
pub const WARM: u64 = 40;

/// The tablet of a nurse, in the folder of files.
pub const TABLET: &str = "visit/tablet";

/// The same people as plain rows.
pub const BARE_CASELOAD: &str = "caseload.db";

/// The number of the first further entry that no other section writes.
pub const AFTER_TURNS: u64 = 1_000;

/// Runs the piece of work with this name over the files in `folder`.
pub fn run(name: &str, folder: &Path) -> Result<(), String> {
    let homes = Homes::at(folder);
    // After those that took turns; a new connection's comes after all of these.
    let entries = more_entries(
        AFTER_TURNS + u64::from(name.ends_with("fresh")) * 100,
        1 + WARM,
    );
    let (before, counted) = (&entries[0], &entries[1..]);
    let words: Vec<&str> = name.split('.').collect();
    match words.as_slice() {
        ["today", years] => measured(|| {
            let (vault, circle) = person::open(&homes.cairn(years))?;
            person::today(&vault, &circle, evening())
        }),
        // With the crypto library started already: by reading the other home first.
        ["today-again", years] => {
            words_of(person::open(&homes.cairn("1")))?;
            run(&format!("today.{years}"), folder)
        }
        ["bare-today-again", file] => {
            words_of(bare::open(&homes.bare("rows-1"), true).and_then(|db| bare::today(&db)))?;
            run(&format!("bare-today.{file}"), folder)
        }
        ["open", years] => measured(|| person::open(&homes.cairn(years))),
        ["bare-today", file] => {
            measured(|| bare::today(&bare::open(&homes.bare(file), is_encrypted(file))?))
        }
        ["log", "warm"] => {
            let (mut vault, circle) = words_of(person::open(&homes.cairn("10")))?;
            let plan = words_of(person::running_plan(&vault, &circle))?;
            words_of(person::log_entry(&mut vault, &circle, &plan, before))?;
            measured(|| {
                counted
                    .iter()
                    .try_for_each(|entry| person::log_entry(&mut vault, &circle, &plan, entry))
            })
        }
        ["log", "fresh"] => {
            let plan = {
                let (vault, circle) = words_of(person::open(&homes.cairn("10")))?;
                words_of(person::running_plan(&vault, &circle))?
            };
            measured(|| {
                let (mut vault, circle) = person::open(&homes.cairn("10"))?;
                person::log_entry(&mut vault, &circle, &plan, &counted[0])
            })
        }
        ["bare-log", file, how] => {
            let path = homes.bare(file);
            let number = homes.next_number();
            let db = words_of(bare::open_to_write(&path, is_encrypted(file)))?;
            words_of(bare::log(&db, number, before))?;
            if *how == "warm" {
                measured(|| {
                    counted.iter().enumerate().try_for_each(|(n, entry)| {
                        bare::log(&db, number + 1 + n, entry).map(|_| ())
                    })
                })
            } else {
                drop(db);
                measured(|| {
                    let db = bare::open_to_write(&path, is_encrypted(file))?;
                    bare::log(&db, number + 1, &counted[0])
                })
            }
        }
        ["caseload"] => measured(|| {
            let people = person::vault(&folder.join(TABLET))?.caseload()?;
            cairn_core::Result::Ok(caseload::show(&people, evening(), Words::new(Lang::En)))
        }),
        ["caseload-rows"] => measured(|| person::vault(&folder.join(TABLET))?.caseload()),
        ["bare-caseload"] => {
            measured(|| bare::caseload(&bare::open(&folder.join(BARE_CASELOAD), true)?))
        }
        ["whole", years] => measured(|| {
            let (mut vault, _) = person::open(&homes.cairn(years))?;
            vault.verify()
        }),
        _ => Err(format!("no piece of work is called {name}")),
    }
}

/// Whether the plain rows of this file are encrypted: only those of the file named `plain` are not.
pub fn is_encrypted(file: &str) -> bool {
    !file.starts_with("plain")
}

fn measured<T, E: std::fmt::Debug>(mut work: impl FnMut() -> Result<T, E>) -> Result<(), String> {
    let mut outcome = None;
    measured_region(&mut || outcome = Some(work()));
    words_of(black_box(outcome.expect("the region ran")))?;
    Ok(())
}

fn words_of<T, E: std::fmt::Debug>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| format!("{error:?}"))
}
