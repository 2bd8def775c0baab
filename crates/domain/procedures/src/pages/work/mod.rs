//! The office: queue, and one dossier with everything on one screen.

pub mod actions;
pub mod queue;
pub mod show;
