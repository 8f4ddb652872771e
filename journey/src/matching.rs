//! Whether an answer has what a check says, as `cli.md`, Journeys, puts it.

use serde_json::Value;

/// Whether every key, item and value of `want` is in `have`. Null is null or absent; numbers go by value; the
/// items of a list match different items; `{"count": n}` is the length of a list.
pub fn has(want: &Value, have: &Value) -> bool {
    match (want, have) {
        (Value::Null, _) => have.is_null(),
        (Value::Object(wanted), Value::Array(items)) => match wanted.get("count") {
            Some(count) if wanted.len() == 1 => number(count) == Some(items.len() as f64),
            _ => false,
        },
        (Value::Object(wanted), Value::Object(fields)) => wanted
            .iter()
            .all(|(key, want)| has(want, fields.get(key).unwrap_or(&Value::Null))),
        (Value::Array(wanted), Value::Array(items)) => each_its_own(wanted, items),
        (Value::Number(_), Value::Number(_)) => want == have || number(want) == number(have),
        _ => want == have,
    }
}

/// Whether `have` lacks it: it does not match, and of a list none of its items does.
pub fn lacks(unwanted: &Value, have: &Value) -> bool {
    match (unwanted, have) {
        (Value::Array(unwanted), Value::Array(items)) => !unwanted
            .iter()
            .any(|item| items.iter().any(|have| has(item, have))),
        (Value::Object(unwanted), Value::Object(fields)) if !unwanted.is_empty() => unwanted
            .iter()
            .any(|(key, item)| lacks(item, fields.get(key).unwrap_or(&Value::Null))),
        _ => !has(unwanted, have),
    }
}

/// The first item of a list that a check named, or the answer itself where it is no list.
pub fn first<'a>(want: Option<&Value>, have: &'a Value) -> Option<&'a Value> {
    let Value::Array(items) = have else {
        return Some(have);
    };
    match want
        .and_then(Value::as_array)
        .and_then(|wanted| wanted.first())
    {
        Some(wanted) => items.iter().find(|item| has(wanted, item)),
        None => items.first(),
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

/// Gives each wanted item an item of its own, moving earlier choices where that makes room.
fn each_its_own(wanted: &[Value], items: &[Value]) -> bool {
    let fits: Vec<Vec<usize>> = wanted
        .iter()
        .map(|want| {
            (0..items.len())
                .filter(|at| has(want, &items[*at]))
                .collect()
        })
        .collect();
    let mut taken_by = vec![None; items.len()];
    (0..wanted.len()).all(|want| place(want, &fits, &mut taken_by, &mut vec![false; items.len()]))
}

fn place(
    want: usize,
    fits: &[Vec<usize>],
    taken_by: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for &item in &fits[want] {
        if !std::mem::replace(&mut tried[item], true)
            && taken_by[item].is_none_or(|other| place(other, fits, taken_by, tried))
        {
            taken_by[item] = Some(want);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_subset_of_keys_matches_and_a_wrong_value_does_not() {
        let have = json!({"state": "agreed", "confidence": 8, "why": null});
        assert!(has(&json!({"state": "agreed"}), &have));
        assert!(has(&json!({"why": null, "other": null}), &have));
        assert!(!has(&json!({"state": null}), &have));
        assert!(!has(&json!({"confidence": "8"}), &have));
    }

    #[test]
    fn numbers_go_by_value() {
        assert!(has(&json!({"n": 8.0}), &json!({"n": 8})));
        assert!(!has(&json!({"n": 8.5}), &json!({"n": 8})));
    }

    #[test]
    fn count_is_the_length_of_a_list_and_a_plain_key_of_an_object() {
        assert!(has(&json!({"count": 2}), &json!([1, 2])));
        assert!(!has(&json!({"count": 0}), &json!([1])));
        assert!(!has(&json!({"count": 0}), &json!(null)));
        assert!(has(&json!({"count": 3}), &json!({"count": 3})));
    }

    #[test]
    fn items_match_different_items_also_where_the_first_fit_is_the_wrong_one() {
        let have = json!([{"a": 1, "b": 1}, {"a": 1, "b": 2}]);
        assert!(has(&json!([{"a": 1}, {"a": 1, "b": 1}]), &have));
        assert!(!has(&json!([{"b": 1}, {"b": 1}]), &have));
        assert!(!has(&json!([{}, {}, {}]), &have));
    }

    #[test]
    fn a_list_lacks_only_where_none_of_its_items_matches() {
        let have = json!([{"a": 1}, {"a": 2}]);
        assert!(lacks(&json!([{"a": 3}]), &have));
        assert!(!lacks(&json!([{"a": 3}, {"a": 1}]), &have));
        assert!(!lacks(
            &json!({"list": [{"a": 3}, {"a": 1}]}),
            &json!({"list": have})
        ));
        assert!(lacks(&json!({"a": 1}), &json!({"a": 2})));
        assert!(!lacks(&json!({"a": 1}), &json!({"a": 1})));
    }

    #[test]
    fn the_first_match_of_a_list_is_taken() {
        let have = json!([{"id": "x", "a": 1}, {"id": "y", "a": 2}]);
        assert_eq!(first(Some(&json!([{"a": 2}])), &have), Some(&have[1]));
        assert_eq!(first(Some(&json!({"count": 2})), &have), Some(&have[0]));
    }
}
