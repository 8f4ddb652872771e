//! Devices of a journey meeting through real sockets on loopback, the one in a thread of its own.

use crate::run::link::with;
use crate::shell::Shell;
use cairn_core::circle::device_code::DeviceCode;
use cairn_core::circle::invitation::Invitation;
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::error::{Error, Result};
use cairn_core::store::Circle;
use cairn_core::sync::session::Progress;
use cairn_links::meet::{self, Joined, Served};
use cairn_links::{Listener, Opened, recover};
use std::thread;
use std::time::Duration;

const LOOPBACK: &str = "127.0.0.1:0";

/// Longer than a call may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Lets `one` call `other`; what passed, as `one` sees it.
pub fn sync(one: &mut Shell, other: &mut Shell) -> Result<Progress> {
    let call = |shell: &mut Shell, address: &str| {
        with(shell, |side| meet::call(side, address, &mut go_on))
    };
    over(one, other, None, call).map(|met| met.progress)
}

/// Lets `joiner` join at the device of `inviter`, who shows the code.
pub fn join(inviter: &mut Shell, joiner: &mut Shell, shown: &Invitation) -> Result<Circle> {
    let (name, title) = joiner.introduce()?;
    let join = |shell: &mut Shell, address: &str| {
        let name = (name.as_str(), title.as_deref());
        let words = &mut |_| {};
        with(shell, |side| {
            meet::join(side, address, shown, name, words, &mut go_on)
        })
    };
    match over(joiner, inviter, Some(shown), join)? {
        Joined::In(circle, _) => Ok(circle),
        Joined::Waits(_) => Err(Error::NotAllowed),
    }
}

/// Makes `joiner` a further device of the person whose device `other` showed the code.
pub fn join_as_device(other: &mut Shell, joiner: &mut Shell, code: &DeviceCode) -> Result<Circle> {
    let join = |shell: &mut Shell, address: &str| {
        let words = &mut |_| {};
        with(shell, |side| {
            meet::join_as_device(side, address, code, words, &mut go_on)
        })
    };
    over(joiner, other, None, join).map(|(own, _)| own)
}

/// Lets `joiner` in with a recovery code at the device of somebody who shares the record; the code that holds then.
pub fn recover(other: &mut Shell, joiner: &mut Shell, code: &RecoveryCode) -> Result<RecoveryCode> {
    let recover = |shell: &mut Shell, address: &str| {
        with(shell, |side| {
            recover::recover(side, address, code, &mut go_on)
        })
    };
    let recovered = over(joiner, other, None, recover)?;
    recovered.synced.map(|_| recovered.next)
}

fn over<T: Send>(
    caller: &mut Shell,
    listening: &mut Shell,
    shown: Option<&Invitation>,
    call: impl FnOnce(&mut Shell, &str) -> Result<T> + Send,
) -> Result<T> {
    let listener = Listener::bind(LOOPBACK, listening.vault.link_key())?;
    listener.know(listening.vault.link_secrets()?);
    let address = listener.address().to_string();
    thread::scope(|threads| {
        let calls = threads.spawn(|| call(caller, &address));
        let served = match listener.next(PATIENCE) {
            Some(opened) => serve(listening, opened, shown).map(|_| ()),
            None => Ok(()),
        };
        let called = calls.join().unwrap_or(Err(Error::Unreachable));
        match (called, served) {
            // What went wrong at the other end is why this one was left alone.
            (Err(Error::Unreachable), Err(error)) => Err(error),
            (called, _) => called,
        }
    })
}

fn serve(shell: &mut Shell, opened: Opened, shown: Option<&Invitation>) -> Result<Served> {
    let words = &mut |_| {};
    with(shell, |side| {
        meet::serve(side, opened, shown, words, &mut go_on)
    })
}

fn go_on(_: &Progress) -> Result<()> {
    Ok(())
}
