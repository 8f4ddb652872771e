//! What two devices do once a link stands: sync, or let one in and then sync.
//!
//! Between devices each first says whether it knows the other's key; one that knows is enough, since who was let in
//! elsewhere is not known everywhere yet. With a code the joiner asks, and the inviter answers.

use crate::channel::Channel;
use crate::dial::{Call, dial};
use crate::handshake::{Met, Opened};
use crate::recover;
use cairn_core::circle::device_code::{DeviceCode, DeviceRequest, DeviceWelcome};
use cairn_core::circle::invitation::{Answer, Invitation, Request, Welcome, link_tag};
use cairn_core::circle::recovery_code::RecoveryRequest;
use cairn_core::circle::spoken::SixWords;
use cairn_core::error::{Error, Result};
use cairn_core::store::membership::IN_ALREADY;
use cairn_core::store::{Circle, Vault};
use cairn_core::sync::link;
use cairn_core::sync::memory::Side;
use cairn_core::sync::message::MESSAGE_CAP;
use cairn_core::sync::session::{Progress, Session};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Sees how much has passed, again and again; an error of it ends the meeting, and what was taken in stays.
pub type Watch<'a> = dyn FnMut(&Progress) -> Result<()> + 'a;

const NOT_KNOWN: &[u8] = &[0];
/// The other's key is one of a device that is known here.
const KNOWN: &[u8] = &[1];
/// And it can be no other device: who is there needs no further proof.
const TOLD_APART: &[u8] = &[2];

/// Not known, and fine for sealed parcels.
const CARRIES: &[u8] = &[3];

/// Not known, and wants to be let in with a recovery code: what follows is the request.
pub(crate) const RECOVERS: u8 = 4;

/// What a caller with a code says first.
#[derive(Serialize, Deserialize)]
enum Asks {
    /// To be let into a circle.
    In(Request),
    /// To be a further device of the person.
    AsDevice(DeviceRequest),
}

/// What came of a sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synced {
    /// What passed.
    pub progress: Progress,
    /// The Ed25519 key of the other device.
    pub with: [u8; 32],
}

/// What came of asking to be let in.
#[derive(Debug)]
pub enum Joined {
    /// In, with what was shared.
    In(Circle, Synced),
    /// The request waits for somebody to decide; they see the same six words.
    Waits(SixWords),
}

/// What came of answering a call.
#[derive(Debug)]
pub enum Served {
    /// Two devices synced.
    Synced(Synced),
    /// Somebody was let in, and synced.
    LetIn(Request, Synced),
    /// Somebody asked to be let in; it waits for somebody to decide.
    Asked(Request),
    /// A further device of the person was taken in, by a code that this one showed or by a recovery code, and synced.
    Device(Synced),
    /// Somebody came with a code and was not let in.
    TurnedAway,
}

/// Calls a device and syncs with it.
///
/// # Errors
/// [`Error::Unreachable`]; [`Error::NotKnown`] where neither device knows the other; those of the session and of `watch`.
pub fn call(side: &mut Side, address: &str, watch: &mut Watch) -> Result<Synced> {
    let key = side.vault.link_key();
    let reached = side.vault.reached_at(address)?;
    let expecting = reached.as_ref().map_or(Call::Anybody, Call::Key);
    let mut opened = dial(address, &key, expecting)?;
    let Greeting::Knows(device) = greet(side, &mut opened)? else {
        return Err(Error::NotKnown);
    };
    if reached != Some(opened.theirs) {
        let acting = side.acting;
        side.vault.note_reached(address, &opened.theirs, acting)?;
    }
    sync_with(side, opened, device, watch)
}

/// Asks the device at an address to be let in with its invitation, under this name. `words` is told the six words
/// before anything else happens.
///
/// # Errors
/// [`Error::Unreachable`], [`Error::InvitationUnknown`], [`Error::InvitationOver`], [`Error::NotLetIn`]; those of the
/// session and of `watch`.
pub fn join(
    side: &mut Side,
    address: &str,
    invitation: &Invitation,
    (name, title): (&str, Option<&str>),
    words: &mut dyn FnMut(SixWords),
    watch: &mut Watch,
) -> Result<Joined> {
    let key = side.vault.link_key();
    let secret = invitation.link_secret();
    let expecting = Call::Inviter(invitation.link_tag(), &secret);
    let mut opened = dial(address, &key, expecting)?;
    let request = invitation.ask(side.vault.keys().public(), name, title)?;
    let asks = Asks::In(request.clone());
    opened.channel.send(postcard::to_stdvec(&asks)?)?;
    match receive_answer(&mut opened.channel)? {
        Answer::Welcome(welcome) => {
            words(opened.words());
            let circle = side.vault.enter(invitation, &welcome, side.acting)?;
            let acting = side.acting;
            side.vault.note_reached(address, &opened.theirs, acting)?;
            Ok(Joined::In(circle, sync(side, opened, watch)?))
        }
        Answer::Waits => {
            opened.channel.finish_quietly();
            Ok(Joined::Waits(request.words()))
        }
        Answer::NotLetIn => Err(Error::NotLetIn),
        Answer::Over if side.vault.is_let_in(&invitation.circle)? => Err(IN_ALREADY),
        Answer::Over => Err(Error::InvitationOver),
    }
}

/// Asks the device at an address, which showed the code, to be a further device of its person.
///
/// # Errors
/// As [`join`].
pub fn join_as_device(
    side: &mut Side,
    address: &str,
    code: &DeviceCode,
    words: &mut dyn FnMut(SixWords),
    watch: &mut Watch,
) -> Result<(Circle, Synced)> {
    let (key, secret) = (side.vault.link_key(), code.link_secret());
    let expecting = Call::Inviter(code.link_tag(), &secret);
    let mut opened = dial(address, &key, expecting)?;
    let request = code.ask(side.vault.keys().public())?;
    let asks = Asks::AsDevice(request);
    opened.channel.send(postcard::to_stdvec(&asks)?)?;
    let welcome: Option<DeviceWelcome> = receive_answer(&mut opened.channel)?;
    let welcome = welcome.ok_or(Error::InvitationOver)?;
    words(opened.words());
    let acting = side.acting;
    let own = side.vault.enter_as_device(code, &welcome, acting)?;
    side.vault.note_reached(address, &opened.theirs, acting)?;
    Ok((own, sync(side, opened, watch)?))
}

/// Answers a call. A further device of the person is taken in with the code that this one showed. Who comes with the invitation that is `shown` right now is let in at once, who comes with another
/// waits for somebody to decide.
///
/// # Errors
/// As [`call`].
pub fn serve(
    side: &mut Side,
    mut opened: Opened,
    shown: Option<&Invitation>,
    words: &mut dyn FnMut(SixWords),
    watch: &mut Watch,
) -> Result<Served> {
    let Met::Invitation(tag) = opened.met else {
        return match greet(side, &mut opened)? {
            Greeting::Knows(device) => sync_with(side, opened, device, watch).map(Served::Synced),
            Greeting::Recovers(request) => recover::serve(side, opened, &request, watch),
        };
    };
    let asked = opened.channel.receive()?;
    let request = match postcard::from_bytes(&asked).map_err(|_| Error::Unreachable)? {
        Asks::In(request) => request,
        Asks::AsDevice(request) => return serve_device(side, opened, tag, &request, words, watch),
    };
    // The key that made the link is the one that is let in.
    if link_tag(&request.invitation) != tag || request.device.seal != opened.theirs {
        return Err(Error::NotAllowed);
    }
    let at_once = shown.is_some_and(|shown| shown.hash() == request.invitation);
    let answer = decide(side, &request, at_once);
    let answer = match answer {
        Err(Error::InvitationOver | Error::NotAllowed | Error::UnknownId) => Answer::Over,
        answer => answer?,
    };
    if matches!(answer, Answer::Welcome(_)) {
        words(opened.words());
    }
    send_answer(&mut opened.channel, &answer)?;
    match answer {
        Answer::Welcome(_) => Ok(Served::LetIn(request, sync(side, opened, watch)?)),
        answer => {
            opened.channel.finish_quietly();
            Ok(match answer {
                Answer::Waits => Served::Asked(request),
                _ => Served::TurnedAway,
            })
        }
    }
}

fn serve_device(
    side: &mut Side,
    mut opened: Opened,
    tag: [u8; 8],
    request: &DeviceRequest,
    words: &mut dyn FnMut(SixWords),
    watch: &mut Watch,
) -> Result<Served> {
    if link_tag(&request.code) != tag || request.device.seal != opened.theirs {
        return Err(Error::NotAllowed);
    }
    let admitted = side.vault.admit_device(request, side.acting, side.entropy);
    let welcome = match admitted {
        Err(Error::NotAllowed | Error::UnknownId) => None,
        admitted => Some(admitted?),
    };
    if welcome.is_some() {
        words(opened.words());
    }
    send_answer(&mut opened.channel, &welcome)?;
    if welcome.is_none() {
        opened.channel.finish_quietly();
        return Ok(Served::TurnedAway);
    }
    Ok(Served::Device(sync(side, opened, watch)?))
}

/// Sends an answer, however long: access logs grow. How many messages, then the messages.
pub(crate) fn send_answer(channel: &mut Channel, answer: &impl Serialize) -> Result<()> {
    let bytes = postcard::to_stdvec(answer)?;
    let pieces = bytes.chunks(MESSAGE_CAP);
    let count = u8::try_from(pieces.len()).map_err(|_| Error::TooLong {
        length: bytes.len() as u64,
    })?;
    channel.send(vec![count])?;
    for piece in pieces {
        channel.send(piece.to_vec())?;
    }
    Ok(())
}

pub(crate) fn receive_answer<T: DeserializeOwned>(channel: &mut Channel) -> Result<T> {
    let [count] = channel.receive()?[..] else {
        return Err(Error::Unreachable);
    };
    let mut bytes = Vec::new();
    for _ in 0..count {
        bytes.extend(channel.receive()?);
    }
    postcard::from_bytes(&bytes).map_err(|_| Error::Unreachable)
}

fn decide(side: &mut Side, request: &Request, at_once: bool) -> Result<Answer> {
    if !at_once {
        return side.vault.hear_request(request, side.acting, side.entropy);
    }
    let circles = side.vault.circles()?.into_iter();
    let mut circles = circles.filter(|circle| circle.id == request.circle);
    let circle = circles.next().ok_or(Error::InvitationUnknown)?;
    let welcome: Welcome = side
        .vault
        .admit(&circle, request, side.acting, side.entropy)?;
    Ok(Answer::Welcome(welcome))
}

/// What came of saying who knows whom.
enum Greeting {
    /// At least one knows the other; where both do and the key can be of one device alone, that one.
    Knows(Option<[u8; 32]>),
    /// The other side has a recovery code, it says.
    Recovers(RecoveryRequest),
}

/// Says whether the other side's key is known here, and hears the same. One that knows is enough; where both do, and the
/// key can only be of one device, that one is the answer. Where neither does, both must want that sealed parcels are
/// carried.
fn greet(side: &Side, opened: &mut Opened) -> Result<Greeting> {
    let device = side.vault.device_by_link(&opened.theirs)?;
    let known = device.is_some() || side.vault.device_by_link_key(&opened.theirs)?.is_some();
    let said = match (device, known) {
        (Some(_), _) => TOLD_APART,
        (None, true) => KNOWN,
        (None, false) if side.vault.wants_carrying() => CARRIES,
        (None, false) => NOT_KNOWN,
    };
    opened.channel.send(said.to_vec())?;
    let heard = opened.channel.receive()?;
    if let [RECOVERS, request @ ..] = heard.as_slice() {
        let request = postcard::from_bytes(request).map_err(|_| Error::Unreachable)?;
        return Ok(Greeting::Recovers(request));
    }
    if heard == TOLD_APART {
        return Ok(Greeting::Knows(device));
    }
    if known || heard == KNOWN || (said == CARRIES && heard == CARRIES) {
        return Ok(Greeting::Knows(None));
    }
    opened.channel.finish_quietly();
    Err(Error::NotKnown)
}

pub(crate) fn sync(side: &mut Side, opened: Opened, watch: &mut Watch) -> Result<Synced> {
    sync_with(side, opened, None, watch)
}

/// Syncs; with a device that both sides' greetings told apart, without its proof.
fn sync_with(
    side: &mut Side,
    mut opened: Opened,
    device: Option<[u8; 32]>,
    watch: &mut Watch,
) -> Result<Synced> {
    let (acting, entropy) = (side.acting, side.entropy);
    let mut session = match device {
        Some(device) => Session::begin_known(side.vault, device, acting, entropy)?,
        None => Session::begin(side.vault, acting, entropy)?,
    };
    let channel: &mut Channel = &mut opened.channel;
    let theirs = opened.theirs;
    let mut binding = Binding::default();
    let progress = link::run(&mut session, side.vault, channel, &mut |session, vault| {
        binding.check(session, vault, &theirs)?;
        watch(&session.progress())
    })?;
    let with = session.peer().ok_or(Error::Unreachable)?;
    Ok(Synced { progress, with })
}

/// That the device of the session is the one the link ends at: who passes on another's messages is found out.
#[derive(Default)]
struct Binding {
    met: bool,
    giving: bool,
}

impl Binding {
    /// Looks when the other device has shown its key, and again, since it may have become known meanwhile, when the
    /// first segment was given.
    fn check(&mut self, session: &Session, vault: &Vault, theirs: &[u8; 32]) -> Result<()> {
        let Some(device) = session.peer() else {
            return Ok(());
        };
        let giving = session.progress().given.0 > 0;
        if self.met && self.giving == giving {
            return Ok(());
        }
        (self.met, self.giving) = (true, giving);
        match vault.device_by_sign_key(&device)? {
            Some(known) if known.seal != *theirs => Err(Error::NotAllowed),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listener::Listener;
    use std::thread;
    use std::time::Duration;
    use zeroize::Zeroizing;

    #[test]
    fn an_answer_longer_than_a_message_arrives_whole() {
        let listener = Listener::bind("127.0.0.1:0", Zeroizing::new([7; 32])).unwrap();
        let address = listener.address().to_string();
        let long: Vec<u32> = (1_000_000..1_700_000).collect();
        let said = long.clone();
        let received: Vec<u32> = thread::scope(|threads| {
            threads.spawn(move || {
                let mut opened = listener.next(Duration::from_secs(30)).unwrap();
                send_answer(&mut opened.channel, &said).unwrap();
                opened.channel.finish_quietly();
            });
            let mut opened = dial(&address, &[8; 32], Call::Anybody).unwrap();
            receive_answer(&mut opened.channel).unwrap()
        });
        assert_eq!(received, long);
        assert!(postcard::to_stdvec(&long).unwrap().len() > 2 * MESSAGE_CAP);
    }
}
