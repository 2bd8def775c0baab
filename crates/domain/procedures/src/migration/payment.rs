//! Fees paid at the counter.

use super::part::table;
use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm_migration::MigrationTrait;

const PAYMENT: &str = "procedures_payment";

pub(super) fn migration() -> Box<dyn MigrationTrait> {
    Stamp::new("20261121_0008_procedures_payment")
        .table(
            table(PAYMENT)
                .col(m::long("amount"))
                // Number of the receipt (biên lai) the officer wrote.
                .col(m::key("receipt", 40))
                .col(m::text("recorded_by"))
                .col(m::moment("at")),
        )
        // A dossier is paid for once.
        .index(m::unique(PAYMENT, &["dossier"]))
        .boxed()
}
