//! Issues a document: lays it out, signs it, keeps it. Issuing the same id again changes nothing.

use crate::cabinet::Parts;
use crate::model::{Document, DocumentKind};
use crate::sealing::Hands;
use crate::store;
use chrono::Datelike;
use d06_audit::Entry;
use d06_events::NewEvent;
use d06_kernel::id::DocumentId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::document::NewResult;
use d06_kernel::port::unit::{Official, Unit};
use d06_kernel::time::{Moment, local, local_date};
use d06_kernel::{Cx, Problem, Role};
use d06_pdf::{ResultData, Signatory};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Issues `result`.
///
/// # Errors
/// `document.kind-unknown`; `document.signer-unknown`; the typesetter's, the store's and the database's.
pub(crate) async fn run(cx: &Cx, parts: &Parts, result: NewResult) -> Result<(), Problem> {
    let reading = parts.deps.db.read().await?;
    if store::document::find(&reading, result.document).await?.is_some() {
        return Ok(());
    }
    drop(reading);
    let issued_at = cx.now();
    let kind = parts.kinds.on(&result.kind, local_date(issued_at));
    let kind = kind.ok_or_else(|| Problem::internal(format!("no kind of document {}", result.kind)))?.clone();
    let unit = parts.deps.units.get(cx, &result.unit).await?;
    let official = parts.deps.officials.official(cx, &result.approved_by, &result.unit).await?;
    let official = official.ok_or_else(|| Problem::invalid("document.signer-unknown"))?;

    if result.owners.is_empty() {
        return Err(Problem::internal("a document without an owner"));
    }
    let number = take_number(parts, &result.unit, &kind, issued_at).await?;
    let fields = texts(&result.fields);
    let lookup = secret(cx);
    let paper = ResultData {
        lookup_url: Some(format!("{}/verify/{lookup}", parts.deps.base_url)),
        ..paper(&kind, &unit, number.clone(), issued_at, &fields, &official)
    };
    let above = match &unit.parent {
        Some(parent) => parts.deps.units.get(cx, parent).await?.name,
        None => String::new(),
    };
    let hands = Hands { person: result.approved_by, unit: result.unit.clone(), above };
    let signed = parts.sealing.seal(cx, paper, &hands).await?;
    let prepared = parts.deps.files.prepare(cx, &signed).await?;

    let tx = parts.deps.db.begin().await?;
    // Two workers at once: the second finds the first one's document and leaves its own bytes to be collected.
    if store::document::find(&tx, result.document).await?.is_some() {
        return Ok(());
    }
    let file = parts.deps.files.keep(cx, &tx, &prepared).await?;
    let document = Document {
        id: result.document,
        kind: kind.key.clone(),
        number,
        unit: result.unit,
        dossier: result.dossier,
        file: file.id,
        sha256: file.sha256,
        fields,
        issued_at,
        valid_until: kind.valid_until(issued_at),
        revoked_at: None,
        lookup: Some(lookup),
        superseded_at: None,
        superseded_by: None,
    };
    store::document::add(&tx, &document, &result.owners).await?;
    let replaced: Vec<&str> = kind.supersedes.iter().map(String::as_str).collect();
    let replaced = store::document::supersede(&tx, &document, &result.owners, &replaced).await?;
    leave_trace(cx, &tx, parts, &document, &result.owners, &replaced).await?;
    tx.commit().await
}

/// The paper's number and symbol. A number taken for a paper that then fails is skipped; the register shows the gap.
async fn take_number(parts: &Parts, unit: &str, kind: &DocumentKind, at: Moment) -> Result<String, Problem> {
    let tx = parts.deps.db.begin().await?;
    let next = store::number::next(&tx, unit, &kind.symbol, local(at).year()).await?;
    tx.commit().await?;
    // Decree 30/2020, Appendix I: numbers under 10 get a zero.
    Ok(format!("{next:02}/{}", kind.symbol))
}

fn paper(
    kind: &DocumentKind,
    unit: &Unit,
    number: String,
    issued_at: Moment,
    fields: &BTreeMap<String, String>,
    official: &Official,
) -> ResultData {
    ResultData {
        shape: kind.shape,
        parent: None,
        agency: unit.name.clone(),
        number,
        place: unit.place().to_owned(),
        issued_at: local(issued_at),
        title: kind.title.clone(),
        about: kind.about.clone(),
        bases: kind.bases.clone(),
        opening: kind.opening.clone(),
        sections: kind.body(fields),
        closing: kind.closing.clone(),
        signatory: Signatory { authority: authority_of(official), name: official.name.clone() },
        recipients: vec!["Như trên;".to_owned(), "Lưu: VT.".to_owned()],
        lookup_url: None,
    }
}

/// The chairman signs for the committee, a deputy for the chairman (Decree 30/2020 Art. 13).
fn authority_of(official: &Official) -> Vec<String> {
    let lines: &[&str] = if official.roles.contains(&Role::Chairman) {
        &["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    } else {
        &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// 128 random bits, so that nobody guesses the address of a paper (RFC 4086 section 8).
fn secret(cx: &Cx) -> String {
    cx.randomness().bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn texts(fields: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    fields.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), text(value))).collect()
}

/// An audit entry for each owner, one for each document that this one replaces, and the event.
async fn leave_trace(
    cx: &Cx,
    tx: &d06_db::Tx,
    parts: &Parts,
    document: &Document,
    owners: &[PersonalNumber],
    replaced: &[DocumentId],
) -> Result<(), Problem> {
    let object = format!("document:{}", document.id);
    for owner in owners {
        let entry = Entry {
            action: "document.issue",
            subject: Some(*owner),
            object: object.clone(),
            unit: Some(document.unit.clone()),
            details: json!({ "kind": document.kind, "number": document.number, "sha256": document.sha256 }),
        };
        d06_audit::append(cx, tx, entry).await?;
    }
    for old in replaced {
        let entry = Entry {
            action: "document.supersede",
            subject: None,
            object: format!("document:{old}"),
            unit: Some(document.unit.clone()),
            details: json!({ "by": document.id }),
        };
        d06_audit::append(cx, tx, entry).await?;
    }
    let event = NewEvent {
        kind: "document.issued",
        subject: object,
        unit: Some(document.unit.clone()),
        payload: json!({ "kind": document.kind, "dossier": document.dossier }),
    };
    d06_events::publish(cx, tx, &parts.deps.bus, event).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deputy_signs_for_the_chairman() {
        let deputy = Official { name: "A".into(), roles: vec![Role::ApprovingLeader] };
        assert_eq!(authority_of(&deputy).last().map(String::as_str), Some("PHÓ CHỦ TỊCH"));
    }
}
