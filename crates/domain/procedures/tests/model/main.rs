//! The rules of procedures, without database or network.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod calendar;
mod catalogue;
mod citation;
mod clock;
mod dossier;
mod on_time;
mod requirement;
mod search;
mod workflow_import;

use d06_procedures::model::catalogue::Catalogue;
use std::sync::LazyLock;

/// The shipped catalogue, read once.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::shipped().unwrap());
