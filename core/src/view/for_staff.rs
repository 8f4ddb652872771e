//! What is shown to those who work in care and to nobody else, whichever view it would stand in.
//!
//! Source: `domain.md` 1: "the −2..+2 figures and the T-score are for staff only"; "Levels are for staff";
//! docs/adr/0050. T-scores are worked out, never stored: [`crate::goal::scale::t_scores`] asks the same question.

use crate::record::{Noun, Record};

/// The fields that hold figures for staff.
const FIGURES: [(Noun, &str); 2] = [(Noun::Score, "value"), (Noun::Activation, "level")];

/// Whether this field's answers are kept from whoever looks at the record here.
pub fn is_hidden(record: &Record, noun: Noun, field: &str) -> bool {
    FIGURES.contains(&(noun, field)) && !record.is_seen_by_staff()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::goal::{self, scale};
    use crate::observation;
    use crate::record::Role;
    use crate::view::everything;
    use chrono::NaiveDate;

    /// A record in which a nurse scored a goal and wrote an activation down, as a device of this role has it.
    fn held_by(role: &str) -> Record {
        let mut record = trial::record(trial::nurse());
        let goal = trial::act(&mut record, |acts| goal::add(acts, "Get about", None, None));
        let goal = goal.unwrap();
        let levels = ["None", "A little", "Some", "More", "All"];
        trial::act(&mut record, |acts| {
            scale::scale(acts, &goal, levels, None, None)
        })
        .unwrap();
        trial::act(&mut record, |acts| {
            scale::score(acts, &goal, -2)?;
            observation::record_activation(acts, "40", 1, "13 items")
        })
        .unwrap();
        let other = trial::record(Role::read(role));
        record.insert(other.get(Noun::Member, &record.me).unwrap().clone());
        record
    }

    /// What the whole record and its history tell of scores and activations.
    fn told(record: &Record) -> Vec<String> {
        let mut told = Vec::new();
        let all = everything::show(record, NaiveDate::MIN);
        for thing in all["things"].as_array().unwrap() {
            for answer in thing["answers"].as_array().unwrap() {
                let name = format!("{}.{}", thing["noun"], answer["field"]);
                told.push(format!(
                    "show {}: {}",
                    name.replace('"', ""),
                    answer["value"]
                ));
            }
        }
        for line in everything::history(record).as_array().unwrap() {
            let did = line["did"].as_str().unwrap();
            told.push(format!("history {did}: {}", line["words"]));
        }
        told.retain(|line| line.contains(" score") || line.contains(" activation"));
        told
    }

    #[test]
    fn staff_read_the_figures_in_the_whole_record_and_in_its_history() {
        let told = told(&held_by("nurse"));
        for view in ["show", "history"] {
            assert!(
                told.contains(&format!("{view} score.value: -2")),
                "{told:?}"
            );
            assert!(
                told.contains(&format!("{view} activation.level: 1")),
                "{told:?}"
            );
        }
    }

    #[test]
    fn nobody_else_does_and_all_the_rest_stays() {
        for role in ["person", "carer", "proxy", "admin"] {
            let told = told(&held_by(role));
            let any = |part: &str| told.iter().any(|line| line.contains(part));
            assert!(!any("-2") && !any("level: 1"), "{role}: {told:?}");
            assert!(any("history score.value: null"), "{role}: {told:?}");
            assert!(
                any("show activation.version: \"13 items\""),
                "{role}: {told:?}"
            );
            assert!(any("show score.who: \"staff\""), "{role}: {told:?}");
        }
    }
}
