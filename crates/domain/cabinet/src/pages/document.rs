//! `/cabinet/{id}`: one document, and its PDF.

use super::DocumentView;
use crate::model::DocumentState;
use crate::module::Web;
use crate::ops::show_document;
use crate::sealing::SignatureView;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::id::DocumentId;
use d06_kernel::port::document::DocumentUse;
use d06_kernel::time::local_date;
use d06_ui::Page;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentPage {
    document: DocumentView,
    unit: String,
    facts: Vec<Fact>,
    signatures: Vec<SignatureView>,
    sha256: String,
    uses: Vec<DocumentUse>,
}

/// A line of the document.
#[derive(Debug, Serialize)]
struct Fact {
    key: String,
    value: String,
}

impl Page for DocumentPage {
    const TEMPLATE: &'static str = "cabinet/document.html";

    fn samples() -> Vec<Self> {
        let page = |state, signatures| Self {
            document: DocumentView::sample(state),
            unit: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
            facts: vec![Fact {
                key: "Họ, chữ đệm, tên".to_owned(),
                value: "Nguyễn Thị <b>Mai</b>".to_owned(),
            }],
            signatures,
            sha256: "ab".repeat(32),
            uses: if state == DocumentState::Valid { vec![sample_use()] } else { Vec::new() },
        };
        vec![
            page(DocumentState::Valid, SignatureView::samples()),
            page(DocumentState::Expired, Vec::new()),
            page(DocumentState::Revoked, Vec::new()),
            page(DocumentState::Superseded, Vec::new()),
        ]
    }
}

fn sample_use() -> DocumentUse {
    DocumentUse {
        dossier: uuid::Uuid::nil().into(),
        code: "H31.10816-260615-0001".to_owned(),
        procedure: "Đăng ký kết hôn".to_owned(),
        presented_by: "Nguyễn Thị Mai".to_owned(),
        at: d06_kernel::time::Moment::default(),
    }
}

pub(crate) async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DocumentId>,
) -> Result<Response, AppProblem> {
    let parts = web.cabinet.parts();
    let (document, bytes) = show_document::run(&cx, parts, &web.platform.authz, id).await?;
    let unit = parts.deps.units.get(&cx, &document.unit).await?.name;
    let kind = parts.kinds.on(&document.kind, local_date(document.issued_at));
    let lines = kind.map(|kind| kind.body(&document.fields)).unwrap_or_default();
    let lines = lines.into_iter().flat_map(|section| section.lines);
    let page = DocumentPage {
        facts: lines.map(|line| Fact { key: line.label, value: line.value }).collect(),
        signatures: parts.sealing.verify(bytes).await?,
        sha256: document.sha256.clone(),
        uses: parts.deps.uses.uses(&cx, document.id).await?,
        document: DocumentView::of(&cx, &parts.kinds, &document),
        unit,
    };
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}

pub(crate) async fn download(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path(id): Path<DocumentId>,
) -> Result<Response, AppProblem> {
    let (document, bytes) = show_document::run(&cx, web.cabinet.parts(), &web.platform.authz, id).await?;
    let name = format!("inline; filename=\"{}.pdf\"", document.number.replace('/', "-"));
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}
