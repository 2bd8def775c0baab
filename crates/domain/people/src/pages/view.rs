//! Reads, answers and requests as pages show them.

use crate::deps::Deps;
use crate::model::access::{Access, Outcome, field_name};
use crate::model::correction::Correction;
use crate::model::dispute::{Dispute, Reply};
use crate::pages::unit_name;
use d06_kernel::Cx;
use d06_kernel::time::Moment;
use serde::Serialize;

/// One read, in what a template needs to say it in plain words.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AccessView {
    id: String,
    at: Moment,
    /// `officer`, `own`, `party`, `platform`; message id of the asker is `access-asker-` + this.
    kind: &'static str,
    name: String,
    unit: String,
    /// Message id without its prefix `access-purpose-`.
    purpose: String,
    legal_basis: String,
    reference: String,
    dossier: Option<String>,
    /// Message ids without their prefix `fact-`.
    fields: Vec<String>,
    found: bool,
    from_cache: bool,
}

impl AccessView {
    pub(crate) async fn of(cx: &Cx, deps: &Deps, access: Access) -> Self {
        Self {
            id: access.id.to_string(),
            at: access.at,
            kind: access.kind.name(),
            name: access.asker_name,
            unit: unit_name(cx, deps, &access.unit).await,
            purpose: access.purpose.replace('.', "-"),
            legal_basis: access.legal_basis,
            reference: access.reference,
            dossier: access.dossier.map(|dossier| dossier.to_string()),
            fields: access.fields.into_iter().map(field_name).collect(),
            found: access.outcome == Outcome::Found,
            from_cache: access.from_cache,
        }
    }

    pub(crate) fn sample(kind: &'static str, found: bool) -> Self {
        Self {
            id: SAMPLE_ID.to_owned(),
            at: Moment::UNIX_EPOCH,
            kind,
            name: "Vũ Thị Lan".to_owned(),
            unit: "Trung tâm phục vụ hành chính công xã Hà Bắc".to_owned(),
            purpose: if found { "dossier-resolve" } else { "something-new" }.to_owned(),
            legal_basis: "Luật Căn cước 26/2023/QH15, Điều 11".to_owned(),
            reference: "1.004873".to_owned(),
            dossier: found.then(|| SAMPLE_ID.to_owned()),
            fields: if found { vec!["name".to_owned(), "birth-date".to_owned()] } else { Vec::new() },
            found,
            from_cache: found,
        }
    }
}

/// An id for samples.
pub(crate) const SAMPLE_ID: &str = "0197705e-7b00-7000-8000-000000000000";

/// An answer of an office.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ReplyView {
    upheld: bool,
    text: String,
    by: String,
    at: Moment,
}

impl From<Reply> for ReplyView {
    fn from(reply: Reply) -> Self {
        Self { upheld: reply.upheld, text: reply.text, by: reply.by, at: reply.at }
    }
}

impl ReplyView {
    pub(crate) fn sample(upheld: bool) -> Self {
        Self {
            upheld,
            text: "Đã kiểm tra.".to_owned(),
            by: "Trần Quốc Tuấn".to_owned(),
            at: Moment::UNIX_EPOCH,
        }
    }
}

/// A dispute.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DisputeView {
    id: String,
    unit: String,
    reason: String,
    opened_at: Moment,
    answer: Option<ReplyView>,
}

impl DisputeView {
    pub(crate) async fn of(cx: &Cx, deps: &Deps, dispute: Dispute) -> Self {
        Self {
            id: dispute.id.to_string(),
            unit: unit_name(cx, deps, &dispute.unit).await,
            reason: dispute.reason,
            opened_at: dispute.opened_at,
            answer: dispute.answer.map(ReplyView::from),
        }
    }

    pub(crate) fn sample(answer: Option<ReplyView>) -> Self {
        Self {
            id: SAMPLE_ID.to_owned(),
            unit: "Trung tâm phục vụ hành chính công xã Hà Bắc".to_owned(),
            reason: "Tôi không nộp hồ sơ nào.".to_owned(),
            opened_at: Moment::UNIX_EPOCH,
            answer,
        }
    }
}

/// A request for correction.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CorrectionView {
    id: String,
    /// Partly hidden number.
    subject: String,
    field: String,
    held: String,
    wanted: String,
    reference: String,
    opened_at: Moment,
    answer: Option<ReplyView>,
}

impl From<Correction> for CorrectionView {
    fn from(correction: Correction) -> Self {
        Self {
            id: correction.id.to_string(),
            subject: correction.subject.to_string(),
            field: correction.field,
            held: correction.held,
            wanted: correction.wanted,
            reference: correction.reference,
            opened_at: correction.opened_at,
            answer: correction.answer.map(ReplyView::from),
        }
    }
}

impl CorrectionView {
    pub(crate) fn sample(answer: Option<ReplyView>) -> Self {
        let from_form = answer.is_none();
        Self {
            id: SAMPLE_ID.to_owned(),
            subject: "030••••••101".to_owned(),
            field: if from_form { "applicant-address" } else { "name" }.to_owned(),
            held: if from_form { "Số 1, thôn Một" } else { "" }.to_owned(),
            wanted: "Số 11, thôn Một; tôi có sổ hộ khẩu cũ.".to_owned(),
            reference: if from_form { "1.004873" } else { "" }.to_owned(),
            opened_at: Moment::UNIX_EPOCH,
            answer,
        }
    }
}
