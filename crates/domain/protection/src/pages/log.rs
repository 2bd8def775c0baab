//! `/audit`: the log, its head, and the last verification.

use super::view::EntryView;
use crate::deps::Deps;
use crate::ops::{find_actor, search_log, verify_log};
use crate::store::run::{self, FaultLine, Run};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use d06_audit::EntryFilter;
use d06_db::PageRequest;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::person::PersonalNumber;
use d06_kernel::time::{Moment, from_local};
use d06_kernel::{Cx, Problem, ProblemKind};
use d06_ui::{FormView, Frame, Page};
use serde::Serialize;

/// Lines on a page.
const LINES: u64 = 50;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct LogPage {
    entries: Vec<EntryView>,
    filter: FormView,
    person: FormView,
    next: Option<String>,
    run: Option<Run>,
    /// The key that checks checkpoints, as text.
    key: String,
}

impl Page for LogPage {
    const TEMPLATE: &'static str = "protection/log.html";

    fn samples() -> Vec<Self> {
        let run = |faults: Vec<FaultLine>| Run {
            at: Moment::UNIX_EPOCH,
            size: 12_345,
            waiting: 1,
            findings: faults.len() as u64,
            erased: 2,
            outside: faults.is_empty(),
            faults,
        };
        let fault = |fault: &str, entry| FaultLine { fault: fault.to_owned(), place: 7, entry };
        let entries =
            vec![EntryView::sample("dossier.submit", true), EntryView::sample("document.issue", false)];
        let filter = FormView::new().with("action", "dossier.submit").with("from", "30/02/2026");
        let filter = filter.refused(&Problem::field("from", "date.not-a-day"));
        let person = FormView::new().refused(&Problem::field("number", "audit.actor-unknown"));
        let key = || "dean06/H31.10816+0a1b2c3d+AQ==".to_owned();
        vec![
            Self {
                entries,
                filter,
                person,
                next: Some("/audit?after=x".to_owned()),
                run: Some(run(vec![fault("removed", None), fault("altered", Some(uuid::Uuid::nil()))])),
                key: key(),
            },
            Self {
                entries: Vec::new(),
                filter: FormView::new(),
                person: FormView::new(),
                next: None,
                run: Some(run(Vec::new())),
                key: key(),
            },
            Self {
                entries: Vec::new(),
                filter: FormView::new(),
                person: FormView::new(),
                next: None,
                run: None,
                key: key(),
            },
        ]
    }
}

/// What the log is searched for.
#[derive(Debug, Default)]
struct Search {
    filter: EntryFilter,
}

impl FromFields for Search {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let from = fields.optional_date("from");
        let to = fields.optional_date("to");
        let filter = EntryFilter {
            action: fields.text_up_to("action", 60),
            object: fields.text_up_to("object", 200),
            unit: fields.text_up_to("unit", 35),
            actor: fields.text_up_to("actor", 60),
            from: from?.and_then(begin),
            until: to?.and_then(|day| day.succ_opt()).and_then(begin),
            subject: None,
        };
        Some(Self { filter })
    }
}

/// The first moment of a day in Vietnam.
fn begin(day: NaiveDate) -> Option<Moment> {
    day.and_hms_opt(0, 0, 0).map(from_local)
}

/// The number of a person who did something.
#[derive(Debug)]
pub(crate) struct ActorForm {
    number: PersonalNumber,
}

impl FromFields for ActorForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self { number: fields.parsed("number", "number.not-personal")? })
    }
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, AppProblem> {
    let page = page(&cx, &deps, Fields::new(pairs), FormView::new()).await?;
    Ok(deps.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// `POST /audit/actor`: goes to what a person did. The number travels in the body and stands in no address.
pub(crate) async fn find_actor(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<ActorForm>,
) -> Result<Response, AppProblem> {
    let permit = deps.permit(&cx)?;
    let found = async { find_actor::run(&cx, &deps.log, &permit, form.value?.number).await };
    match found.await {
        Ok(actor) => Ok(Redirect::to(&format!("/audit?actor={actor}")).into_response()),
        Err(problem) => again(&cx, &deps, &frame, form.typed, problem).await,
    }
}

async fn again(
    cx: &Cx,
    deps: &Deps,
    frame: &Frame,
    typed: FormView,
    problem: Problem,
) -> Result<Response, AppProblem> {
    if problem.kind != ProblemKind::Invalid {
        return Err(problem.into());
    }
    let page = page(cx, deps, Fields::default(), typed.refused(&problem)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, deps.platform.ui.page(cx, frame, &page)?).into_response())
}

/// `POST /audit/verify`: the log is verified in the background.
pub(crate) async fn verify(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    form: Form<()>,
) -> Result<Response, AppProblem> {
    deps.permit(&cx)?;
    form.value?;
    let tx = deps.log.db.begin().await?;
    d06_jobs::enqueue_unique(&cx, &tx, &verify_log::VerifyLog {}, "asked").await?;
    tx.commit().await?;
    Ok((Flash::information("audit-verify-begun"), Redirect::to("/audit")).into_response())
}

async fn page(cx: &Cx, deps: &Deps, fields: Fields, person: FormView) -> Result<LogPage, Problem> {
    let permit = deps.permit(cx)?;
    let mut filter = fields.view();
    let request = PageRequest { after: fields.raw("after").map(str::to_owned), limit: Some(LINES) };
    let query = next_query(&fields);
    let found = match fields.read::<Search>() {
        Ok(search) => Some(search_log::run(&deps.log, &permit, &search.filter, &request).await?),
        Err(problem) => {
            filter = filter.refused(&problem);
            None
        }
    };
    let (entries, next) = found.map_or((Vec::new(), None), |page| (page.items, page.next));
    let newest = run::find_newest(&deps.log.db.read().await?).await?;
    Ok(LogPage {
        entries: EntryView::list(cx, deps, entries).await,
        filter,
        person,
        next: next.map(|after| format!("/audit?{query}after={after}")),
        run: newest,
        key: deps.log.key.text(),
    })
}

/// What was searched for, for the link to the next page.
fn next_query(fields: &Fields) -> String {
    let kept = fields.pairs().filter(|(name, value)| *name != "after" && !value.trim().is_empty());
    let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    if query.is_empty() { query } else { format!("{query}&") }
}
