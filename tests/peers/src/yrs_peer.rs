//! One yrs document, a map for each kind, in it a map for each thing, saved in its second encoding. It keeps no
//! history of replaced values.

use crate::history::{Act, Scalar};
use crate::{Peer, first_day, key};
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{Any, Doc, Map, MapPrelim, MapRef, Out, ReadTxn, StateVector, Transact, Update};

pub struct Document(Doc);

fn text<T: ReadTxn>(read: &T, thing: &MapRef, field: &str) -> Option<String> {
    match thing.get(read, field)? {
        Out::Any(Any::String(text)) => Some(text.to_string()),
        _ => None,
    }
}

fn number<T: ReadTxn>(read: &T, thing: &MapRef, field: &str) -> Option<i64> {
    match thing.get(read, field)? {
        Out::Any(any) => any.cast().ok(),
        _ => None,
    }
}

impl Peer for Document {
    fn new() -> Document {
        Document(Doc::with_client_id(1))
    }

    fn act(&mut self, n: usize, act: &Act) -> Vec<u8> {
        let facts = act.facts(n);
        let kinds: Vec<MapRef> = facts
            .iter()
            .map(|(kind, ..)| self.0.get_or_insert_map(*kind))
            .collect();
        let mut write = self.0.transact_mut();
        for (kind, (_, id, field, value)) in kinds.iter().zip(facts) {
            let thing = match kind.get(&write, &key(id)) {
                Some(Out::YMap(thing)) => thing,
                _ => kind.insert(&mut write, key(id), MapPrelim::default()),
            };
            match value {
                Scalar::Text(text) => {
                    thing.insert(&mut write, field, text);
                }
                number => {
                    thing.insert(&mut write, field, Any::from(number.number().unwrap_or(0)));
                }
            }
        }
        write.encode_update_v2()
    }

    type Link = ();

    /// Each asks by its state vector; only what brought something new is counted.
    fn meet(&mut self, other: &mut Document, _: &mut ()) -> usize {
        let mut bytes = 0;
        for (from, to) in [(&self.0, &other.0), (&other.0, &self.0)] {
            let has = to.transact().state_vector();
            let update = from.transact().encode_state_as_update_v2(&has);
            let read = Update::decode_v2(&update).expect("an update of ours");
            to.transact_mut()
                .apply_update(read)
                .expect("an update applies");
            if to.transact().state_vector() != has {
                bytes += has.encode_v1().len() + update.len();
            }
        }
        bytes
    }

    fn fork(bytes: &[u8]) -> Document {
        Document::load(bytes)
    }

    fn save(&mut self) -> Vec<u8> {
        self.0
            .transact()
            .encode_state_as_update_v2(&StateVector::default())
    }

    fn load(bytes: &[u8]) -> Document {
        let document = Doc::with_client_id(2);
        let update = Update::decode_v2(bytes).expect("a document of ours");
        document
            .transact_mut()
            .apply_update(update)
            .expect("an update applies");
        Document(document)
    }

    fn today(&self) -> usize {
        let maps =
            ["plan", "follow_up", "pause", "entry"].map(|kind| self.0.get_or_insert_map(kind));
        let [plans, follow_ups, pauses, entries] = maps;
        let read_from = self.0.transact();
        let mut read = 0;
        for (name, plan) in plans.iter(&read_from) {
            let Out::YMap(plan) = plan else { continue };
            if text(&read_from, &plan, "state").as_deref() != Some("agreed") {
                continue;
            }
            let plan_number = name.parse().ok();
            for field in ["what", "when", "where", "often"] {
                read += text(&read_from, &plan, field).map_or(0, |text| text.len());
            }
            for (kind, field) in [
                (&follow_ups, "channel"),
                (&pauses, "why"),
                (&entries, "did"),
            ] {
                for (_, thing) in kind.iter(&read_from) {
                    let Out::YMap(thing) = thing else { continue };
                    let day = number(&read_from, &thing, "day");
                    let of_plan = number(&read_from, &thing, "plan") == plan_number;
                    if of_plan && day.is_none_or(|day| day >= first_day()) {
                        read += text(&read_from, &thing, field).map_or(0, |text| text.len());
                    }
                }
            }
        }
        read
    }
}
