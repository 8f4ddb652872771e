//! Erasing one record, here and with everybody who shares it.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::record::Group;
use cairn_core::record::sharing::Sent;
use cairn_core::store::{Circle, Scope};
use cairn_core::view::lists;
use cairn_journey::Args;
use serde_json::{Value, json};

/// Erases the record that is meant everywhere. With a profile's own one go the others kept here, from this device alone.
pub fn run(shell: &mut Shell, args: &Args) -> Result<Value> {
    if !args.flag("yes") {
        return Err(Error::Usage { what: "--yes" });
    }
    let (circle, acting) = (shell.circle()?, shell.acting());
    let roster = shell.vault.roster(&circle)?;
    let present = roster.standing.members.values().filter(|m| m.present);
    let others = present.count().saturating_sub(1);
    let mut records = records(shell, true)?;
    let never_sent = only_here(shell, &records)?;
    let also = records.split_off(1);
    shell.vault.erase_record(&circle, acting)?;
    for record in &also {
        shell.vault.forget_record(record)?;
    }
    Ok(json!({"erased": true, "id": circle.id, "others": others, "never_sent": never_sent}))
}

/// Whether this profile's own record is shared, and its person is who may erase it.
pub fn is_shared_own(shell: &Shell) -> Result<bool> {
    let own = match shell.own() {
        Err(Error::UnknownId) => return Ok(false),
        own => own?,
    };
    let (standing, me) = (
        shell.vault.roster(&own)?.standing,
        shell.vault.keys().public(),
    );
    let others = standing.members.values().filter(|m| m.present).count() > 1;
    Ok(others && standing.may_erase(&me.sign))
}

/// The records that erasing takes from this device: the one that is meant, with a profile's own one all others too; and
/// where it is not a single `one`, everything.
pub fn records(shell: &Shell, one: bool) -> Result<Vec<Circle>> {
    let all = shell.vault.circles()?;
    if !one {
        return Ok(all);
    }
    let (circle, own) = (shell.circle()?, shell.own()?);
    let also = all
        .into_iter()
        .filter(|kept| circle == own && *kept != circle);
    Ok([circle.clone()].into_iter().chain(also).collect())
}

/// What of these records is on this device alone.
pub fn only_here(shell: &Shell, records: &[Circle]) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    for circle in records {
        let record = shell.vault.record(circle, &Scope::Everything)?;
        let only_here = record.all().filter(|thing| {
            thing.part.group() != Some(Group::Members) && record.sharing.sent(thing) != Sent::Yes
        });
        found.extend(only_here.map(
            |thing| json!({"id": thing.id, "noun": thing.noun.as_str(), "words": lists::line(thing)}),
        ));
    }
    Ok(found)
}
