//! The tables.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{ColumnDef, Table};
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations of this crate, in order.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let job = Stamp::new("20261121_0001_jobs_job")
        .table(
            Table::create()
                .table("jobs_job")
                .col(m::uuid_pk("id"))
                .col(m::key("kind", 80))
                .col(m::json("payload"))
                .col(m::key_null("unique_key", 200))
                .col(m::key("state", 10))
                .col(m::moment("run_at"))
                .col(m::int("attempts"))
                .col(m::uuid_null("lease_owner"))
                .col(m::moment_null("lease_until"))
                .col(m::boolean("again"))
                .col(m::key_null("last_error", 120))
                .col(m::uuid("request"))
                .col(m::moment("created_at")),
        )
        .index(m::unique("jobs_job", &["kind", "unique_key"]))
        .index(m::index("jobs_job", &["state", "run_at"]))
        .index(m::index("jobs_job", &["state", "lease_until"]));
    let schedule = Stamp::new("20261121_0002_jobs_schedule").table(
        Table::create()
            .table("jobs_schedule")
            .col(ColumnDef::new("kind").string_len(80).not_null().primary_key())
            .col(m::moment("next_at")),
    );
    vec![job.boxed(), schedule.boxed()]
}
