//! The rows of reports.

pub(crate) mod contact;
pub(crate) mod figure;
pub(crate) mod notice;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod step;
