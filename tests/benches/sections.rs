//! What is measured on one device, one function a section of `BENCHMARKS.md`.

use crate::bare;
use crate::child::{AFTER_TURNS, WARM, is_encrypted};
use crate::homes::{Homes, SIGNED, evening};
use crate::measure::{self, medians, say};
use crate::peers::Peer;
use crate::report::{Goal, Section, number};
use cairn_tests::history::{Act, more_entries};
use cairn_tests::person;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How measuring is done in this run: this program, its files, and how often what takes turns does.
pub struct Bench {
    /// This program.
    pub program: PathBuf,
    /// The folder of its files.
    pub folder: PathBuf,
    /// The files.
    pub homes: Homes,
    /// Rounds of what takes turns.
    pub rounds: usize,
}

impl Bench {
    /// Instructions of a piece of work in a process of its own.
    pub fn instructions(&self, work: &str) -> Result<f64, String> {
        say(&format!("counting instructions: {work}"));
        let keep = self.folder.join(format!("{work}.callgrind"));
        let folder = self.folder.to_string_lossy();
        Ok(measure::instructions(&self.program, &["child", work, &folder], &keep)? as f64)
    }

    /// The most bytes of heap of a piece of work in a process of its own.
    pub fn heap(&self, work: &str) -> Result<f64, String> {
        say(&format!("counting heap: {work}"));
        let folder = self.folder.to_string_lossy();
        Ok(measure::heap(&self.program, &["child", work, &folder])? as f64)
    }

    /// Cold start to today.
    pub fn today(&self, peers: &[Peer]) -> Result<Section, String> {
        let (ten, one) = (
            self.instructions("today.10")?,
            self.instructions("today.1")?,
        );
        let bare = self.instructions("bare-today.rows-10")?;
        let (again, bare_again) = (
            self.instructions("today-again.10")?,
            self.instructions("bare-today-again.rows-10")?,
        );
        let heap = self.heap("today.10")?;
        let home = self.homes.cairn("10");
        let rows = self.homes.bare("rows-10");
        let times = medians(
            self.rounds,
            &mut [
                &mut |_| {
                    let (vault, circle) = person::open(&home).expect("the home opens");
                    black_box(person::today(&vault, &circle, evening()).expect("a page"));
                },
                &mut |_| {
                    let db = bare::open(&rows, true).expect("the file opens");
                    black_box(bare::today(&db).expect("rows"));
                },
            ],
        );
        let mut section = Section::new(
            "Cold start to today, 10 years of data",
            "From opening the home to the finished page, in a new process: instructions inside the program, loading it left out. \
             \"Bare\" opens a file of the same SQLCipher build that holds the same history as plain rows, gives the key, and \
             reads the running plans, their rests and follow-ups, and the entries that can matter. The documents have no index, so \
             reading from them looks at every entry; the goal counts only opening.",
        );
        section.goal(
            "10 years, to bare SQLCipher",
            ten / bare,
            "×",
            Goal::AtMost(1.3),
            TODAY_MISSED,
        );
        section.goal(
            "10 years, to 1 year",
            ten / one,
            "×",
            Goal::AtMost(1.05),
            "Something a page reads grows with the years.",
        );
        let automerge = peers.iter().find(|peer| peer.name.starts_with("automerge"));
        if let Some(automerge) = automerge {
            section.goal(
                "opening one automerge document, to Cairn",
                automerge.open as f64 / ten,
                "×",
                Goal::AtLeast(20.0),
                "Most of Cairn's instructions are the crypto library's start, which a document without encryption does not have; \
                 the next figure leaves that out.",
            );
            section.figure(
                "the same without the crypto library's start",
                automerge.open as f64 / again,
                "×",
            );
        }
        section.figure(
            "10 years, to bare SQLCipher, without the crypto library's start",
            again / bare_again,
            "×",
        );
        section.figure(
            "the same as time (median of turns)",
            ratio(times[0], times[1]),
            "×",
        );
        section.figure("heap of the whole process", heap / 1e6, "MB");
        section.beside.push(words(&[
            "10 years",
            "instructions, millions",
            "of these, opening",
            "to Cairn",
            "heap, MB",
            "time of opening and reading, to Cairn's",
        ]));
        section.beside.push(vec![
            "Cairn".into(),
            number(ten / 1e6),
            "".into(),
            "1".into(),
            number(heap / 1e6),
            "1".into(),
        ]);
        section.beside.push(vec![
            "bare SQLCipher, plain rows".into(),
            number(bare / 1e6),
            "".into(),
            number(bare / ten),
            "".into(),
            number(ratio(times[1], times[0])),
        ]);
        for peer in peers {
            section.beside.push(vec![
                peer.name.into(),
                number(peer.today as f64 / 1e6),
                number(peer.open as f64 / 1e6),
                number(peer.today as f64 / ten),
                number(peer.heap as f64 / 1e6),
                number(peer.today_time / micros(times[0])),
            ]);
        }
        Ok(section)
    }

    /// Logging an entry durably.
    pub fn log(&self, peers: &[Peer]) -> Result<Section, String> {
        say("logging entries, taking turns with bare rows");
        let turns = self.turns_of_logging();
        let [
            warm,
            fresh,
            bare_warm,
            bare_fresh,
            plain_warm,
            plain_fresh,
            append,
        ] = turns;
        let ours = self.instructions("log.warm")? / WARM as f64;
        let ours_fresh = self.instructions("log.fresh")?;
        let bare = self.instructions("bare-log.rows-10.warm")? / WARM as f64;
        let bare_instructions_fresh = self.instructions("bare-log.rows-10.fresh")?;
        let plain = self.instructions("bare-log.plain-10.warm")? / WARM as f64;
        let (mean, most) = self.wal()?;
        let mut section = Section::new(
            "Log an entry, durable",
            "One answer with a note about a running plan, kept with `synchronous = full`: the change, the cursor, the chain and the \
             row in one transaction, then the witness. \"Bare\" inserts one row into a table of the same SQLCipher build, as durably. \
             \"Fresh\" opens the file first.",
        );
        section.goal(
            "warm, to a bare row",
            ratio(warm, bare_warm),
            "×",
            Goal::AtMost(1.25),
            WARM_MISSED,
        );
        section.goal(
            "on a fresh connection, to a bare row on one",
            ratio(fresh, bare_fresh),
            "×",
            Goal::AtMost(2.5),
            FRESH_MISSED,
        );
        section.goal("documents opened", 0.0, "documents", Goal::AtMost(0.0), "");
        section.goal(
            "write-ahead log, mean of 200",
            mean / 1000.0,
            "kB",
            Goal::AtMost(32.0),
            "",
        );
        section.figure(
            "write-ahead log, the most one entry took",
            most / 1000.0,
            "kB",
        );
        section.figure(
            "warm, to appending 200 bytes to a file with fdatasync",
            ratio(warm, append),
            "×",
        );
        section.figure("a bare row, to the same", ratio(bare_warm, append), "×");
        section.figure(
            "price of encryption: a bare row, to one in plain SQLite, warm",
            ratio(bare_warm, plain_warm),
            "×",
        );
        section.figure(
            "the same on a fresh connection",
            ratio(bare_fresh, plain_fresh),
            "×",
        );
        section.beside.push(words(&[
            "one entry",
            "instructions, thousands",
            "to a bare row",
        ]));
        for (name, count) in [
            ("Cairn, warm", ours),
            ("Cairn, fresh connection", ours_fresh),
            ("bare SQLCipher row, warm", bare),
            (
                "bare SQLCipher row, fresh connection",
                bare_instructions_fresh,
            ),
            ("plain SQLite row, warm", plain),
        ] {
            section
                .beside
                .push(vec![name.into(), number(count / 1e3), number(count / bare)]);
        }
        for peer in peers {
            let name = format!("{}, open already, nothing written to disk", peer.name);
            section.beside.push(vec![
                name,
                number(peer.log as f64 / 1e3),
                number(peer.log as f64 / bare),
            ]);
        }
        Ok(section)
    }

    fn turns_of_logging(&self) -> [Duration; 7] {
        let home = self.homes.cairn("10");
        let entries = more_entries(0, 4 * self.rounds as u64);
        let number = self.homes.next_number();
        let entry = |round: usize, kind: usize| -> (usize, &Act) {
            let at = (round * 2 + kind) % entries.len();
            (number + round * 2 + kind, &entries[at])
        };
        let (mut vault, circle) = person::open(&home).expect("the home opens");
        let plan = person::running_plan(&vault, &circle).expect("a plan runs");
        let open = |file: &str| {
            bare::open_to_write(&self.homes.bare(file), is_encrypted(file)).expect("the file opens")
        };
        let bare_row = |db: &rusqlite::Connection, (number, act): (usize, &Act)| {
            bare::log(db, number, act).expect("a row is written");
        };
        let (rows, plain) = (open("rows-10"), open("plain-10"));
        let mut file = std::fs::File::create(self.folder.join("append")).expect("a file is made");
        let times = medians(
            self.rounds,
            &mut [
                &mut |n| {
                    person::log_entry(&mut vault, &circle, &plan, entry(n, 0).1)
                        .expect("an entry is kept")
                },
                &mut |n| {
                    let (mut vault, circle) = person::open(&home).expect("the home opens");
                    person::log_entry(&mut vault, &circle, &plan, entry(n, 1).1)
                        .expect("an entry is kept");
                },
                &mut |n| bare_row(&rows, entry(n, 0)),
                &mut |n| bare_row(&open("rows-10"), entry(n, 1)),
                &mut |n| bare_row(&plain, entry(n, 0)),
                &mut |n| bare_row(&open("plain-10"), entry(n, 1)),
                &mut |_| {
                    use std::io::Write;
                    file.write_all(&[7; 200])
                        .and_then(|()| file.sync_data())
                        .expect("bytes are appended");
                },
            ],
        );
        times.try_into().expect("seven pieces took turns")
    }

    /// Mean and most bytes of the write-ahead log that one entry takes.
    fn wal(&self) -> Result<(f64, f64), String> {
        say("counting bytes of the write-ahead log");
        const COUNT: u64 = 200;
        let home = self.homes.cairn("10");
        let in_words = |error: cairn_core::Error| format!("{error:?}");
        let (mut vault, circle) = person::open(&home).map_err(in_words)?;
        let plan = person::running_plan(&vault, &circle).map_err(in_words)?;
        let (mut total, mut most) = (0, 0);
        for act in more_entries(AFTER_TURNS + 300, COUNT) {
            // From an empty log each time: what one entry adds is its length, less the log's own header.
            vault.checkpoint().map_err(in_words)?;
            person::log_entry(&mut vault, &circle, &plan, &act).map_err(in_words)?;
            let bytes = person::wal_bytes(&home);
            (total, most) = (total + bytes, most.max(bytes));
        }
        Ok((total as f64 / COUNT as f64, most as f64))
    }

    /// Opening everything.
    pub fn whole(&self, peers: &[Peer]) -> Result<Section, String> {
        let heap = self.heap(&format!("whole.{SIGNED}"))?;
        let home = self.homes.cairn(SIGNED);
        say("reading 10 years back");
        let times = medians(
            self.rounds.min(10),
            &mut [&mut |_| {
                let (mut vault, _) = person::open(&home).expect("the home opens");
                assert!(vault.verify().expect("everything is read").ok);
            }],
        );
        let mut section = Section::new(
            "10 years opened in full",
            "Every part's document opened, every change read back from it and from what is not yet folded, every row made again and \
             compared, every signature checked (`cairn verify`), of a record that is shared and was signed after every fifth act.",
        );
        section.goal(
            "heap of the whole process",
            heap / 1e6,
            "MB",
            Goal::AtMost(128.0),
            "",
        );
        section.goal(
            "time",
            times[0].as_secs_f64(),
            "s",
            Goal::AtMost(0.5),
            "The machine was busy, or documents are opened more than once.",
        );
        for peer in peers {
            section.figure(
                &format!("heap to open and read: {}", peer.name),
                peer.heap as f64 / 1e6,
                "MB",
            );
        }
        Ok(section)
    }

    /// What lies in the files.
    pub fn stored(&self, peers: &[Peer]) -> Result<Section, String> {
        say("counting what is stored");
        let ours =
            pages(&person::raw(&self.homes.cairn("10")).map_err(|error| format!("{error:?}"))?)?;
        let bare = pages(
            &bare::open(&self.homes.bare("rows-10"), true).map_err(|error| error.to_string())?,
        )?;
        let of = |names: &[&str]| -> Size {
            ours.iter()
                .filter(|(name, _)| {
                    names
                        .iter()
                        .any(|n| name == n || name.starts_with(&format!("{n}_")))
                })
                .map(|(_, size)| *size)
                .fold(Size::default(), Size::plus)
        };
        let rows = bare
            .iter()
            .filter(|(name, _)| name != "sqlite_schema")
            .map(|(_, size)| *size)
            .fold(Size::default(), Size::plus);
        let record = of(&["snapshot", "sqlite_autoindex_snapshot", "cursor", "changes"]);
        let mut section = Section::new(
            "10 years stored",
            "Whole pages of the encrypted files, after tidying: snapshots, changes not yet folded, and cursors, to the same history as \
             plain rows with the clock and device that the newest-value-wins rule asks for (vacuumed). Signatures come with sync.",
        );
        section.goal(
            "snapshots, loose changes and cursors, to plain rows",
            record.pages / rows.pages,
            "×",
            Goal::AtMost(0.6),
            STORED_MISSED,
        );
        section.figure(
            "the same, bytes inside the pages",
            record.inside / rows.inside,
            "×",
        );
        section.beside.push(words(&[
            "10 years",
            "kB in pages",
            "kB inside them",
            "to plain rows, pages",
        ]));
        let mut row = |name: &str, size: Size| {
            section.beside.push(vec![
                name.into(),
                number(size.pages / 1e3),
                number(size.inside / 1e3),
                number(size.pages / rows.pages),
            ]);
        };
        row("plain rows", rows);
        row("snapshots", of(&["snapshot", "sqlite_autoindex_snapshot"]));
        row("changes not yet folded", of(&["changes"]));
        row("cursors", of(&["cursor"]));
        row("chain of the last 4,096 saves", of(&["commits"]));
        row(
            "rows to read from (can be made again)",
            of(&["thing", "entry"]),
        );
        row("search (can be made again)", of(&["search", "searched"]));
        for peer in peers {
            let size = Size {
                pages: peer.stored as f64,
                inside: peer.stored as f64,
            };
            row(
                &format!("{}, as it saves itself, not encrypted", peer.name),
                size,
            );
        }
        Ok(section)
    }

    /// Makes all snapshots unreadable and does the work again: whatever opened a document would say so.
    pub fn without_documents(&self) -> Result<(), String> {
        let home = self.homes.cairn("10");
        let in_words = |error: cairn_core::Error| format!("with unreadable documents: {error:?}");
        say("doing it all again with unreadable documents");
        if person::spoil_documents(&home).map_err(in_words)? == 0 {
            return Err("there was no document to spoil".into());
        }
        let (mut vault, circle) = person::open(&home).map_err(in_words)?;
        person::today(&vault, &circle, evening()).map_err(in_words)?;
        let plan = person::running_plan(&vault, &circle).map_err(in_words)?;
        for act in more_entries(AFTER_TURNS + 600, 1) {
            person::log_entry(&mut vault, &circle, &plan, &act).map_err(in_words)?;
        }
        if vault.verify().map_err(in_words)?.ok {
            return Err("the documents were not unreadable".into());
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Default)]
struct Size {
    pages: f64,
    inside: f64,
}

impl Size {
    fn plus(self, other: Size) -> Size {
        Size {
            pages: self.pages + other.pages,
            inside: self.inside + other.inside,
        }
    }
}

/// Bytes of pages and inside them, of each table and index of a file.
fn pages(db: &rusqlite::Connection) -> Result<Vec<(String, Size)>, String> {
    let in_words = |error: rusqlite::Error| error.to_string();
    let sql = "select name, sum(pgsize), sum(payload) from dbstat group by name";
    let mut statement = db.prepare(sql).map_err(in_words)?;
    let rows = statement
        .query_map([], |row| {
            Ok((
                row.get(0)?,
                Size {
                    pages: row.get::<_, i64>(1)? as f64,
                    inside: row.get::<_, i64>(2)? as f64,
                },
            ))
        })
        .map_err(in_words)?;
    rows.collect::<Result<_, _>>().map_err(in_words)
}

const TODAY_MISSED: &str = "The page reads more pages of the file than the bare query does.";
const WARM_MISSED: &str = "An entry is four pages (change, chain, cursor, row) against one, each encrypted and \
    authenticated; where an fsync is quick that shows, where it is slow it does not. Keeping chain, cursor and change in one \
    row would save two pages more (docs/adr/0010, option 4, with its price).";
const FRESH_MISSED: &str = "Opening checks the witness, the place of the file and the head of the chain, and reads the roster \
    and the plan before it writes; the bare row reads nothing.";
const STORED_MISSED: &str = "Plain rows name a thing by a small number, once. Here every thing has an id of 60 random bits, which \
    do not compress, repeated in the key of each of its fields; and each part is a document of its own, with its own header, actors \
    and columns, so that consent can be given a part at a time. Deflate works on each column alone. One dictionary shared by \
    all parts, as it is planned for the wire, is the next thing to try; it was not tried yet. What is stored besides keeps every earlier \
    answer, which plain rows do not.";

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn ratio(a: Duration, b: Duration) -> f64 {
    micros(a) / micros(b)
}

/// Where this run's files lie, beside the build's.
pub fn folder_beside(program: &Path) -> PathBuf {
    let build = program
        .ancestors()
        .find(|folder| folder.file_name().is_some_and(|name| name == "release"));
    build
        .and_then(Path::parent)
        .unwrap_or(Path::new("target"))
        .join("bench")
}
