//! The table.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations of this crate, in order.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let letter = Stamp::new("20261121_0001_mail_letter")
        .table(
            Table::create()
                .table("mail_letter")
                .col(m::uuid_pk("id"))
                // What it is about, once and for all: the same key is not written twice.
                .col(m::key("key", 200))
                .col(m::text("recipient"))
                .col(m::text("subject"))
                .col(m::text("body"))
                .col(m::moment("posted_at"))
                .col(m::moment_null("sent_at"))
                // The server's answer where it refused for good.
                .col(m::text_null("refused")),
        )
        .index(m::unique("mail_letter", &["key"]));
    vec![letter.boxed()]
}
