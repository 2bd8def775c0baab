//! Who reports to whom, and who has a report in hand.

use crate::deps::Deps;
use crate::model::report::cycle::Level;
use crate::model::report::item::Report;
use d06_authz::{Kind, Resource, office_of};
use d06_kernel::port::unit::Unit;
use d06_kernel::{Cx, Problem, Role};
use std::collections::{BTreeSet, HashMap};

/// A unit that reports, with its level.
#[derive(Clone, Debug)]
pub(crate) struct Reporter {
    /// The unit.
    pub(crate) unit: Unit,
    /// Its level.
    pub(crate) level: Level,
}

/// Every unit of the installation that reports: from the top of the tree down.
pub(crate) async fn reporters(cx: &Cx, deps: &Deps) -> Result<Vec<Reporter>, Problem> {
    let units = deps.units.subtree(cx, top(deps)).await?;
    Ok(units
        .into_iter()
        .filter_map(|unit| Level::of_kind(&unit.kind).map(|level| Reporter { unit, level }))
        .collect())
}

/// The unit a unit reports to: the next one above that reports itself.
pub(crate) fn superior_of(reporters: &[Reporter], unit: &Unit) -> Option<String> {
    let above = unit.parent.as_deref()?;
    reporters.iter().find(|one| one.unit.code == above).map(|one| one.unit.code.clone())
}

/// The names of those who write the reports of each unit at or below `top`, by the unit's office.
pub(crate) async fn writers(cx: &Cx, deps: &Deps, top: &str) -> Result<HashMap<String, String>, Problem> {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for holder in deps.officials.holders(cx, top).await? {
        if holder.role == Role::StandingOffice
            && let Some(name) = holder.name
        {
            names.entry(office_of(&holder.unit).to_owned()).or_default().push(name);
        }
    }
    Ok(names.into_iter().map(|(office, names)| (office, names.join(", "))).collect())
}

/// The names of those who write the reports of one unit.
pub(crate) async fn writers_of(cx: &Cx, deps: &Deps, unit: &str) -> Result<String, Problem> {
    Ok(writers(cx, deps, unit).await?.remove(unit).unwrap_or_default())
}

/// Units asked one by one; of more, the whole tree is read once.
const FEW: usize = 8;

/// Names who has each report that is owed and that nobody has taken up: those who write for the unit now.
pub(crate) async fn name_holders<'a>(
    cx: &Cx,
    deps: &Deps,
    reports: impl IntoIterator<Item = &'a mut Report>,
) -> Result<(), Problem> {
    let nobodys = |report: &&mut Report| report.state.is_owed() && report.held_by.is_empty();
    let mut nobodys: Vec<&mut Report> = reports.into_iter().filter(nobodys).collect();
    let units: BTreeSet<String> = nobodys.iter().map(|report| report.unit.clone()).collect();
    let mut names = HashMap::new();
    if units.len() > FEW {
        names = writers(cx, deps, top(deps)).await?;
    } else {
        for unit in units {
            let _ = names.insert(unit.clone(), writers_of(cx, deps, &unit).await?);
        }
    }
    for report in &mut nobodys {
        report.held_by = names.get(&report.unit).cloned().unwrap_or_default();
    }
    Ok(())
}

/// The code at the top of the installation's tree.
pub(crate) fn top(deps: &Deps) -> &str {
    deps.commune.split('.').next().unwrap_or(&deps.commune)
}

/// The unit the caller reports for.
///
/// # Errors
/// Nobody is signed in, or they act as a citizen.
pub(crate) fn own_unit(cx: &Cx) -> Result<&str, Problem> {
    let unit = cx.require_principal()?.unit.as_deref().ok_or_else(Problem::not_found)?;
    Ok(office_of(unit))
}

/// A report as the policies see it.
pub(crate) fn resource(report: &Report) -> Resource {
    Resource::new(Kind::Report, report.id).in_unit(report.unit.clone())
}

/// All reports of a unit, as the policies see them.
pub(crate) fn resource_of_unit(unit: &str) -> Resource {
    Resource::new(Kind::Report, unit).in_unit(unit)
}
