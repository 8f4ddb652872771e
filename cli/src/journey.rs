//! Plays a journey: a file of devices and steps, on fresh devices. See `cli.md`, Journeys.

mod device;
mod folder;
mod meeting;
mod tcp;

use crate::table;
use cairn_core::error::{Error, Result};
use cairn_core::words::Words;
use cairn_journey::{Journey, Known, Outcome as Went};
use chrono::{DateTime, FixedOffset};
use device::Device;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What came of a journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// How many steps it has.
    pub steps: usize,
    /// The first step that is not as it says, counted from 1, and why.
    pub failed: Option<(usize, String)>,
}

impl Outcome {
    /// As `--json` prints it.
    pub fn json(&self) -> Value {
        let (step, why) = self.failed.clone().unzip();
        json!({"ok": self.failed.is_none(), "steps": self.steps, "failed_step": step, "why": why})
    }
}

/// Plays a journey in a folder, telling each step.
///
/// # Errors
/// Those of making the devices; a step that is not as it says is in the outcome.
pub fn play(
    journey: &Journey,
    folder: &Path,
    words: Words,
    over: Over,
    mut tell: impl FnMut(&str),
) -> Result<Outcome> {
    let start = journey.start();
    let mut player = Player {
        words,
        over,
        devices: Vec::new(),
        known: Known::default(),
    };
    for (number, device) in (1..).zip(&journey.devices) {
        let zone = &journey.zone;
        let device = Device::make(folder, device, zone, start, words, number)?;
        player.devices.push(device);
    }
    let mut outcome = Outcome {
        steps: journey.steps.len(),
        failed: None,
    };
    let mut at = start;
    for (number, step) in (1..).zip(&journey.steps) {
        let now = journey.moment(step);
        let Some(now) = now.or_else(|| step.get("at").is_none().then_some(at)) else {
            outcome.failed = Some((number, "bad_date".into()));
            break;
        };
        at = now;
        let done = player.step(step, at);
        let refused = done.as_ref().ok().and_then(Option::as_ref);
        tell(&player.tell(number, step, at, refused));
        if let Err(why) = done {
            outcome.failed = Some((number, why));
            break;
        }
    }
    Ok(outcome)
}

/// How what two devices say to each other travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// In memory.
    Memory,
    /// Through sockets on loopback.
    Tcp,
    /// Through a folder of each two devices, which one after the other visits.
    Folder,
}

struct Player {
    words: Words,
    over: Over,
    devices: Vec<Device>,
    known: Known,
}

impl Player {
    /// Plays a step. The error says why it is not as it says; a refusal that was expected is given back.
    fn step(
        &mut self,
        step: &Map<String, Value>,
        at: DateTime<FixedOffset>,
    ) -> std::result::Result<Option<Error>, String> {
        let answer = self.carry_out(&cairn_journey::name(step), step, at);
        let (went, refused) = match answer {
            Ok(answer) => (Went::Done(answer), None),
            Err(error) => (Went::Refused(error.code().into()), Some(error)),
        };
        self.known.judge(step, &went).map(|()| refused)
    }

    fn carry_out(
        &mut self,
        name: &str,
        step: &Map<String, Value>,
        at: DateTime<FixedOffset>,
    ) -> Result<Value> {
        if name == "sync" {
            return self.sync(step, at);
        }
        let args = self.known.args(step);
        let place = match step.get("on").and_then(Value::as_str) {
            Some(id) => self.devices.iter().position(|device| device.id == id),
            None => Some(0),
        };
        let place = place.ok_or(Error::Usage { what: "on" })?;
        let device = &mut self.devices[place];
        match name {
            "crash" => return device.crash().map(|()| Value::Null),
            "offline" | "online" => {
                device.online = name == "online";
                return Ok(Value::Null);
            }
            _ => {}
        }
        let command = table::find(name).ok_or(Error::Usage {
            what: if table::LATER.contains(&name) {
                "later"
            } else {
                "command"
            },
        })?;
        if args
            .0
            .keys()
            .any(|key| !command.takes(key) && !["person", "for_person"].contains(&key.as_str()))
        {
            return Err(Error::Usage { what: "argument" });
        }
        match command.name {
            "circle.join" => return self.join(place, &args, at),
            "device.join" => return self.join_device(place, &args, at),
            "recovery.use" => return self.recover(place, &args, at),
            _ => {}
        }
        device.run(command.name, &args, at)
    }

    /// A step as one line of the story.
    fn tell(
        &self,
        number: usize,
        step: &Map<String, Value>,
        at: DateTime<FixedOffset>,
        refused: Option<&Error>,
    ) -> String {
        let text = |name: &str| {
            step.get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.starts_with('$'))
        };
        let device = self
            .devices
            .iter()
            .find(|device| text("on").is_none_or(|id| id == device.id));
        let day = self.words.day(at.date_naive());
        let when = self.words.say(
            "date-at",
            &[
                ("day", (&day).into()),
                ("time", (&self.words.time(at.time())).into()),
            ],
        );
        let done = text("do").or(text("check")).unwrap_or_default();
        let key = match done {
            // Its help is about its options.
            "sync" => "replay-step-sync".to_owned(),
            _ => format!("help-{}", done.replace(['.', '_'], "-")),
        };
        let what = if self.words.has(&key) {
            self.words.say(&key, &[])
        } else {
            self.words.say("replay-step-other", &[])
        };
        let between = step.get("between").and_then(Value::as_array);
        let met: Vec<&str> = between
            .into_iter()
            .flatten()
            .filter_map(|id| self.devices.iter().find(|device| device.id == *id))
            .map(|device| device.name.as_str())
            .collect();
        let own = device.map_or("", |device| device.name.as_str());
        let met = met.join(", ");
        let name = if met.is_empty() { own } else { &met };
        let mut line = self.words.say(
            if step.contains_key("check") {
                "replay-check"
            } else {
                "replay-step"
            },
            &[
                ("number", number.into()),
                ("when", (&when).into()),
                ("name", name.into()),
                ("what", (&what).into()),
            ],
        );
        for (key, said) in [
            "words",
            "text",
            "what",
            "why",
            "note",
            "well",
            "challenging",
            "message",
            "anyway",
            "choice",
        ]
        .iter()
        .filter_map(|key| Some((*key, text(key)?)))
        {
            // Of a day or a rest the reason is one of a list, in nobody's own words.
            if key == "why"
                && ["log", "log.correct", "plan.pause", "rest"]
                    .contains(&text("do").unwrap_or_default())
            {
                let reason = self.words.code("log-reason", said);
                line.push_str(&format!("\n   {reason}."));
            } else {
                line.push_str(&format!("\n   “{said}”"));
            }
        }
        if let Some(error) = refused {
            line.push_str(&format!("\n   {}", self.words.error(error)));
        }
        line
    }
}
