//! How likely a dossier is to be late: the time that is left against the work that is left. Queues show the
//! riskiest first.

use super::deadline::DeadlineClock;
use crate::model::definition::Workflow;
use d06_kernel::time::{Moment, local_date};
use serde::Serialize;

/// How much a dossier is at risk, the riskiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskLevel {
    /// The due time is past.
    Overdue,
    /// The work that is left takes longer than the time that is left.
    Breaching,
    /// It fits, with little to spare.
    Tight,
    /// It fits.
    Safe,
    /// The clock stands.
    Standing,
}

/// The risk of one dossier. Sorts with the riskiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Risk {
    /// How much.
    pub level: RiskLevel,
    /// Working minutes left beyond the work that is left; negative if they do not suffice.
    pub slack_minutes: i64,
    /// Working minutes until it is due; negative if that is past.
    pub left_minutes: i64,
}

/// The risk of a dossier that stands at `step` of its workflow and is due at `due` (`None`: the clock
/// stands). A step that is not in the workflow means that nothing is left to do.
pub fn of(rules: &DeadlineClock, workflow: &Workflow, step: &str, due: Option<Moment>, now: Moment) -> Risk {
    let Some(due) = due else {
        return Risk { level: RiskLevel::Standing, slack_minutes: i64::MAX, left_minutes: i64::MAX };
    };
    let per_day = rules.minutes_per_day(now);
    let to_do = workflow.steps.iter().skip_while(|s| s.key != step);
    let work: i64 = to_do.map(|s| i64::from(s.time.working_minutes(per_day))).sum();
    let left = rules.calendar().working_minutes_between(now, due);
    let slack = left - work;
    let tight = i64::from(rules.rules().count("tight-percent", local_date(now)).unwrap_or(0)) * work / 100;
    let level = if now > due {
        RiskLevel::Overdue
    } else if slack < 0 {
        RiskLevel::Breaching
    } else if slack < tight {
        RiskLevel::Tight
    } else {
        RiskLevel::Safe
    };
    Risk { level, slack_minutes: slack, left_minutes: left }
}
