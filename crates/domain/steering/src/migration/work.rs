//! The tables of the work on a plan: assignments, evidence, history, obstacles, entered figures.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Table, TableCreateStatement};
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations, in order.
pub(super) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Stamp::new("20261121_0010_steering_assignment")
            .table(&mut assignment())
            .table(&mut evidence())
            .table(&mut history())
            .table(&mut obstacle())
            .table(&mut shape())
            .table(&mut figure())
            .index(m::unique("steering_assignment", &["task", "occurrence"]))
            .index(m::index("steering_assignment", &["plan", "due_on"]))
            .index(m::index("steering_assignment", &["unit", "state"]))
            .index(m::index("steering_evidence", &["owner"]))
            .index(m::index("steering_history", &["owner", "at"]))
            .index(m::index("steering_obstacle", &["about"]))
            .index(m::index("steering_obstacle", &["addressee", "answered_at"]))
            .index(m::unique("steering_figure", &["target", "unit", "period", "revision"]))
            .boxed(),
    ]
}

fn assignment() -> TableCreateStatement {
    Table::create()
        .table("steering_assignment")
        // That of the task for its only or standing assignment; occurrences have ids of their own.
        .col(m::uuid_pk("id"))
        .col(m::uuid("task"))
        .col(m::uuid("plan"))
        // Empty, or the period of a recurring task: `2026-06`, `2026-Q2`, `2026-H1`, `2026`.
        .col(m::key("occurrence", 10))
        // As in the plan, so that a page can be ordered without its tasks.
        .col(m::int("position"))
        // Reference and text without diacritics, to be searched in.
        .col(m::text("search_key"))
        // Who answers for it: code of the leading unit, official in charge, unit that follows it.
        .col(m::key_null("unit", 40))
        .col(m::key_null("person", 12))
        .col(m::text_null("person_name"))
        .col(m::key_null("monitor", 40))
        // The role that decides and takes the product as done.
        .col(m::key_null("authority", 20))
        .col(m::key("due_kind", 20))
        .col(m::date_null("due_on"))
        // The deadline before it was first moved.
        .col(m::date_null("first_due_on"))
        // What a conditional deadline waits for, and when it came about.
        .col(m::text_null("condition"))
        .col(m::date_null("condition_met_on"))
        // Of a recurring task: `monthly:15 yearly:15/12`.
        .col(m::text_null("rhythm"))
        .col(m::text("product"))
        // How many pieces of the product are wanted, where it is counted.
        .col(m::long_null("quantity"))
        // Key of the measure whose value is the progress.
        .col(m::key_null("measure", 80))
        .col(m::key("state", 20))
        .col(m::date_null("submitted_on"))
        .col(m::date_null("done_on"))
        .col(m::long("version"))
        .foreign_key(&mut m::foreign_key("steering_assignment", "task", "steering_task"))
        .foreign_key(&mut m::foreign_key("steering_assignment", "plan", "steering_plan"))
        .take()
}

fn evidence() -> TableCreateStatement {
    Table::create()
        .table("steering_evidence")
        .col(m::uuid_pk("id"))
        // The assignment, figure or entry of a register that it proves.
        .col(m::uuid("owner"))
        .col(m::text("description"))
        // Number and symbol of a document.
        .col(m::text_null("number"))
        // Pieces of the product that it proves.
        .col(m::long_null("quantity"))
        .col(m::uuid_null("file"))
        .col(m::text_null("file_name"))
        .col(m::long_null("size"))
        .col(m::moment("added_at"))
        .col(m::text("added_by"))
        .take()
}

fn history() -> TableCreateStatement {
    Table::create()
        .table("steering_history")
        .col(m::uuid_pk("id"))
        .col(m::uuid("owner"))
        .col(m::moment("at"))
        // Name and unit of the official.
        .col(m::text("by_name"))
        .col(m::key_null("unit", 40))
        .col(m::key("what", 40))
        .col(m::text_null("before"))
        .col(m::text_null("after"))
        .col(m::text_null("note"))
        .take()
}

fn obstacle() -> TableCreateStatement {
    Table::create()
        .table("steering_obstacle")
        .col(m::uuid_pk("id"))
        .col(m::uuid("plan"))
        // `task` (an assignment) or `target`, and which.
        .col(m::key("about_kind", 10))
        .col(m::uuid("about"))
        // The reference of what it is about: `II.3`.
        .col(m::key("reference", 40))
        // The unit that meets it, and the unit that can remove it.
        .col(m::key("unit", 40))
        .col(m::key("addressee", 40))
        .col(m::text("text"))
        .col(m::text_null("proposal"))
        .col(m::moment("raised_at"))
        .col(m::text("raised_by"))
        // Last day to answer, and how often it went up a level because nobody did.
        .col(m::date("due_on"))
        .col(m::int("level"))
        .col(m::text_null("answer"))
        // `removed`, `partly`, `not-possible`.
        .col(m::key_null("outcome", 20))
        .col(m::moment_null("answered_at"))
        .col(m::text_null("answered_by"))
        .col(m::long("version"))
        .foreign_key(&mut m::foreign_key("steering_obstacle", "plan", "steering_plan"))
        .take()
}

fn shape() -> TableCreateStatement {
    Table::create()
        .table("steering_target_shape")
        .col(m::uuid_pk("target"))
        // `share`, `multiple`, `count`, `reduction`, `yes-no`.
        .col(m::key("shape", 20))
        // `stock`: as of the end of the month; `flow`: of the month, added up from January.
        .col(m::key("accumulation", 10))
        .col(m::text_null("numerator"))
        .col(m::text_null("denominator"))
        // Codes of the units that enter figures.
        .col(m::json("units"))
        .col(m::long("version"))
        .foreign_key(&mut m::foreign_key("steering_target_shape", "target", "steering_target"))
        .take()
}

fn figure() -> TableCreateStatement {
    Table::create()
        .table("steering_figure")
        .col(m::uuid_pk("id"))
        .col(m::uuid("target"))
        .col(m::key("unit", 40))
        // The month: `2026-06`.
        .col(m::key("period", 7))
        // From 1; a correction is a new row, so that what an earlier report rests on stays.
        .col(m::int("revision"))
        .col(m::long("numerator"))
        .col(m::long("denominator"))
        // Why the figure jumps or falls short.
        .col(m::text_null("note"))
        .col(m::moment("entered_at"))
        .col(m::text("entered_by"))
        .foreign_key(&mut m::foreign_key("steering_figure", "target", "steering_target"))
        .take()
}
