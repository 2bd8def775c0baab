//! The rules of procedures, without database or network.

mod catalogue;
mod citation;
mod dossier;
mod requirement;
mod search;
mod workflow_import;
