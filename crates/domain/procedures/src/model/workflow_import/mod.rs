//! Reading the internal workflows out of a province's decision (quyết định phê duyệt quy trình nội bộ) whose
//! tables were flattened to text: cells are separated by tabs or line breaks, rows run into each other, a
//! cell may be broken over lines.
//!
//! The reader knows the genre and not four files: a heading names a procedure with its code, a table begins
//! with a header that has a column for time, its rows are steps (`Bước 1`, `B1`, or plain numbers), a total
//! ends it. What is not understood becomes a [`Warning`] with its line; nothing is guessed silently. A person
//! reviews an import before a definition is made of it.

mod head;
mod list;
mod performer;
mod pieces;
mod row;
mod table;
mod time;
mod warning;

pub use list::ListedProcedure;
pub use performer::PerformerMap;
pub use table::{ImportedStep, ImportedWorkflow};
pub use time::read_time;
pub use warning::{Warning, WarningKind};

use chrono::NaiveDate;
use d06_kernel::text::search_key;

/// What a decision holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedDecision {
    /// Its number: `2022/QĐ-UBND`.
    pub act: Option<String>,
    /// Who issued it, as written: `ỦY BAN NHÂN DÂN TỈNH CAO BẰNG`.
    pub issuer: Option<String>,
    /// When.
    pub date: Option<NaiveDate>,
    /// The procedures it lists.
    pub listed: Vec<ListedProcedure>,
    /// The workflows it approves.
    pub workflows: Vec<ImportedWorkflow>,
    /// What was not understood, by line.
    pub warnings: Vec<Warning>,
}

/// Reads a decision.
pub fn import(text: &str) -> ImportedDecision {
    let pieces = pieces::cut(text);
    let mut warnings = Vec::new();
    let listed = list::read(&pieces);
    let mut workflows = table::read(&pieces, &mut warnings);
    name_codes(&mut workflows, &listed, &mut warnings);
    let (act, issuer, date) = head::decision(text);
    warning::check_promise(&pieces, listed.len(), workflows.len(), &mut warnings);
    warnings.sort_by_key(|w| w.line);
    ImportedDecision { act, issuer, date, listed, workflows, warnings }
}

/// Gives workflows whose heading names no code the code under which the decision lists the same name; what
/// has none after that is warned of.
fn name_codes(workflows: &mut [ImportedWorkflow], listed: &[ListedProcedure], warnings: &mut Vec<Warning>) {
    let key = |name: &str| {
        let folded = search_key(name);
        folded.strip_prefix("thu tuc ").unwrap_or(&folded).to_owned()
    };
    for workflow in workflows.iter_mut().filter(|w| w.code.is_none()) {
        let name = key(&workflow.name);
        match listed.iter().find(|l| key(&l.name) == name) {
            Some(entry) => (workflow.code, workflow.suffix) = (Some(entry.code), entry.suffix.clone()),
            None => warnings.push(Warning {
                line: workflow.lines.0,
                kind: WarningKind::NoCode,
                text: workflow.name.clone(),
            }),
        }
    }
}
