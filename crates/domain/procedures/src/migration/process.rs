//! What happens to a dossier: steps, the one supplement, timeline.

use super::part::table;
use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::TableCreateStatement;
use d06_db::sea_orm_migration::MigrationTrait;

pub(super) fn migration() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0004_procedures_process")
        .table(&mut step())
        .table(&mut supplement())
        .table(&mut entry())
        .index(m::unique("procedures_step", &["dossier", "position"]))
        // A supplement is asked for once (Decree 118/2025/NĐ-CP).
        .index(m::unique("procedures_supplement", &["dossier"]))
        .index(m::index("procedures_entry", &["dossier", "at"]))
        .boxed()
}

fn step() -> TableCreateStatement {
    table("procedures_step")
        .col(m::long("position"))
        // Key of the step in the definition.
        .col(m::key("step", 80))
        .col(m::key("role", 30))
        .col(m::key("unit", 35))
        .col(m::moment_null("due_at"))
        .col(m::moment_null("started_at"))
        .col(m::moment_null("ended_at"))
        .col(m::text_null("ended_by"))
        .col(m::text_null("note"))
        .take()
}

fn supplement() -> TableCreateStatement {
    table("procedures_supplement")
        .col(m::key("field", 80))
        .col(m::text("reason"))
        .col(m::text("requested_by"))
        .col(m::moment("requested_at"))
        .col(m::text_null("answer"))
        .col(m::moment_null("answered_at"))
        .take()
}

fn entry() -> TableCreateStatement {
    table("procedures_entry")
        .col(m::key("kind", 40))
        .col(m::moment("at"))
        .col(m::text("actor"))
        .col(m::key_null("unit", 35))
        .col(m::json("details"))
        .take()
}
