//! `/cabinet`: the reader's own documents.

use super::DocumentView;
use crate::model::DocumentState;
use crate::module::Web;
use crate::ops::list_documents;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use d06_db::PageRequest;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_ui::Page;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct CabinetPage {
    documents: Vec<DocumentView>,
    next: Option<String>,
}

impl Page for CabinetPage {
    const TEMPLATE: &'static str = "cabinet/cabinet.html";

    fn samples() -> Vec<Self> {
        let documents = DocumentState::ALL.map(DocumentView::sample).into();
        vec![Self { documents, next: Some("x".to_owned()) }, Self { documents: Vec::new(), next: None }]
    }
}

pub(crate) async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(request): Query<PageRequest>,
) -> Result<Response, AppProblem> {
    let parts = web.cabinet.parts();
    let page = list_documents::run(&cx, parts, &request).await?;
    let page = CabinetPage {
        documents: page.items.iter().map(|document| DocumentView::of(&cx, &parts.kinds, document)).collect(),
        next: page.next.map(|after| format!("/cabinet?after={after}")),
    };
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}
