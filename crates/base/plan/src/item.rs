//! One row of a table as a target or a task.

use crate::agency::split_units;
use crate::compiled::{Compiled, Due, DueKind, Target, TargetValue, Task, Warning, WarningCode};
use crate::due::parse_due;
use crate::folded::Folded;
use crate::header::Column;
use crate::source::Merged;
use crate::table::{Group, Item, is_as_above};
use crate::value::{is_range, parse_value, percentages};

/// Signs that mark a period in a schedule.
fn is_tick(cell: &str) -> bool {
    matches!(cell.trim(), "x" | "X" | "✓" | "✔" | "v" | "V" | "*" | "●" | "√" | "")
}

/// Whether the values of a row only mark when it is done ("x" under "Năm 2026").
pub(crate) fn is_schedule(item: &Item) -> bool {
    let mut values = item.cells.iter().filter(|field| matches!(field.column, Column::Value(_)));
    values.all(|field| is_tick(&field.text))
}

/// The item's number below its group's, unless it carries that already.
fn reference_of(item: &Item, group: &Group) -> String {
    let own = &item.reference;
    if group.number.is_empty() {
        return own.clone();
    }
    let (above, last) = group.number.rsplit_once('.').unwrap_or(("", &group.number));
    let carried = own.strip_prefix(last).is_some_and(|rest| rest.starts_with('.'));
    match (carried, above.is_empty()) {
        (true, true) => own.clone(),
        (true, false) => format!("{above}.{own}"),
        (false, _) => format!("{}.{own}", group.number),
    }
}

fn text_of(item: &Item) -> String {
    let mut text = item.get(&Column::Text).to_owned();
    for field in item.cells.iter().filter(|f| f.column == Column::MoreText && !f.text.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&field.text);
    }
    text
}

/// Whether a unit of measurement counts things and is no share.
fn counts_things(unit: &str) -> bool {
    !unit.is_empty() && !unit.contains('%') && !Folded::new(unit).has_any(&["phan tram", "ty le"])
}

/// Adds the target a row is.
pub(crate) fn target(item: &Item, group: &Group, out: &mut Compiled, warnings: &mut Vec<Warning>) {
    let line = item.source.line_start;
    let reference = reference_of(item, group);
    let mut warn = |code, message: String| warnings.push(Warning::new(code, line, message));
    let unit_cell = item.get(&Column::Unit);
    let mut values: Vec<TargetValue> = Vec::new();
    let mut shared = String::new();
    for field in &item.cells {
        let Column::Value(period) = &field.column else { continue };
        let cell = field.text.replace('\n', " ");
        if cell.is_empty() && shared.is_empty() {
            continue;
        }
        if !cell.is_empty() {
            shared.clone_from(&cell);
        } else if field.merged != Merged::Left {
            let message = format!("\"{shared}\" was taken to hold for {period} too (merged cell)");
            warn(WarningCode::ValueShared, message);
        }
        let mut value = parse_value(period, &shared);
        if is_range(&cell) {
            warn(WarningCode::SeveralValues, format!("\"{cell}\": the lower end was taken"));
        }
        if value.value.is_some() && shared.contains('%') && counts_things(unit_cell) {
            // A share where the column counts things: which of both is meant, a person says.
            (value.op, value.value) = (None, None);
        }
        if value.value.is_none() && !cell.is_empty() {
            warn(WarningCode::ValueInWords, format!("value in words: \"{cell}\""));
        }
        values.push(value);
    }
    let text = text_of(item).replace('\n', " ");
    let has_column = item.cells.iter().any(|field| matches!(field.column, Column::Value(_)));
    if values.is_empty() && !has_column {
        // A list of targets without a column of values has them in its words.
        values =
            percentages(&text).into_iter().take(1).map(|found| found.into_value(String::new())).collect();
    }
    if values.is_empty() {
        warn(WarningCode::ValueMissing, format!("target {reference} has no value"));
    }
    let mut unit = unit_cell.replace('\n', " ");
    if unit.is_empty() && values.iter().any(|value| value.raw.contains('%')) || text.ends_with("(%)") {
        unit = "%".to_owned();
    }
    let tracking = [Column::Tracking, Column::Lead, Column::Coordinating];
    let tracking = tracking.iter().map(|column| item.get(column)).find(|cell| !cell.is_empty());
    let tracking = match (tracking, out.targets.last()) {
        (Some(cell), Some(above)) if is_as_above(cell) => {
            warn(WarningCode::AsAbove, "\"as above\" was replaced".to_owned());
            above.tracking.clone()
        }
        (Some(cell), _) => split_units(cell, line, warnings),
        (None, _) => Vec::new(),
    };
    out.targets.push(Target {
        reference,
        group: group.number.clone(),
        group_title: group.title.clone(),
        text,
        unit,
        values,
        tracking,
        source: item.source,
    });
}

/// Adds the task a row is.
pub(crate) fn task(
    item: &Item,
    group: &Group,
    year: Option<i32>,
    out: &mut Compiled,
    warnings: &mut Vec<Warning>,
) {
    let line = item.source.line_start;
    let above = |cell: &str| referred(cell, &out.tasks);
    let mut replaced = false;
    let mut units = |column: Column, of: fn(&Task) -> &Vec<String>| {
        let cell = item.get(&column);
        if let Some(above) = above(cell) {
            replaced = true;
            return of(above).clone();
        }
        split_units(cell, line, warnings)
    };
    let lead = units(Column::Lead, |task| &task.lead);
    let coordinating = units(Column::Coordinating, |task| &task.coordinating);
    let raw = time_of(item);
    let due = match above(&raw) {
        Some(above) => {
            replaced = true;
            above.due.clone()
        }
        None if raw.is_empty() => scheduled(item, year, line, warnings),
        None => parse_due(&raw, year, line, warnings),
    };
    let product = item.get(&Column::Product);
    let product = match above(product) {
        Some(above) => {
            replaced = true;
            above.product.clone()
        }
        None => product.to_owned(),
    };
    if replaced {
        warnings.push(Warning::new(WarningCode::AsAbove, line, "\"as above\" was replaced"));
    }
    let reference = reference_of(item, group);
    if lead.is_empty() {
        warnings.push(Warning::new(WarningCode::LeadMissing, line, format!("task {reference} has no lead")));
    }
    out.tasks.push(Task {
        reference,
        group: group.number.clone(),
        group_title: group.title.clone(),
        text: text_of(item),
        lead,
        coordinating,
        due,
        product,
        source: item.source,
    });
}

/// The cell that says by when; with the one beside it that says from when.
fn time_of(item: &Item) -> String {
    let cell = |column| item.get(&column).replace('\n', " ").trim().to_owned();
    match (cell(Column::Begin), cell(Column::Due)) {
        (begin, due) if begin.is_empty() => due,
        (begin, due) if due.is_empty() => format!("Từ {begin}"),
        (begin, due) => format!("Từ {begin} đến {due}"),
    }
}

/// The task whose cell is repeated: the one above, or the one that "như mục 3" names.
pub(crate) fn referred<'a>(cell: &str, tasks: &'a [Task]) -> Option<&'a Task> {
    let cell = cell.trim_end_matches(['.', ';']);
    if is_as_above(cell) {
        return tasks.last();
    }
    let folded = Folded::new(cell);
    let named = ["nhu muc ", "nhu nhiem vu ", "nhu so ", "nhu stt "]
        .iter()
        .find_map(|words| folded.ascii().strip_prefix(words))?;
    let number = named.trim_start_matches("so ").trim_end_matches('.').trim();
    let fits = |task: &&Task| {
        let ascii = task.reference.to_ascii_lowercase();
        ascii == number || ascii.strip_suffix(number).is_some_and(|head| head.ends_with('.'))
    };
    tasks.iter().rev().find(fits)
}

/// The time of a schedule: from the first period marked to the last.
fn scheduled(item: &Item, year: Option<i32>, line: u32, warnings: &mut Vec<Warning>) -> Due {
    let marked = item.cells.iter().filter_map(|field| match &field.column {
        Column::Value(period) if !field.text.trim().is_empty() => Some(period.as_str()),
        _ => None,
    });
    let marked: Vec<&str> = marked.collect();
    let (Some(first), Some(last)) = (marked.first(), marked.last()) else { return Due::default() };
    let named = |period: &str| match period.len() {
        4 => format!("Năm {period}"),
        _ => period.to_owned(),
    };
    let first_due = parse_due(&named(first), year, line, warnings);
    if first == last {
        return first_due;
    }
    let last_due = parse_due(&named(last), year, line, warnings);
    Due {
        raw: format!("{} – {}", first_due.raw, last_due.raw),
        kind: DueKind::Range,
        from: first_due.from,
        to: last_due.to,
        condition: None,
    }
}
