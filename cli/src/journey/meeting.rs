//! Devices of a journey meeting: syncs between two, and joining face to face.

use super::device::Device;
use super::{Over, Player, folder, tcp};
use crate::run;
use crate::run::link::carriage;
use cairn_core::circle::device_code::DeviceCode;
use cairn_core::circle::invitation::{Invitation, inviter_tag};
use cairn_core::circle::recovery_code::{RecoveryCode, RecoveryRequest};
use cairn_core::error::{Error, Result};
use cairn_core::store::Circle;
use cairn_core::sync::memory::{Side, meet};
use cairn_core::sync::session::Progress;
use cairn_journey::Args;
use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

impl Player {
    /// Lets two devices sync both ways. They need no network for it; over a relay both must be online.
    pub(super) fn sync(
        &mut self,
        step: &Map<String, Value>,
        at: DateTime<FixedOffset>,
    ) -> Result<Value> {
        let named = step.get("between").and_then(Value::as_array);
        let Some([one, other]) = named.map(Vec::as_slice) else {
            return Err(Error::Usage { what: "between" });
        };
        let (one, other) = (self.place(one)?, self.place(other)?);
        if step.contains_key("over") {
            if !(self.devices[one].online && self.devices[other].online) {
                return Err(Error::Unreachable);
            }
            return Err(Error::Usage { what: "over" });
        }
        let carries = step.get("carry").and_then(Value::as_bool) == Some(true);
        for place in [one, other] {
            self.devices[place].turn(at)?.vault.carry(carries);
        }
        self.meet(one, other, at)
    }

    /// Joins with the code of another device of this journey, which is at the same table.
    pub(super) fn join(
        &mut self,
        joiner: usize,
        args: &Args,
        at: DateTime<FixedOffset>,
    ) -> Result<Value> {
        let invitation = Invitation::read(&args.text("code")?)?;
        let inviter = self.shown_by(&invitation.inviter, joiner, at)?;
        if self.over != Over::Memory {
            let circle = self.join_over(inviter, joiner, &invitation, at)?;
            return Ok(joined(&circle, &invitation));
        }
        let asking = self.devices[joiner].turn(at)?;
        let (name, title) = asking.introduce()?;
        let device = asking.vault.keys().public();
        let request = invitation.ask(device, &name, title.as_deref())?;

        let shell = self.devices[inviter].turn(at)?;
        let circle = shell.find_person(invitation.circle.as_str())?;
        let acting = shell.acting();
        let entropy = shell.entropy.as_ref();
        let welcome = shell.vault.admit(&circle, &request, acting, entropy)?;

        let shell = self.devices[joiner].turn(at)?;
        let acting = shell.acting();
        let entered = shell.vault.enter(&invitation, &welcome, acting)?;
        self.meet(inviter, joiner, at)?;
        Ok(joined(&entered, &invitation))
    }

    fn join_over(
        &mut self,
        inviter: usize,
        joiner: usize,
        invitation: &Invitation,
        at: DateTime<FixedOffset>,
    ) -> Result<Circle> {
        let Ok([inviter, joiner]) = self.devices.get_disjoint_mut([inviter, joiner]) else {
            return Err(Error::Unreachable);
        };
        match self.over {
            Over::Folder => folder::join(inviter, joiner, invitation, at),
            _ => tcp::join(inviter.turn(at)?, joiner.turn(at)?, invitation),
        }
    }

    /// Makes a device a further one of the person whose device showed the code; both are at one table.
    pub(super) fn join_device(
        &mut self,
        joiner: usize,
        args: &Args,
        at: DateTime<FixedOffset>,
    ) -> Result<Value> {
        let code = DeviceCode::read(&args.text("code")?)?;
        let other = self.shown_by(&code.shown_by, joiner, at)?;
        if self.over == Over::Tcp {
            let Ok([other, joiner]) = self.devices.get_disjoint_mut([other, joiner]) else {
                return Err(Error::Unreachable);
            };
            let joiner = joiner.turn(at)?;
            let own = tcp::join_as_device(other.turn(at)?, joiner, &code)?;
            let id = joiner.vault.keys().device_id();
            return Ok(json!({"id": id, "person": own.id, "member": own.member}));
        }
        let request = code.ask(self.devices[joiner].turn(at)?.vault.keys().public())?;

        let shell = self.devices[other].turn(at)?;
        let acting = shell.acting();
        let entropy = shell.entropy.as_ref();
        let welcome = shell.vault.admit_device(&request, acting, entropy)?;

        let shell = self.devices[joiner].turn(at)?;
        let acting = shell.acting();
        let own = shell.vault.enter_as_device(&code, &welcome, acting)?;
        let id = shell.vault.keys().device_id();
        self.meet(other, joiner, at)?;
        Ok(json!({"id": id, "person": own.id, "member": own.member}))
    }

    /// Lets a device in with a recovery code: where a backup was brought back by itself, else at one table with the
    /// device that is named, or the first that shares the record.
    pub(super) fn recover(
        &mut self,
        joiner: usize,
        args: &Args,
        at: DateTime<FixedOffset>,
    ) -> Result<Value> {
        let code = RecoveryCode::read(&args.text("code")?)?;
        let shell = self.devices[joiner].turn(at)?;
        let acting = shell.acting();
        let entropy = shell.entropy.as_ref();
        if let Some(next) = shell
            .vault
            .recover_kept(&code, acting, entropy, |_, _| Ok(()))?
        {
            return run::brought_back(&shell.vault, &next);
        }
        let peer = args.opt("peer")?;
        if self.over != Over::Memory {
            return self.recover_over(joiner, peer.as_deref(), &code, at);
        }
        let request = RecoveryRequest::new(&code.keys()?, shell.vault.keys().public())?;
        let mut met = None;
        for (place, device) in self.devices.iter_mut().enumerate() {
            if place == joiner || peer.as_ref().is_some_and(|peer| *peer != device.id) {
                continue;
            }
            if let Ok(answer) = device.turn(at)?.vault.answer_recovery(&request) {
                met = Some((place, answer));
                break;
            }
        }
        let (other, answer) = met.ok_or(Error::NotAllowed)?;
        let shell = self.devices[joiner].turn(at)?;
        let entropy = shell.entropy.as_ref();
        let next = shell.vault.recover_with(&code, &answer, acting, entropy)?;
        self.meet(other, joiner, at)?;
        run::brought_back(&self.devices[joiner].turn(at)?.vault, &next)
    }

    /// As [`Player::recover`], at the first device that lets it in.
    fn recover_over(
        &mut self,
        joiner: usize,
        peer: Option<&str>,
        code: &RecoveryCode,
        at: DateTime<FixedOffset>,
    ) -> Result<Value> {
        for place in 0..self.devices.len() {
            let Ok([other, joiner]) = self.devices.get_disjoint_mut([place, joiner]) else {
                continue;
            };
            if peer.is_some_and(|peer| peer != other.id) {
                continue;
            }
            let recovered = match self.over {
                Over::Folder => folder::recover(other, joiner, code, at),
                _ => tcp::recover(other.turn(at)?, joiner.turn(at)?, code),
            };
            match recovered {
                Err(Error::NotAllowed) => {}
                next => return run::brought_back(&joiner.turn(at)?.vault, &next?),
            }
        }
        Err(Error::NotAllowed)
    }

    /// The device of this journey that showed a code, by the tag of its key.
    fn shown_by(
        &mut self,
        tag: &[u8; 8],
        joiner: usize,
        at: DateTime<FixedOffset>,
    ) -> Result<usize> {
        for (place, device) in self.devices.iter_mut().enumerate() {
            let key = device.turn(at)?.vault.keys().public().sign;
            if inviter_tag(&key) == *tag && place != joiner {
                return Ok(place);
            }
        }
        Err(Error::Unreachable)
    }

    fn place(&self, id: &Value) -> Result<usize> {
        let found = self.devices.iter().position(|device| device.id == *id);
        found.ok_or(Error::Usage { what: "between" })
    }

    fn meet(&mut self, one: usize, other: usize, at: DateTime<FixedOffset>) -> Result<Value> {
        let Ok([one, other]) = self.devices.get_disjoint_mut([one, other]) else {
            return Err(Error::Usage { what: "between" });
        };
        if self.over == Over::Folder {
            return folder::sync(one, other, at);
        }
        if self.over == Over::Tcp {
            return match tcp::sync(one.turn(at)?, other.turn(at)?) {
                // Two who share nothing pass nothing, as when they meet in memory or through a folder.
                Err(Error::NotKnown) => Ok(passed(&Progress::default())),
                met => met.map(|met| passed(&met)),
            };
        }
        let (mut one, mut other) = (side(one, at)?, side(other, at)?);
        let (first, _) = meet(&mut one, &mut other)?;
        Ok(passed(&first))
    }
}

/// What passed in a meeting, as a step of a journey can look at it.
fn passed(progress: &Progress) -> Value {
    let mut answer = json!({"given": progress.given.0, "taken": progress.taken.0});
    carriage(&mut answer, progress);
    answer
}

fn joined(circle: &Circle, invitation: &Invitation) -> Value {
    json!({"id": circle.id, "role": invitation.role, "part": invitation.groups.words()})
}

fn side(device: &mut Device, at: DateTime<FixedOffset>) -> Result<Side<'_>> {
    let shell = device.turn(at)?;
    let acting = shell.acting();
    Ok(Side {
        vault: &mut shell.vault,
        acting,
        entropy: shell.entropy.as_ref(),
    })
}
