//! `/drafts/{id}/submit`: everything once more before it is filed, with the state of each requirement.

use super::files::of_requirement;
use super::form::label_of;
use crate::model::definition::{Applies, ProcedureDefinition};
use crate::model::dossier::{Channel, DossierState};
use crate::model::requirement::RequirementState;
use crate::ops::inquire_requirements::{self as inquire, Case};
use crate::ops::load::Shown;
use crate::ops::submit_dossier::{self, SubmitDossier};
use crate::ops::{check_answers, plan_deadlines, receive_dossier};
use crate::pages::view::Naming;
use crate::pages::view::{self, FileView, RequirementView};
use crate::store::draft::{self, Answers, Draft, DraftId};
use crate::web::Web;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use d06_authz::act;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::id::DossierId;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Locale, Problem, ProblemKind};
use d06_ui::{FormView, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub struct ReviewPage {
    /// The draft.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// Name of the procedure.
    pub name: String,
    /// What is filled in, section by section.
    pub sections: Vec<AnsweredSection>,
    /// The requirements in their states with the files of each.
    pub requirements: Vec<RequirementWithFiles>,
    /// When the result would be due.
    pub due_at: DateTime<Utc>,
    /// What it costs, in đồng.
    pub fee: i64,
    /// What is wrong.
    pub form: FormView,
    /// Whether it can be filed as it is.
    pub ready: bool,
    /// Number of the person whom an officer helps at the counter.
    pub helped: Option<String>,
}

/// A section as it is filled in.
#[derive(Debug, Serialize)]
pub struct AnsweredSection {
    /// The heading.
    pub label: String,
    /// The fields.
    pub fields: Vec<AnsweredField>,
}

/// A field as it is filled in.
#[derive(Debug, Serialize)]
pub struct AnsweredField {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What it holds; empty for nothing.
    pub value: String,
    /// Whether it is a confirmation, whose value reads "agreed".
    pub confirmation: bool,
    /// Key of the source that filled it, if what it holds is still that.
    pub source: Option<String>,
}

/// A requirement with what is attached to it.
#[derive(Debug, Serialize)]
pub struct RequirementWithFiles {
    /// The requirement.
    pub view: RequirementView,
    /// Its files.
    pub files: Vec<FileView>,
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "procedures/draft/review.html";

    fn samples() -> Vec<Self> {
        let due_at = DateTime::<Utc>::UNIX_EPOCH + chrono::Duration::days(20_600);
        let field = |key: &str, value: &str, source: Option<&str>| AnsweredField {
            key: key.to_owned(),
            label: "Họ, chữ đệm, tên".to_owned(),
            value: value.to_owned(),
            confirmation: key == "truth",
            source: source.map(str::to_owned),
        };
        let page = |ready, form: FormView| Self {
            id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
            version: 4,
            name: "Cấp Giấy xác nhận tình trạng hôn nhân".to_owned(),
            sections: vec![AnsweredSection {
                label: "Người yêu cầu".to_owned(),
                fields: vec![
                    field("name", "Nguyễn Văn Nam", Some("population")),
                    field("purpose", "", None),
                    field("truth", "yes", None),
                ],
            }],
            requirements: view::samples()
                .into_iter()
                .map(|view| RequirementWithFiles {
                    files: (0..view.files).map(|_| FileView::sample()).collect(),
                    view,
                })
                .collect(),
            due_at,
            fee: if ready { 0 } else { 15_000 },
            form,
            ready,
            helped: (!ready).then(|| "030198000101".to_owned()),
        };
        let refused = d06_kernel::Problem::field("name", "field.required");
        vec![page(true, FormView::new()), page(false, FormView::new().refused(&refused))]
    }
}

/// What is filled in, for a reader.
pub fn answered(locale: Locale, definition: &ProcedureDefinition, draft: &Draft) -> Vec<AnsweredSection> {
    of_answers(locale, definition, &draft.answers, |key, value| {
        draft.prefill.get(key).filter(|held| held.value == value).map(|held| held.source.clone())
    })
}

/// What was filled in, for a reader of the dossier.
pub fn of_answers(
    locale: Locale,
    definition: &ProcedureDefinition,
    answers: &Answers,
    source: impl Fn(&str, &str) -> Option<String>,
) -> Vec<AnsweredSection> {
    definition
        .form
        .sections
        .iter()
        .map(|section| AnsweredSection {
            label: section.label.of(locale).to_owned(),
            fields: section
                .fields
                .iter()
                .filter(|field| field.when.as_ref().is_none_or(|when| when.applies(answers) == Applies::Yes))
                .map(|field| {
                    let value = answers.get(&field.key).cloned().unwrap_or_default();
                    AnsweredField {
                        key: field.key.clone(),
                        label: field.label.of(locale).to_owned(),
                        source: source(&field.key, &value),
                        value: label_of(locale, field, &value),
                        confirmation: super::form::kind_name(&field.kind) == "confirmation",
                    }
                })
                .collect(),
        })
        .filter(|section| !section.fields.is_empty())
        .collect()
}

/// The version the person looked at.
#[derive(Debug)]
pub struct SubmitForm {
    version: i64,
}

impl FromFields for SubmitForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self { version: fields.parsed("version", "field.required")? })
    }
}

/// `GET /drafts/{id}/submit`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DraftId>,
) -> Result<Response, AppProblem> {
    let (draft, _) = web.draft::<act::EditDraft>(&cx, id).await?;
    if let Some(dossier) = draft.dossier {
        return Ok(Redirect::to(&format!("/dossiers/{dossier}")).into_response());
    }
    let page = page(&cx, &web, &draft, None).await?;
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// `POST /drafts/{id}/submit`: files the draft. The draft is the idempotency key.
pub async fn submit(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DraftId>,
    form: Form<SubmitForm>,
) -> Result<Response, AppProblem> {
    let (draft, permit) = web.draft::<act::SubmitDossier>(&cx, id).await?;
    let command = SubmitDossier { draft: id, version: form.value?.version };
    match submit_dossier::run(&cx, &web.deps, permit, command).await {
        Ok(dossier) if cx.principal().is_some_and(|person| person.is_official()) => {
            let received = receive_at_counter(&web, &cx, dossier).await?;
            let told = if received { "counter-filed" } else { "counter-filed-waiting" };
            Ok((Flash::success(told), Redirect::to(&format!("/work/dossiers/{dossier}"))).into_response())
        }
        Ok(dossier) => {
            Ok((Flash::success("dossier-filed"), Redirect::to(&format!("/dossiers/{dossier}")))
                .into_response())
        }
        Err(problem) if problem.kind == ProblemKind::Invalid => {
            let page = page(&cx, &web, &draft, Some(problem)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web.platform.ui.page(&cx, &frame, &page)?).into_response())
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Who files for a person at the counter receives the dossier with the same click. Gives whether it could be: one that
/// waits for a source is received when the source has answered.
async fn receive_at_counter(web: &Web, cx: &Cx, id: DossierId) -> Result<bool, Problem> {
    let read = web.deps.db.read().await?;
    let (dossier, permit) = web.dossier::<act::ReceiveDossier>(cx, &read, id).await?;
    drop(read);
    if dossier.state != DossierState::Submitted {
        return Ok(dossier.received_at.is_some());
    }
    let shown = Shown { dossier: id, version: dossier.version };
    receive_dossier::run(cx, &web.deps, permit, shown).await.map(|_| true)
}

async fn page(cx: &Cx, web: &Web, draft: &Draft, refused: Option<Problem>) -> Result<ReviewPage, Problem> {
    let deps = &web.deps;
    let definition = deps.version(&draft.procedure_version)?;
    let read = deps.db.read().await?;
    let files = draft::list_files(&read, draft.id).await?;
    drop(read);
    let channel = if draft.filed_by.is_some() { Channel::Counter } else { Channel::Online };
    let plan = plan_deadlines::run(deps, &definition, channel, cx.now());
    let case = Case {
        definition: &definition,
        parties: inquire::parties_of(&definition, draft.owner, &draft.answers),
        facts: draft.answers.clone(),
        dossier: None,
        reference: definition.code.to_string(),
        paper_from: plan.paper_from,
    };
    let states = inquire::run(cx, deps, &case).await?;
    let naming = Naming::new(deps, &definition, cx.locale, local_date(cx.now()));
    let mut ready = true;
    let mut requirements = Vec::with_capacity(states.len());
    for (requirement, state) in definition.requirements.iter().zip(states) {
        let own = files.iter().filter(|f| f.requirement == requirement.key).map(|f| f.file).collect();
        let state = state.clone().provide(own).unwrap_or(state);
        ready &= !RequirementState::blocks_filing(&state);
        requirements.push(RequirementWithFiles {
            view: naming.requirement(requirement, &state),
            files: of_requirement(&files, &requirement.key),
        });
    }
    let problem = refused.or_else(|| check_answers::run(cx, &definition, &draft.answers).err());
    ready &= problem.is_none();
    let form = problem.map_or_else(FormView::new, |problem| FormView::new().refused(&problem));
    Ok(ReviewPage {
        id: draft.id.to_string(),
        version: draft.version,
        name: definition.name.of(cx.locale).to_owned(),
        sections: answered(cx.locale, &definition, draft),
        requirements,
        due_at: plan.clock.appointment(),
        fee: definition.cost(channel, &draft.answers),
        form,
        ready,
        helped: draft.filed_by.map(|_| draft.owner.as_str().to_owned()),
    })
}
