//! What officers do to a dossier. Each action names the version its page showed; when it is refused, the page comes
//! back with what was typed.

use super::{counter, show};
use crate::ops::complete_step::{self, CompleteStep, StepPermit};
use crate::ops::decide_dossier::{self, DecideDossier};
use crate::ops::load::Shown;
use crate::ops::override_requirement::{self, OverrideRequirement};
use crate::ops::reappoint_dossier::{self, ReappointDossier};
use crate::ops::receive_dossier;
use crate::ops::record_payment::{self, RecordPayment};
use crate::ops::refuse_reception::{self, RefuseReception};
use crate::ops::request_supplement::{self, RequestSupplement};
use crate::ops::withdraw_dossier::{self, Wish, WithdrawDossier};
use crate::pages::ReasonField;
use crate::store::dossier::Decision;
use crate::web::Web;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use d06_authz::act;
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::id::DossierId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_ui::{FormView, Frame};

/// The longest text of an action, in characters.
const LONGEST: usize = 2_000;

/// An action without words.
#[derive(Debug)]
pub struct Versioned {
    version: i64,
}

impl FromFields for Versioned {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(Self { version: fields.parsed("version", "field.required")? })
    }
}

/// The end of a step.
#[derive(Debug)]
pub struct StepForm {
    version: i64,
    note: String,
}

impl FromFields for StepForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "field.required");
        let note = fields.text_up_to("note", LONGEST).unwrap_or_default();
        Some(Self { version: version?, note })
    }
}

/// A request for a supplement.
#[derive(Debug)]
pub struct SupplementForm {
    version: i64,
    field: String,
    reason: String,
}

impl FromFields for SupplementForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "field.required");
        let field = fields.required_up_to("field", 80);
        let reason = fields.required_up_to("reason", LONGEST);
        Some(Self { version: version?, field: field?, reason: reason? })
    }
}

/// An order against the data.
#[derive(Debug)]
pub struct OverrideForm {
    version: i64,
    requirement: String,
    clause: String,
    reason: String,
}

impl FromFields for OverrideForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "field.required");
        let requirement = fields.required_up_to("requirement", 80);
        let clause = fields.required_up_to("clause", 300);
        let reason = fields.required_up_to("override-reason", 1_000);
        Some(Self { version: version?, requirement: requirement?, clause: clause?, reason: reason? })
    }
}

/// A refusal to receive.
#[derive(Debug)]
pub struct RefuseForm {
    version: i64,
    reason: String,
}

impl FromFields for RefuseForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "field.required");
        let reason = fields.required_up_to("refuse-reason", LONGEST);
        Some(Self { version: version?, reason: reason? })
    }
}

/// A payment.
#[derive(Debug)]
pub struct PayForm {
    version: i64,
    receipt: String,
}

impl FromFields for PayForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "field.required");
        let receipt = fields.required_up_to("receipt", 40);
        Some(Self { version: version?, receipt: receipt? })
    }
}

/// A withdrawal that the person wishes at the counter.
#[derive(Debug)]
pub struct WithdrawForm {
    version: i64,
    person: PersonalNumber,
    reason: String,
}

impl FromFields for WithdrawForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "field.required");
        let person = counter::Entered::from_fields(fields).and_then(|entered| entered.number());
        let reason = fields.text_up_to("withdraw-reason", LONGEST).unwrap_or_default();
        let present = fields.ticked("present");
        if !present {
            fields.refuse("present", "counter.not-wished");
        }
        Some(Self { version: version?, person: person?, reason }).filter(|_| present)
    }
}

/// An apology with a new appointment.
#[derive(Debug)]
pub struct ReappointForm {
    version: i64,
    day: NaiveDate,
    reason: String,
}

impl FromFields for ReappointForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "field.required");
        let day = fields.date("day");
        let reason = fields.required_up_to("reappoint-reason", LONGEST);
        Some(Self { version: version?, day: day?, reason: reason? })
    }
}

/// A decision.
#[derive(Debug)]
pub struct DecideForm {
    version: i64,
    decision: Decision,
    reason: String,
}

impl FromFields for DecideForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let version = fields.parsed("version", "field.required");
        let decision = fields.choice("decision", &[Decision::Approved.name(), Decision::Refused.name()]);
        let decision = decision.and_then(|name| name.parse().ok());
        let reason = fields.text_up_to("decision-reason", LONGEST).unwrap_or_default();
        Some(Self { version: version?, decision: decision?, reason })
    }
}

/// `POST /work/dossiers/{id}/receive`.
pub async fn receive(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<Versioned>,
) -> Result<Response, AppProblem> {
    let done = async {
        let permit = permit::<act::ReceiveDossier>(&web, &cx, id).await?;
        receive_dossier::run(&cx, &web.deps, permit, shown(id, form.value?.version)).await
    };
    answer(&web, &cx, &frame, id, "receive", "work-received", form.typed, done.await).await
}

/// `POST /work/dossiers/{id}/complete-step`.
pub async fn complete(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<StepForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let permit = step_permit(&web, &cx, id).await?;
        let StepForm { version, note } = form.value?;
        complete_step::run(&cx, &web.deps, permit, CompleteStep { shown: shown(id, version), note }).await
    };
    answer(&web, &cx, &frame, id, "complete", "work-step-done", form.typed, done.await).await
}

/// `POST /work/dossiers/{id}/supplement`.
pub async fn supplement(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<SupplementForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let permit = permit::<act::RequestSupplement>(&web, &cx, id).await?;
        let SupplementForm { version, field, reason } = form.value?;
        let command = RequestSupplement { shown: shown(id, version), field, reason };
        request_supplement::run(&cx, &web.deps, permit, command).await
    };
    answer(&web, &cx, &frame, id, "supplement", "work-supplement-asked", form.typed, done.await).await
}

/// `POST /work/dossiers/{id}/override`.
pub async fn overrule(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<OverrideForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let permit = permit::<act::OverrideRequirement>(&web, &cx, id).await?;
        let OverrideForm { version, requirement, clause, reason } = form.value?;
        let command = OverrideRequirement { shown: shown(id, version), requirement, clause, reason };
        override_requirement::run(&cx, &web.deps, permit, command)
            .await
            .map_err(|p| p.at_field("override-reason"))
    };
    answer(&web, &cx, &frame, id, "override", "work-overruled", form.typed, done.await).await
}

/// `POST /work/dossiers/{id}/refuse`.
pub async fn refuse(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<RefuseForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let permit = permit::<act::ReceiveDossier>(&web, &cx, id).await?;
        let RefuseForm { version, reason } = form.value?;
        let command = RefuseReception { shown: shown(id, version), reason };
        refuse_reception::run(&cx, &web.deps, permit, command).await.map_err(|p| p.at_field("refuse-reason"))
    };
    answer(&web, &cx, &frame, id, "refuse", "work-not-accepted", form.typed, done.await).await
}

/// `POST /work/dossiers/{id}/payment`.
pub async fn pay(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<PayForm>,
) -> Result<Response, AppProblem> {
    let permit = permit::<act::ReceiveDossier>(&web, &cx, id).await?;
    let done = async {
        let PayForm { version, receipt } = form.value?;
        let command = RecordPayment { shown: shown(id, version), receipt };
        record_payment::run(&cx, &web.deps, permit, command).await
    };
    answer(&web, &cx, &frame, id, "payment", "work-paid", form.typed, done.await).await
}

/// `POST /work/dossiers/{id}/withdraw`.
pub async fn withdraw(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<WithdrawForm>,
) -> Result<Response, AppProblem> {
    let permit = permit::<act::ReceiveDossier>(&web, &cx, id).await?;
    let done = async {
        let WithdrawForm { version, person, reason } = form.value?;
        let wish = Wish::AtCounter { permit, version, person };
        withdraw_dossier::run(&cx, &web.deps, wish, WithdrawDossier { dossier: id, reason })
            .await
            .map_err(|p| p.at_field("withdraw-reason"))
    };
    answer(&web, &cx, &frame, id, "withdraw", "work-withdrawn", form.typed, done.await).await
}

/// `POST /work/dossiers/{id}/reappoint`.
pub async fn reappoint(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<ReappointForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let permit = permit::<act::ReappointDossier>(&web, &cx, id).await?;
        let ReappointForm { version, day, reason } = form.value?;
        let command = ReappointDossier { shown: shown(id, version), day, reason };
        reappoint_dossier::run(&cx, &web.deps, permit, command)
            .await
            .map_err(|p| p.at_field("reappoint-reason"))
    };
    answer(&web, &cx, &frame, id, "reappoint", "work-reappointed", form.typed, done.await).await
}

/// `POST /work/dossiers/{id}/decide`.
pub async fn decide(
    State(web): State<Web>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Path(id): Path<DossierId>,
    form: Form<DecideForm>,
) -> Result<Response, AppProblem> {
    let done = async {
        let permit = permit::<act::DecideDossier>(&web, &cx, id).await?;
        let DecideForm { version, decision, reason } = form.value?;
        let command = DecideDossier { shown: shown(id, version), decision, reason };
        decide_dossier::run(&cx, &web.deps, permit, command).await.map_err(|p| p.at_field("decision-reason"))
    };
    answer(&web, &cx, &frame, id, "decide", "work-decided", form.typed, done.await).await
}

fn shown(dossier: DossierId, version: i64) -> Shown {
    Shown { dossier, version }
}

async fn permit<A: act::Act>(web: &Web, cx: &Cx, id: DossierId) -> Result<d06_authz::Permit<A>, Problem> {
    let read = web.deps.db.read().await?;
    Ok(web.dossier::<A>(cx, &read, id).await?.1)
}

/// The permit that the role of the present step amounts to.
async fn step_permit(web: &Web, cx: &Cx, id: DossierId) -> Result<StepPermit, Problem> {
    let read = web.deps.db.read().await?;
    let (dossier, _) = web.dossier::<act::ViewDossier>(cx, &read, id).await?;
    drop(read);
    Ok(match dossier.step_role {
        Some(Role::OneStopOfficer) => StepPermit::Receive(permit(web, cx, id).await?),
        Some(Role::ApprovingLeader) => StepPermit::Decide(permit(web, cx, id).await?),
        _ => StepPermit::Examine(permit(web, cx, id).await?),
    })
}

/// Back to the queue when it is done; else the page with what was typed. Somebody who was slower than a colleague sees
/// the dossier as it is now, the message, and their own words.
#[allow(clippy::too_many_arguments, reason = "one answer for all actions")]
async fn answer(
    web: &Web,
    cx: &Cx,
    frame: &Frame,
    id: DossierId,
    open: &'static str,
    message: &'static str,
    typed: FormView,
    done: Result<i64, Problem>,
) -> Result<Response, AppProblem> {
    let problem = match done {
        Ok(_) => {
            let flash = Flash::success(message);
            return Ok((flash, Redirect::to(&format!("/work/dossiers/{id}"))).into_response());
        }
        Err(problem) => problem,
    };
    let read = web.deps.db.read().await?;
    let (dossier, _) = web.dossier::<act::ViewDossier>(cx, &read, id).await?;
    let problem = overtaken(problem, &typed, dossier.version);
    let status = match problem.kind {
        ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemKind::Conflict => StatusCode::CONFLICT,
        _ => return Err(problem.into()),
    };
    let page = show::page(cx, &web.deps, &read, &dossier, typed.refused(&problem), Some(open)).await?;
    Ok((status, web.platform.ui.page(cx, frame, &page)?).into_response())
}

/// What may not be done any more because a colleague did it first is a stale page, not a trespass.
fn overtaken(problem: Problem, typed: &FormView, version: i64) -> Problem {
    let shown = typed.value("version").and_then(|shown| shown.parse::<i64>().ok());
    if problem.kind == ProblemKind::Forbidden && shown.is_some_and(|shown| shown != version) {
        return Problem::conflict("dossier.changed");
    }
    problem
}
