//! The one door to population data, implemented by `people`.

use crate::person::{PartialDate, PersonalNumber, Sex};
use crate::time::Moment;
use crate::{Cx, Problem, id::DossierId};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A group of fields of the national population database (Law on Identification 2023 Art. 9). A query names
/// the groups it needs and gets no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonField {
    /// Full name.
    Name,
    /// Date of birth, perhaps only the year.
    BirthDate,
    /// Sex.
    Sex,
    /// Ethnic group (dân tộc).
    Ethnicity,
    /// Nationality.
    Nationality,
    /// Place of birth registration.
    BirthRegistrationPlace,
    /// Place of origin (quê quán).
    Origin,
    /// Permanent residence (thường trú).
    PermanentResidence,
    /// Temporary residence (tạm trú).
    TemporaryResidence,
    /// Present place of living (nơi ở hiện tại).
    CurrentResidence,
    /// Marital status.
    MaritalStatus,
    /// Father's name and number.
    Father,
    /// Mother's name and number.
    Mother,
    /// Spouse's name and number.
    Spouse,
    /// The head of the household and the relation to them.
    HouseholdHead,
    /// Members of the household.
    HouseholdMembers,
    /// Number, issue date and expiry of the identity card.
    IdentityCard,
    /// The former 9-digit number.
    OldNumber,
    /// Whether and when the person died.
    Death,
}

/// Why population data is read. Without it there is no read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// Stable code of the purpose (`dossier.prefill`, `dossier.resolve`, `sign-in`); shown in words to the
    /// person.
    pub code: String,
    /// The dossier this serves, if any.
    pub dossier: Option<DossierId>,
    /// The dossier's public code or the procedure's code, for the reader of the access record.
    pub reference: String,
    /// The article of law that allows it.
    pub legal_basis: String,
}

/// One question to the population database.
#[derive(Clone, Debug)]
pub struct LookUp {
    /// Whose data.
    pub subject: PersonalNumber,
    /// Which groups of fields.
    pub fields: BTreeSet<PersonField>,
    /// What for.
    pub purpose: Purpose,
}

/// A name and number of a related person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelatedPerson {
    /// Full name.
    pub name: String,
    /// Personal number, where known.
    pub number: Option<PersonalNumber>,
    /// Relation in the wording of the database (`Vợ`, `Con`), where it applies.
    pub relation: Option<String>,
}

/// Marital status as the population database holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaritalStatus {
    /// Never married.
    Single,
    /// Married now.
    Married,
    /// Divorced.
    Divorced,
    /// Widowed.
    Widowed,
    /// The database does not say.
    Unknown,
}

/// An address as written plus its codes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Address {
    /// Province code, 2 digits.
    pub province_code: String,
    /// Commune code, 5 digits.
    pub commune_code: String,
    /// House, alley, street, hamlet.
    pub detail: String,
    /// The whole address as one line.
    pub text: String,
}

/// The fields that were asked for and found; all others are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is the group of the same name in PersonField")]
pub struct PersonRecord {
    pub name: Option<String>,
    pub birth_date: Option<PartialDate>,
    pub sex: Option<Sex>,
    pub ethnicity: Option<String>,
    pub nationality: Option<String>,
    pub birth_registration_place: Option<Address>,
    pub origin: Option<Address>,
    pub permanent_residence: Option<Address>,
    pub temporary_residence: Option<Address>,
    pub current_residence: Option<Address>,
    pub marital_status: Option<MaritalStatus>,
    pub father: Option<RelatedPerson>,
    pub mother: Option<RelatedPerson>,
    pub spouse: Option<RelatedPerson>,
    pub household_head: Option<RelatedPerson>,
    pub household_members: Option<Vec<RelatedPerson>>,
    pub identity_card: Option<IdentityCard>,
    pub old_number: Option<String>,
    pub death_date: Option<PartialDate>,
}

/// An identity card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdentityCard {
    /// Day of issue.
    pub issued_on: chrono::NaiveDate,
    /// Day of expiry; `None` for a card without one.
    pub expires_on: Option<chrono::NaiveDate>,
    /// Issuing authority.
    pub issued_by: String,
}

/// The answer of the population database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The person is known; the record holds the fields asked for.
    Found {
        /// The fields.
        record: Box<PersonRecord>,
        /// When the database stood so.
        as_of: Moment,
    },
    /// The database knows nobody of this number.
    Unknown,
    /// The database does not answer, or answers what cannot be trusted. The counter goes on without it.
    Unavailable {
        /// Stable code of the reason: `timeout`, `refused`, `bad-answer`.
        reason: String,
        /// When it makes sense to ask again.
        retry_at: Moment,
    },
}

/// The only door to population data. The implementation writes an access record (who, unit, dossier, purpose,
/// legal basis, fields returned) before the answer leaves it.
#[async_trait]
pub trait PopulationDirectory: Send + Sync {
    /// Asks one question. `Err` only for defects and refusals; an outage is an [`Answer`].
    async fn look_up(&self, cx: &Cx, question: LookUp) -> Result<Answer, Problem>;
}
