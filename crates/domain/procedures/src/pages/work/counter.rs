//! `/work/counter`: opens a form for a person who stands at the counter and cannot file alone. One field takes what the
//! officer types or the scanner reads off the card.

use crate::deps::Deps;
use crate::ops::assist_filing::{self, AssistFiling, Presented};
use crate::ops::open_draft::NEW;
use crate::web::Web;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::{Kind, Resource, act};
use d06_http::{AppProblem, Fields, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::card::CardCode;
use d06_kernel::person::{PartialDate, PersonalNumber};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use d06_ui::{FormView, Page};
use serde::{Deserialize, Serialize};

/// Longest text a card's code has, in characters.
const LONGEST_CODE: usize = 600;

/// The page.
#[derive(Debug, Serialize)]
pub struct CounterPage {
    /// The procedures that can be filed: value and text.
    pub procedures: Vec<OptionView>,
    /// Why help may be given.
    pub grounds: Vec<OptionView>,
    /// What is typed and what is wrong with it.
    pub form: FormView,
}

/// One of a list.
#[derive(Clone, Debug, Serialize)]
pub struct OptionView {
    /// The stored value.
    pub value: String,
    /// What the officer reads.
    pub text: String,
}

impl Page for CounterPage {
    const TEMPLATE: &'static str = "procedures/work/counter.html";

    fn samples() -> Vec<Self> {
        let option = |value: &str, text: &str| OptionView { value: value.to_owned(), text: text.to_owned() };
        let page = |form| Self {
            procedures: vec![option("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân")],
            grounds: vec![option("elderly", "Người cao tuổi"), option("no-device", "Không có điện thoại")],
            form,
        };
        let refused = Problem::field("person", "counter.not-a-person");
        let typed = FormView::new().with("person", "<b>0301").with("ground", "elderly");
        vec![page(FormView::new()), page(typed.refused(&refused))]
    }
}

/// Which procedure the officer comes from.
#[derive(Debug, Default, Deserialize)]
pub struct CounterQuery {
    /// Its code; empty for none.
    #[serde(default)]
    procedure: String,
}

/// Who stands at the counter, for what, and why they are helped.
#[derive(Debug)]
pub struct CounterForm {
    procedure: String,
    person: Presented,
    ground: String,
}

impl FromFields for CounterForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let procedure = fields.required_up_to("procedure", 8);
        let person = person(fields);
        let ground = fields.required_up_to("ground", 40);
        let present = fields.ticked("present");
        if !present {
            fields.refuse("present", "counter.not-present");
        }
        Some(Self { procedure: procedure?, person: person?, ground: ground? }).filter(|_| present)
    }
}

/// What stands in the field `person`: what the scanner read off a card, or what was typed off it.
pub(super) enum Entered {
    Card(Box<CardCode>),
    /// `None` where it is no number; the field is refused then.
    Typed(Option<PersonalNumber>),
}

impl Entered {
    /// The field; `None`, with the field refused, where it is empty or a card that cannot be read.
    pub(super) fn from_fields(fields: &mut Fields) -> Option<Self> {
        let text = fields.required_up_to("person", LONGEST_CODE)?;
        if text.contains('|') {
            let Ok(card) = text.parse::<CardCode>() else {
                fields.refuse("person", "counter.not-a-card");
                return None;
            };
            return Some(Self::Card(Box::new(card)));
        }
        let number = text.parse().ok();
        if number.is_none() {
            fields.refuse("person", "counter.not-a-person");
        }
        Some(Self::Typed(number))
    }

    /// The person's number.
    pub(super) fn number(&self) -> Option<PersonalNumber> {
        match self {
            Self::Card(card) => Some(card.number),
            Self::Typed(number) => *number,
        }
    }
}

/// The card's code, or a number with the date of birth.
fn person(fields: &mut Fields) -> Option<Presented> {
    let number = match Entered::from_fields(fields)? {
        Entered::Card(card) => return Some(Presented::Card(card)),
        Entered::Typed(number) => number,
    };
    let birth = fields.required_up_to("birth", 10)?;
    let birth = birth.parse::<PartialDate>().ok();
    if birth.is_none() {
        fields.refuse("birth", "date.not-a-day");
    }
    Some(Presented::Typed { number: number?, birth: birth? })
}

fn page(cx: &Cx, deps: &Deps, form: FormView) -> CounterPage {
    let today = local_date(cx.now());
    let mut procedures: Vec<OptionView> = deps
        .catalogue
        .definitions()
        .filter(|definition| definition.in_force.contains(today))
        .map(|d| OptionView { value: d.code.to_string(), text: d.name.of(cx.locale).to_owned() })
        .collect();
    procedures.sort_by(|a, b| a.text.cmp(&b.text));
    let grounds = deps
        .grounds
        .on(today)
        .map(|ground| OptionView { value: ground.key.clone(), text: ground.label.of(cx.locale).to_owned() });
    CounterPage { procedures, grounds: grounds.collect(), form }
}

/// `GET /work/counter`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<CounterQuery>,
) -> Result<Response, AppProblem> {
    let page = page(&cx, &web.deps, FormView::new().with("procedure", &query.procedure));
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// `POST /work/counter`.
pub async fn open(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<CounterForm>,
) -> Result<Response, AppProblem> {
    let resource = Resource::new(Kind::Draft, NEW).in_unit(&web.deps.commune);
    let permit = web.platform.authz.permit::<act::AssistFiling>(&cx, &resource)?;
    let opened = async {
        let CounterForm { procedure, person, ground } = form.value?;
        assist_filing::run(&cx, &web.deps, permit, AssistFiling { procedure, person, ground }).await
    };
    match opened.await {
        Ok(id) => Ok(Redirect::to(&format!("/drafts/{id}")).into_response()),
        Err(problem) => {
            let page = page(&cx, &web.deps, form.typed.refuse(problem)?);
            let answer = web.platform.ui.page(&cx, &frame, &page)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
    }
}
