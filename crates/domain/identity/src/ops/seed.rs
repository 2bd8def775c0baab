//! What an installation begins with: its units, and the first roles.

use crate::model::NewRoleGrant;
use crate::store;
use d06_db::Db;
use d06_kernel::port::unit::Unit;
use d06_kernel::{Cx, Problem};

/// Puts the units into the database and gives the roles that nobody holds yet. Safe to repeat.
///
/// # Errors
/// The database's.
pub async fn run(cx: &Cx, db: &Db, units: &[Unit], roles: &[NewRoleGrant]) -> Result<(), Problem> {
    let tx = db.begin().await?;
    for unit in units {
        store::unit::put(&tx, unit).await?;
    }
    for grant in roles {
        let held = store::role::list_in_force(&tx, &grant.number, grant.from).await?;
        if !held.iter().any(|other| other.role == grant.role && other.unit == grant.unit) {
            store::role::add(cx, &tx, grant, "installation".to_owned()).await?;
        }
    }
    tx.commit().await
}
