//! `/access/disputes`: the disputes, for the standing office that answers them and the auditor.

use crate::deps::Deps;
use crate::pages::After;
use crate::pages::view::{DisputeView, ReplyView};
use crate::store;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use d06_authz::{Kind, Resource, act};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::{Cx, Problem};
use d06_ui::Page;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct DisputeListPage {
    items: Vec<DisputeView>,
    next: Option<String>,
}

impl Page for DisputeListPage {
    const TEMPLATE: &'static str = "people/dispute-list.html";

    fn samples() -> Vec<Self> {
        let answered = |upheld| DisputeView::sample(Some(ReplyView::sample(upheld)));
        let items = vec![DisputeView::sample(None), answered(true), answered(false)];
        vec![
            Self { items, next: Some("/access/disputes?after=x".to_owned()) },
            Self { items: Vec::new(), next: None },
        ]
    }
}

/// Whether the caller answers disputes or audits the office.
pub(super) fn oversees(deps: &Deps, cx: &Cx) -> Result<(), Problem> {
    let authz = &deps.platform.authz;
    let reads = Resource::new(Kind::AccessRecord, "all").in_unit(deps.office.clone());
    let log = Resource::new(Kind::AuditLog, "all").in_unit(deps.office.clone());
    if authz.may::<act::AnswerDispute>(cx, &reads) {
        return Ok(());
    }
    authz.permit::<act::ViewAudit>(cx, &log).map(|_| ())
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(after): Query<After>,
) -> Result<Response, AppProblem> {
    oversees(&deps, &cx)?;
    let tx = deps.db.read().await?;
    let page = store::dispute::list(&tx, &after.page()).await?;
    drop(tx);
    let mut items = Vec::with_capacity(page.items.len());
    for dispute in page.items {
        items.push(DisputeView::of(&cx, &deps, dispute).await);
    }
    let page =
        DisputeListPage { items, next: page.next.map(|after| format!("/access/disputes?after={after}")) };
    Ok(deps.platform.ui.page(&cx, &frame, &page)?.into_response())
}
