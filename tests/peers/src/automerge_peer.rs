//! One automerge document, a map for each kind, in it a map for each thing.

use crate::history::{Act, Scalar};
use crate::{Peer, first_day, key};
use automerge::sync::{State, SyncDoc};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};

pub struct Document(AutoCommit);

impl Document {
    fn map(&mut self, of: &ObjId, name: &str) -> ObjId {
        match self.0.get(of, name).expect("a map is read") {
            Some((_, map)) => map,
            None => self
                .0
                .put_object(of, name, ObjType::Map)
                .expect("a map is made"),
        }
    }

    fn text(&self, thing: &ObjId, field: &str) -> Option<String> {
        let (value, _) = self.0.get(thing, field).ok()??;
        value.as_str().map(str::to_owned)
    }

    fn number(&self, thing: &ObjId, field: &str) -> Option<i64> {
        self.0.get(thing, field).ok()??.0.as_i64()
    }

    fn things(&self, kind: &str) -> Vec<(String, ObjId)> {
        let Ok(Some((_, map))) = self.0.get(ROOT, kind) else {
            return Vec::new();
        };
        self.0
            .map_range(&map, ..)
            .map(|item| (item.key.to_string(), item.id()))
            .collect()
    }
}

impl Peer for Document {
    fn new() -> Document {
        let mut document = AutoCommit::new();
        document.set_actor([1; 16].to_vec().into());
        Document(document)
    }

    fn act(&mut self, n: usize, act: &Act) -> Vec<u8> {
        for (kind, id, field, value) in act.facts(n) {
            let map = self.map(&ROOT, kind);
            let thing = self.map(&map, &key(id));
            let value = match value {
                Scalar::Text(text) => ScalarValue::Str(text.into()),
                number => ScalarValue::Int(number.number().unwrap_or(0)),
            };
            self.0.put(&thing, field, value).expect("a field is put");
        }
        self.0
            .commit_with(CommitOptions::default().with_time(act.at.timestamp()));
        let last = self.0.get_last_local_change();
        last.map(|change| change.raw_bytes().to_vec())
            .unwrap_or_default()
    }

    /// States of the sync protocol, kept as a program does that was closed in between.
    type Link = (Vec<u8>, Vec<u8>);

    fn meet(&mut self, other: &mut Document, link: &mut Self::Link) -> usize {
        let kept = |bytes: &[u8]| State::decode(bytes).unwrap_or_default();
        let (mut ours, mut theirs) = (kept(&link.0), kept(&link.1));
        let mut bytes = 0;
        loop {
            let to_other = self.0.sync().generate_sync_message(&mut ours);
            if let Some(message) = &to_other {
                bytes += message.clone().encode().len();
                let mut sync = other.0.sync();
                sync.receive_sync_message(&mut theirs, message.clone())
                    .expect("a message of ours");
            }
            let to_us = other.0.sync().generate_sync_message(&mut theirs);
            if let Some(message) = &to_us {
                bytes += message.clone().encode().len();
                let mut sync = self.0.sync();
                sync.receive_sync_message(&mut ours, message.clone())
                    .expect("a message of theirs");
            }
            if to_other.is_none() && to_us.is_none() {
                *link = (ours.encode(), theirs.encode());
                return bytes;
            }
        }
    }

    fn fork(bytes: &[u8]) -> Document {
        let mut document = Document::load(bytes);
        document.0.set_actor([2; 16].to_vec().into());
        document
    }

    fn save(&mut self) -> Vec<u8> {
        self.0.save()
    }

    fn load(bytes: &[u8]) -> Document {
        let document = AutoCommit::load(bytes).expect("a document of ours");
        Document(document.with_actor([1; 16].to_vec().into()))
    }

    fn today(&self) -> usize {
        let mut read = 0;
        for (name, plan) in self.things("plan") {
            if self.text(&plan, "state").as_deref() != Some("agreed") {
                continue;
            }
            let number = name.parse().ok();
            for field in ["what", "when", "where", "often"] {
                read += self.text(&plan, field).map_or(0, |text| text.len());
            }
            for (kind, field) in [("follow_up", "channel"), ("pause", "why"), ("entry", "did")] {
                for (_, thing) in self.things(kind) {
                    let day = self.number(&thing, "day");
                    if self.number(&thing, "plan") == number
                        && day.is_none_or(|day| day >= first_day())
                    {
                        read += self.text(&thing, field).map_or(0, |text| text.len());
                    }
                }
            }
        }
        read
    }
}
