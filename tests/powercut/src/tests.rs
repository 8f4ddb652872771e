//! The power cut itself: it takes what was not synced, and nothing else.

use super::Powercut;
use crate::dice;
use rusqlite::Connection;
use std::path::Path;

fn open(folder: &Path, synchronous: &str) -> Connection {
    let db = Connection::open(folder.join("a.db")).unwrap();
    db.pragma_update(None, "journal_mode", "wal").unwrap();
    db.pragma_update(None, "synchronous", synchronous).unwrap();
    db
}

fn rows(db: &Connection) -> i64 {
    db.query_row("select count(*) from t", [], |row| row.get(0))
        .unwrap()
}

fn after_a_cut(synchronous: &str, seed: u64) -> (i64, super::Lost) {
    let folder = tempfile::tempdir().unwrap();
    let power = Powercut::watch(folder.path());
    let db = open(folder.path(), "full");
    db.execute_batch("create table t(n integer, filling blob)")
        .unwrap();
    db.pragma_update(None, "synchronous", synchronous).unwrap();
    for n in 0..20 {
        let sql = "insert into t values(?1, randomblob(3000))";
        db.execute(sql, [n]).unwrap();
    }
    power.cut();
    assert!(db.execute("insert into t values(99, null)", []).is_err());
    drop(db);
    let lost = power.power_again(dice(seed)).unwrap();
    let db = open(folder.path(), "full");
    (rows(&db), lost)
}

#[test]
fn what_was_synced_is_there_after_a_cut() {
    for seed in 0..10 {
        assert_eq!(after_a_cut("full", seed).0, 20);
    }
}

#[test]
fn what_was_not_synced_is_lost_or_torn() {
    let all: Vec<_> = (0..20).map(|seed| after_a_cut("off", seed)).collect();
    assert!(all.iter().any(|(rows, _)| *rows == 0));
    assert!(all.iter().any(|(rows, _)| (1..20).contains(rows)));
    assert!(all.iter().any(|(_, lost)| lost.torn > 0));
    assert!(all.iter().all(|(_, lost)| lost.unsynced > 0));
}

#[test]
fn a_cut_inside_a_commit_leaves_the_commits_before_it() {
    for calls in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let power = Powercut::watch(folder.path());
        let mut db = open(folder.path(), "full");
        db.execute_batch("create table t(n integer, filling blob); insert into t values(1, null)")
            .unwrap();
        power.cut_after(calls);
        let tx = db.transaction().unwrap();
        tx.execute("insert into t values(2, randomblob(9000))", [])
            .unwrap();
        let committed = tx.commit().is_ok();
        if !committed {
            assert!(power.disarm());
        }
        power.cut();
        drop(db);
        power.power_again(dice(calls)).unwrap();
        let rows = rows(&open(folder.path(), "full"));
        assert!(rows == 2 || rows == 1 && !committed, "{calls}: {rows}");
    }
}
