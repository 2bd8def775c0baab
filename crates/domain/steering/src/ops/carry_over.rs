//! Carries the work on earlier versions of a plan over to a later one. An item that goes on keeps its id, and with it
//! everything that hangs on that: assignments, evidence, history, obstacles, ties, budgets, shapes, figures, links.
//! What the earlier version said is kept with the earlier plan, under an id of its own.

use crate::model::assignment::{Assignment, State};
use crate::model::compiled_plan::Content;
use crate::model::evidence::Happening;
use crate::model::obstacle::{About, Answer, Outcome};
use crate::model::plan::{PlanId, Target, Task};
use crate::model::revision::{Fate, due_of, fates, occurrence_revised, revised};
use crate::ops::change::{Point, happening, who};
use crate::ops::diff_plan::{of_target, of_task};
use crate::store::{assignment, evidence, history, obstacle, target, task, tie};
use d06_db::Tx;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::HashMap;
use uuid::Uuid;

/// The answer to an obstacle in the way of what is no longer in the plan.
const NO_LONGER_IN_PLAN: &str = "Kế hoạch điều chỉnh không còn nội dung này.";

/// An earlier version.
struct Before {
    plan: PlanId,
    targets: Vec<Target>,
    tasks: Vec<Task>,
    /// What becomes of its targets, then of its tasks.
    fates: Vec<Fate>,
}

/// What goes on from which earlier versions.
pub(crate) struct CarryOver {
    before: Vec<Before>,
    /// How many targets the later version has: its tasks count on from there.
    targets: usize,
}

/// What was carried over, for the audit log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Carried {
    /// Items that went on.
    pub(crate) kept: usize,
    /// Items that became one with another.
    pub(crate) joined: usize,
    /// Items that the later version has no more.
    pub(crate) ended: usize,
}

impl CarryOver {
    /// Compares earlier versions with the targets and tasks of a later one.
    pub(crate) async fn open(
        tx: &Tx,
        plans: &[PlanId],
        targets: &[d06_plan::Target],
        tasks: &[d06_plan::Task],
    ) -> Result<Self, Problem> {
        let after: Vec<Content> = targets
            .iter()
            .cloned()
            .map(Content::Target)
            .chain(tasks.iter().cloned().map(Content::Task))
            .collect();
        let mut before = Vec::with_capacity(plans.len());
        let mut contents = Vec::with_capacity(plans.len());
        for plan in plans {
            let (targets, tasks) = (target::list(tx, *plan).await?, task::list(tx, *plan).await?);
            let of_targets = targets.iter().cloned().map(of_target);
            contents.push(of_targets.chain(tasks.iter().cloned().map(of_task)).collect::<Vec<_>>());
            before.push(Before { plan: *plan, targets, tasks, fates: Vec::new() });
        }
        for (one, fates) in before.iter_mut().zip(fates(&contents, &after)) {
            one.fates = fates;
        }
        Ok(Self { before, targets: targets.len() })
    }

    /// The target of an earlier version that goes on as the target at a place.
    pub(crate) fn target(&self, at: usize) -> Option<&Target> {
        self.before.iter().find_map(|one| {
            one.fates.iter().position(|fate| *fate == Fate::GoesOn(at)).and_then(|i| one.targets.get(i))
        })
    }

    /// The task of an earlier version that goes on as the task at a place.
    pub(crate) fn task(&self, at: usize) -> Option<&Task> {
        let at = self.targets + at;
        self.before.iter().find_map(|one| {
            let i = one.fates.iter().position(|fate| *fate == Fate::GoesOn(at))?;
            one.tasks.get(i.checked_sub(one.targets.len())?)
        })
    }

    /// Stores the targets and tasks of the later version. Those that go on have the ids they had.
    pub(crate) async fn store(
        &self,
        cx: &Cx,
        tx: &Tx,
        plan: PlanId,
        targets: &[Target],
        tasks: &[Task],
    ) -> Result<Carried, Problem> {
        let (mut new_targets, mut new_tasks) = (Vec::new(), Vec::new());
        for (at, one) in targets.iter().enumerate() {
            match self.target(at) {
                Some(_) => target::revise(cx, tx, plan, one).await?,
                None => new_targets.push(one.clone()),
            }
        }
        for (at, one) in tasks.iter().enumerate() {
            match self.task(at) {
                Some(_) => task::revise(tx, plan, one).await?,
                None => new_tasks.push(one.clone()),
            }
        }
        target::add_all(cx, tx, plan, &new_targets).await?;
        task::add_all(tx, plan, &new_tasks).await?;
        let mut carried = Carried::default();
        for before in &self.before {
            let work = Work { cx, tx, plan, targets, tasks, before };
            work.archive().await?;
            work.carry(&mut carried).await?;
        }
        Ok(carried)
    }
}

/// The work on one earlier version, on its way to the later one.
struct Work<'a> {
    cx: &'a Cx,
    tx: &'a Tx,
    plan: PlanId,
    targets: &'a [Target],
    tasks: &'a [Task],
    before: &'a Before,
}

impl Work<'_> {
    /// Keeps what the earlier version said of the items whose ids went on.
    async fn archive(&self) -> Result<(), Problem> {
        let went_on = |fate: &Fate| matches!(fate, Fate::GoesOn(_));
        let (of_targets, of_tasks) = self.before.fates.split_at(self.before.targets.len());
        let mut targets = Vec::new();
        for (one, _) in self.before.targets.iter().zip(of_targets).filter(|(_, fate)| went_on(fate)) {
            targets.push(Target { id: self.cx.new_id(), ..one.clone() });
        }
        let mut tasks = Vec::new();
        for (one, _) in self.before.tasks.iter().zip(of_tasks).filter(|(_, fate)| went_on(fate)) {
            tasks.push(Task { id: self.cx.new_id(), ..one.clone() });
        }
        target::add_all(self.cx, self.tx, self.before.plan, &targets).await?;
        task::keep_words(self.tx, self.before.plan, &tasks).await
    }

    async fn carry(&self, carried: &mut Carried) -> Result<(), Problem> {
        let (of_targets, of_tasks) = self.before.fates.split_at(self.before.targets.len());
        for (one, fate) in self.before.targets.iter().zip(of_targets) {
            self.carry_target(one, *fate).await?;
        }
        let mut given: HashMap<Uuid, Vec<Assignment>> = HashMap::new();
        for one in assignment::list_of_plan(self.tx, self.before.plan).await? {
            given.entry(one.task.0).or_default().push(one);
        }
        for (one, fate) in self.before.tasks.iter().zip(of_tasks) {
            let given = given.remove(&one.id.0).unwrap_or_default();
            self.carry_task(one, *fate, given).await?;
        }
        for fate in &self.before.fates {
            match fate {
                Fate::GoesOn(_) => carried.kept += 1,
                Fate::Joins(_) => carried.joined += 1,
                Fate::Ends => carried.ended += 1,
            }
        }
        Ok(())
    }

    async fn carry_target(&self, one: &Target, fate: Fate) -> Result<(), Problem> {
        let about = [one.id.0];
        match fate {
            Fate::GoesOn(at) | Fate::Joins(at) => {
                let Some(after) = self.targets.get(at) else { return Ok(()) };
                let reference = &after.place.reference;
                obstacle::carry(self.tx, &about, self.plan, reference, Some(About::Target(after.id))).await
            }
            Fate::Ends => self.end_obstacles(&about).await,
        }
    }

    async fn carry_task(&self, one: &Task, fate: Fate, given: Vec<Assignment>) -> Result<(), Problem> {
        let about: Vec<Uuid> = given.iter().map(|one| one.id.0).collect();
        let after = |at: usize| at.checked_sub(self.targets.len()).and_then(|at| self.tasks.get(at));
        match fate {
            Fate::GoesOn(at) => {
                let Some(after) = after(at) else { return Ok(()) };
                obstacle::carry(self.tx, &about, self.plan, &after.place.reference, None).await?;
                self.revise(one, after, given).await
            }
            Fate::Joins(at) => {
                let Some(after) = after(at) else { return Ok(()) };
                let goes_on = after.id.0;
                let about_it = Some(About::Task(crate::model::assignment::AssignmentId(goes_on)));
                obstacle::carry(self.tx, &about, self.plan, &after.place.reference, about_it).await?;
                evidence::carry(self.tx, &about, goes_on).await?;
                tie::carry_parents(self.tx, one.id, after.id).await?;
                self.end(given, Some(&after.place.reference)).await
            }
            Fate::Ends => {
                self.end_obstacles(&about).await?;
                self.end(given, None).await
            }
        }
    }

    /// Gives the assignments of a task what the later version says of it.
    async fn revise(&self, before: &Task, after: &Task, given: Vec<Assignment>) -> Result<(), Problem> {
        let today = local_date(self.cx.now());
        let (due, _) = due_of(after);
        let new_rhythm = due_of(before).0.rhythm != due.rhythm;
        for one in given {
            let mut next = revised(&one, before, after);
            if new_rhythm && !one.occurrence.is_empty() {
                next = occurrence_revised(&next, due.rhythm.as_ref(), today);
            }
            next.plan = self.plan;
            self.note(&one, &next, None).await?;
            assignment::revise(self.tx, &next, after).await?;
        }
        Ok(())
    }

    /// Ends what is still open of a task that the later version has no more, or has in another task.
    async fn end(&self, given: Vec<Assignment>, joined: Option<&str>) -> Result<(), Problem> {
        for one in given {
            if matches!(one.state, State::Done | State::Cancelled) {
                continue;
            }
            let next = Assignment { state: State::Cancelled, ..one.clone() };
            self.note(&one, &next, joined).await?;
            assignment::update(self.tx, &next).await?;
        }
        Ok(())
    }

    /// Writes down what the revision changed of an assignment.
    async fn note(&self, one: &Assignment, next: &Assignment, joined: Option<&str>) -> Result<(), Problem> {
        let name = |one: &Assignment| one.person.as_ref().map(|person| person.name.clone());
        let product = |one: &Assignment| Some(one.product.clone()).filter(|words| !words.is_empty());
        let points = [
            Point::of("revised-into", None, joined.map(str::to_owned)),
            Point::of("unit", one.unit.clone(), next.unit.clone()),
            Point::of("person", name(one), name(next)),
            Point::of("product", product(one), product(next)),
            Point::of("due", one.due.on, next.due.on),
            Point::of("rhythm", one.due.rhythm.clone(), next.due.rhythm.clone()),
            Point::of("condition", one.due.condition.clone(), next.due.condition.clone()),
            Point::of("state", Some(one.state.name()), Some(next.state.name())),
        ];
        let changed: Vec<Point> = points.into_iter().flatten().collect();
        // That the plan was revised is said even where it changed nothing of this task.
        let revised = Point { what: "revised", ..Point::default() };
        let lines = std::iter::once(&revised).chain(&changed);
        let lines: Vec<Happening> = lines.map(|point| happening(self.cx, one.id.0, point, None)).collect();
        history::add_all(self.cx, self.tx, lines).await
    }

    /// Answers what still waits in the way of something that is no longer in the plan: nobody has to remove it.
    async fn end_obstacles(&self, about: &[Uuid]) -> Result<(), Problem> {
        for mut one in obstacle::list_about(self.tx, about).await? {
            if one.answer.is_some() {
                continue;
            }
            one.answer = Some(Answer {
                text: NO_LONGER_IN_PLAN.to_owned(),
                outcome: Outcome::Removed,
                at: self.cx.now(),
                by: who(self.cx).0,
            });
            obstacle::update(self.tx, &one).await?;
            let point = Point::of("answered", None, Some(Outcome::Removed.name()));
            let lines = point.iter().map(|point| happening(self.cx, one.id.0, point, None)).collect();
            history::add_all(self.cx, self.tx, lines).await?;
        }
        Ok(())
    }
}
