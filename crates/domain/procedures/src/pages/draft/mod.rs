//! Filing: the form, its files, the last look before submission, "this is wrong".

pub mod files;
pub mod form;
pub mod review;
pub mod uploads;
pub mod wrong;
