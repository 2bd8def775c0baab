//! Where documents of cabinets were used, for the domain that keeps them.

use crate::model::catalogue::Catalogue;
use crate::model::definition::VersionId;
use crate::store::reuse;
use async_trait::async_trait;
use d06_db::Db;
use d06_kernel::id::DocumentId;
use d06_kernel::port::document::{DocumentUse, DocumentUses};
use d06_kernel::{Cx, Problem};
use std::sync::Arc;

/// The dossiers that documents proved something in. Cheap to clone.
#[derive(Clone)]
pub struct ProcedureUses {
    db: Db,
    catalogue: Arc<Catalogue>,
}

impl ProcedureUses {
    /// Reads this database; names procedures by this catalogue.
    pub fn new(db: Db, catalogue: Arc<Catalogue>) -> Self {
        Self { db, catalogue }
    }
}

impl std::fmt::Debug for ProcedureUses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProcedureUses")
    }
}

#[async_trait]
impl DocumentUses for ProcedureUses {
    async fn uses(&self, cx: &Cx, document: DocumentId) -> Result<Vec<DocumentUse>, Problem> {
        let read = self.db.read().await?;
        let found = reuse::list_of_document(&read, document).await?;
        let name = |version: &str| {
            let id: VersionId = version.parse().ok()?;
            self.catalogue.version(id).map(|definition| definition.name.of(cx.locale).to_owned())
        };
        let view = |(dossier, at): (crate::store::dossier::Dossier, _)| DocumentUse {
            procedure: name(&dossier.procedure_version).unwrap_or(dossier.procedure),
            dossier: dossier.id,
            code: dossier.code,
            presented_by: dossier.applicant_name,
            at,
        };
        Ok(found.into_iter().map(view).collect())
    }
}
