//! A subscriber that writes one line per event, and may be told to fail.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Query, Table};
use d06_db::sea_orm::{ConnectionTrait, Statement};
use d06_db::sea_orm_migration::MigrationTrait;
use d06_db::{DbResultExt, Tx};
use d06_events::{Bus, Event, NewEvent, Subscriber, publish};
use d06_jobs::Workers;
use d06_kernel::id::EventId;
use d06_kernel::{Cx, Problem};
use d06_testkit::TestDb;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Writes into `tests_ledger`; fails the first `failures` times, after it has written.
#[derive(Default)]
pub struct Ledger {
    pub failures: AtomicUsize,
    pub prepared: AtomicUsize,
}

#[async_trait::async_trait]
impl Subscriber for Ledger {
    fn name(&self) -> &'static str {
        "tests.ledger"
    }

    fn kinds(&self) -> &[&'static str] {
        &["dossier.submitted", "dossier.decided"]
    }

    async fn prepare(&self, _: &Cx, event: &Event) -> Result<Value, Problem> {
        self.prepared.fetch_add(1, Ordering::SeqCst);
        Ok(json!({ "prepared": event.kind }))
    }

    async fn handle(&self, cx: &Cx, tx: &Tx, event: &Event, prepared: Value) -> Result<(), Problem> {
        assert_eq!(prepared, json!({ "prepared": event.kind }));
        let line: uuid::Uuid = cx.new_id();
        let mut insert = Query::insert();
        insert.into_table("tests_ledger").columns(["id", "kind"]);
        insert.values_panic([line.into(), event.kind.as_str().into()]);
        tx.execute(&insert).await.or_problem()?;
        let fails =
            self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if fails.is_ok() { Err(Problem::unavailable("tests.down")) } else { Ok(()) }
    }
}

pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let ledger = Stamp::new("20261121_0003_tests_ledger")
        .table(Table::create().table("tests_ledger").col(m::uuid_pk("id")).col(m::key("kind", 80)));
    let mut all = d06_jobs::migrations();
    all.extend(d06_events::migrations());
    all.push(ledger.boxed());
    all
}

/// A ledger on a bus with its workers.
pub fn set_up(t: &TestDb) -> (Arc<Ledger>, Bus, Workers) {
    let ledger = Arc::new(Ledger::default());
    let bus = Bus::new(vec![ledger.clone()]);
    let workers = Workers::new(t.db.clone(), t.cx.clone(), bus.handlers(&t.db));
    (ledger, bus, workers)
}

pub fn submitted(kind: &'static str) -> NewEvent {
    NewEvent {
        kind,
        subject: "dossier:1".to_owned(),
        unit: Some("H31.10816.01".to_owned()),
        payload: json!({ "procedure": "1.004873" }),
    }
}

/// Publishes and commits.
pub async fn publish_one(t: &TestDb, bus: &Bus, kind: &'static str) -> EventId {
    let tx = t.db.begin().await.unwrap();
    let id = publish(&t.cx, &tx, bus, submitted(kind)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// How many lines the ledger has.
pub async fn lines(t: &TestDb) -> i64 {
    let tx = t.db.read().await.unwrap();
    let sql = "SELECT COUNT(*) AS n FROM tests_ledger";
    let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}
