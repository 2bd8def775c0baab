//! The tables.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Index, Table};
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations of this crate, in order.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let event = Stamp::new("20261121_0001_events_event")
        .table(
            Table::create()
                .table("events_event")
                .col(m::uuid_pk("id"))
                .col(m::key("kind", 80))
                .col(m::key("subject", 120))
                .col(m::key_null("unit", 40))
                .col(m::json("payload"))
                .col(m::uuid("request"))
                .col(m::moment("at")),
        )
        .index(m::index("events_event", &["kind", "at"]))
        .index(m::index("events_event", &["subject", "at"]));
    let delivery = Stamp::new("20261121_0002_events_delivery").table(
        Table::create()
            .table("events_delivery")
            .col(m::uuid("event"))
            .col(m::key("subscriber", 80))
            .col(m::moment("at"))
            .primary_key(Index::create().col("event").col("subscriber"))
            .foreign_key(&mut m::foreign_key("events_delivery", "event", "events_event")),
    );
    vec![event.boxed(), delivery.boxed()]
}
