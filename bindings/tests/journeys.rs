//! Journeys through the exported objects: what the players in Kotlin and Swift do, once in Rust.

mod support;

use cairn_bindings::journey::{Journey, JourneyDevice, JourneyStep};
use cairn_bindings::{Profile, Record};
use cairn_core::error::{Error, Result};
use cairn_core::follow_up::Recording;
use cairn_core::id::Id;
use cairn_core::log::Saying;
use cairn_core::plan::Answers;
use cairn_core::plan::agree::Agreeing;
use cairn_core::store::profile::NewProfile;
use cairn_core::words::Lang;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use support::{FakeClock, FakeKeyVault, entropy, path};

struct Device {
    folder: tempfile::TempDir,
    key: Arc<FakeKeyVault>,
    clock: Arc<FakeClock>,
    profile: Option<Profile>,
}

impl Device {
    fn make(given: JourneyDevice) -> Device {
        let folder = tempfile::tempdir().unwrap();
        let (key, clock) = (
            Arc::new(FakeKeyVault::default()),
            Arc::new(FakeClock(given.made_at.into())),
        );
        let profile = NewProfile {
            name: given.name,
            role: given.role,
            title: given.title,
            born: given.born,
            zone: given.zone,
        };
        let made = Profile::create(
            path(folder.path()),
            key.clone(),
            clock.clone(),
            entropy(1),
            Lang::En,
            profile,
        );
        Device {
            folder,
            key,
            clock,
            profile: Some(made.unwrap()),
        }
    }

    /// Drops the device and opens its files again.
    fn open_again(&mut self) {
        self.profile = None;
        let folder = path(self.folder.path());
        let again = Profile::open(
            folder,
            self.key.clone(),
            self.clock.clone(),
            entropy(9),
            Lang::En,
        );
        self.profile = Some(again.unwrap());
    }
}

enum Went {
    Made(Option<Id>),
    Answered(String),
}

fn id(step: &JourneyStep, name: &str) -> Result<Id> {
    step.text(name.into()).map(Id::read)
}

fn saying(step: &JourneyStep) -> Result<Saying> {
    let opt = |name: &str| step.opt(name.into());
    Ok(Saying {
        did: step.opt_word("did".into())?,
        on: opt("on_date")?,
        at: opt("at_time")?,
        amount: opt("amount")?,
        felt: step.opt_number("felt".into())?,
        why: step.opt_word("why".into())?,
        note: opt("note")?,
    })
}

fn answers(step: &JourneyStep) -> Result<Answers> {
    let opt = |name: &str| step.opt(name.into());
    Ok(Answers {
        what: opt("what")?,
        bit: opt("bit")?,
        when: opt("when")?,
        place: opt("where")?,
        often: opt("often")?,
        from: opt("from")?,
        review: opt("review")?,
        support: opt("support")?,
        replaces: opt("replaces")?.map(Id::read),
        why: opt("why")?,
    })
}

fn play(record: &Record, step: &JourneyStep) -> Result<Went> {
    let text = |name: &str| step.text(name.into());
    let opt = |name: &str| step.opt(name.into());
    let word = |name: &str| step.opt_word(name.into()).map(Option::unwrap_or_default);
    let id = |name: &str| id(step, name);
    let made = |id| Went::Made(Some(id));
    Ok(match step.name().as_str() {
        "about.set" => made(record.about_set(word("section")?, text("text")?)?),
        "goal.add" => made(record.goal_add(
            text("words")?,
            step.opt_number("importance".into())?,
            step.opt_number("confidence".into())?,
        )?),
        "goal.show" => Went::Answered(record.goal_show_json(id("goal")?)?),
        "plan.new" => made(record.plan_new(id("goal")?, answers(step)?)?),
        "plan.rate" => made(record.plan_rate(id("plan")?, text("value")?, opt("why")?)?),
        "plan.smaller" => made(record.plan_smaller(id("plan")?, word("kind")?, text("text")?)?),
        "plan.agree" => {
            let agreeing = Agreeing {
                follow_up: opt("follow_up")?,
                channel: step.opt_word("channel".into())?,
                message: opt("message")?,
                anyway: opt("anyway")?,
            };
            made(record.plan_agree(id("plan")?, agreeing)?)
        }
        "plan.pause" => {
            made(record.plan_pause(id("plan")?, word("why")?, opt("from")?, opt("until")?)?)
        }
        "plan.show" => Went::Answered(record.plan_show_json(id("plan")?)?),
        "barrier.add" => made(record.barrier_add(id("plan")?, text("text")?)?),
        "barrier.list" => Went::Answered(record.barrier_list_json()?),
        "idea.add" => made(record.idea_add(
            id("barrier")?,
            text("text")?,
            step.flag("offered".into()),
            step.flag("asked".into()),
        )?),
        "idea.choose" => made(record.idea_choose(id("idea")?)?),
        "idea.result" => made(record.idea_result(id("idea")?, word("result")?, opt("note")?)?),
        "log" => made(record.log(id("plan")?, saying(step)?)?),
        "log.correct" => made(record.log_correct(id("entry")?, saying(step)?)?),
        "log.list" => {
            let plan = opt("plan")?.map(Id::read);
            Went::Answered(record.log_list_json(plan, opt("from")?, opt("to")?)?)
        }
        "follow_up.record" => {
            let recording = Recording {
                channel: step.opt_word("channel".into())?,
                reach: step.opt_word("reach".into())?,
                to: opt("to")?,
                well: opt("well")?,
                challenging: opt("challenging")?,
                next: step.opt_word("next".into())?,
            };
            made(record.follow_up_record(id("follow_up")?, recording)?)
        }
        "follow_up.list" => Went::Answered(record.follow_up_list_json(step.flag("due".into()))?),
        "today" => Went::Answered(record.today_json(opt("on_date")?)?),
        _ => return Err(Error::Usage { what: "command" }),
    })
}

/// Plays a journey; where it is not as it says, the step and why.
fn replay(text: &str) -> std::result::Result<u32, (u32, String)> {
    let journey = Journey::read(text.into()).unwrap();
    let devices = journey.devices().into_iter();
    let mut devices: BTreeMap<String, Device> = devices
        .map(|given| (given.id.clone(), Device::make(given)))
        .collect();
    for number in 0..journey.count() {
        let step = journey.step(number).unwrap();
        let device = devices.get_mut(&step.device()).unwrap();
        *device.clock.0.lock().unwrap() = step.at();
        if step.name() == "crash" {
            device.open_again();
            continue;
        }
        let record = device.profile.as_ref().unwrap().own().unwrap();
        let record = if step.is_for_person() {
            record.for_person()
        } else {
            record
        };
        let why = match play(&record, &step) {
            Ok(Went::Made(id)) => journey.judge_done(&step, id.map(|id| id.to_string())),
            Ok(Went::Answered(answer)) => journey.judge_answer(&step, answer).unwrap(),
            Err(error) => journey.judge_refused(&step, error),
        };
        if let Some(why) = why {
            return Err((number + 1, why));
        }
    }
    Ok(journey.count())
}

fn given(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/journeys/given");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn a_journey_of_one_device_goes_as_it_says() {
    let steps = replay(&given("alone.json"));
    assert!(steps.clone().is_ok_and(|steps| steps > 20), "{steps:?}");
}

#[test]
fn a_journey_that_says_something_untrue_stops_at_that_step() {
    let (step, why) = replay(&given("wrong.json")).unwrap_err();
    assert_eq!(step, 5, "{why}");
    assert!(why.starts_with("log.list: not as expected"), "{why}");
}
