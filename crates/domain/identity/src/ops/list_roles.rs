//! Who holds which role in an office.

use crate::model::RoleGrant;
use crate::store;
use d06_authz::{Permit, act};
use d06_db::Db;
use d06_kernel::port::unit::Unit;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// A role and the name of who holds it, where that person has signed in already.
#[derive(Clone, Debug)]
pub struct NamedGrant {
    /// The role.
    pub grant: RoleGrant,
    /// The name.
    pub name: Option<String>,
}

/// The roles in the office's units that have not ended, and the units.
///
/// # Errors
/// The database's.
pub async fn run(
    cx: &Cx,
    db: &Db,
    _permit: &Permit<act::ViewDirectory>,
    office: &str,
) -> Result<(Vec<Unit>, Vec<NamedGrant>), Problem> {
    let tx = db.read().await?;
    let units = store::unit::list_subtree(&tx, office).await?;
    let codes: Vec<String> = units.iter().map(|unit| unit.code.clone()).collect();
    let grants = store::role::list_of_units(&tx, &codes, local_date(cx.now())).await?;
    let numbers: Vec<_> = grants.iter().map(|grant| grant.number).collect();
    let names = store::account::list_names(&tx, &numbers).await?;
    let named = grants.into_iter().map(|grant| NamedGrant { name: names.get(&grant.number).cloned(), grant });
    Ok((units, named.collect()))
}
