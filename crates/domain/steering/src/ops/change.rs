//! What every change of steering leaves behind: lines of history, an entry of the audit log, and an event.

use crate::deps::Deps;
use crate::model::evidence::Happening;
use crate::store::history;
use d06_audit::Entry;
use d06_db::Tx;
use d06_events::{NewEvent, publish};
use d06_kernel::{Actor, Cx, Problem};
use uuid::Uuid;

/// One thing that changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Point {
    /// What: `unit`, `due`, `state`.
    pub(crate) what: &'static str,
    /// What it was before.
    pub(crate) before: Option<String>,
    /// What it is now.
    pub(crate) after: Option<String>,
}

impl Point {
    /// A change of a value; `None` if it is the same as before.
    pub(crate) fn of<T: ToString + PartialEq>(
        what: &'static str,
        before: Option<T>,
        after: Option<T>,
    ) -> Option<Self> {
        (before != after).then(|| Self {
            what,
            before: before.map(|value| value.to_string()),
            after: after.map(|value| value.to_string()),
        })
    }
}

/// A change.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// Of the assignment, obstacle or entry of this id.
    pub(crate) owner: Uuid,
    /// As the audit log and events name it: `task:<uuid>`.
    pub(crate) object: String,
    /// The unit responsible.
    pub(crate) unit: Option<String>,
    /// The action in the audit log: `task.assign`.
    pub(crate) action: &'static str,
    /// The event: `task.assigned`.
    pub(crate) event: &'static str,
    /// What changed.
    pub(crate) points: Vec<Point>,
    /// The reason, in the official's words.
    pub(crate) note: Option<String>,
}

/// Writes a change down. Audit and event name what changed and hold no person and no words of a person.
pub(crate) async fn record(cx: &Cx, deps: &Deps, tx: &Tx, change: Change) -> Result<(), Problem> {
    let line = |point: &Point| happening(cx, change.owner, point, change.note.clone());
    history::add_all(cx, tx, change.points.iter().map(line).collect()).await?;
    let changed: Vec<_> = change
        .points
        .iter()
        .map(|point| match point.what {
            "person" => serde_json::json!({ "what": point.what }),
            _ => serde_json::json!({ "what": point.what, "from": point.before, "to": point.after }),
        })
        .collect();
    let details = serde_json::json!({ "changed": changed });
    let entry = Entry {
        action: change.action,
        subject: None,
        object: change.object.clone(),
        unit: change.unit.clone(),
        details: details.clone(),
    };
    d06_audit::append(cx, tx, entry).await?;
    let event = NewEvent { kind: change.event, subject: change.object, unit: change.unit, payload: details };
    publish(cx, tx, &deps.bus, event).await?;
    Ok(())
}

/// A line of history.
pub(crate) fn happening(cx: &Cx, owner: Uuid, point: &Point, note: Option<String>) -> Happening {
    let (by_name, unit) = who(cx);
    Happening {
        owner,
        at: cx.now(),
        by_name,
        unit,
        what: point.what.to_owned(),
        before: point.before.clone(),
        after: point.after.clone(),
        note,
    }
}

/// The name and the unit of who acts, as histories show them.
pub(crate) fn who(cx: &Cx) -> (String, Option<String>) {
    match &cx.actor {
        Actor::Person(person) => (person.name.clone(), person.unit.clone()),
        Actor::System(name) => ((*name).to_owned(), None),
        Actor::Anonymous => (String::new(), None),
    }
}
