//! What this domain needs from outside, wired by `app/server`.

use d06_db::Db;
use d06_events::Bus;
use d06_http::Platform;
use d06_kernel::port::unit::UnitDirectory;
use std::sync::Arc;

/// The neighbours of this domain. Cheap to clone.
#[derive(Clone)]
pub struct Deps {
    /// The platform.
    pub platform: Platform,
    /// The database.
    pub db: Db,
    /// Where events go.
    pub bus: Bus,
    /// The tree of units.
    pub units: Arc<dyn UnitDirectory>,
    /// Code of the People's Committee this installation serves, `H31.10816`.
    pub office: String,
}

impl axum::extract::FromRef<Deps> for Platform {
    fn from_ref(deps: &Deps) -> Self {
        deps.platform.clone()
    }
}

impl std::fmt::Debug for Deps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deps").field("office", &self.office).finish_non_exhaustive()
    }
}
