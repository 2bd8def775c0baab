//! `/procedures/{code}`: what a procedure requires, of this person now.

use crate::deps::Deps;
use crate::model::ProcedureCode;
use crate::model::catalogue::Procedure;
use crate::model::definition::{ProcedureDefinition, TermRule};
use crate::model::dossier::Channel;
use crate::ops::inquire_requirements::{self as inquire, Case};
use crate::ops::plan_deadlines;
use crate::pages::view::{self, Naming, RequirementView};
use crate::store::draft::Answers;
use crate::web::Web;
use axum::extract::{Path, State};
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_ui::{Html, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Default, Serialize)]
pub struct ShowPage {
    /// The procedure's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The field of administration.
    pub field: Option<String>,
    /// Its requirements.
    pub requirements: Vec<RequirementView>,
    /// Whether the states are those of the reader.
    pub personal: bool,
    /// Papers that data replaces, for a procedure that cannot be filed here yet.
    pub replaced: Vec<ReplacedView>,
    /// How long it takes.
    pub term: Option<TermView>,
    /// What it costs, in đồng; `None` when it is not filed here.
    pub fee: Option<i64>,
    /// What is paid for each of something that the form counts: label and amount in đồng.
    pub fees_each: Vec<(String, i64)>,
    /// What comes of it.
    pub result: Option<String>,
    /// The acts it rests on.
    pub legal_basis: Vec<String>,
    /// The internal steps.
    pub steps: Vec<String>,
    /// The decision that approves the steps.
    pub workflow_act: Option<String>,
    /// Whether the reader can file it now.
    pub fileable: bool,
}

/// A paper that data replaces.
#[derive(Clone, Debug, Serialize)]
pub struct ReplacedView {
    /// The paper.
    pub paper: String,
    /// The databases.
    pub databases: Vec<String>,
    /// The act and clause that asked for it.
    pub clause: String,
    /// Whether data replaces only a part.
    pub partly: bool,
}

/// How long a procedure takes; the words are `term-` + unit.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// `same-day`, `working-hours`, `working-days`, `calendar-days`.
    pub unit: &'static str,
    /// How many.
    pub count: u32,
}

impl From<TermRule> for TermView {
    fn from(term: TermRule) -> Self {
        let (unit, count) = match term {
            TermRule::SameDay => ("same-day", 0),
            TermRule::WorkingHours(hours) => ("working-hours", hours),
            TermRule::WorkingDays(days) => ("working-days", days),
            TermRule::CalendarDays(days) => ("calendar-days", days),
        };
        Self { unit, count }
    }
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "procedures/catalogue/show.html";

    fn samples() -> Vec<Self> {
        let fileable = |personal, unit| Self {
            code: "1.004873".to_owned(),
            name: "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân".to_owned(),
            field: Some("Hộ tịch".to_owned()),
            requirements: view::samples(),
            personal,
            term: Some(TermView { unit, count: 3 }),
            fee: Some(if personal { 0 } else { 15_000 }),
            fees_each: vec![("Phí cấp bản sao trích lục".to_owned(), 8_000)],
            result: Some("Giấy xác nhận tình trạng hôn nhân".to_owned()),
            legal_basis: vec!["Điều 22 Nghị định số 123/2015/NĐ-CP".to_owned()],
            steps: vec!["Tiếp nhận hồ sơ".to_owned()],
            workflow_act: Some("2022/QĐ-UBND".to_owned()),
            fileable: true,
            ..Self::default()
        };
        let listed = Self {
            code: "2.000635".to_owned(),
            name: "Cấp bản sao trích lục hộ tịch".to_owned(),
            replaced: vec![
                ReplacedView {
                    paper: "Căn cước".to_owned(),
                    databases: vec!["Cơ sở dữ liệu quốc gia về dân cư".to_owned()],
                    clause: "Khoản 1 Điều 2 Nghị định số 123/2015/NĐ-CP".to_owned(),
                    partly: true,
                },
                ReplacedView {
                    paper: String::new(),
                    databases: Vec::new(),
                    clause: String::new(),
                    partly: false,
                },
            ],
            ..Self::default()
        };
        let terms = ["same-day", "working-hours", "working-days", "calendar-days"];
        terms.into_iter().enumerate().map(|(at, unit)| fileable(at > 0, unit)).chain([listed]).collect()
    }
}

/// The page of a code; with the reader's own states when somebody is signed in as a citizen.
///
/// # Errors
/// "Not found" for a code the catalogue does not know.
pub async fn page(cx: &Cx, deps: &Deps, code: &str) -> Result<ShowPage, Problem> {
    let code: ProcedureCode = code.parse().map_err(|_| Problem::not_found())?;
    let procedure = deps.catalogue.find(code).ok_or_else(Problem::not_found)?;
    let Some(definition) = deps.catalogue.definition(code, local_date(cx.now())).cloned() else {
        return Ok(listed(cx, deps, procedure));
    };
    let naming = Naming::new(deps, &definition, cx.locale, local_date(cx.now()));
    let reader = cx.principal().filter(|p| !p.is_official()).map(|p| p.number);
    let requirements = match reader {
        None => definition.requirements.iter().map(|r| naming.general(r)).collect(),
        Some(number) => {
            let answers = Answers::new();
            let case = Case {
                definition: &definition,
                parties: inquire::parties_of(&definition, number, &answers),
                facts: answers,
                dossier: None,
                reference: definition.code.to_string(),
                paper_from: plan_deadlines::run(deps, &definition, Channel::Online, cx.now()).paper_from,
            };
            let states = inquire::run(cx, deps, &case).await?;
            definition
                .requirements
                .iter()
                .zip(&states)
                .map(|(r, state)| naming.requirement(r, state))
                .collect()
        }
    };
    Ok(ShowPage { requirements, personal: reader.is_some(), ..filed(cx, &definition) })
}

fn filed(cx: &Cx, definition: &ProcedureDefinition) -> ShowPage {
    ShowPage {
        code: definition.code.to_string(),
        name: definition.name.of(cx.locale).to_owned(),
        field: Some(definition.field.of(cx.locale).to_owned()),
        term: Some(definition.term.into()),
        fee: Some(definition.cost(Channel::Online, &Answers::new())),
        fees_each: definition
            .fees
            .iter()
            .filter(|fee| fee.per.is_some())
            .map(|fee| (fee.label.of(cx.locale).to_owned(), fee.amount_vnd))
            .collect(),
        result: Some(definition.result.label.of(cx.locale).to_owned()),
        legal_basis: definition.legal_basis.iter().map(ToString::to_string).collect(),
        steps: definition.workflow.steps.iter().map(|s| s.name.of(cx.locale).to_owned()).collect(),
        workflow_act: definition.workflow.source.act.clone(),
        fileable: !cx.principal().is_some_and(|p| p.is_official()),
        ..ShowPage::default()
    }
}

fn listed(cx: &Cx, deps: &Deps, procedure: &Procedure) -> ShowPage {
    let today = local_date(cx.now());
    let name = |key: &String| {
        let database = deps.catalogue.databases().on(key, today)?;
        Some(match cx.locale {
            d06_kernel::Locale::Vi => database.name_vi.clone(),
            d06_kernel::Locale::En => database.name_en.clone(),
        })
    };
    ShowPage {
        code: procedure.code.to_string(),
        name: procedure.name.clone(),
        replaced: procedure
            .replaced
            .iter()
            .map(|paper| ReplacedView {
                paper: paper.paper.clone().unwrap_or_default(),
                databases: paper.databases.iter().filter_map(name).collect(),
                clause: format!("{} {}", paper.clause, paper.act).trim().to_owned(),
                partly: paper.partly,
            })
            .collect(),
        ..ShowPage::default()
    }
}

/// `GET /procedures/{code}`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(code): Path<String>,
) -> Result<Html<String>, AppProblem> {
    let page = page(&cx, &web.deps, &code).await?;
    Ok(web.platform.ui.page(&cx, &frame, &page)?)
}
