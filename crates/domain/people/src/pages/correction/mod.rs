//! Requests for correction: of the person, and of the office that settles them.

pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod settle;

use crate::model::correction::Correction;
use d06_authz::{Kind, Resource};

/// A request as the policies see it.
fn resource(correction: &Correction) -> Resource {
    Resource::new(Kind::Correction, correction.id)
        .owned_by([correction.subject])
        .in_unit(correction.unit.clone())
}
