//! Asks the person, once, for what is missing (yêu cầu bổ sung, form 02). What data proves cannot be asked for: the
//! request is made of a [`PaperRequest`], which does not exist for it.

use super::load::{self, Shown};
use super::plan_deadlines;
use super::trace::{self, Trace};
use super::write_letter;
use crate::deps::Deps;
use crate::model::dossier::DossierState;
use crate::model::requirement::PaperRequest;
use crate::store::dossier;
use crate::store::letter::LetterWords;
use crate::store::part::{self, Supplement};
use d06_authz::{Permit, act};
use d06_kernel::port::document::LetterForm;
use d06_kernel::{Cx, Problem};
use serde_json::json;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct RequestSupplement {
    /// The dossier and the version shown.
    pub shown: Shown,
    /// Key of the requirement or of the form field.
    pub field: String,
    /// Why.
    pub reason: String,
}

/// Asks. The clock stands until the person answers. Gives the dossier's new version.
///
/// # Errors
/// `supplement.only-once` for the second request; `paper.covered`, `paper.not-needed`, `paper.before-legal-hour`
/// for what may not be asked for; field `reason`; `dossier.changed` for a stale page.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::RequestSupplement>,
    command: RequestSupplement,
) -> Result<i64, Problem> {
    let reason = load::words("reason", &command.reason, LONGEST_REASON)?;
    let tx = deps.db.begin().await?;
    let mut dossier = load::fresh(&tx, &permit, command.shown).await?;
    load::own_step(cx, &tx, &dossier).await?;
    let definition = deps.version(&dossier.procedure_version)?;
    if let Some(requirement) = definition.requirement(&command.field) {
        let kept = part::list_requirements(&tx, dossier.id).await?;
        let kept = kept.iter().find(|r| r.key == requirement.key).ok_or_else(Problem::not_found)?;
        PaperRequest::try_new(requirement, &kept.state, cx.now()).map_err(|e| Problem::conflict(e.code()))?;
    } else if definition.form.field(&command.field).is_none() {
        return Err(Problem::field("field", "supplement.no-such-field"));
    }
    if dossier.supplements > 0 {
        return Err(Problem::conflict("supplement.only-once"));
    }
    if dossier.state == DossierState::Submitted {
        load::go(&mut dossier, DossierState::Received)?;
        dossier.received_at = Some(cx.now());
    }
    load::go(&mut dossier, DossierState::AwaitingSupplement)?;
    dossier.supplements += 1;
    dossier.clock.pause(&deps.clock, cx.now()).map_err(plan_deadlines::refused)?;
    load::rest(&mut dossier);
    let asked = Supplement {
        field: command.field.clone(),
        reason: reason.clone(),
        requested_by: trace::actor_name(cx),
        requested_at: cx.now(),
        answer: None,
        answered_at: None,
    };
    part::add_supplement(cx, &tx, dossier.id, &asked).await?;
    let subject = definition
        .requirement(&command.field)
        .map(|requirement| requirement.label.vi.clone())
        .or_else(|| definition.form.field(&command.field).map(|field| field.label.vi.clone()));
    let words = LetterWords { subject, reason: reason.clone(), ..LetterWords::default() };
    write_letter::run(cx, &tx, &dossier, LetterForm::Supplement, words).await?;
    let version = dossier::update(&tx, &dossier).await?;
    let trace = Trace {
        action: "dossier.request-supplement",
        event: Some("dossier.supplement-requested"),
        entry: "supplement-requested",
        details: json!({ "field": command.field }),
        words: Some(reason),
    };
    trace::leave(cx, &tx, &deps.bus, &dossier, trace).await?;
    tx.commit().await?;
    Ok(version)
}
