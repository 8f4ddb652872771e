//! The same history as plain rows in a bare SQLite file, with SQLCipher's encryption or without: what the store is
//! compared with. One table a kind, the newest value of a field wins, with the columns that asks for.

use cairn_tests::history::{Act, END, Scalar};
use chrono::Days;
use rusqlite::{Connection, Result, ToSql, params};
use std::path::Path;

const SCHEMA: &str = "
    create table goal(id integer primary key, words text, state text, importance integer, confidence integer,
        clock integer, device integer);
    create table plan(id integer primary key, goal integer, replaces integer, state text, what text, \"when\" text,
        \"where\" text, often text, bit text, support text, confidence integer, clock integer, device integer);
    create index plan_agreed on plan(id) where state = 'agreed';
    create table rating(id integer primary key, goal integer, plan integer, value integer, why text, clock integer,
        device integer);
    create table follow_up(id integer primary key, plan integer, due integer, channel text, clock integer,
        device integer);
    create index follow_up_plan on follow_up(plan);
    create table review(id integer primary key, plan integer, well text, challenging text, next text, clock integer,
        device integer);
    create table barrier(id integer primary key, plan integer, text text, chosen integer, clock integer,
        device integer);
    create table idea(id integer primary key, barrier integer, text text, state text, note text, clock integer,
        device integer);
    create table pause(id integer primary key, plan integer, until integer, why text, clock integer, device integer);
    create index pause_plan on pause(plan);
    create table entry(plan integer, day integer, id integer, did text, felt integer, note text, clock integer,
        device integer, primary key(plan, day, id)) without rowid;";

/// SQLCipher's key as it is given to a file, or none for a file that is not encrypted.
const KEY: &str =
    "pragma key = \"x'2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a'\"";

/// Opens a file, encrypted or not.
pub fn open(path: &Path, encrypted: bool) -> Result<Connection> {
    let db = Connection::open(path)?;
    if encrypted {
        db.execute_batch(KEY)?;
    }
    Ok(db)
}

/// Opens a file to write durably.
pub fn open_to_write(path: &Path, encrypted: bool) -> Result<Connection> {
    let db = open(path, encrypted)?;
    db.execute_batch("pragma synchronous = full")?;
    Ok(db)
}

/// Makes a file with a whole history in it, as small as it gets.
pub fn build(path: &Path, encrypted: bool, acts: &[Act]) -> Result<()> {
    let db = open(path, encrypted)?;
    db.execute_batch("pragma journal_mode = wal")?;
    db.execute_batch(SCHEMA)?;
    db.execute_batch("begin")?;
    for (n, act) in acts.iter().enumerate() {
        apply(&db, n, act)?;
    }
    db.execute_batch("commit; vacuum; pragma wal_checkpoint(truncate)")
}

fn apply(db: &Connection, n: usize, act: &Act) -> Result<()> {
    if log(db, n, act)? {
        return Ok(());
    }
    let clock = act.at.timestamp() << 16;
    for (kind, id, field, value) in act.facts(n) {
        let sql = format!(
            "insert into {kind}(id, \"{field}\", clock, device) values(?1, ?2, ?3, 0)
             on conflict(id) do update set \"{field}\" = ?2, clock = ?3"
        );
        let number = value.number();
        let value: &dyn ToSql = match &value {
            Scalar::Text(text) => text,
            _ => &number,
        };
        db.prepare_cached(&sql)?
            .execute(params![id as i64, value, clock])?;
    }
    Ok(())
}

/// Writes one entry as one row; whether the act was one.
pub fn log(db: &Connection, n: usize, act: &Act) -> Result<bool> {
    use cairn_tests::history::Step;
    let Step::Entry {
        plan,
        on,
        did,
        felt,
        note,
    } = &act.step
    else {
        return Ok(false);
    };
    db.prepare_cached("insert into entry values(?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)")?
        .execute(params![
            i64::try_from(*plan).unwrap_or(0),
            Scalar::Day(*on).number(),
            n as i64,
            did,
            felt,
            note,
            act.at.timestamp() << 16
        ])?;
    Ok(true)
}

/// Reads what today's page says: the running plans with their rests and follow-ups, and the entries that can matter.
pub fn today(db: &Connection) -> Result<usize> {
    let from = Scalar::Day(END - Days::new(16)).number();
    let mut read = 0;
    let mut plans = Vec::new();
    let sql = "select id, what, \"when\", \"where\", often from plan where state = 'agreed'";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        plans.push(row.get::<_, i64>(0)?);
        read += row.get_ref(1)?.as_str()?.len() + row.get_ref(4)?.as_str()?.len();
    }
    for plan in plans {
        for sql in [
            "select due, channel from follow_up where plan = ?1",
            "select until, why from pause where plan = ?1",
            "select day, did from entry where plan = ?1 and day >= ?2",
        ] {
            let mut statement = db.prepare_cached(sql)?;
            let mut rows = match statement.parameter_count() {
                1 => statement.query(params![plan])?,
                _ => statement.query(params![plan, from])?,
            };
            while let Some(row) = rows.next()? {
                read += 1 + row.get_ref(1)?.as_str()?.len();
            }
        }
    }
    Ok(read)
}

/// Makes a file with one row a person, with what a caseload says of them.
pub fn build_caseload(path: &Path, people: usize) -> Result<()> {
    let db = open(path, true)?;
    db.execute_batch(
        "pragma journal_mode = wal;
         create table person(id integer primary key, name text, owner text, due integer, channel text,
             confidence integer, over_from integer, barrier text, request text);
         begin",
    )?;
    let due = Scalar::Day(END).number();
    for n in 0..people {
        db.prepare_cached(
            "insert into person values(?1, ?2, 'Anne Okoro', ?3, 'visit', 7, ?3, null, null)",
        )?
        .execute(params![n as i64, format!("Person {n}"), due])?;
    }
    db.execute_batch("commit; vacuum; pragma wal_checkpoint(truncate)")
}

/// Reads what a caseload says.
pub fn caseload(db: &Connection) -> Result<usize> {
    let sql = "select name, owner, due, channel, confidence, over_from, barrier, request from person order by due, name";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut read = 0;
    while let Some(row) = rows.next()? {
        read += row.get_ref(0)?.as_str()?.len() + row.get_ref(1)?.as_str()?.len();
        read += row.get_ref(3)?.as_str()?.len();
        read += usize::try_from(row.get::<_, i64>(2)? & 1).unwrap_or(0);
    }
    Ok(read)
}
