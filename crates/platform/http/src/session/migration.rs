//! The tables of this crate.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations of this crate.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Stamp::new("20261121_0001_http_session")
            .table(
                Table::create()
                    .table("http_session")
                    .col(m::key("token_hash", 64).primary_key())
                    .col(m::uuid("account"))
                    .col(m::key_null("unit", 40))
                    .col(m::json_null("known"))
                    .col(m::moment_null("known_at"))
                    .col(m::moment("created_at"))
                    .col(m::moment("seen_at")),
            )
            .index(m::index("http_session", &["account"]))
            .index(m::index("http_session", &["seen_at"]))
            .boxed(),
    ]
}
