//! The tables of this domain, one list for both databases. The names are what the databases remember.

mod assistance;
mod dossier;
mod draft;
mod letter;
mod part;
mod payment;
mod process;
mod reuse;

use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations of this domain, oldest first.
pub fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        draft::migration(),
        dossier::migration(),
        part::migration(),
        process::migration(),
        reuse::migration(),
        letter::migration(),
        assistance::migration(),
        payment::migration(),
    ]
}
