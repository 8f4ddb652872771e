//! The person's own devices: a further one, a lost one.

use super::link;
use crate::shell::Shell;
use cairn_core::circle::device_code::DeviceCode;
use cairn_core::error::{Error, Result};
use cairn_core::view::{self, device};
use cairn_journey::Args;
use cairn_links::Listener;
use serde_json::{Value, json};

/// Carries out a command about the devices of this profile.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    let acting = shell.acting();
    match name {
        "device.add" => {
            let entropy = shell.entropy.as_ref();
            let listening = args.opt("listen")?;
            let key = || shell.vault.link_key();
            let listener = listening.map(|at| Listener::bind(&at, key())).transpose()?;
            let made = shell.vault.show_device_code(acting, entropy)?;
            let answer = json!({"code": made.code()?, "expires": view::moment(made.expires)});
            link::while_listening(shell, name, answer, listener, None)
        }
        "device.list" => {
            let (name, _) = shell.introduce()?;
            let devices = shell.vault.devices()?;
            let shown = devices.iter().map(|one| device::one(one, Some(&name)));
            Ok(shown.collect())
        }
        "device.lost" => {
            let lost = args.id("device")?;
            let entropy = shell.entropy.as_ref();
            let lost = shell.vault.lose_device(&lost, acting, entropy)?;
            let (name, _) = shell.introduce()?;
            Ok(device::one(&lost, Some(&name)))
        }
        "device.join" => {
            let code = DeviceCode::read(&args.text("code")?)?;
            match args.opt("peer")? {
                Some(address) => link::join_as_device(shell, &code, &address),
                // Without an address both must be at one table: a journey's player sees to that.
                None => Err(Error::Unreachable),
            }
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}
