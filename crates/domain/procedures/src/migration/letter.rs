//! Letters to the person while a dossier is handled (forms 02 to 05), and what the calendar was when due times were
//! last reckoned.

use super::part::table;
use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;

pub(super) fn migration() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0006_procedures_letter")
        .table(
            table("procedures_letter")
                .col(m::key("form", 20))
                // Who writes.
                .col(m::key("unit", 35))
                .col(m::text_null("official"))
                .col(m::moment("written_at"))
                // What the form says; see `store::letter`.
                .col(m::json("words"))
                // The paper, laid out when somebody first opens it.
                .col(m::uuid_null("file")),
        )
        .table(
            Table::create()
                .table("procedures_reckoning")
                .col(m::key("name", 20).primary_key())
                .col(m::key("fingerprint", 64))
                .col(m::moment("at")),
        )
        .index(m::index("procedures_letter", &["dossier"]))
        .index(m::index("procedures_dossier", &["agency", "due_at"]))
        .boxed()
}
