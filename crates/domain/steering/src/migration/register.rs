//! The tables of the registers of steering, of budgets and of proposals of commendation.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Table, TableCreateStatement};
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations, in order.
pub(super) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Stamp::new("20261121_0011_steering_register")
            .table(&mut record())
            .table(&mut budget())
            .table(&mut commendation())
            .index(m::index("steering_record", &["register", "unit"]))
            .index(m::index("steering_record", &["parent"]))
            .index(m::unique("steering_budget", &["task", "year"]))
            .index(m::index("steering_commendation", &["office"]))
            .boxed(),
    ]
}

fn record() -> TableCreateStatement {
    Table::create()
        .table("steering_record")
        .col(m::uuid_pk("id"))
        // Key of the register as defined in data/steering/registers.toml: `inspection`, `finding`, `pilot` …
        .col(m::key("register", 20))
        .col(m::key("office", 40))
        // The entry it belongs to: the inspection of a finding.
        .col(m::uuid_null("parent"))
        .col(m::text("title"))
        // The unit that must act: inspected, owner of the model, drafter.
        .col(m::key("unit", 40))
        .col(m::key("stage", 20))
        .col(m::date_null("due_on"))
        .col(m::date_null("done_on"))
        // The other fields of the register, by key.
        .col(m::json("fields"))
        .col(m::long("version"))
        .take()
}

fn budget() -> TableCreateStatement {
    Table::create()
        .table("steering_budget")
        .col(m::uuid_pk("id"))
        .col(m::uuid("task"))
        .col(m::int("year"))
        // Whole đồng.
        .col(m::long("estimate"))
        .col(m::long("allocated"))
        .col(m::long("spent"))
        // Where the money comes from, and the decision that gives it.
        .col(m::text_null("source"))
        .col(m::long("version"))
        .foreign_key(&mut m::foreign_key("steering_budget", "task", "steering_task"))
        .take()
}

fn commendation() -> TableCreateStatement {
    Table::create()
        .table("steering_commendation")
        .col(m::uuid_pk("id"))
        .col(m::key("office", 40))
        // `praise` or `criticism`.
        .col(m::key("kind", 10))
        .col(m::key("unit", 40))
        .col(m::date("from_day"))
        .col(m::date("to_day"))
        // The figures it was drafted from, as they were.
        .col(m::json("figures"))
        .col(m::text("text"))
        // `draft`, `approved`, `declined`.
        .col(m::key("state", 10))
        .col(m::moment("drafted_at"))
        .col(m::text("drafted_by"))
        .col(m::moment_null("decided_at"))
        .col(m::text_null("decided_by"))
        .col(m::text_null("decision"))
        .col(m::long("version"))
        .take()
}
