//! The rows of the caseload: written in the transaction that changes what they say, read one a person.

use super::vault::{Circle, Vault};
use crate::circle::Groups;
use crate::clock::zone::parse_day;
use crate::error::Result;
use crate::id::Id;
use crate::record::{Group, Noun, Record};
use crate::team::caseload::{self, Access, Facts};
use rusqlite::{Connection, OptionalExtension, params};

impl Vault {
    /// The facts of everybody looked after here, in the order they were added. The own record is not among them.
    pub fn caseload(&self) -> Result<Vec<(Id, Facts)>> {
        let sql = "select circle.id, caseload.facts, circle.ended, circle.until, circle.share_groups from caseload join circle on circle.no = caseload.circle
                   where caseload.team = 0 and circle.own >= 0 and circle.no <> (select no from circle order by own desc, no limit 1)
                   order by circle.no";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut people = Vec::new();
        while let Some(row) = rows.next()? {
            let facts = row
                .get_ref(1)?
                .as_blob()
                .map_err(|_| crate::Error::Damaged)?;
            let mut facts: Facts = postcard::from_bytes(facts)?;
            let until: Option<String> = row.get(3)?;
            let groups: Option<u8> = row.get(4)?;
            let has_goals = |groups| Groups::from_bits(groups).has(Group::Goals);
            facts.access = Access {
                ended: row.get(2)?,
                until: until.and_then(|day| parse_day(&day).ok()),
                without_goals: !groups.is_none_or(has_goals),
            };
            people.push((Id::read(row.get::<_, String>(0)?), facts));
        }
        // Hardly anybody has two records: whose is kept here is asked only then.
        if people.iter().any(|(_, facts)| facts.has_another()) {
            let kept = self.circles()?.into_iter().map(|circle| circle.id);
            caseload::settle_same(&mut people, &kept.collect::<Vec<_>>());
        }
        Ok(people)
    }
}

/// One person's row, if it is there.
pub(super) fn kept(db: &Connection, circle: &Circle) -> Result<Option<Facts>> {
    let row: Option<Vec<u8>> = db
        .prepare_cached("select facts from caseload where circle = ?1")?
        .query_row(params![circle.no], |row| row.get(0))
        .optional()?;
    Ok(row.map(|facts| postcard::from_bytes(&facts)).transpose()?)
}

/// Writes a person's row from a record of which all but the entries is loaded.
pub(super) fn save(db: &Connection, circle: &Circle, record: &Record) -> Result<()> {
    let facts = postcard::to_stdvec(&Facts::of(record))?;
    let team = record.all().any(|thing| thing.noun == Noun::Team);
    db.prepare_cached("insert or replace into caseload(circle, team, facts) values(?1, ?2, ?3)")?
        .execute(params![circle.no, team, facts])?;
    Ok(())
}
