//! `/access`: who read my data, newest first.

use crate::deps::Deps;
use crate::model::access::{AccessFilter, AskerKind};
use crate::pages::ROWS;
use crate::pages::view::{AccessView, DisputeView, ReplyView};
use crate::store;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use d06_authz::{Kind, Resource, act};
use d06_db::PageRequest;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_ui::{FormView, Page};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct AccessListPage {
    items: Vec<Item>,
    filter: FormView,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Item {
    access: AccessView,
    dispute: Option<DisputeView>,
}

impl Page for AccessListPage {
    const TEMPLATE: &'static str = "people/access-list.html";

    fn samples() -> Vec<Self> {
        let item = |kind, found, dispute| Item { access: AccessView::sample(kind, found), dispute };
        let items = vec![
            item("officer", true, None),
            item("own", true, Some(DisputeView::sample(None))),
            item("party", true, Some(DisputeView::sample(Some(ReplyView::sample(true))))),
            item("platform", false, Some(DisputeView::sample(Some(ReplyView::sample(false))))),
        ];
        let filter = FormView::new().with("kind", "officer");
        vec![
            Self { items, filter, next: Some("/access?after=x".to_owned()) },
            Self { items: Vec::new(), filter: FormView::new(), next: None },
        ]
    }
}

/// What the list is narrowed to, and where it begins.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Narrowed {
    #[serde(default)]
    kind: String,
    after: Option<String>,
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(narrowed): Query<Narrowed>,
) -> Result<Response, AppProblem> {
    let person = cx.require_principal()?.number;
    let own = Resource::new(Kind::AccessRecord, "own").owned_by([person]);
    deps.platform.authz.permit::<act::ViewAccess>(&cx, &own)?;
    let kind = AskerKind::from_name(&narrowed.kind);
    let request = PageRequest { after: narrowed.after, limit: Some(ROWS) };
    let tx = deps.db.read().await?;
    let page = store::access::list(&tx, person, AccessFilter { kind }, &request).await?;
    let ids: Vec<_> = page.items.iter().map(|access| access.id).collect();
    let disputes = store::dispute::of_accesses(&tx, &ids).await?;
    drop(tx);
    let mut disputes: HashMap<_, _> = disputes.into_iter().map(|dispute| (dispute.access, dispute)).collect();
    let mut items = Vec::with_capacity(page.items.len());
    for access in page.items {
        let dispute = match disputes.remove(&access.id) {
            Some(dispute) => Some(DisputeView::of(&cx, &deps, dispute).await),
            None => None,
        };
        items.push(Item { access: AccessView::of(&cx, &deps, access).await, dispute });
    }
    let kind = kind.map_or("", AskerKind::name);
    let page = AccessListPage {
        items,
        filter: FormView::new().with("kind", kind),
        next: page.next.map(|after| format!("/access?kind={kind}&after={after}")),
    };
    Ok(deps.platform.ui.page(&cx, &frame, &page)?.into_response())
}
