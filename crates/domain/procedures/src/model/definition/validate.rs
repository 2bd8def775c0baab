//! Checks that a definition is whole before anybody files under it.

use super::ProcedureDefinition;
use std::collections::BTreeSet;

/// What is wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionProblem {
    /// Two things share a key.
    #[error("the key `{0}` occurs twice")]
    KeyTwice(String),
    /// A requirement, prefill or owner names a party that does not exist.
    #[error("`{0}` names no party")]
    NoSuchParty(String),
    /// A condition, party number or result field names a form field that does not exist.
    #[error("`{0}` names no field of the form")]
    NoSuchField(String),
    /// A condition wants a value that its choice does not offer.
    #[error("`{field}` never has the value `{value}`")]
    NoSuchValue {
        /// The field.
        field: String,
        /// The value.
        value: String,
    },
    /// A requirement has no alternative.
    #[error("the requirement `{0}` cannot be satisfied")]
    Unsatisfiable(String),
    /// The version ends before it begins.
    #[error("the version ends before it begins")]
    NeverInForce,
    /// There is no step, or no first party without a number field.
    #[error("the definition has no {0}")]
    Lacks(&'static str),
}

impl ProcedureDefinition {
    /// All problems of the definition; empty if it can be used.
    pub fn problems(&self) -> Vec<DefinitionProblem> {
        let mut problems = Vec::new();
        if self.in_force.until.is_some_and(|until| until <= self.in_force.from) {
            problems.push(DefinitionProblem::NeverInForce);
        }
        if self.workflow.steps.is_empty() {
            problems.push(DefinitionProblem::Lacks("step"));
        }
        if self.parties.first().is_none_or(|p| p.number_from.is_some()) {
            problems.push(DefinitionProblem::Lacks("applicant"));
        }
        self.check_keys(&mut problems);
        self.check_parties(&mut problems);
        self.check_fields(&mut problems);
        problems
    }

    fn check_keys(&self, problems: &mut Vec<DefinitionProblem>) {
        let lists: [Vec<&String>; 4] = [
            self.parties.iter().map(|p| &p.key).collect(),
            self.requirements.iter().map(|r| &r.key).collect(),
            self.form.fields().map(|f| &f.key).collect(),
            self.workflow.steps.iter().map(|s| &s.key).collect(),
        ];
        for list in lists {
            let mut seen = BTreeSet::new();
            problems.extend(
                list.into_iter().filter(|k| !seen.insert(*k)).map(|k| DefinitionProblem::KeyTwice(k.clone())),
            );
        }
    }

    fn check_parties(&self, problems: &mut Vec<DefinitionProblem>) {
        let named = (self.requirements.iter().map(|r| &r.party))
            .chain(self.form.fields().filter_map(|f| f.prefill.as_ref()).map(|p| &p.party))
            .chain(&self.result.owners);
        problems.extend(
            named.filter(|p| self.party(p).is_none()).map(|p| DefinitionProblem::NoSuchParty(p.clone())),
        );
        problems.extend(
            self.requirements
                .iter()
                .filter(|r| r.any_of.is_empty())
                .map(|r| DefinitionProblem::Unsatisfiable(r.key.clone())),
        );
    }

    fn check_fields(&self, problems: &mut Vec<DefinitionProblem>) {
        let named = (self.parties.iter().filter_map(|p| p.number_from.as_ref())).chain(&self.result.fields);
        problems.extend(
            named.filter(|f| self.form.field(f).is_none()).map(|f| DefinitionProblem::NoSuchField(f.clone())),
        );
        let conditions = (self.requirements.iter().filter_map(|r| r.when.as_ref()))
            .chain(self.form.fields().filter_map(|f| f.when.as_ref()));
        for condition in conditions {
            let Some(field) = self.form.field(&condition.field) else {
                problems.push(DefinitionProblem::NoSuchField(condition.field.clone()));
                continue;
            };
            if let super::FieldKind::Choice { choices } = &field.kind {
                problems.extend(
                    (condition.one_of.iter().filter(|v| choices.iter().all(|c| c.value != **v))).map(
                        |value| DefinitionProblem::NoSuchValue {
                            field: field.key.clone(),
                            value: value.clone(),
                        },
                    ),
                );
            }
        }
    }
}
