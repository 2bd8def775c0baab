//! Pages of this domain.

pub(crate) mod cabinet;
pub(crate) mod document;
pub(crate) mod verify;

pub(crate) use cabinet::CabinetPage;
pub(crate) use document::DocumentPage;
pub(crate) use verify::VerifyPage;

use crate::model::{Document, DocumentState, Kinds};
use d06_kernel::Cx;
use d06_kernel::time::{Moment, local_date};
use serde::Serialize;

/// A document as pages show it.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentView {
    id: String,
    name: String,
    number: String,
    state: DocumentState,
    issued_at: Moment,
    valid_until: Option<Moment>,
}

impl DocumentView {
    fn of(cx: &Cx, kinds: &Kinds, document: &Document) -> Self {
        let kind = kinds.on(&document.kind, local_date(document.issued_at));
        Self {
            id: document.id.to_string(),
            name: kind.map_or(&*document.kind, |kind| kind.name.of(cx.locale)).to_owned(),
            number: document.number.clone(),
            state: document.state(cx.now()),
            issued_at: document.issued_at,
            valid_until: document.valid_until,
        }
    }

    fn sample(state: DocumentState) -> Self {
        Self {
            id: "0197705e-7b00-7000-8000-000000000000".to_owned(),
            name: "Giấy xác nhận tình trạng hôn nhân".to_owned(),
            number: "15/UBND-XNTTHN".to_owned(),
            state,
            issued_at: Moment::default(),
            valid_until: (state != DocumentState::Revoked).then(Moment::default),
        }
    }
}
