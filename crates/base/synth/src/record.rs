//! A person as the record of the national population database.

use crate::person::{Kin, Person};
use crate::population::Population;
use chrono::NaiveDate;
use d06_kernel::person::PartialDate;
use d06_kernel::port::population::{Address, IdentityCard, PersonField, PersonRecord, RelatedPerson};
use std::collections::BTreeSet;

/// The day from which the Ministry of Public Security itself issues cards (Law on Identification 2023).
const MINISTRY_ISSUES_FROM: NaiveDate = crate::build::day(2024, 7, 1);

impl Population {
    /// The groups of fields asked for, as far as the person has them; all others are `None`.
    pub fn record(&self, person: &Person, fields: &BTreeSet<PersonField>) -> PersonRecord {
        let mut record = PersonRecord::default();
        for field in fields {
            self.fill(person, *field, &mut record);
        }
        record
    }

    /// Every group of fields the person has.
    pub fn full_record(&self, person: &Person) -> PersonRecord {
        self.record(person, &ALL_FIELDS.into_iter().collect())
    }

    fn fill(&self, person: &Person, field: PersonField, record: &mut PersonRecord) {
        match field {
            PersonField::Name => record.name = Some(person.name.clone()),
            PersonField::BirthDate => record.birth_date = Some(person.birth),
            PersonField::Sex => record.sex = Some(person.sex),
            PersonField::Ethnicity => record.ethnicity = Some(person.ethnicity.to_owned()),
            PersonField::Nationality => record.nationality = Some("Việt Nam".to_owned()),
            PersonField::BirthRegistrationPlace => record.birth_registration_place = self.birth_place(person),
            PersonField::Origin => record.origin = Some(self.places().old_address(person.origin)),
            PersonField::PermanentResidence => record.permanent_residence = self.permanent_residence(person),
            PersonField::TemporaryResidence => record.temporary_residence = self.temporary_residence(person),
            PersonField::CurrentResidence => {
                record.current_residence =
                    self.temporary_residence(person).or_else(|| self.permanent_residence(person));
            }
            PersonField::MaritalStatus => record.marital_status = Some(person.marital_status),
            PersonField::Father => record.father = person.father.as_ref().map(|kin| self.kin(kin)),
            PersonField::Mother => record.mother = person.mother.as_ref().map(|kin| self.kin(kin)),
            PersonField::Spouse => {
                record.spouse = person.spouse.map(|spouse| related(&self[spouse], None));
            }
            PersonField::HouseholdHead => {
                record.household_head = person.household.map(|household| {
                    related(&self[self[household].head], Some(person.relation.vietnamese()))
                });
            }
            PersonField::HouseholdMembers => record.household_members = self.members(person),
            PersonField::IdentityCard => record.identity_card = card(person),
            PersonField::OldNumber => record.old_number = person.old_number(),
            PersonField::Death => record.death_date = person.death.map(PartialDate::Day),
        }
    }

    fn birth_place(&self, person: &Person) -> Option<Address> {
        match person.born_at {
            Some(old) => Some(self.places().old_address(old)),
            None => Some(self.places().commune_address(self[person.household?].commune)),
        }
    }

    fn permanent_residence(&self, person: &Person) -> Option<Address> {
        let household = &self[person.household?];
        Some(self.places().house(household.commune, household.hamlet, household.house))
    }

    fn temporary_residence(&self, person: &Person) -> Option<Address> {
        // A lodging without a house number: they rent a room.
        person.away.map(|commune| self.places().commune_address(commune))
    }

    fn members(&self, person: &Person) -> Option<Vec<RelatedPerson>> {
        let household = &self[person.household?];
        let members = household.members.iter().map(|member| {
            let member = &self[*member];
            related(member, Some(member.relation.vietnamese()))
        });
        Some(members.collect())
    }

    fn kin(&self, kin: &Kin) -> RelatedPerson {
        match kin {
            Kin::Known(index) => related(&self[*index], None),
            Kin::Named(name) => RelatedPerson { name: name.to_string(), number: None, relation: None },
        }
    }
}

/// Every group of fields.
const ALL_FIELDS: [PersonField; 19] = [
    PersonField::Name,
    PersonField::BirthDate,
    PersonField::Sex,
    PersonField::Ethnicity,
    PersonField::Nationality,
    PersonField::BirthRegistrationPlace,
    PersonField::Origin,
    PersonField::PermanentResidence,
    PersonField::TemporaryResidence,
    PersonField::CurrentResidence,
    PersonField::MaritalStatus,
    PersonField::Father,
    PersonField::Mother,
    PersonField::Spouse,
    PersonField::HouseholdHead,
    PersonField::HouseholdMembers,
    PersonField::IdentityCard,
    PersonField::OldNumber,
    PersonField::Death,
];

fn related(person: &Person, relation: Option<&str>) -> RelatedPerson {
    RelatedPerson {
        name: person.name.clone(),
        number: Some(person.number),
        relation: relation.map(str::to_owned),
    }
}

fn card(person: &Person) -> Option<IdentityCard> {
    let card = person.card?;
    let issued_by = if card.issued_on < MINISTRY_ISSUES_FROM {
        "Cục Cảnh sát quản lý hành chính về trật tự xã hội"
    } else {
        "Bộ Công an"
    };
    Some(IdentityCard {
        issued_on: card.issued_on,
        expires_on: card.expires_on,
        issued_by: issued_by.to_owned(),
    })
}
