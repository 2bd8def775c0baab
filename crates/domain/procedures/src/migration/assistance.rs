//! Who filled in a draft for a person at the counter, and why.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;

const ASSISTANCE: &str = "procedures_assistance";

pub(super) fn migration() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0007_procedures_assistance")
        .table(
            Table::create()
                .table(ASSISTANCE)
                .col(m::uuid_pk("draft"))
                .col(m::text("helper"))
                .col(m::key("unit", 35))
                .col(m::key("ground", 40))
                // How the person was identified: `card`, its code scanned, or `typed`.
                .col(m::key("means", 10))
                .col(m::moment("at"))
                .foreign_key(&mut m::foreign_key(ASSISTANCE, "draft", "procedures_draft")),
        )
        .boxed()
}
