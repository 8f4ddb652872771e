//! The person's devices, as `cli.md` shows them.

use crate::store::devices::OwnDevice;
use crate::view;
use serde_json::{Value, json};

/// One device; `name` is its person's.
pub fn one(device: &OwnDevice, name: Option<&str>) -> Value {
    json!({
        "id": device.id, "name": name, "this": device.this,
        "state": if device.lost { "lost" } else { "present" }, "at": view::moment(device.added),
    })
}
