//! An entry as the pages show it.

use crate::deps::Deps;
use d06_audit::AuditEntry;
use d06_kernel::Cx;
use d06_kernel::id::AccountId;
use d06_kernel::time::Moment;
use serde::Serialize;
use std::collections::HashMap;

/// A line of the log.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct EntryView {
    pub(crate) id: String,
    pub(crate) at: Moment,
    pub(crate) action: String,
    pub(crate) object: String,
    pub(crate) unit: Option<String>,
    /// As the log writes it.
    pub(crate) actor: String,
    /// Who that is, if it is a person who is known.
    pub(crate) actor_name: Option<String>,
}

impl EntryView {
    /// The views of entries; each account is asked for once.
    pub(crate) async fn list(cx: &Cx, deps: &Deps, entries: Vec<AuditEntry>) -> Vec<Self> {
        let mut names: HashMap<String, Option<String>> = HashMap::new();
        let mut views = Vec::with_capacity(entries.len());
        for entry in entries {
            let name = match names.get(&entry.actor) {
                Some(name) => name.clone(),
                None => {
                    let name = name_of(cx, deps, &entry.actor).await;
                    names.insert(entry.actor.clone(), name.clone());
                    name
                }
            };
            views.push(Self::of(entry, name));
        }
        views
    }

    pub(crate) fn of(entry: AuditEntry, actor_name: Option<String>) -> Self {
        Self {
            id: entry.id.to_string(),
            at: entry.at,
            action: entry.action,
            object: entry.object,
            unit: entry.unit,
            actor: entry.actor,
            actor_name,
        }
    }

    pub(crate) fn sample(action: &str, person: bool) -> Self {
        Self {
            id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            at: Moment::UNIX_EPOCH,
            action: action.to_owned(),
            object: "dossier:0197705e-7b00-7000-8000-00000000000a".to_owned(),
            unit: person.then(|| "H31.10816.01".to_owned()),
            actor: if person { "account:0197705e-7b00-7000-8000-00000000000b" } else { "system:jobs" }
                .to_owned(),
            actor_name: person.then(|| "Vũ Thị Lan".to_owned()),
        }
    }
}

/// The name of the person behind `account:<id>`. A name that cannot be found leaves the id: the log is complete
/// without it.
pub(crate) async fn name_of(cx: &Cx, deps: &Deps, actor: &str) -> Option<String> {
    let account: uuid::Uuid = actor.strip_prefix("account:")?.parse().ok()?;
    deps.log.accounts.name(cx, AccountId(account)).await.ok()?
}
