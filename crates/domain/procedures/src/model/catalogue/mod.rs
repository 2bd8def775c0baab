//! The catalogue: every procedure that can be applied for, and the definitions of those that can be filed
//! here.

mod database;
mod load;
mod replaced;
mod search;
mod typing;

pub use database::{Database, DatabaseList};
pub use load::CatalogueError;
pub use replaced::{Cleaned, ReplacedPaper, Slip, SlipAt};
pub use search::{Hit, SearchIndex};

use crate::model::ProcedureCode;
use crate::model::definition::{ProcedureDefinition, VersionId};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A procedure as the catalogue lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    /// The national code.
    pub code: ProcedureCode,
    /// Its name.
    pub name: String,
    /// Other procedures listed under the same code, or other wordings of the name, if they differ in more
    /// than the word "Thủ tục" and a full stop.
    pub other_names: Vec<String>,
    /// The papers that data replaces (Resolution 66.7/2025/NQ-CP, appendix); empty if it lists none.
    pub replaced: Vec<ReplacedPaper>,
}

/// The catalogue, with its search index. Read once, then shared.
#[derive(Clone, Debug)]
pub struct Catalogue {
    procedures: Vec<Procedure>,
    by_code: BTreeMap<ProcedureCode, usize>,
    definitions: BTreeMap<VersionId, Arc<ProcedureDefinition>>,
    databases: DatabaseList,
    index: SearchIndex,
}

impl Catalogue {
    /// Every procedure, by code.
    pub fn procedures(&self) -> &[Procedure] {
        &self.procedures
    }

    /// The procedure of a code.
    pub fn find(&self, code: ProcedureCode) -> Option<&Procedure> {
        self.by_code.get(&code).and_then(|at| self.procedures.get(*at))
    }

    /// The definition in force on `day`; `None` if the procedure cannot be filed here on that day.
    pub fn definition(&self, code: ProcedureCode, day: NaiveDate) -> Option<&Arc<ProcedureDefinition>> {
        self.definitions.values().find(|d| d.code == code && d.in_force.contains(day))
    }

    /// The version a dossier keeps, in force or not.
    pub fn version(&self, id: VersionId) -> Option<&Arc<ProcedureDefinition>> {
        self.definitions.get(&id)
    }

    /// Every definition in every version.
    pub fn definitions(&self) -> impl Iterator<Item = &Arc<ProcedureDefinition>> {
        self.definitions.values()
    }

    /// The databases that replace papers.
    pub fn databases(&self) -> &DatabaseList {
        &self.databases
    }

    /// The procedures that match what somebody typed, best first; see [`SearchIndex`].
    pub fn search(&self, query: &str, limit: usize) -> Vec<(&Procedure, Hit)> {
        let hits = self.index.search(query, limit);
        hits.into_iter().filter_map(|hit| self.procedures.get(hit.position).map(|p| (p, hit))).collect()
    }
}
