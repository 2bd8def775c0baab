//! `/verify/{secret}`: what the QR code of a paper leads to. Whoever holds the paper can compare it and learns whether
//! it still holds, and nothing of the person that the paper does not say.

use super::DocumentView;
use crate::model::DocumentState;
use crate::module::Web;
use crate::ops::verify_document;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_ui::Page;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct VerifyPage {
    document: DocumentView,
    unit: String,
}

impl Page for VerifyPage {
    const TEMPLATE: &'static str = "cabinet/verify.html";

    fn samples() -> Vec<Self> {
        let page = |state| Self {
            document: DocumentView::sample(state),
            unit: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
        };
        DocumentState::ALL.map(page).into()
    }
}

pub(crate) async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(secret): Path<String>,
) -> Result<Response, AppProblem> {
    let parts = web.cabinet.parts();
    let document = verify_document::run(parts, &secret).await?;
    let unit = parts.deps.units.get(&cx, &document.unit).await?.name;
    let view = DocumentView { id: String::new(), ..DocumentView::of(&cx, &parts.kinds, &document) };
    Ok(web.platform.ui.page(&cx, &frame, &VerifyPage { document: view, unit })?.into_response())
}
