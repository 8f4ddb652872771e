//! The two handshakes. Face to face, with a code: `Noise_XXpsk3`, the secret made of the invitation's. Between devices:
//! `Noise_IK` where the caller knows whose key is at the address, else `Noise_XX`.

use crate::channel::Channel;
use crate::framing::{gone, read_by, read_frame, write_frame};
use cairn_core::circle::spoken::{SixWords, six_words};
use cairn_core::error::{Error, Result};
use snow::{Builder, HandshakeState};
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// What a call begins with: name, version, kind, and the tag of the invitation or zeros.
const MAGIC: &[u8; 6] = b"cairn\x01";
const TAG: usize = 8;
const PROLOGUE: usize = MAGIC.len() + 1 + TAG;

/// The most bytes of one message of a handshake.
const MESSAGE_CAP: usize = 512;

/// How long a whole handshake may take.
pub(crate) const HANDSHAKE_TIME: Duration = Duration::from_secs(10);

const WITH_CODE: u8 = 1;
const KNOWN: u8 = 2;
const ANYBODY: u8 = 3;

const GO_ON: u8 = 0;
const CODE_UNKNOWN: u8 = 1;
const NOT_MINE: u8 = 2;
const NOT_UNDERSTOOD: u8 = 3;

/// Finds the secret of a code of this device by its tag.
pub(crate) type SecretOf<'a> = dyn Fn(&[u8; TAG]) -> Option<Zeroizing<[u8; 32]>> + 'a;

/// Under what two devices met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// An invitation with this tag, whose secret both know.
    Invitation([u8; 8]),
    /// Their own keys alone.
    Keys,
}

/// A link that stands.
pub struct Opened {
    /// It.
    pub channel: Channel,
    /// The X25519 key that the other side has shown to be its own.
    pub theirs: [u8; 32],
    /// What was agreed on, alike on both sides and on no other link.
    pub hash: [u8; 32],
    /// Under what.
    pub met: Met,
}

impl Opened {
    /// Six words that both screens can show: alike only if nobody stands between.
    pub fn words(&self) -> SixWords {
        six_words(&self.hash)
    }
}

/// Whom a caller expects.
#[derive(Clone, Copy)]
pub enum Expecting<'a> {
    /// The device that made an invitation: its tag and its secret.
    Inviter([u8; 8], &'a [u8; 32]),
    /// The device with this X25519 key.
    Key(&'a [u8; 32]),
    /// Whichever device listens there.
    Anybody,
}

/// The caller's side.
///
/// # Errors
/// [`Error::InvitationUnknown`] where the other device did not make the invitation, [`Error::NotKnown`] where it has
/// another key, [`Error::Unreachable`] for all else.
pub(crate) fn call(mut stream: TcpStream, key: &[u8; 32], expecting: Expecting) -> Result<Opened> {
    let by = Instant::now() + HANDSHAKE_TIME;
    let (kind, tag) = match expecting {
        Expecting::Inviter(tag, _) => (WITH_CODE, tag),
        Expecting::Key(_) => (KNOWN, [0; TAG]),
        Expecting::Anybody => (ANYBODY, [0; TAG]),
    };
    let prologue = [MAGIC.as_slice(), &[kind], &tag].concat();
    let builder = builder(kind, key, &prologue).map_err(gone)?;
    let mut noise = match expecting {
        Expecting::Inviter(_, secret) => builder.psk(3, secret),
        Expecting::Key(theirs) => builder.remote_public_key(theirs),
        Expecting::Anybody => Ok(builder),
    }
    .and_then(Builder::build_initiator)
    .map_err(gone)?;
    stream.write_all(&prologue).map_err(gone)?;
    write_frame(&mut stream, &said(&mut noise)?)?;
    let mut answer = [NOT_UNDERSTOOD];
    read_by(&mut stream, &mut answer, by)?;
    match answer[0] {
        GO_ON => {}
        CODE_UNKNOWN => return Err(Error::InvitationUnknown),
        NOT_MINE => return Err(Error::NotKnown),
        _ => return Err(Error::Unreachable),
    }
    while !noise.is_handshake_finished() {
        if noise.is_my_turn() {
            let message = said(&mut noise)?;
            write_frame(&mut stream, &message)?;
        } else {
            heard(&mut noise, &read_frame(&mut stream, MESSAGE_CAP, by)?)?;
        }
    }
    let met = match kind {
        WITH_CODE => Met::Invitation(tag),
        _ => Met::Keys,
    };
    opened(noise, stream, met)
}

/// The listener's side. `secret_of` finds the secret of an invitation of this device by its tag.
///
/// # Errors
/// As [`call`].
pub(crate) fn answer(
    mut stream: TcpStream,
    key: &[u8; 32],
    secret_of: &SecretOf,
) -> Result<Opened> {
    let by = Instant::now() + HANDSHAKE_TIME;
    let mut prologue = [0; PROLOGUE];
    read_by(&mut stream, &mut prologue, by)?;
    let first = read_frame(&mut stream, MESSAGE_CAP, by)?;
    let mut tag = [0; TAG];
    tag.copy_from_slice(&prologue[PROLOGUE - TAG..]);
    let (kind, known) = (prologue[MAGIC.len()], prologue.starts_with(MAGIC));
    if !known || !(WITH_CODE..=ANYBODY).contains(&kind) {
        return refuse(&mut stream, NOT_UNDERSTOOD, Error::Unreachable);
    }
    let mut secret = Zeroizing::new([0; 32]);
    if kind == WITH_CODE {
        match secret_of(&tag) {
            Some(found) => secret = found,
            None => return refuse(&mut stream, CODE_UNKNOWN, Error::InvitationUnknown),
        }
    }
    let mut builder = builder(kind, key, &prologue).map_err(gone)?;
    if kind == WITH_CODE {
        builder = builder.psk(3, &secret).map_err(gone)?;
    }
    let mut noise = builder.build_responder().map_err(gone)?;
    if heard(&mut noise, &first).is_err() {
        return refuse(&mut stream, NOT_MINE, Error::NotKnown);
    }
    stream.write_all(&[GO_ON]).map_err(gone)?;
    while !noise.is_handshake_finished() {
        if noise.is_my_turn() {
            let message = said(&mut noise)?;
            write_frame(&mut stream, &message)?;
        } else {
            heard(&mut noise, &read_frame(&mut stream, MESSAGE_CAP, by)?)?;
        }
    }
    let met = match kind {
        WITH_CODE => Met::Invitation(tag),
        _ => Met::Keys,
    };
    opened(noise, stream, met)
}

/// Says why not, in the clear: whoever stands between could say it too, and all it does is pick a sentence.
fn refuse(stream: &mut TcpStream, why: u8, error: Error) -> Result<Opened> {
    stream.write_all(&[why]).map_err(gone)?;
    Err(error)
}

fn builder<'a>(
    kind: u8,
    key: &'a [u8; 32],
    prologue: &'a [u8],
) -> std::result::Result<Builder<'a>, snow::Error> {
    let pattern = match kind {
        WITH_CODE => "Noise_XXpsk3_25519_ChaChaPoly_SHA256",
        KNOWN => "Noise_IK_25519_ChaChaPoly_SHA256",
        _ => "Noise_XX_25519_ChaChaPoly_SHA256",
    };
    Builder::new(pattern.parse()?)
        .local_private_key(key)?
        .prologue(prologue)
}

fn said(noise: &mut HandshakeState) -> Result<Vec<u8>> {
    let mut message = vec![0; MESSAGE_CAP];
    let length = noise.write_message(&[], &mut message).map_err(gone)?;
    message.truncate(length);
    Ok(message)
}

fn heard(noise: &mut HandshakeState, message: &[u8]) -> Result<()> {
    let mut payload = [0; MESSAGE_CAP];
    noise.read_message(message, &mut payload).map_err(gone)?;
    Ok(())
}

fn opened(noise: HandshakeState, stream: TcpStream, met: Met) -> Result<Opened> {
    let theirs = noise
        .get_remote_static()
        .and_then(|key| key.try_into().ok());
    let theirs = theirs.ok_or(Error::Unreachable)?;
    let hash = noise.get_handshake_hash().try_into().map_err(gone)?;
    let state = noise.into_stateless_transport_mode().map_err(gone)?;
    Ok(Opened {
        channel: Channel::over(stream, state)?,
        theirs,
        hash,
        met,
    })
}
