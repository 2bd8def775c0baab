//! Pages of this domain.

pub(crate) mod roles;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod unit;

pub(crate) use roles::RolesPage;
pub(crate) use sign_in::SignInPage;
pub(crate) use unit::UnitPage;
