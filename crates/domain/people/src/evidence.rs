//! What the population database and the electronic identity prove (Decree 154/2024 Art. 5: the electronic identity
//! is asked first, then the population database).

use crate::claims::{ClaimRule, Claims};
use crate::door::Door;
use crate::model::access::field_name;
use crate::model::record::held;
use async_trait::async_trait;
use chrono::Duration;
use d06_kernel::port::evidence::{EvidenceSource, Finding, Proof, ProofQuery, SourceRank};
use d06_kernel::port::population::{
    Address, Answer, LookUp, MaritalStatus, PersonField, PersonRecord, RelatedPerson,
};
use d06_kernel::time::{Clock, local_date};
use d06_kernel::{Cx, Problem};
use std::sync::Arc;

/// The level from which an electronic identity proves who somebody is (Decree 69/2024 Art. 7).
const PROVING_LEVEL: u8 = 2;

/// The electronic identity of the person who is signed in.
#[derive(Clone, Copy, Debug, Default)]
pub struct ElectronicIdentity;

#[async_trait]
impl EvidenceSource for ElectronicIdentity {
    fn key(&self) -> &'static str {
        "vneid"
    }

    fn rank(&self) -> SourceRank {
        SourceRank::ElectronicIdentity
    }

    fn covers(&self, claim: &str) -> bool {
        claim == "identity"
    }

    async fn prove(&self, cx: &Cx, query: &ProofQuery) -> Result<Finding, Problem> {
        let person = cx.principal().filter(|person| person.number == query.subject && !person.is_official());
        let reason = match person {
            _ if !self.covers(&query.claim) => "claim-not-covered",
            None => "not-signed-in",
            Some(person) if person.level < PROVING_LEVEL => "level-too-low",
            Some(person) => {
                return Ok(Finding::Proven(Box::new(Proof {
                    source: self.key().to_owned(),
                    reference: format!("account:{}", person.account),
                    facts: vec![("name".to_owned(), person.name.clone())],
                    as_of: cx.now(),
                    valid_until: None,
                })));
            }
        };
        Ok(Finding::NotHeld { reason: reason.to_owned() })
    }
}

/// The population database.
pub struct PopulationEvidence {
    door: Arc<Door>,
    claims: Claims,
    clock: Arc<dyn Clock>,
}

impl PopulationEvidence {
    /// Proves by the rules of `claims` in force at the time of `clock`.
    pub fn new(door: Arc<Door>, claims: Claims, clock: Arc<dyn Clock>) -> Self {
        Self { door, claims, clock }
    }

    fn rule(&self, claim: &str) -> Option<&ClaimRule> {
        self.claims.rule(claim, local_date(self.clock.now()))
    }
}

#[async_trait]
impl EvidenceSource for PopulationEvidence {
    fn key(&self) -> &'static str {
        "population"
    }

    fn rank(&self) -> SourceRank {
        SourceRank::Population
    }

    fn covers(&self, claim: &str) -> bool {
        self.rule(claim).is_some()
    }

    async fn prove(&self, cx: &Cx, query: &ProofQuery) -> Result<Finding, Problem> {
        let Some(rule) = self.rule(&query.claim) else { return Ok(not_held("claim-not-covered")) };
        let mut purpose = query.purpose.clone();
        if purpose.legal_basis.trim().is_empty() {
            purpose.legal_basis.clone_from(&rule.legal_basis);
        }
        let fields = rule.required.union(&rule.facts).copied().chain([PersonField::Death]).collect();
        let question = LookUp { subject: query.subject, fields, purpose };
        let (record, as_of, access) = match self.door.read(cx, &question).await? {
            (Answer::Found { record, as_of }, Some(access)) => (record, as_of, access),
            (Answer::Unavailable { retry_at, .. }, _) => return Ok(Finding::Unavailable { retry_at }),
            _ => return Ok(not_held("person-unknown")),
        };
        if record.death_date.is_some() {
            return Ok(not_held("person-dead"));
        }
        let unknown_status = record.marital_status == Some(MaritalStatus::Unknown);
        if !rule.required.is_subset(&held(&record))
            || unknown_status && rule.required.contains(&PersonField::MaritalStatus)
        {
            return Ok(not_held("record-incomplete"));
        }
        Ok(Finding::Proven(Box::new(Proof {
            source: self.key().to_owned(),
            reference: format!("access:{access}"),
            facts: rule
                .facts
                .iter()
                .filter_map(|field| Some((field_name(*field), fact(&record, *field)?)))
                .collect(),
            as_of,
            valid_until: Some(as_of + Duration::days(rule.valid_days)),
        })))
    }
}

impl std::fmt::Debug for PopulationEvidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PopulationEvidence")
    }
}

fn not_held(reason: &str) -> Finding {
    Finding::NotHeld { reason: reason.to_owned() }
}

/// A group of fields in the wording of Vietnamese papers.
fn fact(record: &PersonRecord, field: PersonField) -> Option<String> {
    let address = |address: &Option<Address>| address.as_ref().map(|address| address.text.clone());
    let person = |person: &Option<RelatedPerson>| person.as_ref().map(|person| person.name.clone());
    match field {
        PersonField::Name => record.name.clone(),
        PersonField::BirthDate => record.birth_date.map(|date| date.vietnamese()),
        PersonField::Sex => record.sex.map(|sex| sex_word(sex).to_owned()),
        PersonField::Ethnicity => record.ethnicity.clone(),
        PersonField::Nationality => record.nationality.clone(),
        PersonField::BirthRegistrationPlace => address(&record.birth_registration_place),
        PersonField::Origin => address(&record.origin),
        PersonField::PermanentResidence => address(&record.permanent_residence),
        PersonField::TemporaryResidence => address(&record.temporary_residence),
        PersonField::CurrentResidence => address(&record.current_residence),
        PersonField::MaritalStatus => record.marital_status.map(|status| marital_word(status).to_owned()),
        PersonField::Father => person(&record.father),
        PersonField::Mother => person(&record.mother),
        PersonField::Spouse => person(&record.spouse),
        PersonField::HouseholdHead => person(&record.household_head),
        PersonField::HouseholdMembers => record.household_members.as_ref().map(|members| {
            let names = members.iter().map(|member| match &member.relation {
                Some(relation) => format!("{} ({relation})", member.name),
                None => member.name.clone(),
            });
            names.collect::<Vec<_>>().join(", ")
        }),
        PersonField::IdentityCard => record.identity_card.as_ref().map(|card| card.issued_by.clone()),
        PersonField::OldNumber => record.old_number.clone(),
        PersonField::Death => record.death_date.map(|date| date.vietnamese()),
    }
}

fn sex_word(sex: d06_kernel::person::Sex) -> &'static str {
    match sex {
        d06_kernel::person::Sex::Male => "Nam",
        d06_kernel::person::Sex::Female => "Nữ",
    }
}

fn marital_word(status: MaritalStatus) -> &'static str {
    match status {
        MaritalStatus::Single => "Chưa kết hôn",
        MaritalStatus::Married => "Đã kết hôn",
        MaritalStatus::Divorced => "Đã ly hôn",
        MaritalStatus::Widowed => "Góa",
        MaritalStatus::Unknown => "Chưa có thông tin",
    }
}
