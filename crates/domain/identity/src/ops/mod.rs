//! Use cases, one a file.

pub mod begin_sign_in;
pub mod choose_unit;
pub mod end_role;
pub mod finish_sign_in;
pub mod give_role;
pub mod list_choices;
pub mod list_roles;
pub mod seed;
