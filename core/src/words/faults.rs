//! What a person reads when something was not done: what happened, what is safe, what to do.

use super::{Arg, Words};
use crate::error::Error;

impl Words {
    /// The sentences for an error. The key is `error-` and [`Error::code`], with hyphens, where no sentence of its own
    /// says more.
    pub fn error(&self, error: &Error) -> String {
        let key = match error {
            Error::Shelf { .. } => "shelf-fault".into(),
            Error::ShelfFull => "shelf-full".into(),
            _ => format!("error-{}", error.code().replace('_', "-")),
        };
        match error {
            Error::Rule { said, .. } => self.say(said, &[]),
            Error::InvitationOver => self.say("link-invitation-over", &[]),
            Error::InvitationUnknown => self.say("link-invitation-unknown", &[]),
            Error::NotKnown => self.say("link-not-known", &[]),
            Error::NotLetIn => self.say("link-not-let-in", &[]),
            Error::SharingEnded => self.say("sharing-ended", &[]),
            Error::MessageTooLong { length } | Error::TooLong { length } => {
                self.say(&key, &[("length", Arg::from(*length))])
            }
            Error::OutOfRange { given, low, high } => self.say(
                &key,
                &[
                    ("given", Arg::from(*given)),
                    ("low", Arg::from(*low)),
                    ("high", Arg::from(*high)),
                ],
            ),
            // In bytes for the program, in whole MB for people, as much as there is or more.
            Error::FileTooLarge { size } => self.say(
                "attachment-too-large",
                &[("size", Arg::from(size.div_ceil(1024 * 1024)))],
            ),
            Error::FileKind => self.say("attachment-not-kept", &[]),
            Error::FileNotHere => self.say("attachment-not-here", &[]),
            Error::Usage {
                what: "recovery code",
            } => self.say("backup-no-code", &[]),
            Error::Usage {
                what: "backup file",
            } => self.say("backup-no-file", &[]),
            Error::Usage { what: "no backup" } => self.say("backup-not-one", &[]),
            Error::Usage {
                what: "listen in use",
            } => self.say("link-port-in-use", &[]),
            Error::Usage { what: "name" } => self.say("name-one-line", &[]),
            Error::Usage { what } => self.say(&key, &[("what", Arg::from(*what))]),
            Error::Storage { reason } | Error::Shelf { reason } => {
                self.say(&key, &[("reason", Arg::from(reason))])
            }
            _ => self.say(&key, &[]),
        }
    }
}
