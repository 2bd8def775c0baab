//! Opens the reports that are to be written now, by rule, with the jobs that will remind of them. Run again, it adds
//! what is missing and changes nothing else.

use crate::deps::Deps;
use crate::model::report::cycle::{self, Period, Rule};
use crate::model::report::item::{Report, State};
use crate::model::report::words::Words;
use crate::ops::report::chain::{Reporter, reporters, superior_of};
use crate::ops::report::remind::{self, Round};
use crate::store::report::item;
use chrono::TimeDelta;
use d06_jobs::{Handler, Job, JobError, Schedule};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// The job.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct OpenReports {}

impl Job for OpenReports {
    const KIND: &'static str = "steering.open-reports";
}

/// Does the job.
pub struct ReportOpener {
    deps: Deps,
}

impl ReportOpener {
    /// Opens the reports of every unit of the installation.
    pub fn new(deps: Deps) -> Self {
        Self { deps }
    }
}

#[async_trait::async_trait]
impl Handler for ReportOpener {
    fn kind(&self) -> &'static str {
        OpenReports::KIND
    }

    async fn run(&self, cx: &Cx, _: serde_json::Value) -> Result<(), JobError> {
        run(cx, &self.deps).await?;
        Ok(())
    }
}

/// When the job runs: every hour, so that a new day's reports are there before work begins.
///
/// # Errors
/// Never for this rhythm; the type is the schedule's.
pub fn schedule() -> Result<Schedule, Problem> {
    Schedule::every(TimeDelta::hours(1), &OpenReports {})
}

/// A period and the units that have to report on it.
struct Opening<'a> {
    rule: &'a Rule,
    period: Period,
    units: Vec<&'a Reporter>,
}

/// Opens what is missing and returns how many reports that were.
///
/// # Errors
/// The rules do not have their form; the database's.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<usize, Problem> {
    let rules = cycle::shipped()?;
    let all = reporters(cx, deps).await?;
    let today = local_date(cx.now());
    let mut openings: BTreeMap<(String, String), Opening<'_>> = BTreeMap::new();
    for reporter in &all {
        for (rule, period) in cycle::open_for(&rules, &reporter.unit.code, reporter.level, today) {
            let superior = superior_of(&all, &reporter.unit).unwrap_or_default();
            let opening = openings.entry((period.key.clone(), superior));
            opening.or_insert_with(|| Opening { rule, period, units: Vec::new() }).units.push(reporter);
        }
    }
    let mut opened = 0;
    for ((_, superior), opening) in openings {
        let known: HashSet<String> = {
            let tx = deps.db.read().await?;
            item::units_with(&tx, &opening.period.key).await?.into_iter().collect()
        };
        let missing = opening.units.into_iter().filter(|one| !known.contains(&one.unit.code));
        let reports: Vec<Report> = missing.map(|one| new(cx, &opening.period, one, &superior)).collect();
        if reports.is_empty() {
            continue;
        }
        let round = Round {
            period_key: opening.period.key.clone(),
            superior: Some(superior).filter(|code| !code.is_empty()),
        };
        let tx = deps.db.begin().await?;
        item::add_all(&tx, &reports).await?;
        remind::plan(cx, &tx, &round, opening.period.due_at, &opening.rule.reminders).await?;
        tx.commit().await?;
        opened += reports.len();
    }
    Ok(opened)
}

fn new(cx: &Cx, period: &Period, of: &Reporter, superior: &str) -> Report {
    Report {
        id: cx.new_id(),
        period_key: period.key.clone(),
        cycle: period.cycle,
        subject: None,
        from: period.from,
        to: period.to,
        due_at: period.due_at,
        unit: of.unit.code.clone(),
        unit_name: of.unit.name.clone(),
        superior: Some(superior.to_owned()).filter(|code| !code.is_empty()),
        state: State::Draft,
        held_by: String::new(),
        words: Words::default(),
        sent_at: None,
        sent_by: None,
        locked_at: None,
        hash: None,
        included_in: None,
        version: 1,
    }
}
