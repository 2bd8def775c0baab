//! When a dossier filed now and each of its steps would be due, and from when paper may be asked for.

use crate::deps::Deps;
use crate::model::clock::{ClockProblem, DossierClock};
use crate::model::definition::ProcedureDefinition;
use crate::model::dossier::Channel;
use crate::store::dossier::Dossier;
use crate::store::part::{self, Step};
use d06_db::Tx;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};

/// The plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The clock of the dossier.
    pub clock: DossierClock,
    /// When each step is due, in the order of the workflow; `None` where its time is not counted.
    pub steps: Vec<Option<Moment>>,
    /// The legal hour before which nobody is asked for paper because a source is silent.
    pub paper_from: Moment,
}

/// The plan of a dossier filed at a moment.
pub fn run(deps: &Deps, definition: &ProcedureDefinition, channel: Channel, filed_at: Moment) -> Plan {
    let clock = DossierClock::start(&deps.clock, definition.term, filed_at);
    let dues = deps.clock.step_dues(&definition.workflow, filed_at, clock.appointment());
    Plan {
        steps: dues.into_iter().map(|step| step.due).collect(),
        paper_from: deps.clock.earliest_paper_request(channel, filed_at),
        clock,
    }
}

/// Lets the clock of a dossier go on with the step that stopped it, which gets its whole time again within what is
/// left of the dossier's.
pub(super) async fn resume(cx: &Cx, deps: &Deps, tx: &Tx, dossier: &mut Dossier) -> Result<(), Problem> {
    dossier.clock.resume(&deps.clock, cx.now()).map_err(refused)?;
    spread(deps, tx, dossier, cx.now()).await?;
    let steps = part::list_steps(tx, dossier.id).await?;
    if let Some(step) = steps.into_iter().find(|s| s.position == dossier.step) {
        dossier.step_role = Some(step.role);
        dossier.step_unit = Some(step.unit);
        dossier.step_due_at = step.due_at;
    }
    Ok(())
}

/// Takes the dossier's due time from its clock and gives the present step, which begins at a moment, and those after
/// it their due times within it.
pub(super) async fn spread(
    deps: &Deps,
    tx: &Tx,
    dossier: &mut Dossier,
    begins: Moment,
) -> Result<(), Problem> {
    dossier.due_at = dossier.clock.appointment();
    let definition = deps.version(&dossier.procedure_version)?;
    let mut begins = deps.clock.counting_starts(begins);
    for step in part::list_steps(tx, dossier.id).await?.into_iter().filter(|s| s.position >= dossier.step) {
        let defined = definition.workflow.step(&step.key);
        let due =
            defined.and_then(|s| deps.clock.step_due(s.time, begins)).map(|due| due.min(dossier.due_at));
        begins = due.unwrap_or(begins);
        if step.position == dossier.step && dossier.step_role.is_some() {
            dossier.step_due_at = due;
        }
        part::update_step(tx, dossier.id, &Step { due_at: due, ..step }).await?;
    }
    Ok(())
}

/// What the clock cannot do, as a problem.
pub(super) fn refused(problem: ClockProblem) -> Problem {
    Problem::conflict(problem.code())
}
