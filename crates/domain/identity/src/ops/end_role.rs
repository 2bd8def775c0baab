//! The administrator ends a role.

use crate::model::GrantId;
use crate::store;
use chrono::NaiveDate;
use d06_audit::Entry;
use d06_authz::{Authz, Kind, Resource, act};
use d06_db::Db;
use d06_http::Sessions;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Which role, as the administrator saw it.
#[derive(Clone, Copy, Debug)]
pub struct EndRole {
    /// The role.
    pub id: GrantId,
    /// The version on the page.
    pub version: i64,
}

/// Ends a role with the day before today, so that it is gone at once.
///
/// # Errors
/// `not-found`; `role.changed-meanwhile` (conflict) when somebody else changed it after the page was shown.
pub async fn run(
    cx: &Cx,
    db: &Db,
    authz: &Authz,
    sessions: &Sessions,
    command: EndRole,
) -> Result<(), Problem> {
    let tx = db.begin().await?;
    let grant = store::role::get(&tx, command.id).await?;
    let resource = Resource::new(Kind::Directory, grant.id).owned_by([grant.number]).in_unit(&grant.unit);
    let _permit = authz.permit::<act::AssignRole>(cx, &resource)?;
    let last: NaiveDate = local_date(cx.now()) - chrono::Days::new(1);
    if !store::role::end(&tx, command.id, command.version, last).await? {
        return Err(Problem::conflict("role.changed-meanwhile"));
    }
    let entry = Entry {
        action: "role.end",
        subject: Some(grant.number),
        object: format!("role:{}", grant.id),
        unit: Some(grant.unit),
        details: json!({ "role": grant.role.name(), "last": last }),
    };
    d06_audit::append(cx, &tx, entry).await?;
    if let Some(account) = store::account::find_by_number(&tx, &grant.number).await? {
        sessions.forget(&tx, account.id).await?;
    }
    tx.commit().await
}
