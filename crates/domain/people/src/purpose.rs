//! Who may ask for what: a read has a purpose of the list in `data/people/purposes.toml`, and somebody who may have
//! that purpose.

use crate::claims::RuleError;
use crate::model::access::AskerKind;
use d06_authz::{Authz, Kind, Resource, act};
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::population::{LookUp, Purpose};
use d06_kernel::{Actor, Cx, Problem, ProblemKind};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Somebody who asks.
pub(crate) struct Asker {
    pub(crate) kind: AskerKind,
    pub(crate) number: Option<PersonalNumber>,
    pub(crate) account: Option<uuid::Uuid>,
    pub(crate) name: String,
    pub(crate) unit: String,
}

impl Asker {
    /// What the message names as the officer: a personal number, or the job of the platform.
    pub(crate) fn officer(&self) -> String {
        self.number.map_or_else(|| format!("HE_THONG:{}", self.name), |number| number.as_str().to_owned())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposeList {
    purpose: Vec<PurposeRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposeRule {
    code: String,
    by: Vec<String>,
}

/// The purposes and who may have them.
pub(crate) struct Purposes(BTreeMap<String, Vec<AskerKind>>);

impl Purposes {
    /// The list the product ships.
    pub(crate) fn shipped() -> Result<Self, RuleError> {
        let list: PurposeList = toml::from_str(include_str!("../../../../data/people/purposes.toml"))?;
        let mut purposes = BTreeMap::new();
        for rule in list.purpose {
            let kinds = rule.by.iter().map(|name| AskerKind::from_name(name)).collect::<Option<Vec<_>>>();
            let kinds = kinds.ok_or_else(|| RuleError::Unknown(rule.code.clone()))?;
            purposes.insert(rule.code, kinds);
        }
        Ok(Self(purposes))
    }

    /// Who asks, if they may.
    ///
    /// # Errors
    /// `population.purpose-incomplete`, `population.purpose-unknown`; "not found" for somebody who may not read this.
    pub(crate) fn admit(
        &self,
        cx: &Cx,
        authz: &Authz,
        office: &str,
        question: &LookUp,
    ) -> Result<Asker, Problem> {
        let Purpose { code, reference, legal_basis, .. } = &question.purpose;
        if reference.trim().is_empty() || legal_basis.trim().is_empty() || question.fields.is_empty() {
            return Err(Problem::invalid("population.purpose-incomplete"));
        }
        let allowed = self.0.get(code).ok_or_else(|| Problem::invalid("population.purpose-unknown"))?;
        let asker = asker(cx, office, question.subject)?;
        if !allowed.contains(&asker.kind) {
            return Err(Problem::not_found());
        }
        if asker.kind == AskerKind::Officer {
            let resource = Resource::new(Kind::PopulationRecord, "one")
                .owned_by([question.subject])
                .in_unit(asker.unit.clone());
            authz.permit::<act::ReadPopulation>(cx, &resource)?;
        }
        Ok(asker)
    }
}

fn asker(cx: &Cx, office: &str, subject: PersonalNumber) -> Result<Asker, Problem> {
    let asker = match &cx.actor {
        Actor::Anonymous => return Err(Problem::new(ProblemKind::SignInRequired, "sign-in.required")),
        Actor::System(name) => Asker {
            kind: AskerKind::Platform,
            number: None,
            account: None,
            name: (*name).to_owned(),
            unit: office.to_owned(),
        },
        Actor::Person(person) => Asker {
            kind: match &person.unit {
                Some(_) => AskerKind::Officer,
                None if person.number == subject => AskerKind::Own,
                None => AskerKind::Party,
            },
            number: Some(person.number),
            account: Some(person.account.0),
            name: person.name.clone(),
            unit: person.unit.clone().unwrap_or_else(|| office.to_owned()),
        },
    };
    Ok(asker)
}
