//! The tables of reports.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Table, TableCreateStatement};
use d06_db::sea_orm_migration::MigrationTrait;

/// The migration.
pub(super) fn stamp() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0101_steering_report")
        .table(&mut report())
        .table(&mut figure())
        .table(&mut record())
        .table(&mut step())
        .table(&mut notice())
        .table(&mut contact())
        .index(m::unique("steering_report", &["period_key", "unit"]))
        .index(m::index("steering_report", &["superior", "period_key", "state"]))
        .index(m::index("steering_report", &["unit", "due_at"]))
        .index(m::index("steering_report", &["state", "due_at"]))
        .index(m::index("steering_report", &["included_in"]))
        .index(m::unique("steering_report_figure", &["report", "key"]))
        .index(m::unique("steering_report_record", &["report", "figure", "position"]))
        .index(m::index("steering_report_step", &["report", "at"]))
        .index(m::unique("steering_report_notice", &["report", "stage"]))
        .index(m::index("steering_report_notice", &["unit", "at"]))
        .boxed()
}

fn report() -> TableCreateStatement {
    Table::create()
        .table("steering_report")
        .col(m::uuid_pk("id"))
        // The same for every unit that reports on the period: `monthly:2026-12`, `ad-hoc:<id>`.
        .col(m::key("period_key", 80))
        .col(m::key("cycle", 20))
        // What an ad hoc report is about.
        .col(m::text_null("subject"))
        .col(m::date("period_from"))
        .col(m::date("period_to"))
        .col(m::moment("due_at"))
        .col(m::key("unit", 40))
        .col(m::text("unit_name"))
        .col(m::key_null("superior", 40))
        .col(m::key("state", 20))
        // Names of who has it now.
        .col(m::text("held_by"))
        .col(m::json("words"))
        .col(m::moment_null("sent_at"))
        .col(m::text_null("sent_by"))
        .col(m::moment_null("locked_at"))
        // The content as it was last sent or locked, the exact text of its hash; and that hash.
        .col(m::text_null("content"))
        .col(m::key_null("hash", 64))
        // The report of the unit above that sums it up.
        .col(m::uuid_null("included_in"))
        .col(m::long("version"))
        .take()
}

fn figure() -> TableCreateStatement {
    Table::create()
        .table("steering_report_figure")
        .col(m::uuid_pk("id"))
        .col(m::uuid("report"))
        .col(m::key("key", 120))
        // `count` or `ratio`.
        .col(m::key("kind", 10))
        .col(m::long("numerator"))
        .col(m::long("denominator"))
        .foreign_key(&mut m::foreign_key("steering_report_figure", "report", "steering_report"))
        .take()
}

fn record() -> TableCreateStatement {
    Table::create()
        .table("steering_report_record")
        .col(m::uuid_pk("id"))
        .col(m::uuid("report"))
        .col(m::key("figure", 120))
        .col(m::int("position"))
        .col(m::text("label"))
        .col(m::text("href"))
        .col(m::boolean("counted"))
        .col(m::text("reason"))
        .foreign_key(&mut m::foreign_key("steering_report_record", "report", "steering_report"))
        .take()
}

fn step() -> TableCreateStatement {
    Table::create()
        .table("steering_report_step")
        .col(m::uuid_pk("id"))
        .col(m::uuid("report"))
        .col(m::moment("at"))
        .col(m::key("step", 20))
        .col(m::text("actor"))
        .col(m::text_null("comment"))
        .foreign_key(&mut m::foreign_key("steering_report_step", "report", "steering_report"))
        .take()
}

fn notice() -> TableCreateStatement {
    Table::create()
        .table("steering_report_notice")
        .col(m::uuid_pk("id"))
        .col(m::uuid("report"))
        .col(m::key("unit", 40))
        // `7`, `3`, `1`: days before; `overdue`; `by-hand:<id>`.
        .col(m::key("stage", 60))
        .col(m::moment("at"))
        .foreign_key(&mut m::foreign_key("steering_report_notice", "report", "steering_report"))
        .take()
}

fn contact() -> TableCreateStatement {
    Table::create()
        .table("steering_report_contact")
        .col(m::key("unit", 40).primary_key().take())
        // The mailbox of the office, not of a person.
        .col(m::text("email"))
        .take()
}
