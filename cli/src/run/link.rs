//! Meeting another device over a network: `sync`, inviting while listening, joining at an address. What is told while
//! it runs goes to standard error.

use super::folder;
use crate::print;
use crate::shell::Shell;
use cairn_core::circle::device_code::DeviceCode;
use cairn_core::circle::invitation::{Invitation, Request};
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::circle::spoken::SixWords;
use cairn_core::error::{Error, Result};
use cairn_core::id::{ID_LENGTH, base32};
use cairn_core::record::state::one_line;
use cairn_core::sync::courier::Carriage;
use cairn_core::sync::memory::Side;
use cairn_core::sync::session::Progress;
use cairn_core::words::Words;
use cairn_journey::Args;
use cairn_links::meet::{self, Joined, Served, Synced};
use cairn_links::{Listener, Opened, recover};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a listener looks whether to stop, and whether there is another invitation.
const LOOK: Duration = Duration::from_millis(200);

/// How often progress is told.
const TELL: Duration = Duration::from_secs(1);

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Syncs with the device at an address, or with the first that calls.
pub fn sync(shell: &mut Shell, args: &Args) -> Result<Value> {
    shell.vault.ask_for_no_files(args.flag("text_only"));
    shell.vault.carry(args.flag("carry"));
    match (args.opt("peer")?, args.opt("listen")?, args.opt("folder")?) {
        (None, None, Some(folder)) => folder::sync(shell, &folder),
        (Some(address), None, None) => {
            stop_when_asked();
            let teller = Teller::of(shell);
            let mut watch = teller.watch();
            let called = with(shell, |side| meet::call(side, &address, &mut watch));
            if STOPPED.load(Ordering::Relaxed) {
                teller.stopped();
            }
            synced(shell, &called?)
        }
        (None, Some(address), None) => {
            let stay = args.flag("stay");
            listen(shell, &address, stay)
        }
        _ => Err(Error::Usage { what: "sync" }),
    }
}

/// Waits for devices that call. Ends after the first sync, or goes on until it is stopped.
fn listen(shell: &mut Shell, address: &str, stay: bool) -> Result<Value> {
    let listener = Listener::bind(address, shell.vault.link_key())?;
    let teller = Teller::of(shell);
    teller.listening(&listener);
    let mut all = Progress::default();
    let mut clock = Clock::of(shell);
    stop_when_asked();
    while !STOPPED.load(Ordering::Relaxed) {
        let Some(opened) = next(shell, &listener, &mut clock)? else {
            continue;
        };
        let Some(served) = serve(shell, &teller, opened, None)? else {
            continue;
        };
        match served {
            Served::Synced(met) | Served::LetIn(_, met) | Served::Device(met) if stay => {
                all.given.0 += met.progress.given.0;
                all.taken.0 += met.progress.taken.0;
                all.aside += met.progress.aside;
                let (sum, of) = (&mut all.carriage, met.progress.carriage);
                sum.left += of.left;
                sum.brought += of.brought;
                sum.kept += of.kept;
                sum.made_room += of.made_room;
            }
            Served::Synced(met) | Served::LetIn(_, met) | Served::Device(met) => {
                return synced(shell, &met);
            }
            Served::Asked(request) => teller.asked(&request),
            Served::TurnedAway => teller.say("turned_away", "link-turned-away"),
        }
    }
    teller.stopped();
    Ok(counts(&all))
}

/// Shows a code, and where it listens takes in the first who comes with it.
pub fn while_listening(
    shell: &mut Shell,
    name: &str,
    mut answer: Value,
    listener: Option<Listener>,
    shown: Option<&Invitation>,
) -> Result<Value> {
    if let Some(listener) = listener {
        answer["listening"] = json!(listener.address().to_string());
        // The other device needs the code while this one waits for it.
        print::answer(shell.words, name, &answer, shell.json)?;
        shell.answered = true;
        let_one_in(shell, shown, &listener)?;
    }
    Ok(answer)
}

fn let_one_in(shell: &mut Shell, shown: Option<&Invitation>, listener: &Listener) -> Result<()> {
    let teller = Teller::of(shell);
    let mut clock = Clock::of(shell);
    stop_when_asked();
    while !STOPPED.load(Ordering::Relaxed) {
        let Some(opened) = next(shell, listener, &mut clock)? else {
            continue;
        };
        let served = serve(shell, &teller, opened, shown)?;
        match served {
            Some(Served::LetIn(..) | Served::Device(_)) => {
                match served {
                    Some(Served::LetIn(request, _)) => teller.joined(&request.name),
                    _ => teller.say("device_joined", "link-device-joined"),
                }
                // Who came with the same code meanwhile is told that it is used.
                while let Some(opened) = listener.next(LOOK) {
                    serve(shell, &teller, opened, None)?;
                }
                return Ok(());
            }
            Some(Served::Asked(request)) => teller.asked(&request),
            Some(Served::TurnedAway) => teller.say("turned_away", "link-turned-away"),
            Some(Served::Synced(_)) | None => {}
        }
    }
    teller.stopped();
    Ok(())
}

/// Joins with a code at the address where the inviter listens.
pub fn join(shell: &mut Shell, code: &str, address: &str) -> Result<Value> {
    let invitation = Invitation::read(code)?;
    let (name, title) = shell.introduce()?;
    stop_when_asked();
    let teller = Teller::of(shell);
    let mut watch = teller.watch();
    let mut shown = None;
    let joined = with(shell, |side| {
        let words = &mut |words: SixWords| {
            teller.words(&words);
            shown = Some(words);
        };
        let name = (name.as_str(), title.as_deref());
        meet::join(side, address, &invitation, name, words, &mut watch)
    });
    if STOPPED.load(Ordering::Relaxed) {
        teller.stopped();
    }
    let (role, part) = (&invitation.role, invitation.groups.words());
    Ok(match joined? {
        Joined::In(circle, met) => json!({
            "id": circle.id, "role": role, "part": part, "state": "member", "six_words": shown,
            "given": met.progress.given.0, "taken": met.progress.taken.0, "aside": met.progress.aside,
        }),
        Joined::Waits(words) => {
            teller.waits(&words);
            json!({"id": invitation.circle, "role": role, "part": part, "state": "asks", "six_words": words})
        }
    })
}

/// Makes this a further device of the person whose device listens at an address and showed the code.
pub fn join_as_device(shell: &mut Shell, code: &DeviceCode, address: &str) -> Result<Value> {
    stop_when_asked();
    let teller = Teller::of(shell);
    let mut watch = teller.watch();
    let words = &mut |words: SixWords| teller.words(&words);
    let joined = with(shell, |side| {
        meet::join_as_device(side, address, code, words, &mut watch)
    });
    if STOPPED.load(Ordering::Relaxed) {
        teller.stopped();
    }
    let (own, met) = joined?;
    let mut answer = counts(&met.progress);
    answer["id"] = json!(shell.vault.keys().device_id());
    answer["person"] = json!(own.id);
    answer["member"] = json!(own.member);
    Ok(answer)
}

/// Lets this device in with a recovery code, at the device of somebody who shares the record and listens at an address.
/// The next code is in the answer whatever became of the sync that followed: it is shown this once.
pub fn recover(shell: &mut Shell, code: &RecoveryCode, address: &str) -> Result<Value> {
    stop_when_asked();
    let teller = Teller::of(shell);
    let mut watch = teller.watch();
    let recovered = with(shell, |side| {
        recover::recover(side, address, code, &mut watch)
    })?;
    let mut answer = match &recovered.synced {
        Ok(met) => counts(&met.progress),
        Err(error) => {
            teller.trouble(error);
            counts(&Progress::default())
        }
    };
    let used = super::recovery::used(&shell.vault, &recovered.next)?;
    if let (Some(answer), Value::Object(used)) = (answer.as_object_mut(), used) {
        answer.extend(used);
    }
    Ok(answer)
}

/// Carries out a meeting as this device, at its own time.
pub fn with<T>(shell: &mut Shell, meet: impl FnOnce(&mut Side) -> T) -> T {
    let acting = shell.acting();
    meet(&mut Side {
        vault: &mut shell.vault,
        acting,
        entropy: shell.entropy.as_ref(),
    })
}

fn next(shell: &mut Shell, listener: &Listener, clock: &mut Clock) -> Result<Option<Opened>> {
    clock.turn(shell);
    listener.know(shell.vault.link_secrets()?);
    Ok(listener.next(LOOK))
}

/// Answers one call. What goes wrong with one caller is told, and the next is waited for.
fn serve(
    shell: &mut Shell,
    teller: &Teller,
    opened: Opened,
    shown: Option<&Invitation>,
) -> Result<Option<Served>> {
    let mut watch = teller.watch();
    let words = &mut |words: SixWords| teller.words(&words);
    let served = with(shell, |side| {
        meet::serve(side, opened, shown, words, &mut watch)
    });
    match served {
        Ok(served) => Ok(Some(served)),
        Err(
            error @ (Error::Unreachable
            | Error::NotKnown
            | Error::NotAllowed
            | Error::Damaged
            | Error::InvitationUnknown
            | Error::TooLong { .. }
            | Error::Empty),
        ) => {
            teller.trouble(&error);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What passed, and with whom.
fn synced(shell: &Shell, met: &Synced) -> Result<Value> {
    let mut answer = counts(&met.progress);
    for circle in shell.vault.circles()? {
        let roster = shell.vault.roster(&circle)?;
        let Some(member) = roster.standing.owner_of(&met.with) else {
            continue;
        };
        let record = shell.vault.record(&circle, &crate::shell::nothing())?;
        answer["with"] = json!(record.member(member).map(|member| member.name));
        break;
    }
    Ok(answer)
}

fn counts(progress: &Progress) -> Value {
    let mut answer =
        json!({"given": progress.given.0, "taken": progress.taken.0, "aside": progress.aside});
    carriage(&mut answer, progress);
    answer
}

/// Adds what passed of sealed parcels, where any did.
pub fn carriage(answer: &mut Value, progress: &Progress) {
    let of = progress.carriage;
    if of != Carriage::default() {
        answer["carriage"] = json!({
            "left": of.left, "brought": of.brought, "kept": of.kept, "made_room": of.made_room,
        });
    }
}

/// Ctrl-C ends the meeting at the next step instead of the program; everything taken in so far is kept anyway.
pub(super) fn stop_when_asked() {
    // Where it cannot be set, Ctrl-C ends the program, and loses nothing either.
    let _ = ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Error::Unreachable.exit()));
        }
    });
}

/// The clock of a command that waits: it goes on from the moment the command began.
struct Clock {
    began: Instant,
    at: chrono::DateTime<chrono::FixedOffset>,
}

impl Clock {
    fn of(shell: &Shell) -> Clock {
        Clock {
            began: Instant::now(),
            at: shell.now(),
        }
    }

    fn turn(&mut self, shell: &mut Shell) {
        let gone = chrono::TimeDelta::from_std(self.began.elapsed()).unwrap_or_default();
        shell.set_now(self.at.checked_add_signed(gone).unwrap_or(self.at));
    }
}

/// Says to standard error what happens meanwhile: in words, or as one JSON value a line, and of the latter only what
/// somebody has to know before there is an answer.
pub(super) struct Teller {
    words: Words,
    json: bool,
}

impl Teller {
    pub(super) fn of(shell: &Shell) -> Teller {
        Teller {
            words: shell.words,
            json: shell.json,
        }
    }

    fn tell(&self, as_json: Value, key: &str, args: &[(&str, cairn_core::words::Arg)]) {
        print::err(&if self.json {
            as_json.to_string()
        } else {
            print::harmless(&self.words.say(key, args))
        });
    }

    fn say(&self, event: &str, key: &str) {
        self.tell(json!({"told": event}), key, &[]);
    }

    pub(super) fn stopped(&self) {
        self.say("stopped", "link-stopped");
    }

    fn listening(&self, listener: &Listener) {
        let address = listener.address().to_string();
        let args = [("address", (&address).into())];
        self.tell(json!({"listening": address}), "link-listening", &args);
    }

    fn words(&self, words: &SixWords) {
        let spoken = words.join(" ");
        let args = [("words", (&spoken).into())];
        self.tell(json!({"six_words": words}), "link-words", &args);
    }

    pub(super) fn waits(&self, words: &SixWords) {
        let spoken = words.join(" ");
        let args = [("words", (&spoken).into())];
        self.tell(
            json!({"told": "asks", "six_words": words}),
            "link-waits",
            &args,
        );
    }

    fn joined(&self, name: &str) {
        let name = &one_line(name.to_owned());
        self.tell(
            json!({"joined": name}),
            "link-joined",
            &[("name", name.into())],
        );
    }

    fn asked(&self, request: &Request) {
        let (id, words) = (base32(&request.hash(), ID_LENGTH), request.words());
        let spoken = words.join(" ");
        let args = [
            ("name", request.name.as_str().into()),
            ("words", (&spoken).into()),
            ("id", (&id).into()),
        ];
        let asked = json!({"id": id, "name": request.name, "six_words": words});
        self.tell(json!({"asked": asked}), "link-asks", &args);
    }

    pub(super) fn trouble(&self, error: &Error) {
        let message = self.words.error(error);
        print::err(&if self.json {
            json!({"trouble": {"code": error.code(), "message": message}}).to_string()
        } else {
            message
        });
    }

    /// Tells progress now and then, and ends the meeting when it is to be stopped.
    pub(super) fn watch(&self) -> impl FnMut(&Progress) -> Result<()> + '_ {
        let (mut told, mut last) = (Instant::now(), Progress::default());
        move |progress| {
            if STOPPED.load(Ordering::Relaxed) {
                return Err(Error::Unreachable);
            }
            if *progress != last
                && let Some(line) = self.progress(progress, told.elapsed())
            {
                (told, last) = (Instant::now(), *progress);
                print::err(&line);
            }
            Ok(())
        }
    }

    /// How far it is, when so long after it was last told; never for a program that reads JSON, which has the counts in
    /// the answer and errors alone on standard error.
    fn progress(&self, progress: &Progress, since: Duration) -> Option<String> {
        if self.json || since < TELL {
            return None;
        }
        let args = [
            ("given", progress.given.0.into()),
            ("give", progress.given.1.into()),
            ("taken", progress.taken.0.into()),
            ("take", progress.taken.1.into()),
        ];
        let line = self.words.say("link-progress", &args);
        Some(print::harmless(&line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_to_people_each_second_and_to_programs_never() {
        let progress = Progress {
            given: (3, 7),
            ..Progress::default()
        };
        let said = |json, since| {
            let words = Words::default();
            Teller { words, json }.progress(&progress, since)
        };
        assert!(said(false, TELL).is_some_and(|line| line.contains('3') && line.contains('7')));
        assert_eq!(said(false, TELL / 2), None);
        assert_eq!(said(true, TELL * 60), None);
    }
}
