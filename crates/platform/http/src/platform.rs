//! What every module is given.

use crate::limit::Limiter;
use crate::outage::Outages;
use crate::session::Sessions;
use crate::settings::HttpSettings;
use d06_authz::Authz;
use d06_db::Db;
use d06_files::Files;
use d06_kernel::cx::Randomness;
use d06_kernel::time::Clock;
use d06_kernel::{Actor, Cx, Locale};
use d06_telemetry::Metrics;
use d06_ui::Ui;
use std::ops::Deref;
use std::sync::Arc;

/// The parts of a running platform.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Who may do what.
    pub authz: Arc<Authz>,
    /// Pages and texts.
    pub ui: Arc<Ui>,
    /// Stored files.
    pub files: Files,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub randomness: Randomness,
    /// Sessions of signed-in people.
    pub sessions: Sessions,
    /// Settings of the web edge.
    pub settings: HttpSettings,
    /// Counters, shown at `/metrics`.
    pub metrics: Metrics,
    /// What does not work at the moment, told on every page.
    pub outages: Outages,
    /// How often one address may start signing in.
    pub sign_in_limit: Limiter,
}

/// A running platform; cloning shares it. Handlers take it as `State<S>` with `S: FromRef` → `Platform`.
#[derive(Clone)]
pub struct Platform(Arc<Parts>);

impl Platform {
    /// The platform of these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// A context for work the platform does itself.
    pub fn system_cx(&self, name: &'static str) -> Cx {
        Cx::system(name, self.clock.clone(), self.randomness.clone())
    }

    pub(crate) fn anonymous_cx(&self, locale: Locale) -> Cx {
        Cx::new(Actor::Anonymous, locale, self.clock.clone(), self.randomness.clone())
    }
}

impl Deref for Platform {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Platform").field("settings", &self.settings).finish_non_exhaustive()
    }
}
