//! Records cut to the groups asked for.

use d06_kernel::port::population::{PersonField, PersonRecord};
use std::collections::BTreeSet;

/// The record with the groups of `fields` and no others.
pub fn only(record: PersonRecord, fields: &BTreeSet<PersonField>) -> PersonRecord {
    let asked = |field: PersonField| fields.contains(&field);
    PersonRecord {
        name: record.name.filter(|_| asked(PersonField::Name)),
        birth_date: record.birth_date.filter(|_| asked(PersonField::BirthDate)),
        sex: record.sex.filter(|_| asked(PersonField::Sex)),
        ethnicity: record.ethnicity.filter(|_| asked(PersonField::Ethnicity)),
        nationality: record.nationality.filter(|_| asked(PersonField::Nationality)),
        birth_registration_place: record
            .birth_registration_place
            .filter(|_| asked(PersonField::BirthRegistrationPlace)),
        origin: record.origin.filter(|_| asked(PersonField::Origin)),
        permanent_residence: record.permanent_residence.filter(|_| asked(PersonField::PermanentResidence)),
        temporary_residence: record.temporary_residence.filter(|_| asked(PersonField::TemporaryResidence)),
        current_residence: record.current_residence.filter(|_| asked(PersonField::CurrentResidence)),
        marital_status: record.marital_status.filter(|_| asked(PersonField::MaritalStatus)),
        father: record.father.filter(|_| asked(PersonField::Father)),
        mother: record.mother.filter(|_| asked(PersonField::Mother)),
        spouse: record.spouse.filter(|_| asked(PersonField::Spouse)),
        household_head: record.household_head.filter(|_| asked(PersonField::HouseholdHead)),
        household_members: record.household_members.filter(|_| asked(PersonField::HouseholdMembers)),
        identity_card: record.identity_card.filter(|_| asked(PersonField::IdentityCard)),
        old_number: record.old_number.filter(|_| asked(PersonField::OldNumber)),
        death_date: record.death_date.filter(|_| asked(PersonField::Death)),
    }
}

/// The groups that a record holds.
pub fn held(record: &PersonRecord) -> BTreeSet<PersonField> {
    let groups = [
        (record.name.is_some(), PersonField::Name),
        (record.birth_date.is_some(), PersonField::BirthDate),
        (record.sex.is_some(), PersonField::Sex),
        (record.ethnicity.is_some(), PersonField::Ethnicity),
        (record.nationality.is_some(), PersonField::Nationality),
        (record.birth_registration_place.is_some(), PersonField::BirthRegistrationPlace),
        (record.origin.is_some(), PersonField::Origin),
        (record.permanent_residence.is_some(), PersonField::PermanentResidence),
        (record.temporary_residence.is_some(), PersonField::TemporaryResidence),
        (record.current_residence.is_some(), PersonField::CurrentResidence),
        (record.marital_status.is_some(), PersonField::MaritalStatus),
        (record.father.is_some(), PersonField::Father),
        (record.mother.is_some(), PersonField::Mother),
        (record.spouse.is_some(), PersonField::Spouse),
        (record.household_head.is_some(), PersonField::HouseholdHead),
        (record.household_members.is_some(), PersonField::HouseholdMembers),
        (record.identity_card.is_some(), PersonField::IdentityCard),
        (record.old_number.is_some(), PersonField::OldNumber),
        (record.death_date.is_some(), PersonField::Death),
    ];
    groups.into_iter().filter_map(|(there, field)| there.then_some(field)).collect()
}
