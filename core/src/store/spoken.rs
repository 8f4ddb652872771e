//! What signatures in a record speak for: each segment that is known, here itself or covered by a snapshot, the newest
//! changes it carries, and the signature that is over them.

use super::segments;
use super::vault::{Circle, Vault};
use crate::circle::Roster;
use crate::circle::epoch::Keyring;
use crate::error::Result;
use crate::record::change::Hash;
use crate::record::part::{Actor, Group, Part};
use crate::sync::segment::{self, Header, Opened, Place, TakenOver, Tip};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// What opens segments of a circle: the epochs it has, and this device's keys of them.
pub(super) type Keys<'a> = (&'a Roster, &'a Keyring);

/// A stream of a circle: its group, its name, and what it took over.
pub(super) type Of<'a> = (&'a Circle, Group, Actor, Option<&'a TakenOver>);

/// The epoch a segment is under, what it stands on, and its signature.
type Signature = (Hash, Hash, Vec<u8>);

/// The tips of each segment: by stream and counter, whose changes they are and the newest in each part.
pub(super) type Attested = BTreeMap<(Actor, u64), (Actor, Vec<Tip>)>;

/// A segment as far as a statement needs it.
pub(super) struct Spoken {
    pub(super) counter: u64,
    pub(super) device: [u8; 32],
    pub(super) heads: Vec<Hash>,
    /// Its name; of one that came in a snapshot only the newest of a stream has one.
    pub(super) name: Option<Hash>,
    /// What stands in `covered`, if it came in a snapshot: epoch, name of the one before, signature.
    kept: Option<Signature>,
    /// What the next of its stream stands on, where it is kept with the segment.
    chain: Option<Hash>,
}

impl Vault {
    /// The place of one segment of a stream that its device signed these tips at, and the signature; `None` where this
    /// device cannot open it, does not know what it stands behind, or it did not sign them there.
    ///
    /// # Errors
    /// Those of storage.
    pub(super) fn signed(
        &self,
        (circle, group, actor, taken): Of<'_>,
        stream: &[Spoken],
        at: usize,
        tips: &[Tip],
        keys: Keys<'_>,
    ) -> Result<Option<(Place, Vec<u8>)>> {
        let Some(one) = stream.get(at) else {
            return Ok(None);
        };
        let (epoch, befores, signature) = match &one.kept {
            Some((epoch, before, signature)) => (*epoch, vec![*before], signature.clone()),
            None => {
                let bytes = segments::bytes(&self.db, circle, group, actor, one.counter)?;
                let header = segment::header(&bytes)?;
                let Some((epoch, opened)) = opened(circle, &header, &bytes, keys) else {
                    return Ok(None);
                };
                let behind = at.checked_sub(1).and_then(|before| stream.get(before));
                let befores = match behind {
                    Some(last) if last.counter + 1 == one.counter => last.befores(),
                    None if one.counter == 1 => vec![[0; 32]],
                    _ => Vec::new(),
                };
                (epoch, befores, opened.signature().to_vec())
            }
        };
        let mut place = Place {
            circle: circle.id.clone(),
            group,
            epoch,
            device: one.device,
            actor,
            taken: taken.cloned(),
            counter: one.counter,
            before: [0; 32],
            heads: one.heads.clone(),
        };
        for before in befores {
            place.before = before;
            if segment::is_signed(&place, tips, &signature)? {
                return Ok(Some((place, signature)));
            }
        }
        Ok(None)
    }
}

impl Spoken {
    /// What the next of its stream may stand on.
    fn befores(&self) -> Vec<Hash> {
        let covered = self.kept.as_ref();
        let chain = self
            .chain
            .or(covered.map(|(.., signature)| segment::chain(signature)));
        chain.into_iter().chain(self.name).collect()
    }
}

/// Opens a segment with the key of the epoch it is under, which is told too; `None` if there is none here that does.
pub(super) fn opened(
    circle: &Circle,
    header: &Header,
    bytes: &[u8],
    (roster, keyring): Keys<'_>,
) -> Option<(Hash, Opened)> {
    let mut epochs = roster.epochs().filter(|(epoch, ..)| header.is_under(epoch));
    epochs.find_map(|(epoch, ..)| {
        let secret = keyring.get(header.group, epoch)?;
        Some((*epoch, segment::open(&circle.id, bytes, secret)?))
    })
}

/// The tips of every segment of a group, in the order of parts.
pub(super) fn attested(db: &Connection, circle: &Circle, group: Group) -> Result<Attested> {
    let sql = "select actor, counter, part, seq, hash, actor from attest where circle = ?1 and share_group = ?2
               union all
               select stream, counter, part, seq, hash, actor from taken_over where circle = ?1 and share_group = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![circle.no, group.as_str()])?;
    let mut attested = Attested::new();
    while let Some(row) = rows.next()? {
        let of = (Actor(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs());
        let (_, tips) = attested
            .entry(of)
            .or_insert((Actor(row.get(5)?), Vec::new()));
        tips.push(Tip {
            part: Part::read(row.get::<_, String>(2)?),
            seq: row.get::<_, i64>(3)?.unsigned_abs(),
            hash: row.get(4)?,
        });
    }
    for (_, tips) in attested.values_mut() {
        tips.sort_by(|a, b| a.part.cmp(&b.part));
    }
    Ok(attested)
}

/// Every segment that is known of a group, by stream, in the order of counters: those here, and those a snapshot covered.
pub(super) fn spoken(
    db: &Connection,
    circle: &Circle,
    group: Group,
) -> Result<BTreeMap<Actor, Vec<Spoken>>> {
    let sql = "select s.actor, s.counter, s.device, s.heads, s.name, c.epoch, c.before, c.signature, s.chain
               from segment s left join covered c using (circle, share_group, actor, counter)
               where s.circle = ?1 and s.share_group = ?2
               union all
               select c.actor, c.counter, (select device from segment s where s.circle = c.circle
                      and s.share_group = c.share_group and s.actor = c.actor limit 1),
                      c.heads, null, c.epoch, c.before, c.signature, null
               from covered c where c.circle = ?1 and c.share_group = ?2 and not exists
                 (select 1 from segment s where s.circle = c.circle and s.share_group = c.share_group
                    and s.actor = c.actor and s.counter = c.counter)
               order by 1, 2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![circle.no, group.as_str()])?;
    let mut spoken: BTreeMap<Actor, Vec<Spoken>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let heads: Vec<u8> = row.get(3)?;
        let kept = match row.get::<_, Option<Hash>>(5)? {
            Some(epoch) => Some((epoch, row.get(6)?, row.get(7)?)),
            None => None,
        };
        spoken.entry(Actor(row.get(0)?)).or_default().push(Spoken {
            counter: row.get::<_, i64>(1)?.unsigned_abs(),
            device: row.get(2)?,
            heads: heads.as_chunks::<32>().0.to_vec(),
            name: row.get(4)?,
            kept,
            chain: row.get(8)?,
        });
    }
    Ok(spoken)
}
