//! Fills a report from records: what it says now, before anybody has written a word.
//!
//! A unit whose units below are committees (a city) sums up their accepted reports. A committee counts for itself with
//! all below it; of hamlets it takes what only they report. Nothing is counted twice.

use crate::deps::Deps;
use crate::model::goal::{Progress, goal_of_year};
use crate::model::plan::Target;
use crate::model::report::content::{Absent, Content, Included, records_hash};
use crate::model::report::cycle::Level;
use crate::model::report::figure::{Figure, FigureGoal, Kind, Origin};
use crate::model::report::form::{self, Asked};
use crate::model::report::item::{Report, ReportId, State};
use crate::ops::measure::{self, Measured};
use crate::ops::report::enter::{self, EnteredFigure};
use crate::ops::report::known::{self, Known};
use crate::ops::report::registers::Held;
use crate::store::report::figure::Summed;
use chrono::{Datelike, NaiveDate};
use d06_kernel::port::measure::{MeasureScope, MeasuredRecord, Ratio};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::BTreeSet;

/// Records asked for at once.
const AT_ONCE: u64 = 500;
/// How often a measure that moves while its records are read is read again.
const ATTEMPTS: usize = 3;

/// A report filled.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    /// What it says.
    pub(crate) content: Content,
    /// The records of each figure; only if they were asked for.
    pub(crate) records: Vec<(String, Vec<MeasuredRecord>)>,
    /// The reports it sums up.
    pub(crate) included: Vec<ReportId>,
}

/// Fills a report; `with_records` also reads what each figure rests on.
pub(crate) async fn run(
    cx: &Cx,
    deps: &Deps,
    report: &Report,
    with_records: bool,
) -> Result<Filled, Problem> {
    let known = known::read(cx, deps, report).await?;
    let mut filling = Filling { cx, deps, report, known, with_records, records: Vec::new() };
    let figures = filling.figures().await?;
    let Filling { known, records, .. } = filling;
    let told = |lines: Vec<Held>| lines.into_iter().map(|held| held.told(&known.units)).collect();
    let ready = |one: &&Report| matches!(one.state, State::Accepted | State::Locked);
    let content = Content {
        unit: report.unit_name.clone(),
        unit_code: report.unit.clone(),
        period: report.period_key.clone(),
        from: report.from,
        to: report.to,
        as_of: cx.now(),
        plan: (!known.plans.is_empty()).then(|| known.plans.join("; ")),
        figures,
        documents: known.registers.documents,
        overdue: told(known.registers.overdue),
        obstacles: told(known.registers.obstacles),
        next: told(known.registers.next),
        proposals: told(known.registers.proposals),
        words: report.words.clone(),
        included: known
            .below
            .iter()
            .filter(ready)
            .map(|one| Included {
                report: one.id.to_string(),
                unit: one.unit_name.clone(),
                hash: one.hash.clone().unwrap_or_default(),
            })
            .collect(),
        absent: known
            .below
            .iter()
            .filter(|one| !ready(one))
            .map(|one| Absent {
                unit: one.unit_name.clone(),
                state: one.state.name().to_owned(),
                held_by: one.held_by.clone(),
            })
            .collect(),
    };
    let included = known.below.iter().filter(ready).map(|one| one.id).collect();
    Ok(Filled { content, records, included })
}

/// A report while it is filled.
struct Filling<'a> {
    cx: &'a Cx,
    deps: &'a Deps,
    report: &'a Report,
    known: Known,
    with_records: bool,
    records: Vec<(String, Vec<MeasuredRecord>)>,
}

impl Filling<'_> {
    async fn figures(&mut self) -> Result<Vec<Figure>, Problem> {
        let asked = form::asked_on(self.report.to)?;
        let mut all = Vec::with_capacity(asked.len());
        for one in &asked {
            let figure = match &one.measure {
                Some(key) => self.measured(one, key).await?,
                None => self.registered(one),
            };
            all.push(figure);
        }
        for (key, target) in self.targets_besides(&asked) {
            let asked = form::of_target(&key, &target.text);
            let figure = self.measured(&asked, &key).await?;
            all.push(figure);
        }
        let mut named: BTreeSet<String> = all.iter().map(|figure| figure.key.clone()).collect();
        for at in 0..self.known.targets.len() {
            let Some(target) = self.known.targets.get(at).filter(|target| target.measure.is_none()) else {
                continue;
            };
            let year = self.report.to.year();
            let entered = enter::of_target(self.cx, self.deps, &self.known.book, target, year).await?;
            // Two targets in the same words are one figure.
            if let Some(entered) = entered
                && named.insert(entered.asked.key.clone())
            {
                all.push(self.entered(entered));
            }
        }
        // What only the units below report.
        let mut rest: Vec<Summed> =
            self.known.sums.values().filter(|sum| !named.contains(&sum.key)).cloned().collect();
        rest.sort_by(|a, b| a.key.cmp(&b.key));
        for sum in rest {
            let name = self.known.names.get(&sum.key).cloned().unwrap_or_else(|| sum.key.clone());
            all.push(self.summed(form::of_sum(&sum.key, &name, sum.kind), Some(&sum)));
        }
        Ok(all)
    }

    /// Targets bound to measures that the form does not ask for, each measure once.
    fn targets_besides(&self, asked: &[Asked]) -> Vec<(String, Target)> {
        let mut seen: BTreeSet<&str> = asked.iter().filter_map(|one| one.measure.as_deref()).collect();
        let mut besides = Vec::new();
        for target in &self.known.targets {
            if let Some(key) = target.measure.as_deref()
                && seen.insert(key)
            {
                besides.push((key.to_owned(), target.clone()));
            }
        }
        besides
    }

    async fn measured(&mut self, asked: &Asked, key: &str) -> Result<Figure, Problem> {
        if self.known.level == Level::City {
            let sum = self.known.sums.get(&asked.key).cloned();
            return Ok(self.summed(asked.clone(), sum.as_ref()));
        }
        let scope = self.scope();
        let origin = Origin::Measure { key: key.to_owned(), first: scope.from, last: scope.to };
        let (value, records) = self.count(key, scope).await?;
        let value = value.map(|ratio| asked.of_measure(ratio));
        let records = records
            .into_iter()
            .filter(|record| record.counted || asked.takes_uncounted())
            .map(|record| MeasuredRecord { counted: record.counted || asked.kind == Kind::Count, ..record })
            .collect();
        let origin = if value.is_some() { origin } else { Origin::Missing };
        Ok(self.figure(asked.clone(), value, origin, records))
    }

    fn registered(&mut self, asked: &Asked) -> Figure {
        let own = self.known.registers.records.iter_mut().find(|(key, _)| *key == asked.key);
        let records = own.map(|(_, records)| std::mem::take(records)).unwrap_or_default();
        let own = i64::try_from(records.len()).unwrap_or(i64::MAX);
        // A committee's registers hold those of its hamlets; a city's do not hold those of its communes.
        let sum = self.known.sums.get(&asked.key).filter(|_| self.known.level == Level::City);
        let (value, origin) = match sum {
            Some(sum) => (own.saturating_add(sum.value.numerator), Origin::Units { units: sum.units }),
            None => (own, Origin::Register),
        };
        self.figure(asked.clone(), Some(Ratio { numerator: value, denominator: 0 }), origin, records)
    }

    fn entered(&mut self, one: EnteredFigure) -> Figure {
        let figure = self.figure(one.asked, Some(one.value), one.origin, one.records);
        Figure { goal: one.goal, ..figure }
    }

    fn summed(&mut self, asked: Asked, sum: Option<&Summed>) -> Figure {
        let origin = sum.map_or(Origin::Missing, |sum| Origin::Units { units: sum.units });
        self.figure(asked, sum.map(|sum| sum.value), origin, Vec::new())
    }

    fn figure(
        &mut self,
        asked: Asked,
        value: Option<Ratio>,
        origin: Origin,
        records: Vec<MeasuredRecord>,
    ) -> Figure {
        let previous = self.known.previous.as_ref().and_then(|content| content.figure(&asked.key));
        let figure = Figure {
            previous: previous.and_then(|figure| figure.value),
            goal: self.goal(&asked, value),
            key: asked.key,
            group: asked.group,
            name: asked.name,
            name_en: asked.name_en,
            kind: asked.kind,
            value,
            origin,
            as_of: self.cx.now(),
            records: i64::try_from(records.len()).unwrap_or(i64::MAX),
            records_hash: records_hash(&records),
        };
        if self.with_records {
            self.records.push((figure.key.clone(), records));
        }
        figure
    }

    /// What the unit's own plan wants of a share.
    fn goal(&self, asked: &Asked, value: Option<Ratio>) -> Option<FigureGoal> {
        let key = asked.measure.as_deref().filter(|_| asked.kind == Kind::Ratio)?;
        let target = self.known.targets.iter().find(|target| target.measure.as_deref() == Some(key))?;
        let goal = goal_of_year(&target.goals, self.report.to.year())?;
        let reached = value.and_then(|ratio| match goal.progress(ratio) {
            Progress::Reached => Some(true),
            Progress::NotYet => Some(false),
            Progress::NothingCounted | Progress::NoNumber => None,
        });
        let raw = format!("{}: {} {}", goal.period, goal.raw, target.unit);
        Some(FigureGoal { reference: target.place.reference.clone(), raw: raw.trim().to_owned(), reached })
    }

    /// From January to the end of the period, or to today while it lasts. An ad hoc period is counted as it is asked.
    fn scope(&self) -> MeasureScope {
        use crate::model::report::cycle::Cycle;
        let to = self.report.to.min(local_date(self.cx.now()));
        let january = NaiveDate::from_ymd_opt(to.year(), 1, 1).unwrap_or(self.report.from);
        let from = if self.report.cycle == Cycle::AdHoc { self.report.from } else { january };
        MeasureScope { unit: self.report.unit.clone(), from: from.min(to), to }
    }

    /// The value of a measure and, if wanted, all its records: read until both agree.
    async fn count(
        &self,
        key: &str,
        scope: MeasureScope,
    ) -> Result<(Option<Ratio>, Vec<MeasuredRecord>), Problem> {
        let mut records = Vec::new();
        for _ in 0..ATTEMPTS {
            let Measured::Value(value) = measure::value(self.cx, self.deps, Some(key), scope.clone()).await
            else {
                return Ok((None, Vec::new()));
            };
            if !self.with_records {
                return Ok((Some(value.ratio), Vec::new()));
            }
            records.clear();
            loop {
                let offset = records.len() as u64;
                let page = self.deps.measures.records(self.cx, key, &scope, offset, AT_ONCE).await?;
                let last = (page.len() as u64) < AT_ONCE;
                records.extend(page);
                if last {
                    break;
                }
            }
            let after = measure::value(self.cx, self.deps, Some(key), scope.clone()).await;
            if matches!(after, Measured::Value(after) if after.ratio == value.ratio) {
                return Ok((Some(value.ratio), records));
            }
        }
        Err(Problem::conflict("report.figures-move"))
    }
}
