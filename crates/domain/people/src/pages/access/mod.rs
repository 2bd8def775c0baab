//! Who read my data, and disputes of it.

pub(crate) mod answer;
pub(crate) mod dispute;
pub(crate) mod disputes;
pub(crate) mod list;

use crate::deps::Deps;
use crate::model::AccessId;
use crate::model::access::Access;
use crate::store;
use d06_authz::{Kind, Resource};
use d06_kernel::Problem;

/// A read as the policies see it: it belongs to its subject, and the office that asked answers for it.
fn resource(access: &Access) -> Resource {
    Resource::new(Kind::AccessRecord, access.id).owned_by([access.subject]).in_unit(access.unit.clone())
}

/// The read of an id from an address; what is not one is not found.
async fn load(deps: &Deps, id: &str) -> Result<Access, Problem> {
    let id: AccessId = id.parse().map_err(|_| Problem::not_found())?;
    let tx = deps.db.read().await?;
    store::access::find(&tx, id).await?.ok_or_else(Problem::not_found)
}
