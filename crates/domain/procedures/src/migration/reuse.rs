//! Where documents of cabinets proved something.

use super::part::table;
use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm_migration::MigrationTrait;

pub(super) fn migration() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0005_procedures_reuse")
        .table(
            table("procedures_reuse")
                .col(m::uuid("document"))
                .col(m::key("requirement", 80))
                .col(m::moment("at")),
        )
        .index(m::index("procedures_reuse", &["document", "at"]))
        // A document is presented once in a dossier for a requirement, however often the sources are asked.
        .index(m::unique("procedures_reuse", &["dossier", "requirement", "document"]))
        .boxed()
}
