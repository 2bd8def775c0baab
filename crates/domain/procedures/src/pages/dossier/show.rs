//! `/dossiers/{id}`: one dossier for the person it belongs to, with its timeline.

use super::list::DossierLine;
use crate::deps::Deps;
use crate::model::clock::DueCause;
use crate::model::definition::ProcedureDefinition;
use crate::model::dossier::Channel;
use crate::ops::answer_supplement::{self, AnswerSupplement};
use crate::ops::withdraw_dossier::{self, Wish, WithdrawDossier};
use crate::ops::{print_letter, print_receipt};
use crate::pages::draft::review::{AnsweredField, AnsweredSection, of_answers};
use crate::pages::view::{self, FileView, LetterView, Naming, RequirementView};
use crate::pages::{ReasonField, work};
use crate::store::assistance;
use crate::store::dossier::{Decision, Dossier};
use crate::store::letter::{self, LetterId};
use crate::store::part::{self, KeptEntry, Step};
use crate::store::payment;
use crate::web::Web;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use d06_authz::act;
use d06_db::Tx;
use d06_files::{Prepared, clean_name};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx, Upload, UploadedFile};
use d06_kernel::id::{DossierId, FileId};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem, ProblemKind};
use d06_ui::{FormView, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize)]
pub struct ShowPage {
    /// The dossier.
    pub dossier: DossierLine,
    /// Why it was refused, or what the leader noted.
    pub reason: Option<String>,
    /// `approved` or `refused`.
    pub decision: Option<&'static str>,
    /// The document in the cabinet.
    pub result: Option<String>,
    /// The requirements.
    pub requirements: Vec<RequirementView>,
    /// What was filled in.
    pub sections: Vec<AnsweredSection>,
    /// What was handed in.
    pub files: Vec<FileView>,
    /// What happened, newest first.
    pub entries: Vec<EntryView>,
    /// What the person is asked for.
    pub supplement: Option<SupplementView>,
    /// Every due date there was.
    pub dues: Vec<DueView>,
    /// Letters to the person.
    pub letters: Vec<LetterView>,
    /// Whether the reader may still withdraw it.
    pub withdrawable: bool,
    /// Whether the appointment was moved with an apology.
    pub moved: bool,
    /// Who filed it for the person at the counter.
    pub help: Option<HelpView>,
    /// What it costs, where it costs something.
    pub fee: Option<FeeView>,
    /// The answer to the supplement, or the reason of the withdrawal, as typed.
    pub form: FormView,
}

/// A line of the timeline.
#[derive(Debug, Serialize)]
pub struct EntryView {
    /// What happened; the words are `entry-` + kind.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: String,
    /// Name of the unit.
    pub unit: Option<String>,
    /// Name of the step that ended.
    pub step: Option<String>,
    /// Reason or note.
    pub words: Option<String>,
}

/// The request for a supplement.
#[derive(Debug, Serialize)]
pub struct SupplementView {
    /// What is asked for.
    pub label: String,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub requested_at: DateTime<Utc>,
    /// What was answered.
    pub answer: Option<String>,
    /// Whether the person has to answer now.
    pub open: bool,
}

/// A due date.
#[derive(Debug, Serialize)]
pub struct DueView {
    /// When.
    pub at: DateTime<Utc>,
    /// Why; the words are `due-` + reason.
    pub reason: String,
}

/// Who filed a dossier for the person at the counter.
#[derive(Debug, Serialize)]
pub struct HelpView {
    /// Name of the officer.
    pub helper: String,
    /// Name of the unit.
    pub unit: String,
    /// Why.
    pub ground: String,
    /// The act that allows it.
    pub basis: String,
    /// When the form was opened.
    pub at: DateTime<Utc>,
}

/// What a dossier costs.
#[derive(Debug, Serialize)]
pub struct FeeView {
    /// In đồng.
    pub amount: i64,
    /// The payment; `None` while it is not paid.
    pub paid: Option<PaidView>,
}

/// A payment.
#[derive(Debug, Serialize)]
pub struct PaidView {
    /// Number of the receipt.
    pub receipt: String,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

impl FeeView {
    /// An example.
    pub(crate) fn sample(paid: bool) -> Self {
        let receipt = || PaidView { receipt: "0001234".to_owned(), at: DateTime::<Utc>::UNIX_EPOCH };
        Self { amount: 16_000, paid: paid.then(receipt) }
    }
}

impl HelpView {
    /// An example.
    pub(crate) fn sample() -> Self {
        Self {
            helper: "Vũ Thị Lan".to_owned(),
            unit: "Trung tâm phục vụ hành chính công xã Hà Bắc".to_owned(),
            ground: "Người cao tuổi".to_owned(),
            basis: "Thông tư số 03/2025/TT-VPCP".to_owned(),
            at: DateTime::<Utc>::UNIX_EPOCH,
        }
    }
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "procedures/dossier/show.html";

    fn samples() -> Vec<Self> {
        DossierLine::samples().into_iter().enumerate().map(|(at, line)| sample(at, line)).collect()
    }
}

/// The parts of a dossier that both the person and the officer see.
pub(crate) struct Parts {
    pub(crate) requirements: Vec<RequirementView>,
    pub(crate) sections: Vec<AnsweredSection>,
    pub(crate) files: Vec<FileView>,
    pub(crate) entries: Vec<EntryView>,
    pub(crate) supplement: Option<SupplementView>,
    pub(crate) dues: Vec<DueView>,
    pub(crate) steps: Vec<Step>,
    pub(crate) letters: Vec<LetterView>,
    pub(crate) units: BTreeMap<String, String>,
    pub(crate) help: Option<HelpView>,
    pub(crate) fee: Option<FeeView>,
}

/// Reads the parts.
pub(crate) async fn parts(
    cx: &Cx,
    deps: &Deps,
    tx: &Tx,
    definition: &ProcedureDefinition,
    dossier: &Dossier,
) -> Result<Parts, Problem> {
    let naming = Naming::new(deps, definition, cx.locale, local_date(dossier.submitted_at));
    let kept = part::list_requirements(tx, dossier.id).await?;
    let requirements = definition
        .requirements
        .iter()
        .filter_map(|r| kept.iter().find(|k| k.key == r.key).map(|k| naming.requirement(r, &k.state)))
        .collect();
    let files = part::list_files(tx, dossier.id).await?;
    let files = files.iter().map(|f| FileView::new(f.file, &f.name, f.size, &f.media));
    let entries = part::list_entries(tx, dossier.id).await?;
    let steps = part::list_steps(tx, dossier.id).await?;
    let letters = letter::list(tx, dossier.id).await?;
    let codes = entries.iter().filter_map(|e| e.unit.as_deref()).chain(steps.iter().map(|s| s.unit.as_str()));
    let units = view::unit_names(cx, deps, &codes.collect::<Vec<_>>()).await?;
    Ok(Parts {
        requirements,
        sections: of_answers(cx.locale, definition, &dossier.answers, |_, _| None),
        files: files.collect(),
        entries: entries.into_iter().map(|e| entry_view(cx, definition, &units, e)).collect(),
        supplement: supplement(cx, tx, definition, dossier).await?,
        dues: dues(dossier),
        letters: letters.iter().map(LetterView::of).collect(),
        steps,
        units,
        help: help(cx, deps, tx, dossier).await?,
        fee: fee(tx, definition, dossier).await?,
    })
}

/// What it costs and whether it is paid; `None` where it costs nothing.
async fn fee(
    tx: &Tx,
    definition: &ProcedureDefinition,
    dossier: &Dossier,
) -> Result<Option<FeeView>, Problem> {
    let amount = definition.cost(dossier.channel, &dossier.answers);
    if amount <= 0 {
        return Ok(None);
    }
    let paid =
        payment::find(tx, dossier.id).await?.map(|paid| PaidView { receipt: paid.receipt, at: paid.at });
    Ok(Some(FeeView { amount, paid }))
}

/// Who filed it at the counter, where an officer did.
async fn help(cx: &Cx, deps: &Deps, tx: &Tx, dossier: &Dossier) -> Result<Option<HelpView>, Problem> {
    if dossier.channel != Channel::Counter {
        return Ok(None);
    }
    let Some(given) = assistance::find(tx, dossier.draft).await? else { return Ok(None) };
    let ground = deps.grounds.find(&given.ground);
    Ok(Some(HelpView {
        unit: view::unit_names(cx, deps, &[&given.unit]).await?.remove(&given.unit).unwrap_or_default(),
        ground: ground.map(|g| g.label.of(cx.locale).to_owned()).unwrap_or_default(),
        basis: ground.map(|g| g.basis.clone()).unwrap_or_default(),
        helper: given.helper,
        at: given.at,
    }))
}

async fn supplement(
    cx: &Cx,
    tx: &Tx,
    definition: &ProcedureDefinition,
    dossier: &Dossier,
) -> Result<Option<SupplementView>, Problem> {
    Ok(part::find_supplement(tx, dossier.id).await?.map(|asked| SupplementView {
        label: label_of_field(cx, definition, &asked.field),
        reason: asked.reason,
        requested_at: asked.requested_at,
        open: asked.answered_at.is_none(),
        answer: asked.answer,
    }))
}

/// Every due date there was; one that only repeats the first is left out.
fn dues(dossier: &Dossier) -> Vec<DueView> {
    let name = |cause| match cause {
        DueCause::Received => "received",
        DueCause::Supplemented => "supplemented",
        DueCause::Reappointed => "reappointed",
        DueCause::CalendarChanged => "calendar-changed",
    };
    dossier
        .clock
        .history()
        .iter()
        .map(|change| DueView { at: change.due, reason: name(change.cause).to_owned() })
        .collect()
}

/// The label of a requirement or form field.
pub(crate) fn label_of_field(cx: &Cx, definition: &ProcedureDefinition, key: &str) -> String {
    let requirement = definition.requirement(key).map(|r| r.label.of(cx.locale));
    let field = || definition.form.field(key).map(|f| f.label.of(cx.locale));
    requirement.or_else(field).unwrap_or(key).to_owned()
}

fn entry_view(
    cx: &Cx,
    definition: &ProcedureDefinition,
    units: &BTreeMap<String, String>,
    entry: KeptEntry,
) -> EntryView {
    let text = |key: &str| entry.details.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let step =
        text("step").and_then(|key| definition.workflow.step(&key).map(|s| s.name.of(cx.locale).to_owned()));
    EntryView {
        words: text("words"),
        step,
        kind: entry.kind,
        at: entry.at,
        actor: entry.actor,
        unit: entry.unit.and_then(|code| units.get(&code).cloned()),
    }
}

/// The page.
///
/// # Errors
/// The database's.
pub async fn page(
    cx: &Cx,
    deps: &Deps,
    tx: &Tx,
    dossier: &Dossier,
    form: FormView,
) -> Result<ShowPage, Problem> {
    let definition = deps.version(&dossier.procedure_version)?;
    let parts = parts(cx, deps, tx, &definition, dossier).await?;
    Ok(ShowPage {
        dossier: DossierLine::of(cx, deps, dossier),
        reason: dossier.decision_reason.clone(),
        decision: dossier.decision.map(Decision::name),
        result: dossier.result.filter(|_| dossier.ended_at.is_some()).map(|id| id.to_string()),
        requirements: parts.requirements,
        sections: parts.sections,
        files: parts.files,
        entries: parts.entries,
        supplement: parts.supplement,
        dues: parts.dues,
        letters: parts.letters,
        withdrawable: dossier.decided_at.is_none()
            && dossier.ended_at.is_none()
            && cx.principal().is_some_and(|person| person.number == dossier.applicant),
        moved: dossier.clock.reappointment().is_some() && dossier.ended_at.is_none(),
        help: parts.help,
        fee: parts.fee,
        form,
    })
}

/// Lines of every kind, for the templates' tests.
pub(crate) fn sample_entries() -> Vec<EntryView> {
    let kinds = [
        "submitted",
        "received",
        "step-done",
        "supplement-requested",
        "supplement-answered",
        "overridden",
        "resolved",
        "approved",
        "refused",
        "returned",
        "not-accepted",
        "withdrawn",
        "reappointed",
        "due-changed",
        "paid",
    ];
    kinds
        .into_iter()
        .map(|kind| EntryView {
            kind: kind.to_owned(),
            at: DateTime::<Utc>::UNIX_EPOCH,
            actor: "Nguyễn Thị Hường".to_owned(),
            unit: (kind != "submitted").then(|| "Trung tâm phục vụ hành chính công xã Hà Bắc".to_owned()),
            step: (kind == "step-done").then(|| "Thẩm định hồ sơ".to_owned()),
            words: (kind == "refused").then(|| "<i>Không đủ điều kiện</i>".to_owned()),
        })
        .collect()
}

/// Sections as they are filled in, for the templates' tests.
pub(crate) fn sample_sections() -> Vec<AnsweredSection> {
    let field = |confirmation| AnsweredField {
        key: "name".to_owned(),
        label: "Họ, chữ đệm, tên".to_owned(),
        value: if confirmation { "yes" } else { "Nguyễn Văn Nam" }.to_owned(),
        confirmation,
        source: None,
    };
    vec![AnsweredSection { label: "Người yêu cầu".to_owned(), fields: vec![field(false), field(true)] }]
}

fn sample(at: usize, dossier: DossierLine) -> ShowPage {
    let ended = dossier.state == "returned";
    let refused = dossier.state == "stopped";
    ShowPage {
        reason: refused.then(|| "Không đủ điều kiện".to_owned()),
        decision: if ended { Some("approved") } else { refused.then_some("refused") },
        result: ended.then(|| "0197705e-7b00-7000-8000-000000000077".to_owned()),
        requirements: view::samples(),
        sections: sample_sections(),
        files: vec![FileView::sample()],
        letters: if at.is_multiple_of(2) { LetterView::samples() } else { Vec::new() },
        withdrawable: !ended && !refused,
        moved: at % 3 == 1,
        help: (at.is_multiple_of(2)).then(HelpView::sample),
        fee: (at < 2).then(|| FeeView::sample(at == 1)),
        entries: sample_entries(),
        supplement: (at % 2 == 1).then(|| SupplementView {
            label: "Nơi cư trú".to_owned(),
            reason: "Ảnh mờ".to_owned(),
            requested_at: DateTime::<Utc>::UNIX_EPOCH,
            answer: (at > 5).then(|| "Đã chụp lại".to_owned()),
            open: at <= 5,
        }),
        dues: vec![
            DueView { at: DateTime::<Utc>::UNIX_EPOCH, reason: "received".to_owned() },
            DueView { at: DateTime::<Utc>::UNIX_EPOCH, reason: "supplemented".to_owned() },
        ],
        form: FormView::new(),
        dossier,
    }
}

/// `GET /dossiers/{id}`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
) -> Result<Response, AppProblem> {
    let read = web.deps.db.read().await?;
    let (dossier, _) = web.dossier::<act::ViewDossier>(&cx, &read, id).await?;
    if cx.principal().is_some_and(|p| p.is_official()) {
        return Ok(Redirect::to(&format!("/work/dossiers/{id}")).into_response());
    }
    let page = page(&cx, &web.deps, &read, &dossier, FormView::new()).await?;
    Ok(web.platform.ui.page(&cx, &frame, &page)?.into_response())
}

/// `GET /dossiers/{id}/receipt.pdf`.
pub async fn receipt(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path(id): Path<DossierId>,
) -> Result<Response, AppProblem> {
    let read = web.deps.db.read().await?;
    let (dossier, permit) = web.dossier::<act::ViewDossier>(&cx, &read, id).await?;
    drop(read);
    let pdf = print_receipt::run(&cx, &web.deps, permit, id).await?;
    Ok(paper(&dossier.code, pdf))
}

/// `GET /dossiers/{id}/letters/{letter}`: a letter to the person.
pub async fn letter(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path((id, letter)): Path<(DossierId, LetterId)>,
) -> Result<Response, AppProblem> {
    let read = web.deps.db.read().await?;
    let (dossier, permit) = web.dossier::<act::ViewDossier>(&cx, &read, id).await?;
    drop(read);
    let pdf = print_letter::run(&cx, &web.deps, permit, id, letter).await?;
    Ok(paper(&dossier.code, pdf))
}

/// A PDF to be shown in the browser.
fn paper(name: &str, pdf: Vec<u8>) -> Response {
    let name = format!("inline; filename=\"{name}.pdf\"");
    ([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf)
        .into_response()
}

/// `POST /dossiers/{id}/withdraw`: the person does not want it any more.
pub async fn withdraw(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<WithdrawForm>,
) -> Result<Response, AppProblem> {
    let read = web.deps.db.read().await?;
    let (_, permit) = web.dossier::<act::WithdrawDossier>(&cx, &read, id).await?;
    drop(read);
    let done = async {
        let command = WithdrawDossier { dossier: id, reason: form.value?.reason };
        withdraw_dossier::run(&cx, &web.deps, Wish::Own(permit), command).await
    };
    let Err(problem) = done.await else {
        return Ok(
            (Flash::success("dossier-withdrawn"), Redirect::to(&format!("/dossiers/{id}"))).into_response()
        );
    };
    let status = match problem.kind {
        ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemKind::Conflict => StatusCode::CONFLICT,
        _ => return Err(problem.into()),
    };
    let read = web.deps.db.read().await?;
    let (dossier, _) = web.dossier::<act::ViewDossier>(&cx, &read, id).await?;
    let page =
        page(&cx, &web.deps, &read, &dossier, form.typed.refused(&problem.at_field("withdraw-reason")))
            .await?;
    Ok((status, web.platform.ui.page(&cx, &frame, &page)?).into_response())
}

/// Why the person withdraws; may be empty.
#[derive(Debug)]
pub struct WithdrawForm {
    reason: String,
}

impl FromFields for WithdrawForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self { reason: fields.text_up_to("withdraw-reason", 2_000).unwrap_or_default() })
    }
}

/// `GET /dossiers/{id}/files/{file}`: a file that was handed in.
pub async fn file(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    Path((id, file)): Path<(DossierId, FileId)>,
) -> Result<Response, AppProblem> {
    let read = web.deps.db.read().await?;
    web.dossier::<act::ViewDossier>(&cx, &read, id).await?;
    let files = part::list_files(&read, id).await?;
    let found = files.into_iter().find(|f| f.file == file).ok_or_else(Problem::not_found)?;
    let bytes = web.deps.files.open(&read, file).await?;
    let headers = [
        (header::CONTENT_TYPE, found.media),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", percent(&found.name))),
    ];
    Ok((headers, bytes).into_response())
}

/// `POST /dossiers/{id}/supplement`: the answer to what was asked for.
pub async fn answer(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    upload: Upload,
) -> Result<Response, AppProblem> {
    let read = web.deps.db.read().await?;
    let (dossier, permit) = web.dossier::<act::ViewDossier>(&cx, &read, id).await?;
    drop(read);
    let mut form = upload.fields.view();
    let mut files = Vec::with_capacity(upload.files.len());
    for file in upload.files {
        match prepare(&cx, &web, &file).await {
            Ok(prepared) => files.push((file.name, prepared)),
            Err(problem) => form = form.refuse_file("file", &file.name, problem)?,
        }
    }
    if form.problems().is_empty() {
        let answer = upload.fields.raw("answer").unwrap_or_default().to_owned();
        let command = AnswerSupplement { dossier: id, answer, files };
        if let Err(problem) = answer_supplement::run(&cx, &web.deps, permit, command).await {
            form = form.refuse(problem)?;
        }
    }
    if !form.problems().is_empty() {
        let read = web.deps.db.read().await?;
        let shown = if cx.principal().is_some_and(|person| person.is_official()) {
            let page = work::show::page(&cx, &web.deps, &read, &dossier, form, None).await?;
            web.platform.ui.page(&cx, &frame, &page)?
        } else {
            let page = page(&cx, &web.deps, &read, &dossier, form).await?;
            web.platform.ui.page(&cx, &frame, &page)?
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    Ok((Flash::success("supplement-answered"), Redirect::to(&format!("/dossiers/{id}"))).into_response())
}

/// A file of the form, checked and written, before anything of the answer is kept.
async fn prepare(cx: &Cx, web: &Web, file: &UploadedFile) -> Result<Prepared, Problem> {
    clean_name(&file.name)?;
    web.deps.files.prepare(cx, &file.bytes).await
}

/// A file name for a header (RFC 8187).
fn percent(name: &str) -> String {
    name.bytes().fold(String::with_capacity(name.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
