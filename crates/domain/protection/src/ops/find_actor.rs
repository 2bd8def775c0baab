//! Finds the account of a person, to search the log for what that person did. That somebody asked is itself an entry
//! about that person.

use crate::deps::Log;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The actor as the log writes it: `account:<id>`.
///
/// # Errors
/// Field `number`: `audit.actor-unknown` for a person who never signed in.
pub async fn run(
    cx: &Cx,
    log: &Log,
    _permit: &Permit<act::ViewAudit>,
    number: PersonalNumber,
) -> Result<String, Problem> {
    let account = log.accounts.find(cx, &number).await?;
    let entry = Entry {
        action: "audit.search",
        subject: Some(number),
        object: "audit-log:log".to_owned(),
        unit: Some(log.office.clone()),
        details: json!({ "found": account.is_some() }),
    };
    let tx = log.db.begin().await?;
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await?;
    let account = account.ok_or_else(|| Problem::field("number", "audit.actor-unknown"))?;
    Ok(format!("account:{account}"))
}
