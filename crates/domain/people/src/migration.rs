//! The tables of this domain.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;

const ACCESS: &str = "people_access_record";
const DISPUTE: &str = "people_dispute";
const CORRECTION: &str = "people_correction";

/// The migrations of this domain.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let access = Stamp::new("20261121_0001_people_access_record")
        .table(
            Table::create()
                .table(ACCESS)
                .col(m::uuid_pk("id"))
                .col(m::moment("at"))
                .col(m::key("subject", 12))
                .col(m::key("kind", 10))
                .col(m::text("asker_name"))
                .col(m::key_null("asker_number", 12))
                .col(m::uuid_null("account"))
                .col(m::key("unit", 35))
                .col(m::uuid_null("dossier"))
                .col(m::text("reference"))
                .col(m::key("purpose", 60))
                .col(m::text("legal_basis"))
                .col(m::json("fields"))
                .col(m::key("outcome", 10))
                .col(m::boolean("from_cache"))
                .col(m::uuid("request")),
        )
        .index(m::index(ACCESS, &["subject", "id"]));
    let dispute = Stamp::new("20261121_0002_people_dispute")
        .table(
            Table::create()
                .table(DISPUTE)
                .col(m::uuid_pk("id"))
                .col(m::uuid("access"))
                .col(m::key("subject", 12))
                .col(m::key("unit", 35))
                .col(m::text("reason"))
                .col(m::moment("opened_at"))
                .col(m::json_null("answer"))
                .foreign_key(&mut m::foreign_key(DISPUTE, "access", ACCESS)),
        )
        .index(m::unique(DISPUTE, &["access"]));
    let correction = Stamp::new("20261121_0003_people_correction")
        .table(
            Table::create()
                .table(CORRECTION)
                .col(m::uuid_pk("id"))
                .col(m::key("subject", 12))
                .col(m::key("field", 60))
                .col(m::text("held"))
                .col(m::text("wanted"))
                .col(m::text("reference"))
                .col(m::key("unit", 35))
                .col(m::moment("opened_at"))
                .col(m::json_null("answer")),
        )
        .index(m::index(CORRECTION, &["subject", "id"]));
    vec![access.boxed(), dispute.boxed(), correction.boxed()]
}
