//! One loro document, a map for each kind, in it a map for each thing, saved as a snapshot.

use crate::history::{Act, Scalar};
use crate::{Peer, first_day, key};
use loro::{ExportMode, LoroDoc, LoroMap, LoroValue, ValueOrContainer};

pub struct Document(LoroDoc);

fn text(thing: &LoroMap, field: &str) -> Option<String> {
    match thing.get(field)?.into_value().ok()? {
        LoroValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

fn number(thing: &LoroMap, field: &str) -> Option<i64> {
    match thing.get(field)?.into_value().ok()? {
        LoroValue::I64(number) => Some(number),
        _ => None,
    }
}

impl Document {
    fn things(&self, kind: &str) -> Vec<(String, LoroMap)> {
        let mut things = Vec::new();
        self.0.get_map(kind).for_each(|name, value| {
            if let ValueOrContainer::Container(container) = value
                && let Ok(map) = container.into_map()
            {
                things.push((name.to_owned(), map));
            }
        });
        things
    }
}

impl Peer for Document {
    fn new() -> Document {
        let document = LoroDoc::new();
        document.set_record_timestamp(true);
        document.set_peer_id(1).expect("a peer id");
        Document(document)
    }

    fn act(&mut self, n: usize, act: &Act) -> Vec<u8> {
        let before = self.0.oplog_vv();
        for (kind, id, field, value) in act.facts(n) {
            let kind = self.0.get_map(kind);
            let thing = match kind.get(&key(id)) {
                Some(ValueOrContainer::Container(there)) => there.into_map().expect("a map"),
                _ => kind
                    .insert_container(&key(id), LoroMap::new())
                    .expect("a map is made"),
            };
            let value: LoroValue = match value {
                Scalar::Text(text) => text.into(),
                number => number.number().unwrap_or(0).into(),
            };
            thing.insert(field, value).expect("a field is put");
        }
        self.0.set_next_commit_timestamp(act.at.timestamp());
        self.0.commit();
        self.0
            .export(ExportMode::updates(&before))
            .expect("an update")
    }

    type Link = ();

    /// Each asks by its version vector; only what brought something new is counted.
    fn meet(&mut self, other: &mut Document, _: &mut ()) -> usize {
        let mut bytes = 0;
        for (from, to) in [(&self.0, &other.0), (&other.0, &self.0)] {
            let has = to.oplog_vv();
            let update = from.export(ExportMode::updates(&has)).expect("an update");
            to.import(&update).expect("an update of ours");
            if to.oplog_vv() != has {
                bytes += has.encode().len() + update.len();
            }
        }
        bytes
    }

    fn fork(bytes: &[u8]) -> Document {
        let document = Document::load(bytes);
        document.0.set_peer_id(2).expect("a peer id");
        document
    }

    fn save(&mut self) -> Vec<u8> {
        self.0.export(ExportMode::Snapshot).expect("a snapshot")
    }

    fn load(bytes: &[u8]) -> Document {
        let document = Document::new();
        document.0.import(bytes).expect("a document of ours");
        document
    }

    fn today(&self) -> usize {
        let mut read = 0;
        for (name, plan) in self.things("plan") {
            if text(&plan, "state").as_deref() != Some("agreed") {
                continue;
            }
            let plan_number = name.parse().ok();
            for field in ["what", "when", "where", "often"] {
                read += text(&plan, field).map_or(0, |text| text.len());
            }
            for (kind, field) in [("follow_up", "channel"), ("pause", "why"), ("entry", "did")] {
                for (_, thing) in self.things(kind) {
                    let day = number(&thing, "day");
                    if number(&thing, "plan") == plan_number
                        && day.is_none_or(|day| day >= first_day())
                    {
                        read += text(&thing, field).map_or(0, |text| text.len());
                    }
                }
            }
        }
        read
    }
}
