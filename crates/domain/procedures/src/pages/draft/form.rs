//! `/drafts/{id}`: the form, filled from what the State holds. Every field says where its value comes from.

use crate::model::definition::{Applies, FieldDef, FieldKind, ProcedureDefinition};
use crate::ops::open_draft::{self, OpenDraft};
use crate::ops::save_draft::{self, SaveDraft, Saved};
use crate::store::draft::{Answers, Draft, DraftId, Prefilled};
use crate::web::Web;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use d06_authz::{Kind, Resource, act};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, Htmx, PageFrame, RequestCx};
use d06_kernel::Locale;
use d06_ui::{FormView, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub struct FormPage {
    /// The draft.
    pub id: String,
    /// Its version, sent back with what is typed.
    pub version: i64,
    /// The procedure's code.
    pub procedure: String,
    /// Its name.
    pub name: String,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
    /// The sections of the form.
    pub sections: Vec<SectionView>,
    /// What is typed and what is wrong with it.
    pub form: FormView,
    /// What another device kept, field by field, where it differs.
    pub clash: Vec<ClashView>,
    /// Whether the population database did not answer when the form was opened.
    pub unfilled: bool,
    /// Number of the person whom an officer helps at the counter.
    pub helped: Option<String>,
}

/// A section.
#[derive(Debug, Serialize)]
pub struct SectionView {
    /// The heading.
    pub label: String,
    /// The fields.
    pub fields: Vec<FieldView>,
}

/// A field.
#[derive(Debug, Serialize)]
pub struct FieldView {
    /// Its key, also its name in the form.
    pub key: String,
    /// The label.
    pub label: String,
    /// The explanation under the label.
    pub hint: Option<String>,
    /// `line`, `lines`, `choice`, `confirmation`, `date`, `phone`, `email`, `count`, `personal-number`, `name`.
    pub kind: &'static str,
    /// What may be chosen.
    pub choices: Vec<ChoiceView>,
    /// Whether an answer is needed.
    pub required: bool,
    /// The answer of another field for which it is asked.
    pub when: Option<WhenView>,
    /// Whether it is asked now.
    pub shown: bool,
    /// Where the value comes from.
    pub held: Option<HeldView>,
}

/// One value of a choice.
#[derive(Debug, Serialize)]
pub struct ChoiceView {
    /// The stored value.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

/// A field is asked only if another has one of some values.
#[derive(Debug, Serialize)]
pub struct WhenView {
    /// Key of the other field.
    pub field: String,
    /// The values, with spaces between.
    pub one_of: String,
}

/// What the State holds.
#[derive(Debug, Serialize)]
pub struct HeldView {
    /// Key of the source; the words are `held-by-` + key.
    pub source: String,
    /// When the source stood so.
    pub as_of: DateTime<Utc>,
    /// The value.
    pub value: String,
    /// Whether the person typed something else over it.
    pub changed: bool,
}

/// A field that two devices filled in differently.
#[derive(Debug, Serialize)]
pub struct ClashView {
    /// Label of the field.
    pub label: String,
    /// What this device typed.
    pub mine: String,
    /// What the other device kept.
    pub theirs: String,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "procedures/draft/form.html";

    fn samples() -> Vec<Self> {
        vec![sample(false), sample(true)]
    }
}

/// The page of a draft, with the answers as they are typed.
pub fn page(locale: Locale, definition: &ProcedureDefinition, draft: &Draft, answers: &Answers) -> FormPage {
    let form = answers.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    FormPage {
        id: draft.id.to_string(),
        version: draft.version,
        procedure: draft.procedure.clone(),
        name: definition.name.of(locale).to_owned(),
        saved_at: draft.updated_at,
        sections: sections(locale, definition, draft, answers),
        form,
        clash: Vec::new(),
        unfilled: !draft.prefill.values().any(|held| held.source == "population"),
        helped: draft.filed_by.map(|_| draft.owner.as_str().to_owned()),
    }
}

/// What differs between this device and the other.
pub fn clash(
    locale: Locale,
    definition: &ProcedureDefinition,
    mine: &Answers,
    theirs: &Answers,
) -> Vec<ClashView> {
    let value = |answers: &Answers, field: &FieldDef| {
        let stored = answers.get(&field.key).cloned().unwrap_or_default();
        label_of(locale, field, &stored)
    };
    definition
        .form
        .fields()
        .filter(|field| mine.contains_key(&field.key) && mine.get(&field.key) != theirs.get(&field.key))
        .map(|field| ClashView {
            label: field.label.of(locale).to_owned(),
            mine: value(mine, field),
            theirs: value(theirs, field),
        })
        .collect()
}

fn sections(
    locale: Locale,
    definition: &ProcedureDefinition,
    draft: &Draft,
    answers: &Answers,
) -> Vec<SectionView> {
    definition
        .form
        .sections
        .iter()
        .map(|section| SectionView {
            label: section.label.of(locale).to_owned(),
            fields: section
                .fields
                .iter()
                .map(|field| field_view(locale, field, draft.prefill.get(&field.key), answers))
                .collect(),
        })
        .collect()
}

/// Whether a field is asked, by what is answered so far.
fn is_asked(field: &FieldDef, answers: &Answers) -> bool {
    field.when.as_ref().is_none_or(|when| when.applies(answers) == Applies::Yes)
}

/// The first field that is asked only since the last answers, and has none yet: the reader has not seen it.
fn newly_asked<'a>(
    definition: &'a ProcedureDefinition,
    before: &Answers,
    now: &Answers,
) -> Option<&'a FieldDef> {
    let open = |field: &&FieldDef| now.get(&field.key).is_none_or(String::is_empty);
    definition.form.fields().filter(|f| is_asked(f, now) && !is_asked(f, before)).find(open)
}

fn field_view(locale: Locale, field: &FieldDef, held: Option<&Prefilled>, answers: &Answers) -> FieldView {
    FieldView {
        key: field.key.clone(),
        label: field.label.of(locale).to_owned(),
        hint: field.hint.as_ref().map(|hint| hint.of(locale).to_owned()),
        kind: kind_name(&field.kind),
        choices: choices_of(locale, field),
        required: field.required,
        when: field
            .when
            .as_ref()
            .map(|when| WhenView { field: when.field.clone(), one_of: when.one_of.join(" ") }),
        shown: is_asked(field, answers),
        held: held.map(|held| HeldView {
            source: held.source.clone(),
            as_of: held.as_of,
            value: label_of(locale, field, &held.value),
            changed: answers.get(&field.key).is_some_and(|typed| *typed != held.value),
        }),
    }
}

fn choices_of(locale: Locale, field: &FieldDef) -> Vec<ChoiceView> {
    let FieldKind::Choice { choices } = &field.kind else { return Vec::new() };
    choices
        .iter()
        .map(|c| ChoiceView { value: c.value.clone(), label: c.label.of(locale).to_owned() })
        .collect()
}

/// What a stored value reads like.
pub fn label_of(locale: Locale, field: &FieldDef, value: &str) -> String {
    let FieldKind::Choice { choices } = &field.kind else { return value.to_owned() };
    let chosen = choices.iter().find(|c| c.value == value);
    chosen.map_or_else(|| value.to_owned(), |c| c.label.of(locale).to_owned())
}

/// The stable name of a kind, for templates.
pub fn kind_name(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Name => "name",
        FieldKind::Line { .. } => "line",
        FieldKind::Lines { .. } => "lines",
        FieldKind::PersonalNumber => "personal-number",
        FieldKind::Date { .. } => "date",
        FieldKind::Choice { .. } => "choice",
        FieldKind::Phone => "phone",
        FieldKind::Email => "email",
        FieldKind::Confirmation => "confirmation",
        FieldKind::Count { .. } => "count",
    }
}

fn sample(clashing: bool) -> FormPage {
    let moment = DateTime::<Utc>::UNIX_EPOCH + chrono::Duration::days(20_600);
    let kinds = [
        "name",
        "line",
        "lines",
        "personal-number",
        "date",
        "choice",
        "phone",
        "email",
        "confirmation",
        "count",
    ];
    let field = |kind: &'static str| FieldView {
        key: format!("field-{kind}"),
        label: format!("Họ, chữ đệm, tên ({kind})"),
        hint: (kind == "name").then(|| "Như trong căn cước".to_owned()),
        kind,
        choices: vec![
            ChoiceView { value: "single".to_owned(), label: "Chưa kết hôn".to_owned() },
            ChoiceView { value: "married".to_owned(), label: "Đang có vợ, chồng".to_owned() },
        ],
        required: kind != "email",
        when: (kind == "lines")
            .then(|| WhenView { field: "field-choice".to_owned(), one_of: "single married".to_owned() }),
        shown: kind != "lines",
        held: matches!(kind, "name" | "date" | "choice").then(|| HeldView {
            source: if kind == "name" { "vneid" } else { "population" }.to_owned(),
            as_of: moment,
            value: "Nguyễn Văn Nam".to_owned(),
            changed: kind == "date",
        }),
    };
    let refused = d06_kernel::Problem::field("field-date", "date.not-a-day");
    FormPage {
        id: "0197705e-7b00-7000-8000-000000000001".to_owned(),
        version: 3,
        procedure: "1.004873".to_owned(),
        name: "Cấp Giấy xác nhận tình trạng hôn nhân".to_owned(),
        saved_at: moment,
        sections: vec![SectionView {
            label: "Người yêu cầu".to_owned(),
            fields: kinds.into_iter().map(field).collect(),
        }],
        form: if clashing {
            FormView::new().with("field-date", "30/02/1990").refused(&refused)
        } else {
            FormView::new().with("field-name", "Nguyễn Văn Nam").with("field-choice", "single")
        },
        clash: if clashing {
            vec![ClashView {
                label: "Mục đích".to_owned(),
                mine: "<b>a</b>".to_owned(),
                theirs: "b".to_owned(),
            }]
        } else {
            Vec::new()
        },
        unfilled: clashing,
        helped: clashing.then(|| "030198000101".to_owned()),
    }
}

/// What opening a draft needs.
#[derive(Debug)]
pub struct OpenForm {
    procedure: String,
}

impl FromFields for OpenForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self { procedure: fields.required_up_to("procedure", 8)? })
    }
}

/// The answer to an autosave: when it was kept, and the version to go on from.
#[derive(Debug, Serialize)]
pub struct SavedPart {
    /// The new version.
    pub version: i64,
    /// When it was kept.
    pub saved_at: DateTime<Utc>,
    /// Whether another device was faster; the reader reloads then.
    pub clash: bool,
    /// The draft.
    pub id: String,
}

impl Page for SavedPart {
    const TEMPLATE: &'static str = "procedures/draft/saved.html";

    fn samples() -> Vec<Self> {
        let part =
            |clash| Self { version: 4, saved_at: DateTime::<Utc>::UNIX_EPOCH, clash, id: "x".to_owned() };
        vec![part(false), part(true)]
    }
}

/// `POST /drafts`: opens the form of a procedure.
pub async fn open(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    form: Form<OpenForm>,
) -> Result<Response, AppProblem> {
    let owner = cx.require_principal()?.number;
    let resource = Resource::new(Kind::Draft, open_draft::NEW).owned_by([owner]);
    let permit = web.platform.authz.permit::<act::EditDraft>(&cx, &resource)?;
    let command = OpenDraft { procedure: form.value?.procedure, owner };
    let id = open_draft::run(&cx, &web.deps, permit, command).await?;
    Ok(Redirect::to(&format!("/drafts/{id}")).into_response())
}

/// `GET /drafts/{id}`.
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
    let definition = web.deps.version(&draft.procedure_version)?;
    let page = page(cx.locale, &definition, &draft, &draft.answers);
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// `POST /drafts/{id}`: saves what is typed; the button says where to go on.
pub async fn save(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Htmx(quietly): Htmx,
    Path(id): Path<DraftId>,
    form: Form<Fields>,
) -> Result<Response, AppProblem> {
    let (draft, permit) = web.draft::<act::EditDraft>(&cx, id).await?;
    let definition = web.deps.version(&draft.procedure_version)?;
    let fields = form.value?;
    let answers = answers_of(&definition, &fields);
    let version = fields.raw("version").and_then(|v| v.parse().ok()).unwrap_or(draft.version);
    let command = SaveDraft { draft: id, version, answers: answers.clone() };
    let saved = save_draft::run(&cx, &web.deps, permit, command).await;
    let part = |version, clash| SavedPart { version, saved_at: cx.now(), clash, id: id.to_string() };
    match saved {
        Ok(Saved::Kept(version)) if quietly => {
            Ok(web.platform.ui.page(&cx, &frame, &part(version, false))?.into_response())
        }
        Ok(Saved::Kept(_)) if fields.raw("action") == Some("continue") => {
            // A script that shows fields as soon as they are asked says so.
            let unseen = || newly_asked(&definition, &draft.answers, &answers);
            let Some(field) = fields.raw("all-shown").is_none().then(unseen).flatten() else {
                return Ok(Redirect::to(&format!("/drafts/{id}/submit")).into_response());
            };
            let there = format!("/drafts/{id}#{}", field.key);
            Ok((Flash::success("draft-more-fields"), Redirect::to(&there)).into_response())
        }
        Ok(Saved::Kept(_)) => {
            Ok((Flash::success("draft-saved"), Redirect::to(&format!("/drafts/{id}"))).into_response())
        }
        Ok(Saved::Clash(_)) if quietly => {
            Ok(web.platform.ui.page(&cx, &frame, &part(version, true))?.into_response())
        }
        Ok(Saved::Clash(theirs)) => {
            let clash = clash(cx.locale, &definition, &answers, &theirs.answers);
            let shown = FormPage { clash, ..page(cx.locale, &definition, &theirs, &answers) };
            Ok((StatusCode::CONFLICT, web.platform.ui.page(&cx, &frame, &shown)?).into_response())
        }
        Err(problem) => {
            let form = form.typed.refuse(problem)?;
            let shown = FormPage { form, ..page(cx.locale, &definition, &draft, &answers) };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web.platform.ui.page(&cx, &frame, &shown)?).into_response())
        }
    }
}

/// The answers in a sent form. A box that is not ticked is not sent; it reads as empty.
fn answers_of(definition: &ProcedureDefinition, fields: &Fields) -> Answers {
    let mut answers: Answers = definition
        .form
        .fields()
        .filter(|field| field.kind == FieldKind::Confirmation)
        .map(|field| (field.key.clone(), String::new()))
        .collect();
    let known = fields.pairs().filter(|(name, _)| definition.form.field(name).is_some());
    answers.extend(known.map(|(name, value)| (name.to_owned(), value.replace("\r\n", "\n"))));
    answers
}
