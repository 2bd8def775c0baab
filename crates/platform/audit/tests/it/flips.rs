//! Any bit of any row turned over: verification names the row, or the row reads the same.

use crate::{fill, key};
use d06_audit::{EntryFilter, integrate, list, migrations, verify};
use d06_db::sea_orm::{ConnectionTrait, Statement, Value};
use d06_db::{Backend, PageRequest};
use d06_testkit::{TestDb, on};

const ENTRIES: u64 = 12;

/// Bits turned over in each column.
const FLIPS: usize = 40;

/// The bytes of a column of the row at a place.
async fn bytes(t: &TestDb, column: &str, place: u64) -> Option<Vec<u8>> {
    let tx = t.db.read().await.unwrap();
    let sql = format!(
        "SELECT CAST({column} AS BLOB) AS bytes FROM audit_entry e JOIN audit_leaf l ON l.entry = e.id
         WHERE l.place = {place}"
    );
    let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "bytes").unwrap()
}

async fn put(t: &TestDb, column: &str, place: u64, bytes: Vec<u8>) {
    let kept_type = if column == "e.id" { "?" } else { "CAST(? AS TEXT)" };
    let name = column.trim_start_matches("e.");
    let sql = format!(
        "UPDATE audit_entry SET {name} = {kept_type}
         WHERE rowid = (SELECT e.rowid FROM audit_entry e ORDER BY e.rowid LIMIT 1 OFFSET {place})"
    );
    let tx = t.db.begin().await.unwrap();
    let values: [Value; 1] = [bytes.into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await.unwrap();
    tx.commit().await.unwrap();
}

/// What people read.
async fn read(t: &TestDb) -> Option<String> {
    let tx = t.db.read().await.unwrap();
    let page = list(&tx, &EntryFilter::default(), &PageRequest::first(50)).await.ok()?;
    Some(format!("{:?}", page.items))
}

#[tokio::test]
async fn a_bit_turned_over_is_found_in_the_row_it_is_in() {
    on(Backend::Sqlite, &migrations, &|t: TestDb| async move {
        fill(&t, ENTRIES).await;
        integrate(&t.cx, &t.db, &key(), true).await.unwrap();
        let before = read(&t).await;
        let mut found = 0;
        for column in
            ["e.id", "e.content", "e.at", "e.action", "e.object", "e.unit", "e.actor", "e.subject", "e.salt"]
        {
            for _ in 0..FLIPS {
                let [row, at, bit] = t.cx.randomness().bytes::<3>().map(u64::from);
                let place = row % ENTRIES;
                let Some(good) = bytes(&t, column, place).await else { continue };
                let mut bad = good.clone();
                let byte = usize::try_from(at).unwrap() % bad.len();
                bad[byte] ^= 1 << (bit % 8);
                put(&t, column, place, bad).await;
                let report = verify(&t.db, &key().public(), None).await.unwrap();
                if report.is_sound() {
                    // `T` and `t` between day and hour are the same moment.
                    assert_eq!(read(&t).await, before, "{column} of place {place}");
                } else {
                    assert!(report.findings.iter().all(|finding| finding.place == place), "{report:?}");
                    assert!(report.findings.iter().all(|finding| finding.entry.is_some()), "{report:?}");
                    found += 1;
                }
                put(&t, column, place, good).await;
                assert!(verify(&t.db, &key().public(), None).await.unwrap().is_sound());
            }
        }
        assert!(found > 200, "{found}");
    })
    .await;
}
