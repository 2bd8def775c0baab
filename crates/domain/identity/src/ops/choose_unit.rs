//! A person goes to work in a unit, or acts as a citizen again.

use crate::store;
use d06_audit::Entry;
use d06_db::Db;
use d06_http::{SessionToken, Sessions, SignInCookies};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// Moves the session into a unit, or out of it with `None`.
///
/// # Errors
/// `not-found` for a unit in which the person holds no role today.
pub async fn run(
    cx: &Cx,
    db: &Db,
    sessions: &Sessions,
    session: &SessionToken,
    unit: Option<String>,
) -> Result<SignInCookies, Problem> {
    let principal = cx.require_principal()?;
    let tx = db.begin().await?;
    if let Some(unit) = &unit {
        let grants = store::role::list_in_force(&tx, &principal.number, local_date(cx.now())).await?;
        if !grants.iter().any(|grant| grant.unit == *unit) {
            return Err(Problem::not_found());
        }
    }
    let cookies = sessions.change_unit(cx, &tx, session, unit.clone()).await?;
    let entry = Entry {
        action: "session.choose-unit",
        subject: None,
        object: format!("account:{}", principal.account),
        unit,
        details: json!({}),
    };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await?;
    Ok(cookies)
}
