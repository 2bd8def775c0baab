//! A table changed in a way that SQLite's `ALTER TABLE` does not know keeps its rows and what refers to them.

use crate::room::{self, migrations};
use d06_db::migration::{self as m, Stamp, rebuild_table};
use d06_db::sea_orm::sea_query::{ColumnDef, Query, Table, TableCreateStatement};
use d06_db::sea_orm::{ConnectionTrait, DbErr};
use d06_db::sea_orm_migration::{MigrationTrait, SchemaManager};
use d06_db::{Db, problem};
use d06_testkit::both;

/// The room with a code that may now be absent, and without the `version`.
fn new_definition() -> TableCreateStatement {
    Table::create()
        .table("tests_room")
        .col(m::uuid_pk("id"))
        .col(m::key_null("code", 20))
        .col(m::text("search_key"))
        .col(m::long("price"))
        .col(m::moment("opened_at"))
        .col(m::moment_null("closed_at"))
        .take()
}

async fn change(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let kept = ["id", "code", "search_key", "price", "opened_at", "closed_at"];
    let indexes = [m::unique("tests_room", &["code"]), m::index("tests_room", &["opened_at"])];
    rebuild_table(manager, &new_definition(), &kept, &indexes, async |manager| {
        let mut alter = Table::alter();
        alter.table("tests_room").modify_column(ColumnDef::new("code").null()).drop_column("version");
        manager.alter_table(alter.take()).await
    })
    .await
}

fn with_the_change() -> Vec<Box<dyn MigrationTrait>> {
    let mut list = migrations();
    list.push(
        Stamp::new("20261121_0003_tests_room_change").step(|manager| Box::pin(change(manager))).boxed(),
    );
    list
}

#[tokio::test]
async fn rows_indexes_and_references_survive() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        let room = room::room(&t.cx, "A1");
        room::add(&tx, room.clone()).await.unwrap();
        let insert_seat = |room: uuid::Uuid| {
            let seat: uuid::Uuid = t.cx.new_id();
            let mut insert = Query::insert();
            insert.into_table("tests_seat").columns(["id", "room"]).values_panic([seat.into(), room.into()]);
            insert
        };
        tx.execute(&insert_seat(room.id)).await.unwrap();
        tx.commit().await.unwrap();

        t.db.close().await.unwrap();
        Db::migrate(&t.url, with_the_change()).await.unwrap();
        let db = Db::open(&t.url).await.unwrap();

        let tx = db.begin().await.unwrap();
        // The row is there, the code may be absent, the version is gone.
        tx.execute_unprepared("UPDATE tests_room SET code = NULL WHERE code = 'A1'").await.unwrap();
        // The reference is enforced still.
        tx.execute(&insert_seat(room.id)).await.unwrap();
        tx.commit().await.unwrap();
        let tx = db.begin().await.unwrap();
        let broken = tx.execute(&insert_seat(t.cx.new_id())).await.unwrap_err();
        assert_eq!(problem(broken).code, "database.reference");
        drop(tx);
        let tx = db.begin().await.unwrap();
        assert!(tx.execute_unprepared("SELECT version FROM tests_room").await.is_err());
        drop(tx);
        db.close().await.unwrap();
    })
    .await;
}
