//! The tables of files and uploads.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations of this crate, in order.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![file(), upload()]
}

/// One row for each file that somebody handed in or that was produced; several may share a content.
fn file() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0001_files_file")
        .table(
            Table::create()
                .table("files_file")
                .col(m::uuid_pk("id"))
                // Keyed hash of the content: the name of its blob.
                .col(m::key("address", 64))
                // SHA-256 of the content in hexadecimal.
                .col(m::key("sha256", 64))
                .col(m::long("size"))
                .col(m::key("media", 100))
                .col(m::json("cautions"))
                .col(m::moment("created_at")),
        )
        .index(m::index("files_file", &["address"]))
        .boxed()
}

/// Uploads that may stop and go on (tus 1.0).
fn upload() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0002_files_upload")
        .table(
            Table::create()
                .table("files_upload")
                .col(m::uuid_pk("id"))
                // Who may go on with it: whatever the caller names an owner by.
                .col(m::key("owner", 64))
                .col(m::text("name"))
                // Bytes announced, and bytes that have arrived.
                .col(m::long("size"))
                .col(m::long("received"))
                // Names of the stored pieces, in order.
                .col(m::json("parts"))
                // The file it became.
                .col(m::uuid_null("file"))
                .col(m::moment("created_at"))
                .col(m::moment("expires_at")),
        )
        .index(m::index("files_upload", &["expires_at"]))
        .boxed()
}
