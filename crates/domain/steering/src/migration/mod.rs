//! The tables of plans and readings; those of the work on them are in files of their own.

mod compiled;
mod register;
mod report;
mod work;

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{ColumnDef, Table, TableCreateStatement};
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations, in order.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let mut all = vec![spine()];
    all.extend(work::migrations());
    all.extend(register::migrations());
    all.extend(compiled::migrations());
    all.push(report::stamp());
    all
}

fn spine() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0001_steering_plan")
        .table(&mut plan())
        .table(&mut target())
        .table(&mut value())
        .table(&mut task())
        .table(&mut reading())
        .index(m::unique("steering_plan", &["key", "source_hash"]))
        .index(m::unique("steering_target", &["plan", "position"]))
        .index(m::unique("steering_target_value", &["target", "position"]))
        .index(m::unique("steering_task", &["plan", "position"]))
        .index(m::unique("steering_reading", &["measure", "unit", "day"]))
        .boxed()
}

fn plan() -> TableCreateStatement {
    Table::create()
        .table("steering_plan")
        .col(m::uuid_pk("id"))
        .col(m::key("key", 80))
        .col(m::key("unit", 40))
        .col(m::text("title"))
        .col(m::text_null("number"))
        // The text it was compiled from, and its SHA-256 in hexadecimal: the same text is brought in once.
        .col(m::text("source"))
        .col(m::key("source_hash", 64))
        // The compiler's warnings, as it wrote them.
        .col(m::json("warnings"))
        .col(m::moment("imported_at"))
        // When a later text took its place.
        .col(m::moment_null("superseded_at"))
        .take()
}

fn target() -> TableCreateStatement {
    placed("steering_target")
        .col(m::text("unit"))
        // Units as named, with the code where one is known.
        .col(m::json("tracking"))
        .col(m::key_null("measure", 80))
        .col(m::text("legal"))
        .col(m::long("version"))
        .take()
}

fn value() -> TableCreateStatement {
    Table::create()
        .table("steering_target_value")
        .col(m::uuid_pk("id"))
        .col(m::uuid("target"))
        .col(m::int("position"))
        .col(m::key("period", 40))
        .col(m::text("raw"))
        // `>=`, `>`, `<=` or `<`; nothing for a value in words.
        .col(m::key_null("comparison", 2))
        // In hundredths, so that both databases keep it exactly.
        .col(m::long_null("hundredths"))
        .foreign_key(&mut m::foreign_key("steering_target_value", "target", "steering_target"))
        .take()
}

fn task() -> TableCreateStatement {
    placed("steering_task")
        .col(m::json("lead"))
        .col(m::json("coordinating"))
        .col(m::text("due_raw"))
        .col(m::key("due_kind", 20))
        .col(ColumnDef::new("due_to").date().null().take())
        .col(m::text("product"))
        .take()
}

/// A table of items of a plan: where each stands, and its words.
fn placed(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(m::uuid_pk("id"))
        .col(m::uuid("plan"))
        .col(m::int("position"))
        .col(m::key("reference", 40))
        .col(m::key("group_reference", 40))
        .col(m::text("group_title"))
        .col(m::int("line_start"))
        .col(m::int("line_end"))
        .col(m::text("text"))
        .foreign_key(&mut m::foreign_key(table, "plan", "steering_plan"))
        .take()
}

fn reading() -> TableCreateStatement {
    Table::create()
        .table("steering_reading")
        .col(m::uuid_pk("id"))
        .col(m::key("measure", 80))
        .col(m::key("unit", 40))
        .col(m::date("day"))
        // First day of what was counted.
        .col(m::date("counted_from"))
        .col(m::long("numerator"))
        .col(m::long("denominator"))
        .col(m::moment("taken_at"))
        .take()
}
