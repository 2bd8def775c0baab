//! The tables of this domain.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;

const RUN: &str = "protection_run";

/// The migrations of this crate.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let run = Stamp::new("20261121_0001_protection_run").table(
        Table::create()
            .table(RUN)
            .col(m::uuid_pk("id"))
            .col(m::moment("at"))
            .col(m::long("size"))
            .col(m::long("waiting"))
            .col(m::long("findings"))
            .col(m::long("erased"))
            // The first faults in words of the program; empty for a sound log.
            .col(m::json("faults"))
            .col(m::boolean("outside")),
    );
    vec![run.boxed()]
}
