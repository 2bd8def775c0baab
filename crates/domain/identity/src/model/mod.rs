//! Plain types and rules: no SQL, no HTTP.

mod account;
mod attributes;
mod grant;
mod unit;

pub use account::Account;
pub use attributes::{Attributes, UserInfo};
pub use grant::{GrantId, NewRoleGrant, RoleGrant};
pub use unit::{UnitFileError, read_units};
