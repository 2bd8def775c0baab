//! The tables of this domain, one file each. They stay inside `store`.

pub(crate) mod assistance;
pub(crate) mod dossier;
pub(crate) mod draft;
pub(crate) mod draft_file;
pub(crate) mod entry;
pub(crate) mod file;
pub(crate) mod letter;
pub(crate) mod party;
pub(crate) mod payment;
pub(crate) mod reckoning;
pub(crate) mod requirement;
pub(crate) mod reuse;
pub(crate) mod step;
pub(crate) mod supplement;
