//! The plain types and rules of procedures: no SQL, no HTTP, no async. Everything here is a function of its
//! arguments and of the dated data under `data/procedures` and `data/deadlines`.
//!
//! Where to start: [`catalogue::Catalogue`] (what can be applied for), [`definition::ProcedureDefinition`]
//! (one procedure in one version), [`requirement`] (what is asked of the person and what is not), [`dossier`]
//! (where it stands).

pub mod assistance;
pub mod catalogue;
pub mod citation;
pub mod clock;
pub mod code;
pub mod definition;
pub mod dossier;
pub mod dossier_code;
pub mod requirement;
pub mod text;
pub mod workflow_import;

pub use citation::Citation;
pub use code::ProcedureCode;
pub use dossier_code::DossierCode;
pub use text::{Explanation, Text};
