//! How far each stream of segments has come to this device. The table is kept in step with the segments by triggers of the
//! database itself (schema 008), so that no writer of segments can forget it.

use super::vault::Circle;
use crate::error::Result;
use crate::record::part::Actor;
use crate::sync::message::Reached;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

/// A stream, and the device that signs it.
pub(super) struct StreamHere {
    pub(super) reached: Reached,
    pub(super) device: [u8; 32],
}

/// The streams of a circle, by group and actor.
pub(super) fn of(db: &Connection, circle: &Circle) -> Result<Vec<StreamHere>> {
    let sql = "select share_group, actor, counter, device from stream where circle = ?1 order by share_group, actor";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![circle.no], stream)?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The streams of all circles, by the circle's number, each by group and actor: in one look, since a meeting asks for all.
pub(super) fn all(db: &Connection) -> Result<BTreeMap<i64, Vec<StreamHere>>> {
    let sql = "select share_group, actor, counter, device, circle from stream order by circle, share_group, actor";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut all: BTreeMap<i64, Vec<StreamHere>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        all.entry(row.get(4)?).or_default().push(stream(row)?);
    }
    Ok(all)
}

fn stream(row: &Row<'_>) -> rusqlite::Result<StreamHere> {
    Ok(StreamHere {
        reached: Reached {
            group: row.get(0)?,
            actor: Actor(row.get(1)?),
            counter: row.get::<_, i64>(2)?.unsigned_abs(),
        },
        device: row.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::schema;
    use super::*;
    use crate::id::Id;

    fn keep(db: &Connection, counter: i64) {
        let sql =
            "insert into segment(circle, share_group, actor, counter, device, name, heads, bytes)
                   values(1, 'care', ?1, ?2, ?3, x'', x'', x'')";
        let (actor, device) = ([1u8; 16], [2u8; 32]);
        db.execute(sql, params![actor, counter, device]).unwrap();
    }

    fn reached(db: &Connection) -> Vec<u64> {
        let circle = Circle {
            no: 1,
            id: Id::read("circle"),
            member: Id::read("member"),
        };
        let (one, all) = (of(db, &circle).unwrap(), all(db).unwrap());
        let in_all = all.get(&1).map_or(0, Vec::len);
        assert_eq!(one.len(), in_all);
        one.iter().map(|stream| stream.reached.counter).collect()
    }

    #[test]
    fn a_stream_has_come_as_far_as_its_newest_segment_whichever_comes_or_goes() {
        let db = Connection::open_in_memory().unwrap();
        schema::migrate(&db).unwrap();
        let take_out = |counter: i64| {
            let sql = "delete from segment where counter = ?1";
            db.execute(sql, params![counter]).unwrap();
        };
        assert!(reached(&db).is_empty());
        for counter in [2, 5, 3] {
            keep(&db, counter);
        }
        assert_eq!(reached(&db), [5]);
        take_out(3);
        assert_eq!(reached(&db), [5]);
        take_out(5);
        assert_eq!(reached(&db), [2]);
        take_out(2);
        assert!(reached(&db).is_empty());
    }
}
