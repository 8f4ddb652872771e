//! The person's own devices: a further one, a lost one.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::view::{self, device};
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about the devices of this profile.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    let acting = shell.acting();
    match name {
        "device.add" => {
            let entropy = shell.entropy.as_ref();
            let made = shell.vault.show_device_code(acting, entropy)?;
            Ok(json!({"code": made.code()?, "expires": view::moment(made.expires)}))
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
        // The device that showed the code must be met for it: a journey's player sees to that.
        "device.join" => {
            cairn_core::circle::device_code::DeviceCode::read(&args.text("code")?)?;
            Err(Error::Unreachable)
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}
