//! The tables of this domain, one list for both databases. The names are what the databases remember.

mod dossier;
mod draft;
mod part;
mod process;

use d06_db::sea_orm_migration::MigrationTrait;

/// The migrations of this domain, oldest first.
pub fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![draft::migration(), dossier::migration(), part::migration(), process::migration()]
}
