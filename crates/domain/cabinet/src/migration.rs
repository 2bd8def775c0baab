//! The tables of this domain.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Index, Table};
use d06_db::sea_orm_migration::MigrationTrait;

const DOCUMENT: &str = "cabinet_document";

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
    vec![document.boxed(), number.boxed()]
}
