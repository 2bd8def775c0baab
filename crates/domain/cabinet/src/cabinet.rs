//! The cabinet as other domains see it: issues results, proves claims.

use crate::model::{KindError, Kinds};
use crate::ops::issue_document;
use crate::sealing::Sealing;
use async_trait::async_trait;
use d06_db::Db;
use d06_events::Bus;
use d06_files::Files;
use d06_kernel::port::document::{DocumentUses, NewResult, ResultIssuer};
use d06_kernel::port::unit::{OfficialDirectory, UnitDirectory};
use d06_kernel::{Cx, Problem};
use d06_pdf::sign::SigningKeys;
use std::sync::Arc;

/// What this domain needs.
#[derive(Clone)]
pub struct Deps {
    /// The database.
    pub db: Db,
    /// Where events go.
    pub bus: Bus,
    /// Where signed papers are kept.
    pub files: Files,
    /// The tree of units.
    pub units: Arc<dyn UnitDirectory>,
    /// Who signs.
    pub officials: Arc<dyn OfficialDirectory>,
    /// Tells in which dossiers a document proved something.
    pub uses: Arc<dyn DocumentUses>,
    /// The keys of the competent people and of the agencies.
    pub keys: Arc<dyn SigningKeys>,
    /// Address of this platform as the public sees it, without a final slash.
    pub base_url: String,
}

/// The cabinet cannot start.
#[derive(Debug, thiserror::Error)]
pub enum CabinetError {
    /// The kinds of documents cannot be read.
    #[error(transparent)]
    Kinds(#[from] KindError),
}

/// The cabinet. Cloning shares it.
#[derive(Clone)]
pub struct Cabinet(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) deps: Deps,
    pub(crate) kinds: Kinds,
    pub(crate) sealing: Sealing,
}

impl Cabinet {
    /// The cabinet over these neighbours.
    ///
    /// # Errors
    /// Kinds of documents cannot be read.
    pub fn new(deps: Deps) -> Result<Self, CabinetError> {
        let sealing = Sealing::new(deps.keys.clone());
        Ok(Self(Arc::new(Parts { kinds: Kinds::shipped()?, sealing, deps })))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }
}

impl std::fmt::Debug for Cabinet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cabinet")
    }
}

#[async_trait]
impl ResultIssuer for Cabinet {
    async fn issue(&self, cx: &Cx, result: NewResult) -> Result<(), Problem> {
        issue_document::run(cx, &self.0, result).await
    }
}
