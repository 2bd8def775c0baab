//! Searches the log by time, action, object, unit and actor. Nothing that is listed says whom it concerns.

use crate::deps::Log;
use d06_audit::{AuditEntry, EntryFilter};
use d06_authz::{Permit, act};
use d06_db::{Page, PageRequest};
use d06_kernel::Problem;

/// Entries, newest first.
///
/// # Errors
/// A wrong page, or the database's.
pub async fn run(
    log: &Log,
    _permit: &Permit<act::ViewAudit>,
    filter: &EntryFilter,
    page: &PageRequest,
) -> Result<Page<AuditEntry>, Problem> {
    let tx = log.db.read().await?;
    d06_audit::list(&tx, filter, page).await
}
