//! Drafts and the files attached to them.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::{Table, TableCreateStatement};
use d06_db::sea_orm_migration::MigrationTrait;

pub(super) fn migration() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0001_procedures_draft")
        .table(&mut draft())
        .table(&mut file())
        .index(m::index("procedures_draft", &["owner", "updated_at"]))
        .index(m::index("procedures_draft_file", &["draft"]))
        .boxed()
}

fn draft() -> TableCreateStatement {
    Table::create()
        .table("procedures_draft")
        .col(m::uuid_pk("id"))
        .col(m::key("procedure", 8))
        .col(m::key("procedure_version", 20))
        .col(m::key("owner", 12))
        // The officer who fills it in for the person at the counter.
        .col(m::key_null("filed_by", 12))
        // Field key → what is typed.
        .col(m::json("answers"))
        // Field key → value, source and date, as the directory gave them when the draft was opened.
        .col(m::json("prefill"))
        // Goes up by one at every save; a save names the version it began from.
        .col(m::long("version"))
        // The dossier it became.
        .col(m::uuid_null("dossier"))
        .col(m::moment("opened_at"))
        .col(m::moment("updated_at"))
        .take()
}

fn file() -> TableCreateStatement {
    Table::create()
        .table("procedures_draft_file")
        .col(m::uuid_pk("id"))
        .col(m::uuid("draft"))
        .col(m::key("requirement", 80))
        .col(m::uuid("file"))
        .col(m::text("name"))
        .col(m::long("size"))
        .col(m::key("media", 100))
        .col(m::moment("added_at"))
        .foreign_key(&mut m::foreign_key("procedures_draft_file", "draft", "procedures_draft"))
        .take()
}
