//! The administrator gives a role.

use crate::model::{GrantId, NewRoleGrant};
use crate::store;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_db::Db;
use d06_http::Sessions;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Gives a role. The permit was asked for the person who receives it, in the unit of the role.
///
/// # Errors
/// `role.ends-before-it-begins`, `role.unit-unknown`, `role.held-already` for an overlapping grant.
pub async fn run(
    cx: &Cx,
    db: &Db,
    sessions: &Sessions,
    _permit: Permit<act::AssignRole>,
    grant: NewRoleGrant,
) -> Result<GrantId, Problem> {
    grant.check()?;
    let giver = cx.require_principal()?;
    let tx = db.begin().await?;
    if store::unit::find(&tx, &grant.unit).await?.is_none() {
        return Err(Problem::field("unit", "role.unit-unknown"));
    }
    let held = store::role::list_in_force(&tx, &grant.number, grant.from).await?;
    if held.iter().any(|other| other.role == grant.role && other.unit == grant.unit) {
        return Err(Problem::field("role", "role.held-already"));
    }
    let id = store::role::add(cx, &tx, &grant, giver.account.to_string()).await?;
    let entry = Entry {
        action: "role.give",
        subject: Some(grant.number),
        object: format!("role:{id}"),
        unit: Some(grant.unit.clone()),
        details: json!({ "role": grant.role.name(), "from": grant.from, "to": grant.to }),
    };
    d06_audit::append(cx, &tx, entry).await?;
    if let Some(account) = store::account::find_by_number(&tx, &grant.number).await? {
        sessions.forget(&tx, account.id).await?;
    }
    tx.commit().await?;
    Ok(id)
}
