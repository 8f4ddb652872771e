//! Rows of the projection: things as they are read by a page, one row each.

use crate::error::Result;
use crate::id::Id;
use crate::log::packed;
use crate::record::state::Cursor;
use crate::record::{Actor, Noun, Part, Record, Thing};
use crate::store::vault::Circle;
use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};

/// How much of a record an act or a page needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Roster and zones, and the one plan whose id begins like this: enough to log.
    Plan(Id),
    /// What is planned and open now, with the entries that can matter today.
    Live,
    /// Everything but the entries.
    All,
    /// Everything.
    Everything,
}

/// Loads a record as far as the scope says.
pub(super) fn load(
    db: &Connection,
    circle: &Circle,
    actor: Actor,
    scope: &Scope,
) -> Result<Record> {
    let mut record = Record::new(circle.id.clone(), circle.member.clone(), actor);
    load_actors(db, circle, &mut record)?;
    load_cursors(db, circle, &mut record)?;
    match scope {
        Scope::Plan(prefix) => {
            insert(
                &mut record,
                db,
                "select body from thing where circle = ?1 and noun in ('member', 'zone')",
                params![circle.no],
            )?;
            let upper = format!("{prefix}\u{7f}");
            let sql = "select body from thing where circle = ?1 and noun = 'plan' and id >= ?2 and id < ?3";
            insert(
                &mut record,
                db,
                sql,
                params![circle.no, prefix.as_str(), upper],
            )?;
        }
        Scope::Live => insert(
            &mut record,
            db,
            "select body from thing where circle = ?1 and live = 1",
            params![circle.no],
        )?,
        Scope::All => {
            let sql = "select body from thing where circle = ?1 and top is null";
            insert(&mut record, db, sql, params![circle.no])?;
        }
        Scope::Everything => insert(
            &mut record,
            db,
            "select body from thing where circle = ?1",
            params![circle.no],
        )?,
    }
    Ok(record)
}

/// Adds the entries of a plan from a day on.
pub(super) fn load_entries(
    db: &Connection,
    circle: &Circle,
    record: &mut Record,
    plan: &Id,
    from: NaiveDate,
) -> Result<()> {
    let sql = "select body from thing where circle = ?1 and top = ?2 and day >= ?3";
    insert(
        record,
        db,
        sql,
        params![circle.no, plan.as_str(), from.num_days_from_ce()],
    )
}

/// Adds one thing if it is stored.
pub(super) fn load_thing(
    db: &Connection,
    circle: &Circle,
    noun: Noun,
    id: &Id,
) -> Result<Option<Thing>> {
    let body: Option<Vec<u8>> = db
        .prepare_cached("select body from thing where circle = ?1 and noun = ?2 and id = ?3")?
        .query_row(params![circle.no, noun.as_str(), id.as_str()], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(body.map(|body| postcard::from_bytes(&body)).transpose()?)
}

/// Writes one thing's row.
pub(super) fn save_thing(
    db: &Connection,
    circle: &Circle,
    thing: &Thing,
    live: bool,
) -> Result<()> {
    let place = packed::place(thing);
    let (top, day) = place.map_or((None, None), |(plan, day)| {
        (Some(plan), Some(day.num_days_from_ce()))
    });
    db.prepare_cached("insert or replace into thing(circle, noun, id, part, top, day, live, body) values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            circle.no,
            thing.noun.as_str(),
            thing.id.as_str(),
            thing.part.as_str(),
            top.as_ref().map(Id::as_str),
            day,
            live,
            postcard::to_stdvec(thing)?
        ])?;
    Ok(())
}

/// Ids of things that are marked live.
pub(super) fn live_ids(db: &Connection, circle: &Circle) -> Result<Vec<(Noun, Id)>> {
    let mut statement =
        db.prepare_cached("select noun, id from thing where circle = ?1 and live = 1")?;
    let rows = statement.query_map(params![circle.no], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut ids = Vec::new();
    for row in rows {
        let (noun, id) = row?;
        ids.extend(Noun::parse(&noun).map(|noun| (noun, Id::read(id))));
    }
    Ok(ids)
}

/// Writes what is known of a part.
pub(super) fn save_cursor(
    db: &Connection,
    circle: &Circle,
    part: &Part,
    cursor: &Cursor,
) -> Result<()> {
    db.prepare_cached(
        "insert into cursor(circle, part, max_op, heads, own_seq, own_last, maps) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict(circle, part) do update set max_op = ?3, heads = ?4, own_seq = ?5, own_last = ?6, maps = ?7",
    )?
    .execute(params![
        circle.no,
        part.as_str(),
        cursor.max_op as i64,
        cursor.heads.concat(),
        cursor.own_seq as i64,
        cursor.own_last.as_ref().map(|hash| hash.as_slice()),
        Vec::from_iter(cursor.maps.iter().map(String::as_str)).join(" ")
    ])?;
    Ok(())
}

fn load_actors(db: &Connection, circle: &Circle, record: &mut Record) -> Result<()> {
    let mut statement = db.prepare_cached("select actor, member from actor where circle = ?1")?;
    let rows = statement.query_map(params![circle.no], |row| {
        Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, String>(1)?))
    })?;
    for row in rows {
        let (actor, member) = row?;
        record.actors.insert(Actor(actor), Id::read(member));
    }
    Ok(())
}

fn load_cursors(db: &Connection, circle: &Circle, record: &mut Record) -> Result<()> {
    let mut statement = db.prepare_cached(
        "select part, max_op, heads, own_seq, own_last, maps from cursor where circle = ?1",
    )?;
    let rows = statement.query_map(params![circle.no], |row| {
        let heads: Vec<u8> = row.get(2)?;
        let cursor = Cursor {
            max_op: row.get::<_, i64>(1)?.unsigned_abs(),
            heads: heads
                .chunks_exact(32)
                .filter_map(|hash| hash.try_into().ok())
                .collect(),
            own_seq: row.get::<_, i64>(3)?.unsigned_abs(),
            own_last: row.get(4)?,
            maps: (row.get_ref(5)?.as_str()?.split_whitespace())
                .map(str::to_owned)
                .collect(),
        };
        Ok((Part::read(row.get::<_, String>(0)?), cursor))
    })?;
    for row in rows {
        let (part, cursor) = row?;
        record.cursors.insert(part, cursor);
    }
    Ok(())
}

fn insert(
    record: &mut Record,
    db: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> Result<()> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        let body = row
            .get_ref(0)?
            .as_blob()
            .map_err(|_| crate::error::Error::Damaged)?;
        record.insert(postcard::from_bytes(body)?);
    }
    Ok(())
}
