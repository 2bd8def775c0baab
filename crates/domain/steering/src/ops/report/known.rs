//! What is known of a report before a measure is asked: the plan, registers, figures that units entered, reports below.

use crate::deps::Deps;
use crate::model::figure::Month;
use crate::model::plan::{Plan, PlanId, Target};
use crate::model::report::content::Content;
use crate::model::report::cycle::Level;
use crate::model::report::form;
use crate::model::report::item::{Report, State};
use crate::ops::entered::Book;
use crate::ops::holder::Names;
use crate::ops::report::chain::name_holders;
use crate::ops::report::registers::{self, Registers};
use crate::store::report::figure::{self as figures, Summed};
use crate::store::report::item;
use crate::store::{plan, target};
use d06_db::Tx;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use std::collections::{BTreeSet, HashMap};

/// Reports below that are searched for the name of a figure.
const SEARCHED: usize = 20;

/// What is known.
pub(crate) struct Known {
    /// The level of the unit.
    pub(crate) level: Level,
    /// The titles of the plans that are reported on.
    pub(crate) plans: Vec<String>,
    /// Their targets.
    pub(crate) targets: Vec<Target>,
    /// What units entered for them until the end of the period.
    pub(crate) book: Book,
    /// What the registers say.
    pub(crate) registers: Registers,
    /// The names of the units that the registers speak of.
    pub(crate) units: Names,
    /// The reports of the units below.
    pub(crate) below: Vec<Report>,
    /// The sums of their figures, by key.
    pub(crate) sums: HashMap<String, Summed>,
    /// Names of sums that only the reports below name, by key.
    pub(crate) names: HashMap<String, String>,
    /// The report before.
    pub(crate) previous: Option<Content>,
}

/// Reads what is known, in one transaction.
pub(crate) async fn read(cx: &Cx, deps: &Deps, report: &Report) -> Result<Known, Problem> {
    let unit = deps.units.get(cx, &report.unit).await?;
    let level = Level::of_kind(&unit.kind).unwrap_or(Level::Commune);
    let tx = deps.db.read().await?;
    let in_force = plan::list_in_force(&tx).await?;
    let own: Vec<&Plan> = in_force.iter().filter(|plan| plan.unit == report.unit).collect();
    let ids: Vec<PlanId> = own.iter().map(|plan| plan.id).collect();
    let targets = target::list_of(&tx, &ids).await?;
    let plans = own.iter().map(|plan| plan.title.clone()).collect();
    let until = Month::of(report.to.min(local_date(cx.now())));
    let book = Book::open(&tx, &targets, until).await?;
    let sums = figures::sum_below(&tx, &report.unit, &report.period_key).await?;
    let mut below = item::of_units_below(&tx, &report.unit, &report.period_key).await?;
    let previous = match item::before(&tx, report).await? {
        Some(before) => {
            item::content(&tx, before.id).await?.map(|text| Content::of_text(&text)).transpose()?
        }
        None => None,
    };
    // A committee's registers hold those of its hamlets; a city's do not hold those of its communes.
    let reporters = if level == Level::City {
        below.iter().map(|one| one.unit.as_str()).collect()
    } else {
        BTreeSet::new()
    };
    let registers = registers::read(cx, &tx, report, &in_force, &reporters).await?;
    let names = names(&tx, report, &below, &sums).await?;
    drop(tx);
    name_holders(cx, deps, &mut below).await?;
    let units = registers.names(cx, deps).await;
    Ok(Known {
        level,
        plans,
        targets,
        book,
        registers,
        units,
        names,
        below,
        sums: sums.into_iter().map(|sum| (sum.key.clone(), sum)).collect(),
        previous,
    })
}

/// Names of the sums that the form does not ask for, from the first reports below that hold them.
async fn names(
    tx: &Tx,
    report: &Report,
    below: &[Report],
    sums: &[Summed],
) -> Result<HashMap<String, String>, Problem> {
    let asked = form::asked_on(report.to)?;
    let mut unnamed: BTreeSet<&str> = sums.iter().map(|sum| sum.key.as_str()).collect();
    for one in &asked {
        unnamed.remove(one.key.as_str());
    }
    let mut names = HashMap::new();
    let sent = |one: &&Report| matches!(one.state, State::Accepted | State::Locked);
    for one in below.iter().filter(sent).take(SEARCHED) {
        if unnamed.is_empty() {
            break;
        }
        let Some(text) = item::content(tx, one.id).await? else { continue };
        for figure in Content::of_text(&text)?.figures {
            if unnamed.remove(figure.key.as_str()) {
                let _ = names.insert(figure.key, figure.name);
            }
        }
    }
    Ok(names)
}
