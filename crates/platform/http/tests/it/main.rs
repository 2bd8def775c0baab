//! The web edge, on both databases.

mod answers;
mod forms;
mod sessions;
mod site;
