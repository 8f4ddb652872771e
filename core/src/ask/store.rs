//! The conversation on a vault: a page is read from it, and a reply is kept in it in one transaction.

use super::build::Seen;
use super::{Outcome, Page, Reply, Step, Talk, page, turn, welcome};
use crate::entropy::Entropy;
use crate::error::Result;
use crate::record::{Acting, Record};
use crate::store::key_vault::KeyVault;
use crate::store::profile::{self, NewProfile};
use crate::store::{Circle, Scope, Vault};
use crate::words::Words;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use std::path::Path;

/// Makes a profile from the answer to [`super::name_page`], with a guess of the time zone that is asked about next. It
/// is whole, and its conversation at the second question, or it is not there at all.
///
/// # Errors
/// Those of [`profile::make`].
pub fn begin(
    home: &Path,
    key_vault: &dyn KeyVault,
    entropy: &dyn Entropy,
    acting: Acting,
    name: &str,
    zone: &str,
) -> Result<Vault> {
    let new = NewProfile {
        name: name.into(),
        role: "person".into(),
        zone: zone.into(),
        ..NewProfile::default()
    };
    profile::make_with(home, key_vault, entropy, acting, &new, &[(BEGUN, b"name")])
}

/// The setting that says by what a profile was begun: `name` where the conversation asked for it and has more to ask.
const BEGUN: &str = "begun_by";

impl Vault {
    /// The question of the conversation at this moment, and the person's local day.
    pub fn ask(
        &self,
        circle: &Circle,
        now: DateTime<FixedOffset>,
        words: Words,
    ) -> Result<(Page, NaiveDate)> {
        let talk = self.talk(circle)?;
        let record = self.record(circle, &Scope::Everything)?;
        let today = record.day_of(now.with_timezone(&Utc));
        let seen = Seen {
            record: &record,
            today,
            words,
            talk: &talk,
        };
        Ok((page::page(&seen), today))
    }

    /// Takes a reply to the page that was shown. When this returns, the answer and the place of the conversation are
    /// both kept durably. A page that was answered elsewhere meanwhile changes nothing, and that is said.
    ///
    /// # Errors
    /// What the rules refuse. What was typed is kept then, and is the answer of the question when it is asked again.
    pub fn reply(
        &mut self,
        circle: &Circle,
        acting: Acting,
        words: Words,
        shown: &Page,
        reply: &Reply,
    ) -> Result<Outcome> {
        // A setting, and not of the record; chosen twice it is the same.
        if let Reply::Given(given) = reply
            && let Some(role) = welcome::chosen_role(shown, given)
        {
            self.set_setting("role", role.as_bytes())?;
        }
        let before = self.talk(circle)?;
        let taken = self.act_on_page(
            circle,
            &Scope::Everything,
            acting,
            Talk::PAGE,
            |acts, draft| {
                let talk = draft.map_or(before, |draft| Talk::read(Some(draft)));
                let (outcome, talk) = turn::take(acts, words, talk, shown, reply)?;
                Ok((outcome, talk.to_text()))
            },
        );
        match taken {
            Ok((outcome, _)) => Ok(outcome),
            Err(error) => {
                if let Reply::Given(typed) = reply
                    && error.exit() <= 2
                {
                    self.keep_typed(circle, acting, words, shown, typed)?;
                }
                Err(error)
            }
        }
    }

    /// What the conversation remembers of a record.
    pub fn talk(&self, circle: &Circle) -> Result<Talk> {
        Ok(match self.draft(circle, Talk::PAGE)? {
            Some(text) => Talk::read(Some(&text)),
            None if self.setting(BEGUN)?.as_deref() == Some(b"name")
                && *circle == self.own()? =>
            {
                Talk::new_here()
            }
            None => Talk::default(),
        })
    }

    fn keep_typed(
        &mut self,
        circle: &Circle,
        acting: Acting,
        words: Words,
        shown: &Page,
        typed: &str,
    ) -> Result<()> {
        let record: Record = self.record(circle, &Scope::Everything)?;
        let mut talk = self.talk(circle)?;
        let seen = Seen {
            record: &record,
            today: record.day_of(acting.at.with_timezone(&Utc)),
            words,
            talk: &talk,
        };
        let mut place = super::home::place(&seen);
        if place.mark() != shown.mark || place.step == Step::Menu {
            return Ok(());
        }
        // Past the limit of any text nothing may be kept; the person still sees what was typed.
        place.typed = crate::record::acts::checked(typed).ok().map(str::to_owned);
        talk.place = Some(place);
        self.put_draft(circle, Talk::PAGE, &talk.to_text(), acting.at)
    }
}
