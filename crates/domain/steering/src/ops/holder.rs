//! Who has a task: the official in charge and the unit that leads it now.

use crate::deps::Deps;
use crate::model::assignment::Assignment;
use crate::model::plan::Task;
use d06_kernel::Cx;
use std::collections::{BTreeSet, HashMap};

/// Names of units by code.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(HashMap<String, String>);

impl Names {
    /// The names of some units. A unit that is no longer in the directory keeps its code for a name.
    pub(crate) async fn of(cx: &Cx, deps: &Deps, codes: BTreeSet<&str>) -> Self {
        let mut names = HashMap::with_capacity(codes.len());
        for code in codes {
            if let Ok(unit) = deps.units.get(cx, code).await {
                let _ = names.insert(code.to_owned(), unit.name);
            }
        }
        Self(names)
    }

    /// The name of a unit.
    pub(crate) fn name(&self, code: &str) -> String {
        self.0.get(code).map_or(code, String::as_str).to_owned()
    }
}

/// Who has a task, or is to remove an obstacle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holder {
    /// The official in charge.
    person: Option<String>,
    /// Code of the unit.
    pub(crate) unit: Option<String>,
    /// The unit as the plan names it, where it is none of the directory.
    planned: Option<String>,
}

impl Holder {
    /// Who has a task.
    pub(crate) fn of(one: &Assignment, task: Option<&Task>) -> Self {
        Self {
            person: one.person.as_ref().map(|person| person.name.clone()),
            unit: one.unit.clone(),
            planned: task.and_then(|task| task.lead.first()).map(|lead| lead.name.clone()),
        }
    }

    /// A unit.
    pub(crate) fn unit(code: &str) -> Self {
        Self { unit: Some(code.to_owned()), ..Self::default() }
    }

    /// In words: the official, then the unit. Empty if nobody has it.
    pub(crate) fn told(&self, names: &Names) -> String {
        let unit = self.unit.as_deref().map(|code| names.name(code));
        let unit = unit.or_else(|| self.planned.clone());
        self.person.clone().into_iter().chain(unit).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(person: Option<&str>, unit: Option<&str>, planned: Option<&str>) -> String {
        let names = Names([("H1".to_owned(), "Phòng Kinh tế".to_owned())].into());
        let own = |text: Option<&str>| text.map(str::to_owned);
        Holder { person: own(person), unit: own(unit), planned: own(planned) }.told(&names)
    }

    #[test]
    fn the_unit_that_leads_now_stands_before_the_plans_words() {
        assert_eq!(holder(None, Some("H1"), Some("Phòng văn hoá")), "Phòng Kinh tế");
        assert_eq!(holder(Some("Lê Văn A"), Some("H1"), Some("Phòng văn hoá")), "Lê Văn A, Phòng Kinh tế");
        assert_eq!(holder(None, None, Some("Trung tâm y tế xã")), "Trung tâm y tế xã");
        assert_eq!(holder(None, Some("H2"), None), "H2");
        assert_eq!(holder(None, None, None), "");
    }
}
