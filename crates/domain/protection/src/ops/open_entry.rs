//! Opens an entry with the proof that it is in the log. Opening one that concerns a person is itself recorded.

use crate::deps::Log;
use d06_audit::{AuditEntry, Entry, InclusionProof};
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem, ProblemKind};
use serde_json::json;
use uuid::Uuid;

/// An entry with its proof.
#[derive(Debug)]
pub struct Opened {
    /// The entry.
    pub entry: AuditEntry,
    /// The proof under the newest checkpoint; `None` in the second before the sequencer has placed it.
    pub proof: Option<InclusionProof>,
}

/// The entry.
///
/// # Errors
/// `not-found`; `internal` when the tree in the database is damaged.
pub async fn run(cx: &Cx, log: &Log, _permit: &Permit<act::ViewAudit>, id: Uuid) -> Result<Opened, Problem> {
    let tx = log.db.read().await?;
    let entry = d06_audit::get(&tx, id).await?;
    let proof = match d06_audit::prove_inclusion(&tx, &log.key, id).await {
        Ok(proof) => Some(proof),
        Err(problem) if problem.kind == ProblemKind::NotFound => None,
        Err(problem) => return Err(problem),
    };
    drop(tx);
    if let Some(subject) = entry.subject {
        let opened = Entry {
            action: "audit.open",
            subject: Some(subject),
            object: format!("audit:{id}"),
            unit: Some(log.office.clone()),
            details: json!({ "action": entry.action }),
        };
        let tx = log.db.begin().await?;
        d06_audit::append(cx, &tx, opened).await?;
        tx.commit().await?;
    }
    Ok(Opened { entry, proof })
}
