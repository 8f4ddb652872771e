//! The Rust half of `cargo xtask bench-border`: makes the home all halves measure on, and measures the same two calls.
//!
//! `bench_border prepare FOLDER` makes the home and prints the plan. `bench_border run FOLDER PLAN ROUNDS` prints two
//! lines, `today N` and `log N`: the median of nanoseconds a call. The halves in Kotlin and Swift print the same two.

use cairn_bindings::{Clock, Entropy, KeyVault, Moment, Profile};
use cairn_core::entropy::SeededEntropy;
use cairn_core::error::Result;
use cairn_core::id::Id;
use cairn_core::log::Saying;
use cairn_core::plan::Answers;
use cairn_core::plan::agree::Agreeing;
use cairn_core::store::profile::NewProfile;
use cairn_core::words::Lang;
use std::sync::Arc;
use std::time::Instant;

/// The key of the bench's home; no person's.
const KEY: [u8; 32] = [7; 32];

/// Monday 16 March 2026, 09:00 in London.
const NOW: Moment = Moment {
    unix_seconds: 1_773_651_600,
    offset_minutes: 0,
};

/// Days of the year before that are answered.
const DAYS: i64 = 365;

struct Device(Moment, SeededEntropy);

impl KeyVault for Device {
    fn load(&self) -> Result<Option<Vec<u8>>> {
        Ok(Some(KEY.to_vec()))
    }

    fn save(&self, _key: Vec<u8>) -> Result<()> {
        Ok(())
    }
}

impl Clock for Device {
    fn now(&self) -> Result<Moment> {
        Ok(self.0)
    }
}

impl Entropy for Device {
    fn bytes(&self, count: u32) -> Result<Vec<u8>> {
        let mut bytes = vec![0; count as usize];
        self.1.stream(&mut bytes);
        Ok(bytes)
    }
}

fn device(at: i64) -> Arc<Device> {
    let at = Moment {
        unix_seconds: at,
        ..NOW
    };
    Arc::new(Device(
        at,
        SeededEntropy::new(u64::from(at.unix_seconds.unsigned_abs() as u32)),
    ))
}

fn open(folder: &str, at: i64) -> Profile {
    let device = device(at);
    Profile::open(
        folder.into(),
        device.clone(),
        device.clone(),
        device,
        Lang::En,
    )
    .expect("the prepared home opens")
}

fn prepare(folder: &str) -> Result<Id> {
    const DAY: i64 = 86_400;
    let device = device(NOW.unix_seconds - DAYS * DAY);
    let profile = NewProfile {
        name: "Mary Bell".into(),
        role: "person".into(),
        zone: "Europe/London".into(),
        ..NewProfile::default()
    };
    let made = Profile::create(
        folder.into(),
        device.clone(),
        device.clone(),
        device,
        Lang::En,
        profile,
    )?;
    let record = made.own()?;
    let goal = record.goal_add("Walk to the shop".into(), Some(8), Some(7))?;
    let answers = Answers {
        what: Some("Walk to the bench".into()),
        often: Some("every day".into()),
        ..Answers::default()
    };
    let plan = record.plan_new(goal, answers)?;
    record.plan_rate(plan.clone(), "8".into(), None)?;
    let agreeing = Agreeing {
        follow_up: Some("2025-03-20".into()),
        channel: Some("phone".into()),
        ..Agreeing::default()
    };
    record.plan_agree(plan.clone(), agreeing)?;
    drop((record, made));
    let record = open(folder, NOW.unix_seconds).own()?;
    for back in 1..DAYS {
        let day = chrono::DateTime::from_timestamp(NOW.unix_seconds - back * DAY, 0);
        let saying = Saying {
            did: Some("did".into()),
            on: day.map(|day| day.date_naive().to_string()),
            ..Saying::default()
        };
        record.log(plan.clone(), saying)?;
    }
    Ok(plan)
}

/// The median of nanoseconds of a call.
fn median(rounds: usize, mut call: impl FnMut()) -> u128 {
    let mut taken: Vec<u128> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed().as_nanos()
        })
        .collect();
    taken.sort_unstable();
    taken[rounds / 2]
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["prepare", folder] => println!("{}", prepare(folder).expect("the home is made")),
        ["run", folder, plan, rounds] => {
            let rounds: usize = rounds.parse().expect("a number of rounds");
            let record = open(folder, NOW.unix_seconds)
                .own()
                .expect("the record is there");
            let today = || drop(record.today().expect("today is read"));
            let log = || {
                let saying = Saying {
                    did: Some("did".into()),
                    ..Saying::default()
                };
                record
                    .log(Id::read(*plan), saying)
                    .expect("an answer is kept");
            };
            median(rounds.div_ceil(10), today);
            println!("today {}", median(rounds, today));
            median(rounds.div_ceil(10), log);
            println!("log {}", median(rounds, log));
        }
        _ => panic!("prepare FOLDER, or run FOLDER PLAN ROUNDS"),
    }
}
