//! `/work/dossiers/{id}`: everything an officer needs on one screen. What data proves has no control to ask for it.

use super::queue;
use crate::deps::Deps;
use crate::model::definition::ProcedureDefinition;
use crate::model::dossier::{Channel, DossierState};
use crate::ops::complete_step::DECIDE;
use crate::ops::load;
use crate::pages::dossier::list::DossierLine;
use crate::pages::dossier::show::{
    self, DueView, EntryView, FeeView, HelpView, Parts, SupplementView, sample_entries, sample_sections,
};
use crate::pages::draft::review::AnsweredSection;
use crate::pages::view::{self, FileView, LetterView, RequirementView};
use crate::store::dossier::{self, Decision, Dossier};
use crate::store::part::{self, Step};
use crate::web::Web;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use d06_authz::act;
use d06_db::Tx;
use d06_http::{AppProblem, PageFrame, RequestCx};
use d06_kernel::id::DossierId;
use d06_kernel::{Cx, Problem, Role};
use d06_ui::{FormView, Html, Page};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize)]
pub struct ShowPage {
    /// The dossier.
    pub dossier: DossierLine,
    /// Its version, sent back with every action.
    pub version: i64,
    /// The applicant's number.
    pub number: String,
    /// How it was filed.
    pub channel: &'static str,
    /// Who else is part of it: label and name.
    pub parties: Vec<(String, String)>,
    /// The requirements.
    pub requirements: Vec<RequirementView>,
    /// What was filled in.
    pub sections: Vec<AnsweredSection>,
    /// What was handed in.
    pub files: Vec<FileView>,
    /// The control sheet (form 06).
    pub steps: Vec<StepView>,
    /// What happened.
    pub entries: Vec<EntryView>,
    /// The supplement that was asked for.
    pub supplement: Option<SupplementView>,
    /// Every due date there was.
    pub dues: Vec<DueView>,
    /// Letters to the person.
    pub letters: Vec<LetterView>,
    /// Who filed it for the person at the counter.
    pub help: Option<HelpView>,
    /// What it costs, where it costs something.
    pub fee: Option<FeeView>,
    /// The last moment for an apology that makes the dossier not late.
    pub apology_by: DateTime<Utc>,
    /// `approved` or `refused`.
    pub decision: Option<&'static str>,
    /// Why.
    pub reason: Option<String>,
    /// What the officer can do now.
    pub can: Can,
    /// The next dossier that waits for the officer: id and code; only where nothing is to be done here.
    pub next: Option<(String, String)>,
    /// What a supplement could be asked for: key and label.
    pub askable: Vec<(String, String)>,
    /// What could be overruled: key and label.
    pub overrulable: Vec<(String, String)>,
    /// What was typed and what is wrong with it.
    pub form: FormView,
    /// The action that was refused, to open it again.
    pub open: Option<&'static str>,
}

/// What the officer can do now.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Can {
    /// Accept it.
    pub receive: bool,
    /// End the step.
    pub complete: bool,
    /// Decide.
    pub decide: bool,
    /// Approve: nothing is open.
    pub approve: bool,
    /// Ask for a supplement.
    pub ask: bool,
    /// Overrule data.
    pub overrule: bool,
    /// Refuse to receive it.
    pub refuse: bool,
    /// Apologise and move the appointment.
    pub reappoint: bool,
    /// Record that the fee was paid.
    pub pay: bool,
    /// Hand in what the person brought to the counter.
    pub bring: bool,
    /// Withdraw it for the person who stands at the counter.
    pub withdraw: bool,
}

/// A line of the control sheet.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// Name of the step.
    pub name: String,
    /// Who takes it; the words are `role-name-` + role.
    pub role: &'static str,
    /// The unit's name.
    pub unit: String,
    /// When it is due.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was handed over.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// What they noted.
    pub note: Option<String>,
    /// `early`, `late`, `running`, `overdue`, `ahead`; the words are `step-` + name.
    pub outcome: &'static str,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "procedures/work/show.html";

    fn samples() -> Vec<Self> {
        DossierLine::samples().into_iter().enumerate().map(|(at, line)| sample(at, line)).collect()
    }
}

/// The page, with what was typed into one of its actions.
///
/// # Errors
/// The database's.
pub async fn page(
    cx: &Cx,
    deps: &Deps,
    tx: &Tx,
    dossier: &Dossier,
    form: FormView,
    open: Option<&'static str>,
) -> Result<ShowPage, Problem> {
    let definition = deps.version(&dossier.procedure_version)?;
    let parts = show::parts(cx, deps, tx, &definition, dossier).await?;
    let parties = part::list_parties(tx, dossier.id).await?;
    let party_label = |role: &str| definition.party(role).map(|p| p.label.of(cx.locale).to_owned());
    let mut askable = requirements_that(&parts.requirements, |r| r.askable);
    let fields = definition.form.fields().filter(|f| dossier.answers.contains_key(&f.key));
    askable.extend(fields.map(|f| (f.key.clone(), f.label.of(cx.locale).to_owned())));
    Ok(ShowPage {
        dossier: DossierLine::of(cx, deps, dossier),
        version: dossier.version,
        number: dossier.applicant.as_str().to_owned(),
        channel: match dossier.channel.dvcqg() {
            1 => "counter",
            2 => "online",
            _ => "post",
        },
        parties: parties
            .into_iter()
            .skip(1)
            .map(|p| {
                (
                    party_label(&p.role).unwrap_or_default(),
                    format!("{} {}", p.name, p.number).trim().to_owned(),
                )
            })
            .collect(),
        steps: parts.steps.iter().map(|s| step_view(cx, &definition, &parts.units, s)).collect(),
        next: next(cx, tx, dossier, &parts).await?,
        can: can(cx, dossier, &parts),
        overrulable: requirements_that(&parts.requirements, |r| r.overrulable),
        askable,
        requirements: parts.requirements,
        sections: parts.sections,
        files: parts.files,
        entries: parts.entries,
        supplement: parts.supplement,
        dues: parts.dues,
        letters: parts.letters,
        help: parts.help,
        fee: parts.fee,
        apology_by: deps.clock.apology_due(dossier.due_at),
        decision: dossier.decision.map(Decision::name),
        reason: dossier.decision_reason.clone(),
        form,
        open,
    })
}

/// What waits for the officer next, once nothing is to be done here.
async fn next(
    cx: &Cx,
    tx: &Tx,
    dossier: &Dossier,
    parts: &Parts,
) -> Result<Option<(String, String)>, Problem> {
    let can = can(cx, dossier, parts);
    let Some(principal) = cx.principal() else { return Ok(None) };
    let Some(unit) = principal.unit.as_deref() else { return Ok(None) };
    if can.receive || can.complete || can.decide {
        return Ok(None);
    }
    let roles: Vec<Role> = queue::ROLES.iter().copied().filter(|role| principal.has(*role)).collect();
    let found = dossier::next_in_queue(tx, unit, &roles, dossier.id).await?;
    Ok(found.map(|(id, code)| (id.to_string(), code)))
}

fn requirements_that(
    list: &[RequirementView],
    test: impl Fn(&RequirementView) -> bool,
) -> Vec<(String, String)> {
    list.iter().filter(|r| test(r)).map(|r| (r.key.clone(), r.label.clone())).collect()
}

fn can(cx: &Cx, dossier: &Dossier, parts: &Parts) -> Can {
    let Some(step) = parts.steps.iter().find(|s| s.position == dossier.step) else { return Can::default() };
    let own_case = cx.principal().is_some_and(|p| p.number == dossier.applicant);
    let mine = dossier.step_role == Some(step.role) && load::takes(cx, step.role, &step.unit) && !own_case;
    let running = dossier.state == DossierState::InProgress;
    let at_counter = !own_case && cx.principal().is_some_and(|person| person.has(Role::OneStopOfficer));
    let open = |r: &RequirementView| {
        matches!(r.state.as_str(), "undecided" | "source-unavailable" | "to-provide")
            || (r.state == "overridden" && r.files == 0)
    };
    Can {
        receive: mine && dossier.state == DossierState::Submitted,
        refuse: mine && matches!(dossier.state, DossierState::Submitted | DossierState::AwaitingSource),
        reappoint: can_reappoint(cx, dossier, mine) && !own_case,
        bring: dossier.state == DossierState::AwaitingSupplement
            && dossier.channel == Channel::Counter
            && at_counter,
        pay: parts.fee.as_ref().is_some_and(|fee| fee.paid.is_none())
            && !dossier.is_withdrawn()
            && at_counter,
        withdraw: at_counter && dossier.decided_at.is_none() && dossier.ended_at.is_none(),
        complete: mine && running && step.key != DECIDE,
        decide: mine && running && step.key == DECIDE,
        approve: !parts.requirements.iter().any(open),
        ask: mine
            && dossier.supplements == 0
            && step.role != Role::ApprovingLeader
            && (running || dossier.state == DossierState::Submitted),
        overrule: mine
            && running
            && step.role == Role::Specialist
            && parts.requirements.iter().any(|r| r.overrulable),
    }
}

/// The law allows one new appointment, of a clock that runs; a leader makes it for any dossier of the office, a
/// specialist for the one they have.
fn can_reappoint(cx: &Cx, dossier: &Dossier, mine: bool) -> bool {
    let has = |role| cx.principal().is_some_and(|person| person.has(role));
    let open = dossier.decided_at.is_none() && dossier.ended_at.is_none();
    let once = dossier.clock.reappointment().is_none() && !dossier.clock.is_standing();
    open && once && (has(Role::ApprovingLeader) || mine && has(Role::Specialist))
}

fn step_view(
    cx: &Cx,
    definition: &ProcedureDefinition,
    units: &BTreeMap<String, String>,
    step: &Step,
) -> StepView {
    let name = definition.workflow.step(&step.key).map(|s| s.name.of(cx.locale).to_owned());
    let by = |end: DateTime<Utc>| step.due_at.is_none_or(|due| end <= due);
    StepView {
        name: name.unwrap_or_else(|| step.key.clone()),
        role: step.role.name(),
        unit: units.get(&step.unit).unwrap_or(&step.unit).clone(),
        due_at: step.due_at,
        started_at: step.started_at,
        ended_at: step.ended_at,
        ended_by: step.ended_by.clone(),
        note: step.note.clone(),
        outcome: match (step.started_at, step.ended_at) {
            (_, Some(end)) if by(end) => "early",
            (_, Some(_)) => "late",
            (Some(_), None) if by(cx.now()) => "running",
            (Some(_), None) => "overdue",
            (None, None) => "ahead",
        },
    }
}

fn sample(at: usize, dossier: DossierLine) -> ShowPage {
    let moment = Some(DateTime::<Utc>::UNIX_EPOCH);
    let step = |outcome: &'static str, role: &'static str| StepView {
        name: "Thẩm tra hồ sơ".to_owned(),
        role,
        unit: "Văn phòng HĐND và UBND xã Hà Bắc".to_owned(),
        due_at: moment.filter(|_| outcome != "ahead"),
        started_at: moment.filter(|_| outcome != "ahead"),
        ended_at: moment.filter(|_| matches!(outcome, "early" | "late")),
        ended_by: (outcome == "late").then(|| "Trần Văn Bình".to_owned()),
        note: (outcome == "late").then(|| "<b>Đã đối chiếu</b>".to_owned()),
        outcome,
    };
    let can = match at % 4 {
        0 => Can { receive: true, refuse: true, ask: true, pay: true, withdraw: true, ..Can::default() },
        1 => Can { complete: true, ask: true, overrule: true, reappoint: true, ..Can::default() },
        2 => Can { decide: true, approve: at > 4, ..Can::default() },
        _ => Can { bring: at.is_multiple_of(3), ..Can::default() },
    };
    let refused = d06_kernel::Problem::field("reason", "field.required");
    ShowPage {
        dossier,
        version: 3,
        number: "030085001234".to_owned(),
        channel: if at == 0 { "counter" } else { "online" },
        parties: vec![("Bên kia".to_owned(), "Lê Thị Hoa 030••••••123".to_owned())],
        requirements: view::samples(),
        sections: sample_sections(),
        files: vec![FileView::sample()],
        letters: LetterView::samples(),
        help: (at == 0).then(HelpView::sample),
        fee: (at % 4 < 2).then(|| FeeView::sample(at % 4 == 1)),
        apology_by: DateTime::<Utc>::UNIX_EPOCH,
        steps: [
            ("early", Role::OneStopOfficer),
            ("late", Role::Specialist),
            ("running", Role::ApprovingLeader),
            ("overdue", Role::Specialist),
            ("ahead", Role::OneStopOfficer),
        ]
        .into_iter()
        .map(|(outcome, role)| step(outcome, role.name()))
        .collect(),
        entries: sample_entries(),
        supplement: (at == 5).then(|| SupplementView {
            label: "Nơi cư trú".to_owned(),
            reason: "Ảnh mờ".to_owned(),
            requested_at: DateTime::<Utc>::UNIX_EPOCH,
            answer: Some("Đã chụp lại".to_owned()),
            open: false,
        }),
        dues: vec![DueView { at: DateTime::<Utc>::UNIX_EPOCH, reason: "received".to_owned() }],
        decision: (at == 9).then_some("approved"),
        reason: (at == 9).then(|| "Đủ điều kiện".to_owned()),
        next: (at % 4 == 3).then(|| ("x".to_owned(), "H31.10816-260615-0002".to_owned())),
        can,
        askable: vec![("sample-to-provide".to_owned(), "Giấy tờ".to_owned())],
        overrulable: vec![("sample-waived".to_owned(), "Nơi cư trú".to_owned())],
        form: if at == 2 { FormView::new().with("reason", "").refused(&refused) } else { FormView::new() },
        open: (at == 2).then_some("decide"),
    }
}

/// `GET /work/dossiers/{id}`.
pub async fn show(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
) -> Result<Html<String>, AppProblem> {
    let read = web.deps.db.read().await?;
    let (dossier, _) = web.dossier::<act::ViewDossier>(&cx, &read, id).await?;
    let page = page(&cx, &web.deps, &read, &dossier, FormView::new(), None).await?;
    Ok(web.platform.ui.page(&cx, &frame, &page)?)
}
