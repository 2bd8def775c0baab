//! `/corrections`: my requests; `/corrections/desk`: those the office settles.

use crate::deps::Deps;
use crate::pages::After;
use crate::pages::view::{CorrectionView, ReplyView};
use crate::store;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use d06_authz::{Kind, Resource, act};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_ui::Page;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct CorrectionListPage {
    items: Vec<CorrectionView>,
    /// Whether this is the desk of the office and not a person's own list.
    desk: bool,
    next: Option<String>,
}

impl Page for CorrectionListPage {
    const TEMPLATE: &'static str = "people/correction-list.html";

    fn samples() -> Vec<Self> {
        let answered = |upheld| CorrectionView::sample(Some(ReplyView::sample(upheld)));
        let items = || vec![CorrectionView::sample(None), answered(true), answered(false)];
        vec![
            Self { items: items(), desk: false, next: Some("/corrections?after=x".to_owned()) },
            Self { items: items(), desk: true, next: None },
            Self { items: Vec::new(), desk: false, next: None },
            Self { items: Vec::new(), desk: true, next: None },
        ]
    }
}

pub(crate) async fn mine(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(after): Query<After>,
) -> Result<Response, AppProblem> {
    let person = cx.require_principal()?.number;
    let own = Resource::new(Kind::Correction, "own").owned_by([person]);
    deps.platform.authz.permit::<act::ViewCorrection>(&cx, &own)?;
    let tx = deps.db.read().await?;
    let page = store::correction::list(&tx, Some(person), None, &after.page()).await?;
    let page = CorrectionListPage {
        items: page.items.into_iter().map(CorrectionView::from).collect(),
        desk: false,
        next: page.next.map(|after| format!("/corrections?after={after}")),
    };
    Ok(deps.platform.ui.page(&cx, &frame, &page)?.into_response())
}

pub(crate) async fn desk(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(after): Query<After>,
) -> Result<Response, AppProblem> {
    let all = Resource::new(Kind::Correction, "all").in_unit(deps.office.clone());
    deps.platform.authz.permit::<act::ViewCorrection>(&cx, &all)?;
    let tx = deps.db.read().await?;
    let page = store::correction::list(&tx, None, Some(&deps.office), &after.page()).await?;
    let page = CorrectionListPage {
        items: page.items.into_iter().map(CorrectionView::from).collect(),
        desk: true,
        next: page.next.map(|after| format!("/corrections/desk?after={after}")),
    };
    Ok(deps.platform.ui.page(&cx, &frame, &page)?.into_response())
}
