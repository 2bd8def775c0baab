//! The tables of this domain.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::ConnectionTrait;
use d06_db::sea_orm::DbErr;
use d06_db::sea_orm::sea_query::{Index, Query, Table};
use d06_db::sea_orm_migration::MigrationTrait;

const DOCUMENT: &str = "cabinet_document";
const OWNER: &str = "cabinet_owner";

/// The migrations of this domain.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let document = Stamp::new("20261121_0001_cabinet_document")
        .table(
            Table::create()
                .table(DOCUMENT)
                .col(m::uuid_pk("id"))
                .col(m::key("owner", 12))
                .col(m::key("kind", 60))
                .col(m::key("number", 60))
                .col(m::key("unit", 35))
                .col(m::uuid("dossier"))
                .col(m::uuid("file"))
                .col(m::key("sha256", 64))
                .col(m::json("fields"))
                .col(m::moment("issued_at"))
                .col(m::moment_null("valid_until"))
                .col(m::moment_null("revoked_at")),
        )
        .index(m::index(DOCUMENT, &["owner", "kind"]))
        .index(m::unique(DOCUMENT, &["unit", "number", "issued_at"]));
    // Numbers of official papers run from 1 in each unit and year (Decree 30/2020 Art. 15).
    let number = Stamp::new("20261121_0002_cabinet_number").table(
        Table::create()
            .table("cabinet_number")
            .col(m::key("unit", 35))
            .col(m::key("symbol", 30))
            .col(m::int("year"))
            .col(m::long("last"))
            .primary_key(Index::create().name("cabinet_number_pkey").col("unit").col("symbol").col("year")),
    );
    vec![document.boxed(), number.boxed(), owners()]
}

/// A document may have several owners; it may be replaced by a later one; and whoever holds it on paper can check it.
fn owners() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0003_cabinet_owner")
        .table(
            Table::create()
                .table(OWNER)
                .col(m::uuid("document"))
                .col(m::key("owner", 12))
                .col(m::key("kind", 60))
                .foreign_key(&mut m::foreign_key(OWNER, "document", DOCUMENT))
                .primary_key(Index::create().name("cabinet_owner_pkey").col("document").col("owner")),
        )
        .index(m::index(OWNER, &["owner", "kind"]))
        .step(|manager| {
            Box::pin(async move {
                let mut copy = Query::insert();
                copy.into_table(OWNER).columns(["document", "owner", "kind"]);
                let from = Query::select().columns(["id", "owner", "kind"]).from(DOCUMENT).take();
                copy.select_from(from).map_err(|error| DbErr::Migration(error.to_string()))?;
                manager.get_connection().execute(&copy).await?;
                manager.drop_index(m::drop_index(DOCUMENT, &["owner", "kind"])).await?;
                manager.alter_table(Table::alter().table(DOCUMENT).drop_column("owner").take()).await?;
                let added = [
                    m::key_null("lookup", 64),
                    m::moment_null("superseded_at"),
                    m::uuid_null("superseded_by"),
                ];
                for mut column in added {
                    manager
                        .alter_table(Table::alter().table(DOCUMENT).add_column(&mut column).take())
                        .await?;
                }
                Ok(())
            })
        })
        .index(m::unique(DOCUMENT, &["lookup"]))
        .boxed()
}
