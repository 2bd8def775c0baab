//! `/lookup/{secret}`: what the QR code of a receipt leads to. Whoever holds the paper sees where the dossier stands
//! and nothing of the person.

use super::list::DossierLine;
use crate::store::dossier;
use crate::web::Web;
use axum::extract::{Path, State};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::Problem;
use d06_ui::{Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub struct LookupPage {
    /// The dossier; the applicant's name is empty.
    pub dossier: DossierLine,
}

impl Page for LookupPage {
    const TEMPLATE: &'static str = "procedures/dossier/lookup.html";

    fn samples() -> Vec<Self> {
        DossierLine::samples().into_iter().map(|dossier| Self { dossier }).collect()
    }
}

/// `GET /lookup/{secret}`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(secret): Path<String>,
) -> Result<Html<String>, AppProblem> {
    let read = web.deps.db.read().await?;
    let found = dossier::find_by_lookup(&read, &secret).await?.ok_or_else(Problem::not_found)?;
    let dossier = DossierLine {
        applicant: String::new(),
        id: String::new(),
        ..DossierLine::of(&cx, &web.deps, &found)
    };
    Ok(web.platform.ui.page(&cx, &frame, &LookupPage { dossier })?)
}
