//! Every word a person or staff member reads. The words are in `words/en.ftl` and `words/cy.ftl`, never in code.
//!
//! Code names a key and gives the arguments; [`Words`] answers in the language chosen. [`lint`] holds the rules
//! the catalogues are checked by.

mod arg;
mod band;
mod catalogue;
mod dates;
mod faults;
pub mod lint;
mod ratings;

pub use arg::Arg;
pub use band::{Band, band_of};
pub use ratings::Rated;

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Lang {
    /// English: every key is here first.
    #[default]
    En,
    /// Welsh.
    Cy,
}

impl Lang {
    /// All languages.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Cy];

    /// Reads a language's code, `en` or `cy`.
    pub fn parse(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The language's code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Cy => "cy",
        }
    }
}

/// The words of one language. Cheap to make and to copy: a catalogue is read once, when its first word is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    lang: Lang,
}

impl Words {
    /// The words of this language.
    pub fn new(lang: Lang) -> Words {
        Words { lang }
    }

    /// The language these words are in.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The message under this key, as plain text for a terminal, a text message or JSON.
    ///
    /// A key this language lacks is said in English; a key nobody has is shown in brackets, so that a slip is
    /// seen and no page is lost for it.
    pub fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.message(false, key, args)
    }

    /// The same for a screen: each argument is marked so that a name in another direction of writing stays whole.
    pub fn screen(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.message(true, key, args)
    }

    /// The words for a code of the record: family `goal-state` and code `on_hold` say the key `goal-state-on-hold`.
    ///
    /// A code nobody here knows was written by a newer version, and that is what is said.
    pub fn code(&self, family: &str, code: &str) -> String {
        self.code_with(family, code, &[])
    }

    /// The same for a message with arguments.
    pub fn code_with(&self, family: &str, code: &str, args: &[(&str, Arg<'_>)]) -> String {
        let key = format!("{family}-{}", code.replace('_', "-"));
        if self.has(&key) {
            self.say(&key, args)
        } else {
            self.say("trouble-newer", &[])
        }
    }

    /// A week in words: "1 of 3 done this week", or "4 done this week, 3 wanted".
    pub fn week(&self, done: i64, wanted: i64) -> String {
        let args = [("done", done.into()), ("wanted", wanted.into())];
        let key = if done > wanted {
            "plan-week-more"
        } else {
            "plan-week"
        };
        self.say(key, &args)
    }

    /// Whether this key can be said, in this language or in English.
    pub fn has(&self, key: &str) -> bool {
        catalogue::has(self.lang, key) || catalogue::has(Lang::En, key)
    }

    /// All keys of a language's catalogue, in its order.
    pub fn keys(lang: Lang) -> Vec<String> {
        catalogue::keys(lang).map(str::to_owned).collect()
    }

    fn message(&self, isolating: bool, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        catalogue::format(self.lang, isolating, key, args)
            .or_else(|| catalogue::format(Lang::En, isolating, key, args))
            .unwrap_or_else(|| format!("[{key}]"))
    }
}

#[cfg(test)]
mod tests;
