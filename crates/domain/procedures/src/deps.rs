//! What this domain needs from outside, wired by `app/server`.

use crate::model::ProcedureCode;
use crate::model::assistance::Grounds;
use crate::model::catalogue::Catalogue;
use crate::model::clock::DeadlineClock;
use crate::model::definition::{ProcedureDefinition, VersionId};
use crate::model::requirement::SourceInfo;
use crate::numbers::Numbers;
use chrono::NaiveDate;
use d06_db::Db;
use d06_events::Bus;
use d06_files::Files;
use d06_kernel::Problem;
use d06_kernel::port::document::{OfficialPrinter, ResultIssuer};
use d06_kernel::port::evidence::EvidenceSource;
use d06_kernel::port::population::PopulationDirectory;
use d06_kernel::port::unit::UnitDirectory;
use std::sync::Arc;

/// The neighbours of this domain and what they share. Cheap to clone.
#[derive(Clone)]
pub struct Deps {
    /// The database.
    pub db: Db,
    /// Where events go.
    pub bus: Bus,
    /// Where files go.
    pub files: Files,
    /// What can be applied for.
    pub catalogue: Arc<Catalogue>,
    /// Why officers file for people at the counter.
    pub grounds: Arc<Grounds>,
    /// Where dossiers get their numbers.
    pub numbers: Numbers,
    /// When things are due.
    pub clock: Arc<DeadlineClock>,
    /// The only door to population data.
    pub population: Arc<dyn PopulationDirectory>,
    /// Everything that can prove a claim.
    pub evidence: Vec<Arc<dyn EvidenceSource>>,
    /// The tree of units.
    pub units: Arc<dyn UnitDirectory>,
    /// Issues results.
    pub issuer: Arc<dyn ResultIssuer>,
    /// Prints receipts.
    pub printer: Arc<dyn OfficialPrinter>,
    /// Code of the commune's committee, `H31.10816`.
    pub commune: String,
    /// Address of this platform as the public sees it, without a final slash.
    pub base_url: String,
}

impl Deps {
    /// The definition of a procedure in force on a day; "not found" for a code that is none or that cannot be
    /// filed here.
    pub fn definition(&self, code: &str, day: NaiveDate) -> Result<Arc<ProcedureDefinition>, Problem> {
        let code: ProcedureCode = code.parse().map_err(|_| Problem::not_found())?;
        self.catalogue.definition(code, day).cloned().ok_or_else(Problem::not_found)
    }

    /// The definition a draft or dossier keeps.
    pub fn version(&self, version: &str) -> Result<Arc<ProcedureDefinition>, Problem> {
        let id: VersionId = version.parse().map_err(Problem::internal)?;
        let kept = self.catalogue.version(id).cloned();
        kept.ok_or_else(|| Problem::internal(format!("the catalogue has lost version {id}")))
    }

    /// The public page behind the QR code of a dossier's papers.
    pub fn lookup_url(&self, secret: &str) -> String {
        format!("{}/lookup/{secret}", self.base_url)
    }

    /// What the requirement engine has to know of the sources about the claims of a procedure.
    pub fn sources(&self, definition: &ProcedureDefinition) -> Vec<SourceInfo> {
        let claims: Vec<&str> =
            definition.requirements.iter().flat_map(|r| r.claims()).map(|(claim, _)| claim).collect();
        self.evidence.iter().map(|source| SourceInfo::of(&**source, claims.iter().copied())).collect()
    }
}

impl std::fmt::Debug for Deps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deps").field("commune", &self.commune).finish_non_exhaustive()
    }
}
