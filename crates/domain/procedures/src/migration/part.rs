//! What a dossier consists of: parties, requirements with their proofs, files.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Table, TableCreateStatement};
use d06_db::sea_orm_migration::MigrationTrait;

pub(super) fn migration() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0003_procedures_part")
        .table(&mut party())
        .table(&mut requirement())
        .table(&mut file())
        .index(m::index("procedures_party", &["dossier"]))
        .index(m::index("procedures_party", &["number"]))
        .index(m::unique("procedures_requirement", &["dossier", "position"]))
        .index(m::index("procedures_file", &["dossier"]))
        .boxed()
}

/// A table of parts of a dossier.
pub(super) fn table(name: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(m::uuid_pk("id"))
        .col(m::uuid("dossier"))
        .foreign_key(&mut m::foreign_key(name, "dossier", "procedures_dossier"))
        .take()
}

fn party() -> TableCreateStatement {
    table("procedures_party")
        .col(m::long("position"))
        .col(m::key("role", 40))
        .col(m::key("number", 12))
        .col(m::text("name"))
        .take()
}

fn requirement() -> TableCreateStatement {
    table("procedures_requirement")
        .col(m::long("position"))
        .col(m::key("requirement", 80))
        .col(m::key("state", 30))
        // Proof, clause, reason, hour of the next try: whatever belongs to the state.
        .col(m::json("details"))
        .col(m::moment("settled_at"))
        .take()
}

fn file() -> TableCreateStatement {
    table("procedures_file")
        .col(m::key("requirement", 80))
        .col(m::uuid("file"))
        .col(m::text("name"))
        .col(m::long("size"))
        .col(m::key("media", 100))
        .take()
}
