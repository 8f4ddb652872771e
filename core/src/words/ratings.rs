//! Ratings in words, and the question that comes after each rating.

use super::{Arg, Band, Words, band_of};

/// What was rated from 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rated {
    /// How important a goal is.
    Importance,
    /// How sure the person is that they can and will do it; of a goal or of a plan.
    Confidence,
}

impl Rated {
    /// Reads `importance` or `confidence`.
    pub fn parse(word: &str) -> Option<Rated> {
        match word {
            "importance" => Some(Rated::Importance),
            "confidence" => Some(Rated::Confidence),
            _ => None,
        }
    }

    /// The name the record keeps.
    pub fn as_str(self) -> &'static str {
        match self {
            Rated::Importance => "importance",
            Rated::Confidence => "confidence",
        }
    }

    /// The name the catalogue's keys use: on screen, confidence is "how sure".
    fn key(self) -> &'static str {
        match self {
            Rated::Importance => "importance",
            Rated::Confidence => "sure",
        }
    }
}

impl Words {
    /// How sure someone is: "6 out of 10, fairly sure", or "Fairly sure" where words were given instead of a number.
    pub fn sure(&self, value: Option<i64>, word: Option<&str>) -> String {
        self.rated("sure", value, word)
    }

    /// How important something is: "8 out of 10, very important", or "Very important".
    pub fn importance(&self, value: Option<i64>, word: Option<&str>) -> String {
        self.rated("importance", value, word)
    }

    /// How it felt: "7 out of 10, went well".
    pub fn felt(&self, value: Option<i64>, word: Option<&str>) -> String {
        self.rated("felt", value, word)
    }

    /// The words of one band on one scale (`sure`, `importance` or `felt`), as inside a sentence: "fairly sure".
    pub fn band(&self, scale: &str, band: Band) -> String {
        self.say(&band_key(scale, band), &[])
    }

    /// What to ask after a rating, in order; empty where nothing was rated.
    ///
    /// At both ends of the scale the questions differ: nobody is asked "why not −1", or what would take 10 higher.
    pub fn next_questions(
        &self,
        rated: Rated,
        value: Option<i64>,
        word: Option<&str>,
    ) -> Vec<String> {
        let scale = rated.key();
        let in_scale = value.filter(|value| band_of(*value).is_some());
        match (in_scale, word.and_then(Band::parse)) {
            (Some(0), _) => vec![self.say(&format!("rating-next-{scale}-bottom"), &[])],
            (Some(10), _) => vec![self.say(&format!("rating-next-{scale}-top"), &[])],
            (Some(value), _) => self.questions_about(value),
            (None, Some(band)) => {
                let stay = band_key(&format!("rating-next-{scale}"), band);
                let up = format!("{stay}-up");
                let mut questions = vec![self.say(&stay, &[])];
                if matches!(band, Band::ABit | Band::Fairly) {
                    questions.push(self.say(&up, &[]));
                }
                questions
            }
            (None, None) => Vec::new(),
        }
    }

    /// [`Words::next_questions`] as one text.
    pub fn next_question(&self, rated: Rated, value: Option<i64>, word: Option<&str>) -> String {
        self.next_questions(rated, value, word).join(" ")
    }

    fn questions_about(&self, value: i64) -> Vec<String> {
        let down = [
            ("value", Arg::Number(value)),
            ("below", Arg::Number(value - 1)),
        ];
        let up = [("above", Arg::Number(value + 1))];
        vec![
            self.say("rating-next-down", &down),
            self.say("rating-next-up", &up),
        ]
    }

    fn rated(&self, scale: &str, value: Option<i64>, word: Option<&str>) -> String {
        match (value, word) {
            (Some(value), _) => match band_of(value) {
                Some(band) => self.say(
                    "rating-sentence",
                    &[
                        ("value", Arg::Number(value)),
                        ("words", Arg::Text(&self.band(scale, band))),
                    ],
                ),
                // Another version may have written an odd number: it is shown, never hidden.
                None => self.say("rating-number", &[("value", Arg::Number(value))]),
            },
            (None, Some(word)) => match Band::parse(word) {
                Some(band) => sentence_case(&self.band(scale, band)),
                None => word.to_owned(),
            },
            (None, None) => self.say("rating-none", &[]),
        }
    }
}

fn band_key(family: &str, band: Band) -> String {
    format!("{family}-{}", band.as_str().replace('_', "-"))
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
