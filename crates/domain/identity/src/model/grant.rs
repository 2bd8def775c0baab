//! A role given to a person in a unit, from one day to another.

use chrono::NaiveDate;
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Problem, Role, typed_id};

typed_id!(
    /// One giving of a role.
    GrantId
);

/// A role as it was given.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleGrant {
    /// Its id.
    pub id: GrantId,
    /// To whom.
    pub number: PersonalNumber,
    /// What.
    pub role: Role,
    /// In which unit.
    pub unit: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included; `None` until further notice.
    pub to: Option<NaiveDate>,
    /// Goes up by one at every change.
    pub version: i64,
}

impl RoleGrant {
    /// Whether it is in force on a day.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A role to be given.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRoleGrant {
    /// To whom.
    pub number: PersonalNumber,
    /// What.
    pub role: Role,
    /// In which unit.
    pub unit: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: Option<NaiveDate>,
}

impl NewRoleGrant {
    /// Refuses a period that ends before it begins (`role.ends-before-it-begins`).
    pub fn check(&self) -> Result<(), Problem> {
        match self.to {
            Some(to) if to < self.from => Err(Problem::field("to", "role.ends-before-it-begins")),
            Some(_) | None => Ok(()),
        }
    }
}
