//! Being let in with a recovery code at the device of somebody who shares the record, and then syncing.
//!
//! Who asks is known to nobody, so the call is one to anybody; in the place of its greeting the new device shows that it
//! has the code. Source: `SPEC.md`, Links over TCP and Recovery code.

use crate::dial::{Call, dial};
use crate::handshake::Opened;
use crate::meet::{RECOVERS, Served, Synced, Watch, receive_answer, send_answer, sync};
use cairn_core::circle::recovery_code::{RecoveryAnswer, RecoveryCode, RecoveryRequest};
use cairn_core::error::{Error, Result};
use cairn_core::sync::memory::Side;

/// What came of using a recovery code.
#[derive(Debug)]
pub struct Recovered {
    /// The code that holds from now on. It is to be shown whatever became of the sync: the used one has ended.
    pub next: RecoveryCode,
    /// What passed in the sync that followed. Where it broke off, any later sync brings the rest.
    pub synced: Result<Synced>,
}

/// Asks the device at an address to be let in with a recovery code.
///
/// # Errors
/// [`Error::NotAllowed`] where that device shares no record in which the code holds, [`Error::Unreachable`]; those of
/// storage. Nothing has changed then, and the code still holds.
pub fn recover(
    side: &mut Side,
    address: &str,
    code: &RecoveryCode,
    watch: &mut Watch,
) -> Result<Recovered> {
    let key = side.vault.link_key();
    let reached = side.vault.reached_at(address)?;
    let expecting = reached.as_ref().map_or(Call::Anybody, Call::Key);
    let mut opened = dial(address, &key, expecting)?;
    let request = RecoveryRequest::new(&code.keys()?, side.vault.keys().public())?;
    let asks = [&[RECOVERS], postcard::to_stdvec(&request)?.as_slice()].concat();
    opened.channel.send(asks)?;
    // Its greeting comes first. It does not know this device, or not yet as one of the person.
    opened.channel.receive()?;
    let answer: Option<RecoveryAnswer> = receive_answer(&mut opened.channel)?;
    let answer = answer.ok_or(Error::NotAllowed)?;
    let (acting, entropy) = (side.acting, side.entropy);
    let next = side.vault.recover_with(code, &answer, acting, entropy)?;
    side.vault.note_reached(address, &opened.theirs, acting)?;
    let synced = sync(side, opened, watch);
    Ok(Recovered { next, synced })
}

/// Answers a device that came with a recovery code. The key that made the link is the one that is let in.
pub(crate) fn serve(
    side: &mut Side,
    mut opened: Opened,
    request: &RecoveryRequest,
    watch: &mut Watch,
) -> Result<Served> {
    let rightful = request.device.seal == opened.theirs;
    let answer = match side.vault.answer_recovery(request) {
        Ok(answer) if rightful => Some(answer),
        Ok(_) | Err(Error::NotAllowed) => None,
        Err(error) => return Err(error),
    };
    send_answer(&mut opened.channel, &answer)?;
    if answer.is_none() {
        opened.channel.finish_quietly();
        return Ok(Served::TurnedAway);
    }
    sync(side, opened, watch).map(Served::Device)
}
