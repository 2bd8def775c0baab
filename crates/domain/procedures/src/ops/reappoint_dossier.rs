//! Moves the appointment, once, with an apology to the person (form 04). It is made a working day before the dossier
//! would be overdue; made later it is still made, and the dossier counts as late.

use super::load::{self, Shown};
use super::plan_deadlines;
use super::trace::{self, Trace};
use super::write_letter;
use crate::deps::Deps;
use crate::store::dossier;
use crate::store::letter::LetterWords;
use chrono::NaiveDate;
use d06_authz::{Permit, act};
use d06_kernel::port::document::LetterForm;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem, Role};
use serde_json::json;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// The new appointment.
#[derive(Clone, Debug)]
pub struct ReappointDossier {
    /// The dossier and the version shown.
    pub shown: Shown,
    /// The day on which the result will be ready; it is due at the close of work.
    pub day: NaiveDate,
    /// Why it is late.
    pub reason: String,
}

/// Moves the appointment. Gives the dossier's new version.
///
/// # Errors
/// `dossier.changed` for a stale page; `dossier.decided-already`; `clock.second-reappointment`, `clock.standing`,
/// `clock.not-later`; `dossier.not-your-step` for an officer whose turn it is not; fields `day`
/// (`reappoint.day-off`, `reappoint.too-far`) and `reason`.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ReappointDossier>,
    command: ReappointDossier,
) -> Result<i64, Problem> {
    let reason = load::words("reason", &command.reason, LONGEST_REASON)?;
    let today = local_date(cx.now());
    if deps.clock.latest_reappointment(today).is_some_and(|latest| command.day > latest) {
        return Err(Problem::field("day", "reappoint.too-far"));
    }
    let due = deps.clock.appointment_on(command.day);
    let due = due.ok_or_else(|| Problem::field("day", "reappoint.day-off"))?;
    let tx = deps.db.begin().await?;
    let mut dossier = load::fresh(&tx, &permit, command.shown).await?;
    // A leader answers for every dossier of the office; others for the one whose step is theirs.
    if !cx.principal().is_some_and(|person| person.has(Role::ApprovingLeader)) {
        load::own_step(cx, &tx, &dossier).await?;
    }
    if dossier.decided_at.is_some() || dossier.ended_at.is_some() {
        return Err(Problem::conflict("dossier.decided-already"));
    }
    let due_was = dossier.due_at;
    dossier.clock.reappoint(&deps.clock, cx.now(), due, &reason).map_err(plan_deadlines::refused)?;
    plan_deadlines::spread(deps, &tx, &mut dossier, cx.now()).await?;
    let words = LetterWords {
        reason: reason.clone(),
        due_was: Some(due_was),
        due_at: Some(dossier.due_at),
        ..LetterWords::default()
    };
    write_letter::run(cx, &tx, &dossier, LetterForm::Apology, words).await?;
    let version = dossier::update(&tx, &dossier).await?;
    let late = dossier.clock.reappointment().is_some_and(|made| made.late);
    let trace = Trace {
        action: "dossier.reappoint",
        event: Some("dossier.reappointed"),
        entry: "reappointed",
        details: json!({ "due-was": due_was, "due-at": dossier.due_at, "late": late }),
        words: Some(reason),
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}
