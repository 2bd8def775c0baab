//! Binds a target to a measure, or to none: a decision of the standing office.

use crate::deps::Deps;
use crate::model::plan::TargetId;
use crate::store::target;
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// Which measure shall answer a target.
#[derive(Clone, Debug)]
pub struct BindTarget {
    /// The target.
    pub target: TargetId,
    /// The measure's key; `None` to leave it unmeasured.
    pub measure: Option<String>,
    /// The version the form showed.
    pub version: i64,
}

/// Binds.
///
/// # Errors
/// `target.measure-unknown` for a key that nobody offers; `target.changed-meanwhile` if somebody was faster.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::BindTarget>,
    command: BindTarget,
) -> Result<(), Problem> {
    if !permit.covers(command.target) {
        return Err(Problem::not_found());
    }
    let measure = command.measure.as_deref();
    if measure.is_some_and(|key| deps.measures.find(key).is_none()) {
        return Err(Problem::field("measure", "target.measure-unknown"));
    }
    let tx = deps.db.begin().await?;
    let (_, before) = target::get(&tx, command.target).await?;
    target::set_measure(&tx, command.target, measure, command.version).await?;
    let entry = Entry {
        action: "target.bind",
        subject: None,
        object: format!("target:{}", command.target),
        unit: Some(deps.commune.clone()),
        details: serde_json::json!({ "from": before.measure, "to": measure }),
    };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await
}
