//! What handlers share: the platform, the neighbours, and how permits are asked for.

use crate::deps::Deps;
use crate::store::dossier::{self, Dossier};
use crate::store::draft::{self, Draft, DraftId};
use crate::store::part;
use axum::extract::FromRef;
use d06_authz::act::Act;
use d06_authz::{Kind, Permit, Resource};
use d06_db::Tx;
use d06_http::Platform;
use d06_kernel::id::DossierId;
use d06_kernel::{Cx, Problem};

/// The state of this domain's handlers.
#[derive(Clone, Debug)]
pub struct Web {
    /// The platform.
    pub platform: Platform,
    /// The neighbours.
    pub deps: Deps,
}

impl FromRef<Web> for Platform {
    fn from_ref(web: &Web) -> Self {
        web.platform.clone()
    }
}

impl Web {
    /// A draft with the permit to do `A` to it.
    ///
    /// # Errors
    /// "Not found" for a draft that does not exist and for one of somebody else alike.
    pub async fn draft<A: Act>(&self, cx: &Cx, id: DraftId) -> Result<(Draft, Permit<A>), Problem> {
        let read = self.deps.db.read().await?;
        let draft = draft::get(&read, id).await?;
        let permit = self.platform.authz.permit(cx, &draft_resource(&draft, &self.deps.commune))?;
        Ok((draft, permit))
    }

    /// A dossier with the permit to do `A` to it.
    ///
    /// # Errors
    /// "Not found" for a dossier that does not exist and for one the caller may not know of alike.
    pub async fn dossier<A: Act>(
        &self,
        cx: &Cx,
        tx: &Tx,
        id: DossierId,
    ) -> Result<(Dossier, Permit<A>), Problem> {
        let dossier = dossier::get(tx, id).await?;
        let permit = self.platform.authz.permit(cx, &dossier_resource(tx, &dossier).await?)?;
        Ok((dossier, permit))
    }
}

/// A draft as the policies see it: its owner's, and the office's where an officer opened it at the counter.
pub fn draft_resource(draft: &Draft, office: &str) -> Resource {
    let resource = Resource::new(Kind::Draft, draft.id).owned_by([draft.owner]);
    if draft.filed_by.is_some() { resource.in_unit(office) } else { resource }
}

/// A dossier as the policies see it: it belongs to its parties, and to the office that decides.
///
/// # Errors
/// The database's.
pub async fn dossier_resource(tx: &Tx, dossier: &Dossier) -> Result<Resource, Problem> {
    let parties = part::list_parties(tx, dossier.id).await?;
    let owners = parties.into_iter().filter(|p| p.role != HELPER).map(|p| p.number);
    Ok(Resource::new(Kind::Dossier, dossier.id).owned_by(owners).in_unit(&dossier.agency))
}

/// The role of a party who only helped to file.
pub const HELPER: &str = "helper";
