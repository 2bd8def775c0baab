//! The account of a person on this platform.

use d06_kernel::Principal;
use d06_kernel::id::AccountId;
use d06_kernel::person::{PartialDate, PersonalNumber};
use d06_kernel::time::Moment;

/// An account. There is one for each personal number that has signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The person's number.
    pub number: PersonalNumber,
    /// Name, as VNeID gave it last.
    pub name: String,
    /// Date of birth, as VNeID gave it last; perhaps only the year.
    pub birth_date: Option<PartialDate>,
    /// Electronic identification level, 1 or 2 (Decree 69/2024 Art. 7).
    pub level: u8,
    /// When the person first signed in.
    pub opened_at: Moment,
}

impl Account {
    /// The person of the account, acting as a citizen: without roles and in no unit.
    pub fn as_citizen(&self) -> Principal {
        Principal {
            account: self.id,
            number: self.number,
            name: self.name.clone(),
            level: self.level,
            roles: Vec::new(),
            unit: None,
        }
    }
}
