//! Writing an entry, and reading entries back.

use crate::store;
use d06_db::{Page, PageRequest, Tx};
use d06_kernel::person::PersonalNumber;
use d06_kernel::time::Moment;
use d06_kernel::{Actor, Cx, Problem};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What an operation says of itself.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What was done: `dossier.submit`.
    pub action: &'static str,
    /// Whose data it concerns.
    pub subject: Option<PersonalNumber>,
    /// What it was done to: `dossier:<id>`.
    pub object: String,
    /// The unit responsible.
    pub unit: Option<String>,
    /// What else must be provable. No secrets and no personal data: the leaf cannot be erased.
    pub details: Value,
}

/// An entry as it stands in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Its id; ids sort by time.
    pub id: uuid::Uuid,
    /// When.
    pub at: Moment,
    /// What was done.
    pub action: String,
    /// To what.
    pub object: String,
    /// The unit responsible.
    pub unit: Option<String>,
    /// Who did it: `account:<id>`, `system:<name>` or `anonymous`.
    pub actor: String,
    /// Whose data it concerns, unless that was erased.
    pub subject: Option<PersonalNumber>,
    /// The exact text of its leaf.
    pub content: String,
}

/// Which entries to list.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Those that concern this person.
    pub subject: Option<PersonalNumber>,
    /// Those done to this object.
    pub object: Option<String>,
    /// Those of this action.
    pub action: Option<String>,
    /// Those that this unit is responsible for.
    pub unit: Option<String>,
    /// Those done by this actor, written as in [`AuditEntry::actor`].
    pub actor: Option<String>,
    /// Those made at this moment or later.
    pub from: Option<Moment>,
    /// Those made before this moment.
    pub until: Option<Moment>,
}

/// The leaf: every field in this order. Never change it; add fields at the end with a new name.
#[derive(Serialize)]
struct Leaf<'a> {
    id: uuid::Uuid,
    at: String,
    actor: String,
    acting_unit: Option<&'a str>,
    action: &'a str,
    object: &'a str,
    unit: Option<&'a str>,
    subject_commitment: Option<String>,
    request: String,
    details: &'a Value,
}

/// Writes an entry in the caller's transaction: it stands if and only if the operation does.
///
/// # Errors
/// The database's.
pub async fn append(cx: &Cx, tx: &Tx, entry: Entry) -> Result<(), Problem> {
    let id: uuid::Uuid = cx.new_id();
    let at = cx.now();
    let salt = entry.subject.map(|_| hex::encode(cx.randomness().bytes::<16>()));
    let actor = actor_text(&cx.actor);
    let leaf = Leaf {
        id,
        at: at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        actor: actor.clone(),
        acting_unit: cx.principal().and_then(|principal| principal.unit.as_deref()),
        action: entry.action,
        object: &entry.object,
        unit: entry.unit.as_deref(),
        subject_commitment: commitment(salt.as_deref(), entry.subject.as_ref().map(PersonalNumber::as_str)),
        request: cx.request.to_string(),
        details: &entry.details,
    };
    let content = serde_json::to_string(&leaf).map_err(Problem::internal)?;
    let row = AuditEntry {
        id,
        at,
        action: entry.action.to_owned(),
        object: entry.object,
        unit: entry.unit,
        actor,
        subject: entry.subject,
        content,
    };
    store::entry::add(tx, row, salt).await
}

/// One entry.
///
/// # Errors
/// `not-found`, or the database's.
pub async fn get(tx: &Tx, id: uuid::Uuid) -> Result<AuditEntry, Problem> {
    store::entry::find(tx, id).await?.ok_or_else(Problem::not_found)
}

/// Entries, newest first.
///
/// # Errors
/// A wrong page, or the database's.
pub async fn list(tx: &Tx, filter: &EntryFilter, page: &PageRequest) -> Result<Page<AuditEntry>, Problem> {
    store::entry::list(tx, filter, page).await
}

/// `SHA-256(salt ‖ number)` in hex, where both are there.
pub(crate) fn commitment(salt: Option<&str>, number: Option<&str>) -> Option<String> {
    Some(hex::encode(Sha256::new().chain_update(salt?).chain_update(number?).finalize()))
}

fn actor_text(actor: &Actor) -> String {
    match actor {
        Actor::Anonymous => "anonymous".to_owned(),
        Actor::System(name) => format!("system:{name}"),
        Actor::Person(principal) => format!("account:{}", principal.account),
    }
}
