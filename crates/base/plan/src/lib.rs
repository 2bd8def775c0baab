#![doc = include_str!("../README.md")]

mod agency;
mod clean;
mod compiled;
mod document;
mod due;
mod fields;
mod flat;
mod folded;
mod header;
mod item;
mod layout;
mod letterhead;
mod numbering;
mod outline;
mod prose;
mod rows;
mod source;
mod table;
mod taken;
mod times;
mod value;

pub use agency::split_units;
pub use chrono::NaiveDate as Day;
pub use clean::readable;
pub use compiled::{
    Compiled, Document, Due, DueKind, Period, Span, Target, TargetValue, Task, Warning, WarningCode,
};
pub use due::parse_due;
pub use source::{Cell, Merged, Role, Source, SourceError, SourceLine};
pub use taken::{target_at, task_at};
pub use value::parse_value;

use layout::Region;

/// Compiles a plan. Never fails: what is not understood is a warning that names its line.
pub fn compile(source: &Source) -> Compiled {
    let mut warnings = Vec::new();
    let lines = rows::settle(clean::clean(source, &mut warnings));
    let mut out = Compiled::new(document::read(&lines, &mut warnings));

    let mut prose = Vec::new();
    let mut memory = table::Memory::default();
    for region in layout::split(&lines) {
        match region {
            Region::Table(rows) => table::read(rows, &mut memory, &mut out, &mut warnings),
            Region::Flat(rows) => flat::read(rows, &mut out, &mut warnings),
            Region::Prose(rows) => prose.push(rows),
        }
    }
    // A table of tasks is the list that was signed; the body above it then only sets the direction.
    let listed_in_table = !out.tasks.is_empty();
    let addressees = prose::addressees(&lines, &mut warnings);
    for rows in prose {
        prose::read(rows, &addressees, listed_in_table, &mut out, &mut warnings);
    }

    if out.targets.is_empty() && out.tasks.is_empty() {
        warnings.push(Warning::new(WarningCode::NothingFound, 1, "no target and no task was found"));
    }
    warnings.sort_by_key(|w| w.line);
    out.warnings = warnings;
    out
}
