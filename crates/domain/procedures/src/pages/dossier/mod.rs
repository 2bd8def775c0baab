//! The person's dossiers: list, one dossier with its timeline, the public look-up, the answer to a supplement.

pub mod list;
pub mod lookup;
pub mod show;
