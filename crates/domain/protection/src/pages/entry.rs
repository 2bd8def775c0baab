//! `/audit/entries/{id}`: one entry, and the proof that it is in the log.

use super::view::{EntryView, name_of};
use crate::deps::Deps;
use crate::ops::open_entry::{self, Opened};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use d06_audit::{Checkpoint, InclusionProof, PublicKey, merkle};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_ui::Page;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct EntryPage {
    entry: EntryView,
    /// The number of the person it concerns, all but its last digits hidden.
    subject: Option<String>,
    request: String,
    details: String,
    proof: Option<ProofView>,
}

/// The proof as the page shows it.
#[derive(Debug, Serialize)]
struct ProofView {
    place: u64,
    leaf: String,
    path: Vec<String>,
    size: u64,
    root: String,
    holds: bool,
    checkpoint: String,
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "protection/entry.html";

    fn samples() -> Vec<Self> {
        let proof = |holds| ProofView {
            place: 41,
            leaf: "5c".repeat(32),
            path: vec!["1f".repeat(32), "a0".repeat(32)],
            size: 44,
            root: "77".repeat(32),
            holds,
            checkpoint: "dean06/H31.10816\n44\nd3d3\n\n— dean06/H31.10816 c2ln\n".to_owned(),
        };
        let page = |subject: Option<&str>, proof| Self {
            entry: EntryView::sample("dossier.submit", subject.is_some()),
            subject: subject.map(str::to_owned),
            request: "0197705e-7b00-7000-8000-00000000000c".to_owned(),
            details: "{\n  \"clause\": \"<b>\"\n}".to_owned(),
            proof,
        };
        vec![page(Some("•••••••••101"), Some(proof(true))), page(None, Some(proof(false))), page(None, None)]
    }
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<Uuid>,
) -> Result<Response, AppProblem> {
    let permit = deps.permit(&cx)?;
    let Opened { entry, proof } = open_entry::run(&cx, &deps.log, &permit, id).await?;
    let leaf: Value = serde_json::from_str(&entry.content).unwrap_or_default();
    let name = name_of(&cx, &deps, &entry.actor).await;
    let page = EntryPage {
        subject: entry.subject.map(|number| number.to_string()),
        request: leaf["request"].as_str().unwrap_or_default().to_owned(),
        details: serde_json::to_string_pretty(&leaf["details"]).unwrap_or_default(),
        proof: proof.map(|proof| ProofView::of(proof, &deps.log.key)),
        entry: EntryView::of(entry, name),
    };
    Ok(deps.platform.ui.page(&cx, &frame, &page)?.into_response())
}

impl ProofView {
    /// The proof, with whether it holds.
    fn of(proof: InclusionProof, key: &PublicKey) -> Self {
        let head = Checkpoint::open(&proof.checkpoint, key).ok();
        let holds = head.as_ref().is_some_and(|head| {
            merkle::verify_inclusion(proof.leaf, proof.place, head.size, &head.root, &proof.path)
        });
        Self {
            place: proof.place,
            leaf: hex::encode(proof.leaf),
            path: proof.path.iter().map(hex::encode).collect(),
            size: head.as_ref().map_or(0, |head| head.size),
            root: head.map(|head| hex::encode(head.root)).unwrap_or_default(),
            holds,
            checkpoint: proof.checkpoint,
        }
    }
}
