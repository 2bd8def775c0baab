//! What the registers of this platform say about a unit in a period: documents, tasks, obstacles.

use crate::deps::Deps;
use crate::model::assignment::{Assignment, Standing, State};
use crate::model::obstacle::Obstacle;
use crate::model::plan::{Plan, PlanId, Task, TaskId};
use crate::model::report::content::ListLine;
use crate::model::report::item::Report;
use crate::model::rules::{Rules, SOON_DAYS};
use crate::ops::holder::{Holder, Names};
use crate::store::assignment::{self, AssignmentFilter, Clock, Office, Sort};
use crate::store::obstacle::{self, ObstacleFilter};
use crate::store::task;
use chrono::{Days, Months};
use d06_authz::line_of;
use d06_db::Tx;
use d06_kernel::port::measure::MeasuredRecord;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::{BTreeSet, HashMap};

/// Rows of one register that a report takes.
const MOST: u64 = 5_000;
/// Characters of a record's label.
const LABEL: usize = 160;

/// What the registers say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registers {
    /// The records of each figure, by its key.
    pub(crate) records: Vec<(&'static str, Vec<MeasuredRecord>)>,
    /// Documents issued.
    pub(crate) documents: Vec<ListLine>,
    /// Tasks overdue.
    pub(crate) overdue: Vec<Held>,
    /// Tasks of the next month.
    pub(crate) next: Vec<Held>,
    /// Obstacles that stand.
    pub(crate) obstacles: Vec<Held>,
    /// What is proposed to remove them.
    pub(crate) proposals: Vec<Held>,
}

impl Registers {
    /// The names of the units that its lines speak of.
    pub(crate) async fn names(&self, cx: &Cx, deps: &Deps) -> Names {
        let lists = [&self.overdue, &self.next, &self.obstacles, &self.proposals];
        let units = lists.into_iter().flatten().filter_map(|held| held.holder.unit.as_deref());
        Names::of(cx, deps, units.collect()).await
    }
}

/// A line, and who has it.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    holder: Holder,
    line: ListLine,
}

impl Held {
    /// The line with who has it in words.
    pub(crate) fn told(self, names: &Names) -> ListLine {
        ListLine { who: self.holder.told(names), ..self.line }
    }
}

/// Reads the registers for a report, as the plans in force say. What is led at one of the units `below`, which report to
/// this one, stands in their reports and not in this one's registers.
pub(crate) async fn read(
    cx: &Cx,
    tx: &Tx,
    report: &Report,
    in_force: &[Plan],
    below: &BTreeSet<&str>,
) -> Result<Registers, Problem> {
    let today = local_date(cx.now());
    let in_force_ids: Vec<PlanId> = in_force.iter().map(|plan| plan.id).collect();
    let plans: Vec<&Plan> = in_force.iter().filter(|plan| plan.unit == report.unit).collect();
    let mut all = Registers::default();
    documents(&mut all, report, &plans);

    let soon_days = Rules::shipped()?.on(SOON_DAYS, today)?.value;
    let clock = Clock { today, soon_days };
    let scope = AssignmentFilter {
        plans: in_force_ids.clone(),
        office: Some(Office { plans: plans.iter().map(|plan| plan.id).collect(), unit: report.unit.clone() }),
        ..AssignmentFilter::default()
    };
    let mut tasks = Tasks { tx, clock, scope, below, known: HashMap::new() };
    for (key, standings) in [
        ("tasks.on-time", &[Standing::DoneOnTime][..]),
        ("tasks.late", &[Standing::DoneLate]),
        ("tasks.in-progress", &[Standing::OnTrack, Standing::AtRisk]),
        ("tasks.overdue", &[Standing::Overdue]),
    ] {
        let mut records = Vec::new();
        for standing in standings {
            let found = tasks.standing(*standing).await?;
            if *standing == Standing::Overdue {
                all.overdue = found.iter().map(|one| tasks.line(one)).collect();
            }
            records.extend(found.iter().map(|one| tasks.record(one, *standing)));
        }
        all.records.push((key, records));
    }
    all.next = tasks.next_month(report).await?;
    let filter = if plans.is_empty() {
        ObstacleFilter { plans: in_force_ids, unit: Some(report.unit.clone()), ..ObstacleFilter::default() }
    } else {
        ObstacleFilter { plans: plans.iter().map(|plan| plan.id).collect(), ..ObstacleFilter::default() }
    };
    obstacles(tx, report, &filter, &mut all).await?;
    Ok(all)
}

fn documents(all: &mut Registers, report: &Report, plans: &[&Plan]) {
    let mut records = Vec::new();
    for plan in plans {
        let day = local_date(plan.imported_at);
        if day < report.from || day > report.to {
            continue;
        }
        let number = plan.number.clone().filter(|number| !number.starts_with('/')).unwrap_or_default();
        records.push(record(&plan.title, "/steering/targets".to_owned(), "report-record-document"));
        all.documents.push(ListLine {
            reference: number,
            text: plan.title.clone(),
            due: day.format("%d/%m/%Y").to_string(),
            href: "/steering/targets".to_owned(),
            ..ListLine::default()
        });
    }
    all.records.push(("documents.issued", records));
}

async fn obstacles(
    tx: &Tx,
    report: &Report,
    filter: &ObstacleFilter,
    all: &mut Registers,
) -> Result<(), Problem> {
    let (mut open, mut solved) = (Vec::new(), Vec::new());
    for one in obstacle::list(tx, filter, 0, MOST).await? {
        match &one.answer {
            None => {
                open.push(obstacle_record(&one));
                all.obstacles.push(obstacle_line(&one, &one.text));
                if let Some(proposal) = &one.proposal {
                    all.proposals.push(obstacle_line(&one, proposal));
                }
            }
            Some(answer) if (report.from..=report.to).contains(&local_date(answer.at)) => {
                solved.push(obstacle_record(&one));
            }
            Some(_) => {}
        }
    }
    all.records.push(("obstacles.open", open));
    all.records.push(("obstacles.solved", solved));
    Ok(())
}

fn obstacle_line(one: &Obstacle, text: &str) -> Held {
    let line = ListLine {
        reference: one.reference.clone(),
        text: text.to_owned(),
        due: one.due_on.format("%d/%m/%Y").to_string(),
        href: format!("/steering/obstacles/{}", one.id),
        ..ListLine::default()
    };
    Held { holder: Holder::unit(&one.addressee), line }
}

fn obstacle_record(one: &Obstacle) -> MeasuredRecord {
    let reason =
        if one.answer.is_some() { "report-record-obstacle-solved" } else { "report-record-obstacle" };
    record(&format!("{} · {}", one.reference, one.text), format!("/steering/obstacles/{}", one.id), reason)
}

/// Tasks of a scope, with their words.
struct Tasks<'a> {
    tx: &'a Tx,
    clock: Clock,
    scope: AssignmentFilter,
    below: &'a BTreeSet<&'a str>,
    known: HashMap<TaskId, Task>,
}

impl Tasks<'_> {
    async fn standing(&mut self, standing: Standing) -> Result<Vec<Assignment>, Problem> {
        let filter = AssignmentFilter { standing: Some(standing), ..self.scope.clone() };
        self.found(&filter).await
    }

    /// Tasks whose deadline lies in the month after the period, and those already late are named elsewhere.
    async fn next_month(&mut self, report: &Report) -> Result<Vec<Held>, Problem> {
        let from = report.to.max(self.clock.today) + Days::new(1);
        let filter = AssignmentFilter {
            states: State::OPEN.to_vec(),
            due_from: Some(from),
            due_to: from.checked_add_months(Months::new(1)),
            ..self.scope.clone()
        };
        let found = self.found(&filter).await?;
        Ok(found.iter().map(|one| self.line(one)).collect())
    }

    async fn found(&mut self, filter: &AssignmentFilter) -> Result<Vec<Assignment>, Problem> {
        let mut found = assignment::list(self.tx, filter, self.clock, Sort::Due, (0, MOST)).await?;
        let is_below = |unit: &str| line_of(unit).any(|code| self.below.contains(code));
        found.retain(|one| !one.unit.as_deref().is_some_and(is_below));
        let mut unknown: Vec<TaskId> =
            found.iter().map(|one| one.task).filter(|id| !self.known.contains_key(id)).collect();
        unknown.dedup();
        for some in unknown.chunks(500) {
            self.known.extend(task::list_by_id(self.tx, some).await?);
        }
        Ok(found)
    }

    fn words(&self, one: &Assignment) -> (String, String) {
        let task = self.known.get(&one.task);
        task.map(|task| (task.place.reference.clone(), task.text.clone())).unwrap_or_default()
    }

    fn line(&self, one: &Assignment) -> Held {
        let (reference, text) = self.words(one);
        let line = ListLine {
            reference,
            text,
            due: one.due.on.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default(),
            href: format!("/steering/tasks/{}", one.id),
            ..ListLine::default()
        };
        Held { holder: Holder::of(one, self.known.get(&one.task)), line }
    }

    fn record(&self, one: &Assignment, standing: Standing) -> MeasuredRecord {
        let (reference, text) = self.words(one);
        let reason = match standing {
            Standing::DoneOnTime => "report-record-done-on-time",
            Standing::DoneLate => "report-record-done-late",
            Standing::Overdue => "report-record-overdue",
            Standing::AtRisk => "report-record-at-risk",
            Standing::OnTrack | Standing::NoDeadline | Standing::Cancelled => "report-record-on-track",
        };
        record(&format!("{reference} · {text}"), format!("/steering/tasks/{}", one.id), reason)
    }
}

fn record(label: &str, href: String, reason: &str) -> MeasuredRecord {
    let mut short: String = label.chars().take(LABEL).collect();
    if short.len() < label.len() {
        short.push('…');
    }
    MeasuredRecord { label: short, href, counted: true, reason: reason.to_owned() }
}
