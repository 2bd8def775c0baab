//! Choices of forms: units, officials, roles, stable names with their words.

use crate::deps::Deps;
use crate::ops::assign_task::AUTHORITIES;
use crate::ops::compile_plan::levels;
use d06_http::Platform;
use d06_kernel::{Cx, Problem, Role};
use serde::Serialize;
use std::collections::BTreeMap;

/// One of the values to choose from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    /// As the form sends it.
    pub(crate) value: String,
    /// As the reader sees it.
    pub(crate) text: String,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into() }
    }
}

/// The names of the units of the office and of those above it, by code.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnitNames {
    office: BTreeMap<String, String>,
    above: BTreeMap<String, String>,
}

impl UnitNames {
    /// The units of the office and those above it.
    ///
    /// # Errors
    /// The directory's.
    pub(crate) async fn load(cx: &Cx, deps: &Deps) -> Result<Self, Problem> {
        let units = deps.units.subtree(cx, &deps.commune).await?;
        let mut above = BTreeMap::new();
        for code in levels(&deps.commune).into_iter().skip(1) {
            let _ = above.insert(code.clone(), deps.units.get(cx, &code).await?.name);
        }
        Ok(Self { office: units.into_iter().map(|unit| (unit.code, unit.name)).collect(), above })
    }

    /// The name of a unit, or its code where it is none of these.
    pub(crate) fn name(&self, code: &str) -> String {
        self.office.get(code).or_else(|| self.above.get(code)).cloned().unwrap_or_else(|| code.to_owned())
    }

    /// The units of the office as choices.
    pub(crate) fn choices(&self) -> Vec<Choice> {
        self.office.iter().map(|(code, name)| Choice::new(code, name)).collect()
    }

    /// The units that can be asked to remove an obstacle as choices: those above the office last.
    pub(crate) fn addressees(&self) -> Vec<Choice> {
        self.office.iter().chain(&self.above).map(|(code, name)| Choice::new(code, name)).collect()
    }
}

/// Words of a stable name: message `{prefix}-{name}`.
pub(crate) fn words(cx: &Cx, platform: &Platform, prefix: &str, name: &str) -> String {
    platform.ui.texts().plain(cx.locale, &format!("{prefix}-{name}"))
}

/// Stable names as choices.
pub(crate) fn named(
    cx: &Cx,
    platform: &Platform,
    prefix: &str,
    names: impl IntoIterator<Item = &'static str>,
) -> Vec<Choice> {
    names.into_iter().map(|name| Choice::new(name, words(cx, platform, prefix, name))).collect()
}

/// The roles that may decide on a product.
pub(crate) fn authorities(cx: &Cx, platform: &Platform) -> Vec<Choice> {
    named(cx, platform, "authority", AUTHORITIES.map(Role::name))
}

/// The officials of the office, each with role and unit. Somebody who never signed in has no name yet.
///
/// # Errors
/// The directory's.
pub(crate) async fn officials(
    cx: &Cx,
    platform: &Platform,
    deps: &Deps,
    units: &UnitNames,
) -> Result<Vec<Choice>, Problem> {
    let handling = [Role::OneStopOfficer, Role::Specialist, Role::ApprovingLeader, Role::StandingOffice];
    let holders = deps.officials.holders(cx, &deps.commune).await?;
    let of_work = holders.into_iter().filter(|holder| handling.contains(&holder.role));
    Ok(of_work
        .map(|holder| {
            let role = words(cx, platform, "steering-role", holder.role.name());
            let name = holder.name.unwrap_or_else(|| words(cx, platform, "steering-official", "unnamed"));
            Choice::new(holder.number.as_str(), format!("{name} – {role}, {}", units.name(&holder.unit)))
        })
        .collect())
}
