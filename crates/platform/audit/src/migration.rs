//! The tables of the log.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, Index, Query, Table};
use d06_db::sea_orm::{ConnectionTrait, DbErr};
use d06_db::sea_orm_migration::{MigrationTrait, SchemaManager};
use uuid::Uuid;

const ENTRY: &str = "audit_entry";
const LEAF: &str = "audit_leaf";

/// The migrations of this crate.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let entry = Stamp::new("20261121_0001_audit_entry")
        .table(
            Table::create()
                .table(ENTRY)
                .col(m::uuid_pk("id"))
                // The exact text of the leaf; everything below repeats it for finding, or is left out of it.
                .col(m::text("content"))
                .col(m::moment("at"))
                .col(m::key("action", 60))
                .col(m::text("object"))
                .col(m::key_null("unit", 35))
                .col(m::key_null("subject", 12))
                .col(m::key_null("salt", 32)),
        )
        .index(m::index(ENTRY, &["subject", "id"]))
        .index(m::index(ENTRY, &["object", "id"]));
    let leaf = Stamp::new("20261121_0002_audit_leaf")
        .table(
            Table::create()
                .table(LEAF)
                // No foreign key: a removed entry must be seen as missing, not make the removal fail quietly.
                .col(m::uuid("entry"))
                .col(m::long("place"))
                .col(m::bytes("hash"))
                .primary_key(Index::create().name("audit_leaf_pkey").col("place")),
        )
        .index(m::unique(LEAF, &["entry"]))
        .table(
            Table::create()
                .table("audit_tile")
                .col(m::int("level"))
                .col(m::long("number"))
                .col(m::bytes("hashes"))
                .primary_key(Index::create().name("audit_tile_pkey").col("level").col("number")),
        )
        .table(
            Table::create()
                .table("audit_checkpoint")
                .col(m::long("size"))
                .col(m::text("note"))
                .col(m::moment("at"))
                .primary_key(Index::create().name("audit_checkpoint_pkey").col("size")),
        );
    vec![entry.boxed(), leaf.boxed(), actor().boxed()]
}

/// Entries are looked for by who did it, by action and by unit as well.
fn actor() -> Stamp {
    Stamp::new("20261121_0003_audit_actor")
        .step(|manager| {
            Box::pin(async move {
                let column = m::key("actor", 60).default("").take();
                manager.alter_table(Table::alter().table(ENTRY).add_column(column).take()).await?;
                fill_actors(manager).await
            })
        })
        .index(m::index(ENTRY, &["actor", "id"]))
        .index(m::index(ENTRY, &["action", "id"]))
        .index(m::index(ENTRY, &["unit", "id"]))
}

/// Entries written before there was the column: their text names the actor.
async fn fill_actors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let rows = Query::select().columns(["id", "content"]).from(ENTRY).take();
    for row in connection.query_all(&rows).await? {
        let (id, content): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "content")?);
        let Ok(leaf) = serde_json::from_str::<serde_json::Value>(&content) else { continue };
        let actor = leaf["actor"].as_str().unwrap_or_default();
        let update =
            Query::update().table(ENTRY).value("actor", actor).and_where(Expr::col("id").eq(id)).take();
        connection.execute(&update).await?;
    }
    Ok(())
}
