//! Reading the catalogue from the data the product ships.

use super::{Catalogue, Cleaned, DatabaseList, Procedure, SearchIndex, replaced};
use crate::model::ProcedureCode;
use crate::model::definition::{DefinitionProblem, ProcedureDefinition};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::Arc;

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../data/procedures");

/// The data of the catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file is missing or is no UTF-8 text.
    #[error("{0} is missing or unreadable")]
    File(String),
    /// A table cannot be read.
    #[error("{file} cannot be read")]
    Table {
        /// The file.
        file: &'static str,
        /// Why.
        #[source]
        source: csv::Error,
    },
    /// A row holds no procedure code.
    #[error("line {line}: `{text}` is no procedure code")]
    Code {
        /// The line.
        line: u32,
        /// What stands there.
        text: String,
    },
    /// A definition cannot be read.
    #[error("{file} is no definition")]
    Definition {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A definition is read but not whole.
    #[error("{file}: {problem}")]
    Unsound {
        /// The file.
        file: String,
        /// What is wrong.
        problem: DefinitionProblem,
    },
    /// Two versions of a procedure are in force on the same day.
    #[error("two versions of {0} are in force on the same day")]
    Overlap(ProcedureCode),
}

fn file(path: &str) -> Result<&'static str, CatalogueError> {
    DATA.get_file(path).and_then(|f| f.contents_utf8()).ok_or_else(|| CatalogueError::File(path.to_owned()))
}

/// The published table, mended, with what was mended.
fn shipped_table() -> Result<(Cleaned, DatabaseList), CatalogueError> {
    let lists = DatabaseList::read(file("databases.csv")?, file("papers.csv")?, file("owners.csv")?)?;
    Ok((replaced::read(file("replaced_papers.csv")?, &lists)?, lists))
}

/// One definition, checked.
fn definition(name: &str, text: &str) -> Result<ProcedureDefinition, CatalogueError> {
    let definition: ProcedureDefinition = toml::from_str(text)
        .map_err(|source| CatalogueError::Definition { file: name.to_owned(), source: Box::new(source) })?;
    match definition.problems().into_iter().next() {
        Some(problem) => Err(CatalogueError::Unsound { file: name.to_owned(), problem }),
        None => Ok(definition),
    }
}

fn shipped_definitions() -> Result<Vec<ProcedureDefinition>, CatalogueError> {
    let folder = DATA.get_dir("definitions").ok_or_else(|| CatalogueError::File("definitions".to_owned()))?;
    folder
        .files()
        .filter(|f| f.path().extension().is_some_and(|e| e == "toml"))
        .map(|f| {
            let name = f.path().display().to_string();
            let text = f.contents_utf8().ok_or_else(|| CatalogueError::File(name.clone()))?;
            definition(&name, text)
        })
        .collect()
}

impl Cleaned {
    /// The table the product ships.
    pub fn shipped() -> Result<Self, CatalogueError> {
        shipped_table().map(|(cleaned, _)| cleaned)
    }
}

impl Catalogue {
    /// The catalogue the product ships.
    pub fn shipped() -> Result<Self, CatalogueError> {
        let (cleaned, databases) = shipped_table()?;
        Self::of(cleaned.procedures, shipped_definitions()?, databases)
    }

    /// A catalogue of these procedures and definitions. A definition of a procedure that is not listed lists
    /// it.
    pub fn of(
        procedures: Vec<Procedure>,
        definitions: Vec<ProcedureDefinition>,
        databases: DatabaseList,
    ) -> Result<Self, CatalogueError> {
        check_overlap(&definitions)?;
        let mut listed: BTreeMap<ProcedureCode, Procedure> =
            procedures.into_iter().map(|p| (p.code, p)).collect();
        for definition in &definitions {
            listed.entry(definition.code).or_insert_with(|| Procedure {
                code: definition.code,
                name: definition.name.vi.clone(),
                other_names: Vec::new(),
                replaced: Vec::new(),
            });
        }
        let procedures: Vec<Procedure> = listed.into_values().collect();
        Ok(Self {
            by_code: procedures.iter().enumerate().map(|(at, p)| (p.code, at)).collect(),
            index: SearchIndex::of(&procedures),
            definitions: definitions.into_iter().map(|d| (d.version(), Arc::new(d))).collect(),
            procedures,
            databases,
        })
    }
}

fn check_overlap(definitions: &[ProcedureDefinition]) -> Result<(), CatalogueError> {
    for (at, one) in definitions.iter().enumerate() {
        for other in &definitions[at + 1..] {
            let apart = one.in_force.until.is_some_and(|until| until <= other.in_force.from)
                || other.in_force.until.is_some_and(|until| until <= one.in_force.from);
            if one.code == other.code && !apart {
                return Err(CatalogueError::Overlap(one.code));
            }
        }
    }
    Ok(())
}
