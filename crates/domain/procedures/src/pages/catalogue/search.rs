//! `/procedures?q=`: find a procedure, with or without diacritics, with slips of typing.

use crate::deps::Deps;
use crate::web::Web;
use axum::extract::{Query, State};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::Cx;
use d06_kernel::time::local_date;
use d06_ui::{Html, Page};
use serde::{Deserialize, Serialize};

/// The most procedures shown.
const MOST: usize = 50;
/// The longest query looked at, in characters.
const LONGEST: usize = 200;

/// What is sought.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SearchQuery {
    /// The words.
    #[serde(default)]
    pub q: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct SearchPage {
    /// What was typed.
    pub query: String,
    /// What matches, best first.
    pub hits: Vec<SearchHit>,
    /// How many procedures the catalogue knows.
    pub total: usize,
    /// Whether more match than are shown.
    pub more: bool,
}

/// A procedure found.
#[derive(Clone, Debug, Serialize)]
pub struct SearchHit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many of its papers data replaces.
    pub replaced: usize,
    /// Whether it can be filed here.
    pub fileable: bool,
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "procedures/catalogue/search.html";

    fn samples() -> Vec<Self> {
        let hit = |fileable| SearchHit {
            code: if fileable { "1.004873" } else { "2.000635" }.to_owned(),
            name: "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân".to_owned(),
            replaced: usize::from(fileable),
            fileable,
        };
        vec![
            Self { query: String::new(), hits: vec![hit(true)], total: 740, more: false },
            Self { query: "hon nhan".to_owned(), hits: vec![hit(true), hit(false)], total: 740, more: true },
            Self { query: "<b>qqq</b>".to_owned(), hits: Vec::new(), total: 740, more: false },
        ]
    }
}

/// The procedures that match; without a query those that can be filed here.
pub fn find(cx: &Cx, deps: &Deps, query: &str, most: usize) -> Vec<SearchHit> {
    let today = local_date(cx.now());
    let query: String = query.chars().take(LONGEST).collect();
    let fileable = |code| deps.catalogue.definition(code, today).is_some();
    let hit = |procedure: &crate::model::catalogue::Procedure| SearchHit {
        code: procedure.code.to_string(),
        name: procedure.name.clone(),
        replaced: procedure.replaced.len(),
        fileable: fileable(procedure.code),
    };
    if query.trim().is_empty() {
        return deps.catalogue.procedures().iter().filter(|p| fileable(p.code)).map(hit).take(most).collect();
    }
    deps.catalogue.search(&query, most).into_iter().map(|(procedure, _)| hit(procedure)).collect()
}

/// The page for a query.
pub fn page(cx: &Cx, deps: &Deps, query: SearchQuery) -> SearchPage {
    let mut hits = find(cx, deps, &query.q, MOST + 1);
    let more = hits.len() > MOST;
    hits.truncate(MOST);
    SearchPage { query: query.q, hits, total: deps.catalogue.procedures().len(), more }
}

/// `GET /procedures`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<SearchQuery>,
) -> Result<Html<String>, AppProblem> {
    Ok(web.platform.ui.page(&cx, &frame, &page(&cx, &web.deps, query))?)
}
