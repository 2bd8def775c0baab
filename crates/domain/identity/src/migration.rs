//! The tables of this domain.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;

const ACCOUNT: &str = "identity_account";
const ROLE: &str = "identity_role";
const UNIT: &str = "identity_unit";

/// The migrations of this domain.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let account = Stamp::new("20261121_0001_identity_account")
        .table(
            Table::create()
                .table(ACCOUNT)
                .col(m::uuid_pk("id"))
                .col(m::key("number", 12))
                .col(m::text("name"))
                .col(m::key_null("birth_date", 10))
                .col(m::int("level"))
                .col(m::moment("opened_at")),
        )
        .index(m::unique(ACCOUNT, &["number"]));
    let unit = Stamp::new("20261121_0002_identity_unit").table(
        Table::create()
            .table(UNIT)
            .col(m::key("code", 35).primary_key())
            .col(m::text("name"))
            .col(m::key_null("parent", 35))
            .col(m::key_null("commune", 5))
            .col(m::key("kind", 30))
            .foreign_key(&mut m::foreign_key_to(UNIT, "parent", UNIT, "code")),
    );
    let role = Stamp::new("20261121_0003_identity_role")
        .table(
            Table::create()
                .table(ROLE)
                .col(m::uuid_pk("id"))
                // The number and not the account: a role may be given before the person first signs in.
                .col(m::key("number", 12))
                .col(m::key("role", 30))
                .col(m::key("unit", 35))
                .col(m::date("from_day"))
                .col(m::date_null("to_day"))
                .col(m::long("version"))
                .col(m::key("granted_by", 60))
                .col(m::moment("granted_at"))
                .foreign_key(&mut m::foreign_key_to(ROLE, "unit", UNIT, "code")),
        )
        .index(m::index(ROLE, &["number"]))
        .index(m::index(ROLE, &["unit"]));
    // An attempt to sign in: minutes old at most, taken away by the callback.
    let attempt = Stamp::new("20261121_0004_identity_attempt").table(
        Table::create()
            .table("identity_attempt")
            .col(m::key("state", 64).primary_key())
            .col(m::key("browser", 64))
            .col(m::key("nonce", 64))
            .col(m::key("verifier", 64))
            .col(m::text("next"))
            .col(m::moment("created_at")),
    );
    vec![account.boxed(), unit.boxed(), role.boxed(), attempt.boxed()]
}
