//! Rows of the projection: things as they are read by a page, one row each.

use crate::circle::Groups;
use crate::clock::zone::parse_day;
use crate::error::Result;
use crate::id::Id;
use crate::log::packed::{self, Packed};
use crate::record::state::Cursor;
use crate::record::{Actor, Noun, Part, Record, Thing};
use crate::store::vault::Circle;
use crate::store::visit;
use chrono::{Datelike, NaiveDate};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

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

/// Loads a record as far as the scope says. What is known of each part goes with it: acts and checks need that.
pub(super) fn load(
    db: &Connection,
    circle: &Circle,
    actor: Actor,
    scope: &Scope,
) -> Result<Record> {
    let mut record = load_to_read(db, circle, actor, scope)?;
    load_cursors(db, circle, &mut record)?;
    Ok(record)
}

/// What is known of each part, and whose actors are whose, without any thing.
pub(super) fn load_known(db: &Connection, circle: &Circle, actor: Actor) -> Result<Record> {
    let mut record = Record::new(circle.id.clone(), circle.member.clone(), actor);
    load_actors(db, circle, &mut record)?;
    load_cursors(db, circle, &mut record)?;
    Ok(record)
}

/// Loads a record for a page, which asks nothing about parts: their number grows with the years.
pub(super) fn load_to_read(
    db: &Connection,
    circle: &Circle,
    actor: Actor,
    scope: &Scope,
) -> Result<Record> {
    let mut record = Record::new(circle.id.clone(), circle.member.clone(), actor);
    load_actors(db, circle, &mut record)?;
    match scope {
        Scope::Plan(prefix) => {
            // The roster and the zones are always live.
            let sql = "select body from thing where circle = ?1 and live = 1 and noun in ('member', 'zone')";
            insert(&mut record, db, sql, params![circle.no])?;
            let upper = format!("{prefix}\u{7f}");
            let sql = "select body from thing
                       where circle = ?1 and live in (0, 1) and noun = 'plan' and id >= ?2 and id < ?3";
            insert(
                &mut record,
                db,
                sql,
                params![circle.no, prefix.as_str(), upper],
            )?;
        }
        Scope::Live => {
            let sql = "select body from thing where circle = ?1 and live = 1";
            insert(&mut record, db, sql, params![circle.no])?;
        }
        Scope::All | Scope::Everything => {
            let sql = "select body from thing where circle = ?1";
            insert(&mut record, db, sql, params![circle.no])?;
            if *scope == Scope::Everything {
                load_all_entries(db, circle, &mut record)?;
            }
            super::pieces::load(db, circle, &mut record)?;
        }
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
    let sql = "select body from entry where circle = ?1 and day >= ?3 and plan = ?2";
    insert(
        record,
        db,
        sql,
        params![circle.no, plan.as_str(), from.num_days_from_ce()],
    )
}

/// Adds one thing if it is stored. Entries are found by [`load_entry`].
pub(super) fn load_thing(
    db: &Connection,
    circle: &Circle,
    noun: Noun,
    id: &Id,
) -> Result<Option<Thing>> {
    let sql =
        "select body from thing where circle = ?1 and live in (0, 1) and noun = ?2 and id = ?3";
    one(db, sql, params![circle.no, noun.as_str(), id.as_str()])
}

/// Adds one entry if it is stored on the day that a version of it names, or near it: it lies on the latest day any
/// version names, so one that this version moves back lies later, and one that it moves forward lies earlier.
pub(super) fn load_entry(
    db: &Connection,
    circle: &Circle,
    id: &Id,
    version: &Packed,
) -> Result<Option<Thing>> {
    const NEAR: i32 = 14;
    let day = version.on.num_days_from_ce();
    let sql = "select body from entry where circle = ?1 and day between ?2 and ?3 and id = ?4";
    one(
        db,
        sql,
        params![circle.no, day - NEAR, day + NEAR, id.as_str()],
    )
}

/// Adds every entry that is not there yet.
pub(super) fn load_all_entries(
    db: &Connection,
    circle: &Circle,
    record: &mut Record,
) -> Result<()> {
    let mut all = Record::new(circle.id.clone(), circle.member.clone(), record.actor);
    let sql = "select body from entry where circle = ?1";
    insert(&mut all, db, sql, params![circle.no])?;
    for entry in all.all() {
        if record.get(entry.noun, &entry.id).is_none() {
            record.insert(entry.clone());
        }
    }
    record.has_all_entries = true;
    Ok(())
}

/// Writes one thing's row, in its place among the live ones or the others.
pub(super) fn save_thing(
    db: &Connection,
    circle: &Circle,
    thing: &Thing,
    live: bool,
) -> Result<()> {
    match thing.noun {
        Noun::Entry => return save_entry(db, circle, thing),
        Noun::Attachment => super::pieces::announce(db, circle, thing)?,
        _ => {}
    }
    let (noun, id) = (thing.noun.as_str(), thing.id.as_str());
    db.prepare_cached(
        "delete from thing where circle = ?1 and live = ?2 and noun = ?3 and id = ?4",
    )?
    .execute(params![circle.no, !live, noun, id])?;
    db.prepare_cached(
        "insert or replace into thing(circle, live, noun, id, body) values(?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        circle.no,
        live,
        noun,
        id,
        postcard::to_stdvec(thing)?
    ])?;
    Ok(())
}

fn save_entry(db: &Connection, circle: &Circle, entry: &Thing) -> Result<()> {
    // An entry of a newer version that cannot be placed belongs to no plan that is looked for.
    let unplaced = (String::new(), 0);
    let as_row = |(plan, day): (Id, NaiveDate)| (plan.to_string(), day.num_days_from_ce());
    let place = packed::place(entry).map_or(unplaced.clone(), as_row);
    // Written once, it lies nowhere else yet; corrected, it leaves the place of its earlier day.
    if entry.texts().len() > 1 {
        let earlier = packed::places(entry).into_iter().map(as_row);
        for (plan, day) in earlier
            .chain([unplaced])
            .filter(|earlier| *earlier != place)
        {
            db.prepare_cached(
                "delete from entry where circle = ?1 and plan = ?2 and day = ?3 and id = ?4",
            )?
            .execute(params![circle.no, plan, day, entry.id.as_str()])?;
        }
    }
    db.prepare_cached(
        "insert or replace into entry(circle, plan, day, id, body) values(?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        circle.no,
        place.0,
        place.1,
        entry.id.as_str(),
        postcard::to_stdvec(entry)?
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
    let mut statement =
        db.prepare_cached("select actor, member, device, continued from actor where circle = ?1")?;
    let rows = statement.query_map(params![circle.no], |row| {
        let actor = Actor(row.get(0)?);
        let (member, device): (String, String) = (row.get(1)?, row.get(2)?);
        Ok((actor, member, (device, row.get::<_, bool>(3)?)))
    })?;
    let mut devices = Vec::new();
    for row in rows {
        let (actor, member, device) = row?;
        record.actors.insert(actor, Id::read(member));
        devices.push((actor, device));
    }
    let own = devices.iter().find(|(actor, _)| *actor == record.actor);
    if let Some((_, (own, _))) = own.cloned() {
        // Also what the device wrote that this one was brought back from.
        let mine = devices
            .into_iter()
            .filter(|(_, (device, continued))| *continued || *device == own);
        record.sharing.sent = mine.map(|(actor, _)| (actor, BTreeMap::new())).collect();
    }
    load_sharing(db, circle, record)
}

/// What was granted, and, where somebody else is in, how much of this device's was acknowledged.
fn load_sharing(db: &Connection, circle: &Circle, record: &mut Record) -> Result<()> {
    let sql = "select role, share_groups, others, until, (select value from meta where key = ?2)
               from circle where no = ?1";
    let with = params![circle.no, visit::VISIT];
    let (role, groups, others, until, handed) = db.prepare_cached(sql)?.query_row(with, |row| {
        let (role, groups): (Option<String>, Option<u8>) = (row.get(0)?, row.get(1)?);
        let (others, until): (Option<u8>, Option<String>) = (row.get(2)?, row.get(3)?);
        let visit: Option<Vec<u8>> = row.get(4)?;
        Ok((role, groups, others, until, visit::is_handed(visit)))
    })?;
    record.sharing.handed = handed;
    record.sharing.granted = role.zip(groups.map(Groups::from_bits));
    record.sharing.until = until.and_then(|day| parse_day(&day).ok());
    let Some(others) = others else {
        return Ok(());
    };
    record.sharing.others = Groups::from_bits(others);
    let sql = "select ?2, part, sent from cursor where circle = ?1 and sent > 0
               union all select actor, part, sent from tip where circle = ?1 and sent > 0";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![circle.no, record.actor.0.as_slice()], |row| {
        let part = Part::read(row.get::<_, String>(1)?);
        Ok((Actor(row.get(0)?), part, row.get::<_, i64>(2)?))
    })?;
    for row in rows {
        let (actor, part, sent) = row?;
        if let Some(mine) = record.sharing.sent.get_mut(&actor) {
            mine.insert(part, sent.unsigned_abs());
        }
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

fn one(db: &Connection, sql: &str, parameters: impl rusqlite::Params) -> Result<Option<Thing>> {
    let body: Option<Vec<u8>> = db
        .prepare_cached(sql)?
        .query_row(parameters, |row| row.get(0))
        .optional()?;
    Ok(body.map(|body| postcard::from_bytes(&body)).transpose()?)
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
