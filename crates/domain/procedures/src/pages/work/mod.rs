//! The office: queue, and one dossier with everything on one screen.

pub mod actions;
pub mod counter;
pub mod late;
pub mod queue;
pub mod show;
