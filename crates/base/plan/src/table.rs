//! Tables with cells: targets where there are values, tasks where there are leads or deadlines.

use crate::agency::split_units;
use crate::clean::{Line, is_ruler};
use crate::compiled::{Compiled, Due, Span, Target, Task, Warning, WarningCode};
use crate::due::{parse_due, plan_year};
use crate::header::{self, Column};
use crate::numbering::{may_be_roman, roman, to_roman};
use crate::value::parse_value;

/// Reads the rows of one table into targets and tasks.
pub(crate) fn read(lines: &[Line], out: &mut Compiled, warnings: &mut Vec<Warning>) {
    let rows: Vec<(u32, &[String])> = lines
        .iter()
        .filter(|line| !is_ruler(&line.text))
        .filter_map(|line| Some((line.number, line.cells.as_deref()?)))
        .collect();
    let mut table = Table { year: plan_year(&out.document.period), ..Table::default() };
    let mut at = 0;
    while at < rows.len() {
        let next: Vec<&[String]> = rows[at..].iter().take(2).map(|(_, cells)| *cells).collect();
        match header::read(&next) {
            Some((columns, used)) => {
                table.columns = columns;
                at += used;
            }
            None => {
                table.row(rows[at].0, rows[at].1, warnings);
                at += 1;
            }
        }
    }
    table.finish(out, warnings);
}

/// A row that became an item, its cells by column.
#[derive(Debug)]
struct Item {
    reference: String,
    group: usize,
    cells: Vec<(Column, String)>,
    source: Span,
}

#[derive(Debug, Default)]
struct Table {
    columns: Vec<Column>,
    groups: Vec<(String, String)>,
    items: Vec<Item>,
    year: Option<i32>,
}

impl Table {
    fn row(&mut self, line: u32, cells: &[String], warnings: &mut Vec<Warning>) {
        if self.columns.is_empty() {
            warnings.push(Warning::new(
                WarningCode::TableUnknown,
                line,
                "a table without a header that is known",
            ));
            return;
        }
        let cells: Vec<(Column, String)> = self
            .columns
            .iter()
            .enumerate()
            .map(|(i, column)| (column.clone(), cells.get(i).cloned().unwrap_or_default()))
            .collect();
        let reference = get(&cells, &Column::Reference).trim_end_matches(['.', ')']).to_owned();
        let text = get(&cells, &Column::Text).to_owned();
        let others_empty = cells
            .iter()
            .all(|(column, cell)| matches!(column, Column::Reference | Column::Text) || cell.is_empty());
        if others_empty && let Some(group) = self.group_reference(&reference, &text, line, warnings) {
            self.groups.push((group, text));
        } else if reference.is_empty() {
            self.join(line, cells, warnings);
        } else {
            self.check_number(&reference, line, warnings);
            let group = self.groups.len();
            self.items.push(Item { reference, group, cells, source: Span::of(line) });
        }
    }

    /// The number of the group whose heading this row is, if it is one.
    fn group_reference(
        &self,
        reference: &str,
        text: &str,
        line: u32,
        warnings: &mut Vec<Warning>,
    ) -> Option<String> {
        if text.is_empty() {
            return None;
        }
        let capital = reference.len() == 1 && reference.starts_with(|c: char| c.is_ascii_uppercase());
        if roman(reference).is_some() || capital {
            return Some(reference.to_owned());
        }
        let expected = to_roman(u32::try_from(self.groups.len() + 1).unwrap_or(0));
        if may_be_roman(reference) && reference.parse::<u32>().is_err() {
            let message = format!("the number \"{reference}\" was read as \"{expected}\"");
            warnings.push(Warning::new(WarningCode::SlipRepaired, line, message));
            return Some(expected);
        }
        let all_capitals = text.chars().all(|c| !c.is_lowercase());
        (reference.is_empty() && all_capitals).then_some(expected)
    }

    /// Adds a row without a number to the row above it.
    fn join(&mut self, line: u32, cells: Vec<(Column, String)>, warnings: &mut Vec<Warning>) {
        let Some(last) = self.items.last_mut() else {
            warnings.push(Warning::new(
                WarningCode::RowUnknown,
                line,
                "a row without a number before any item",
            ));
            return;
        };
        warnings.push(Warning::new(
            WarningCode::RowJoined,
            line,
            "a row without a number joins the row above",
        ));
        last.source.include(line);
        for ((_, cell), (_, more)) in last.cells.iter_mut().zip(cells) {
            if !more.is_empty() {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&more);
            }
        }
    }

    fn check_number(&self, reference: &str, line: u32, warnings: &mut Vec<Warning>) {
        let Ok(number) = reference.parse::<u32>() else { return };
        let Some(last) = self.items.last().filter(|item| item.group == self.groups.len()) else { return };
        let Ok(before) = last.reference.parse::<u32>() else { return };
        if number == before {
            warnings.push(Warning::new(
                WarningCode::NumberRepeated,
                line,
                format!("number {number} stands twice"),
            ));
        } else if number != before + 1 {
            let message = format!("number {number} follows {before}");
            warnings.push(Warning::new(WarningCode::NumberGap, line, message));
        }
    }

    fn finish(self, out: &mut Compiled, warnings: &mut Vec<Warning>) {
        let has = |wanted: fn(&Column) -> bool| self.columns.iter().any(wanted);
        let of_tasks = has(|c| matches!(c, Column::Lead | Column::Due));
        let of_targets = has(|c| matches!(c, Column::Value(_)))
            || (!of_tasks && has(|c| matches!(c, Column::Unit | Column::Tracking)));
        for item in &self.items {
            let (group, title) = self.groups.get(item.group.wrapping_sub(1)).cloned().unwrap_or_default();
            let reference =
                if group.is_empty() { item.reference.clone() } else { format!("{group}.{}", item.reference) };
            if of_targets {
                out.targets.push(target(item, reference, group, title, warnings));
            } else if of_tasks {
                let task = task(item, reference, group, title, self.year, out.tasks.last(), warnings);
                out.tasks.push(task);
            } else {
                let line = item.source.line_start;
                warnings.push(Warning::new(
                    WarningCode::RowUnknown,
                    line,
                    "a row that is neither target nor task",
                ));
            }
        }
    }
}

fn target(
    item: &Item,
    reference: String,
    group: String,
    title: String,
    warnings: &mut Vec<Warning>,
) -> Target {
    let line = item.source.line_start;
    let mut values = Vec::new();
    let mut shared = String::new();
    for (column, cell) in &item.cells {
        let Column::Value(period) = column else { continue };
        if cell.is_empty() && shared.is_empty() {
            continue;
        }
        if cell.is_empty() {
            let message = format!("\"{shared}\" was taken to hold for {period} too (merged cell)");
            warnings.push(Warning::new(WarningCode::ValueShared, line, message));
        } else {
            shared.clone_from(cell);
        }
        let value = parse_value(period, &shared);
        if value.value.is_none() && !cell.is_empty() {
            warnings.push(Warning::new(
                WarningCode::ValueInWords,
                line,
                format!("value in words: \"{cell}\""),
            ));
        }
        values.push(value);
    }
    if values.is_empty() {
        warnings.push(Warning::new(
            WarningCode::ValueMissing,
            line,
            format!("target {reference} has no value"),
        ));
    }
    Target {
        reference,
        group,
        group_title: title,
        text: get(&item.cells, &Column::Text).to_owned(),
        unit: get(&item.cells, &Column::Unit).to_owned(),
        values,
        tracking: split_units(get(&item.cells, &Column::Tracking), line, warnings),
        source: item.source,
    }
}

fn task(
    item: &Item,
    reference: String,
    group: String,
    title: String,
    year: Option<i32>,
    above: Option<&Task>,
    warnings: &mut Vec<Warning>,
) -> Task {
    let line = item.source.line_start;
    let mut units = |column: Column, above: Option<&Vec<String>>| {
        let cell = get(&item.cells, &column);
        if let Some(above) = above.filter(|_| is_as_above(cell)) {
            warnings.push(Warning::new(WarningCode::AsAbove, line, "\"as above\" was replaced"));
            return above.clone();
        }
        split_units(cell, line, warnings)
    };
    let lead = units(Column::Lead, above.map(|t| &t.lead));
    let coordinating = units(Column::Coordinating, above.map(|t| &t.coordinating));
    let raw = get(&item.cells, &Column::Due);
    let due: Due = match above.filter(|_| is_as_above(raw)) {
        Some(above) => above.due.clone(),
        None => parse_due(raw, year, line, warnings),
    };
    if lead.is_empty() {
        warnings.push(Warning::new(WarningCode::LeadMissing, line, format!("task {reference} has no lead")));
    }
    Task {
        reference,
        group,
        group_title: title,
        text: get(&item.cells, &Column::Text).to_owned(),
        lead,
        coordinating,
        due,
        product: get(&item.cells, &Column::Product).to_owned(),
        source: item.source,
    }
}

/// Whether a cell says that it repeats the cell above.
fn is_as_above(cell: &str) -> bool {
    let folded = crate::folded::fold(cell);
    matches!(folded.trim_matches(|c: char| !c.is_ascii_alphanumeric()), "nhu tren" | "nt")
        || cell.trim() == "\""
}

fn get<'a>(cells: &'a [(Column, String)], wanted: &Column) -> &'a str {
    cells.iter().find(|(column, _)| column == wanted).map(|(_, cell)| cell.as_str()).unwrap_or_default()
}
