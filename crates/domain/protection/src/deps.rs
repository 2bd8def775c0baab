//! What this domain needs from outside, wired by `app/server`.

use d06_audit::{Outside, PublicKey};
use d06_authz::{Kind, Resource};
use d06_db::Db;
use d06_http::Platform;
use d06_kernel::port::account::AccountDirectory;
use std::sync::Arc;

/// The log and what is needed to read and to prove it. Cheap to clone.
#[derive(Clone)]
pub struct Log {
    /// The database.
    pub db: Db,
    /// Who the accounts in the log belong to.
    pub accounts: Arc<dyn AccountDirectory>,
    /// Code of the People's Committee this installation serves, `H31.10816`.
    pub office: String,
    /// The key that checks the log's checkpoints.
    pub key: PublicKey,
    /// The checkpoint kept outside the database.
    pub outside: Outside,
}

impl Log {
    /// The log as the policies see it.
    pub fn resource(&self) -> Resource {
        Resource::new(Kind::AuditLog, "log").in_unit(&self.office)
    }
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Log").field("office", &self.office).finish_non_exhaustive()
    }
}

/// What the pages work with.
#[derive(Clone, Debug)]
pub struct Deps {
    /// The platform.
    pub platform: Platform,
    /// The log.
    pub log: Log,
}

impl Deps {
    /// The permit to read the log.
    pub(crate) fn permit(
        &self,
        cx: &d06_kernel::Cx,
    ) -> Result<d06_authz::Permit<d06_authz::act::ViewAudit>, d06_kernel::Problem> {
        self.platform.authz.permit(cx, &self.log.resource())
    }
}

impl axum::extract::FromRef<Deps> for Platform {
    fn from_ref(deps: &Deps) -> Self {
        deps.platform.clone()
    }
}
