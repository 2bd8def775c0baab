//! Dossiers, and the daily sequence of their codes.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Index, Table, TableCreateStatement};
use d06_db::sea_orm_migration::MigrationTrait;

const DOSSIER: &str = "procedures_dossier";

pub(super) fn migration() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0002_procedures_dossier")
        .table(&mut sequence())
        .table(&mut dossier())
        .index(m::unique(DOSSIER, &["code"]))
        // A draft becomes one dossier, however often it is submitted.
        .index(m::unique(DOSSIER, &["draft"]))
        .index(m::unique(DOSSIER, &["lookup"]))
        .index(m::index(DOSSIER, &["applicant", "submitted_at"]))
        .index(m::index(DOSSIER, &["step_unit", "step_role", "due_at"]))
        .index(m::index(DOSSIER, &["submitted_at"]))
        .boxed()
}

/// The last number given out by an agency on a day (Circular 03/2025/TT-VPCP Art. 13).
fn sequence() -> TableCreateStatement {
    Table::create()
        .table("procedures_sequence")
        .col(m::key("agency", 35))
        .col(m::date("day"))
        .col(m::long("last"))
        .primary_key(Index::create().name("procedures_sequence_pkey").col("agency").col("day"))
        .take()
}

fn dossier() -> TableCreateStatement {
    Table::create()
        .table(DOSSIER)
        .col(m::uuid_pk("id"))
        .col(m::key("code", 60))
        .col(m::uuid("draft"))
        .col(m::key("procedure", 8))
        .col(m::key("procedure_version", 20))
        // Who decides, and who received: two different units (boundary-free).
        .col(m::key("agency", 35))
        .col(m::key("reception", 35))
        .col(m::key("applicant", 12))
        .col(m::text("applicant_name"))
        // Folded name and code, for search on both databases.
        .col(m::text("search_key"))
        .col(m::key("channel", 20))
        .col(m::key("state", 30))
        .col(m::long("version"))
        // The step it waits for, and who has to take it.
        .col(m::long("step"))
        .col(m::key_null("step_role", 30))
        .col(m::key_null("step_unit", 35))
        .col(m::json("answers"))
        // The secret behind the QR code of the receipt.
        .col(m::key("lookup", 64))
        .col(m::long("requirements"))
        .col(m::long("waived"))
        .col(m::long("overridden"))
        .col(m::long("supplements"))
        .col(m::moment("submitted_at"))
        .col(m::moment_null("received_at"))
        .col(m::moment("due_at"))
        .col(m::moment_null("step_due_at"))
        // Receipt, pauses, the re-appointment and every due time there was.
        .col(m::json("clock"))
        .col(m::moment_null("decided_at"))
        .col(m::moment_null("ended_at"))
        .col(m::key_null("decision", 20))
        .col(m::text_null("decision_reason"))
        .col(m::key_null("decided_by", 12))
        .col(m::uuid_null("result"))
        // The stored receipt, laid out when somebody first opens it.
        .col(m::uuid_null("receipt"))
        .foreign_key(&mut m::foreign_key(DOSSIER, "draft", "procedures_draft"))
        .take()
}
