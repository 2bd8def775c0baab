//! Tables with cells: targets where there are values, tasks where there are leads or deadlines.

use crate::clean::{Line, is_ruler};
use crate::compiled::{Compiled, Span, Warning, WarningCode};
use crate::due::plan_year;
use crate::folded::Folded;
use crate::header::{self, Column};
use crate::item;
use crate::numbering::{may_be_roman, roman, to_roman};
use crate::source::{Cell, Merged};

/// What is remembered from one table to the next: a table may go on after a heading without its header.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    columns: Vec<Column>,
    width: usize,
    groups: Vec<Group>,
    path: [String; 3],
    /// The number of the last item.
    last: Option<u32>,
}

/// Reads the rows of one table into targets and tasks.
pub(crate) fn read(lines: &[Line], memory: &mut Memory, out: &mut Compiled, warnings: &mut Vec<Warning>) {
    let rows: Vec<(u32, &[Cell])> = lines
        .iter()
        .filter(|line| !is_ruler(&line.text))
        .filter_map(|line| Some((line.number, line.cells.as_deref()?)))
        .collect();
    let mut table = Table { year: plan_year(&out.document.period), ..Table::default() };
    let width = rows.first().map_or(0, |(_, cells)| cells.len());
    if width == memory.width {
        table.columns.clone_from(&memory.columns);
        if goes_on(memory, &memory.columns, &rows) {
            table.groups.clone_from(&memory.groups);
            table.path.clone_from(&memory.path);
        }
    }
    let mut at = 0;
    while at < rows.len() {
        let next: Vec<&[Cell]> = rows[at..].iter().take(4).map(|(_, cells)| *cells).collect();
        match header::read(&next) {
            Some((columns, used)) => {
                for words in header::unknown(rows[at].1, &columns).filter(|_| columns != memory.columns) {
                    let message = format!("the column \"{words}\" is not read");
                    warnings.push(Warning::new(WarningCode::ColumnUnknown, rows[at].0, message));
                }
                if !table.columns.is_empty() && columns != table.columns {
                    // Another table follows without a line between: what was read belongs to the first.
                    let year = table.year;
                    std::mem::replace(&mut table, Table { year, ..Table::default() }).finish(out, warnings);
                }
                let fresh = table.items.is_empty() && table.groups.is_empty();
                if fresh && goes_on(memory, &columns, &rows[(at + used).min(rows.len())..]) {
                    table.groups.clone_from(&memory.groups);
                    table.path.clone_from(&memory.path);
                }
                memory.width = rows[at].1.len().max(columns.len());
                memory.columns.clone_from(&columns);
                table.columns = columns;
                at += used;
            }
            None => {
                let next_reference = rows.get(at + 1).map(|(_, cells)| table.reference_of(cells));
                table.row(rows[at].0, rows[at].1, next_reference.as_deref().unwrap_or_default(), warnings);
                at += 1;
            }
        }
    }
    memory.groups.clone_from(&table.groups);
    memory.path.clone_from(&table.path);
    memory.last = table.items.iter().rev().find_map(|item| item.reference.parse().ok());
    table.finish(out, warnings);
}

/// Whether the rows go on where the table before ended: the same columns, and the next number or a new group.
fn goes_on(memory: &Memory, columns: &[Column], rows: &[(u32, &[Cell])]) -> bool {
    if memory.columns != columns || memory.groups.is_empty() {
        return false;
    }
    let at = columns.iter().position(|column| *column == Column::Reference);
    let numbers = rows.iter().filter_map(|(_, cells)| Some(bare_number(&cells.get(at?)?.text)));
    let first = numbers.into_iter().find(|number| !number.is_empty());
    first.is_some_and(|first| match first.parse::<u32>() {
        Ok(number) => memory.last.is_some_and(|last| number == last + 1),
        Err(_) => roman(&first).or_else(|| may_be_roman(&first).then_some(0)).is_some_and(|n| n != 1),
    })
}

/// A row that became an item, its cells by column.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) reference: String,
    pub(crate) group: usize,
    pub(crate) cells: Vec<Field>,
    pub(crate) source: Span,
}

/// A cell with what its column holds.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) column: Column,
    pub(crate) text: String,
    pub(crate) merged: Merged,
}

impl Item {
    /// The text of the first column of a kind.
    pub(crate) fn get(&self, wanted: &Column) -> &str {
        get(&self.cells, wanted)
    }
}

/// A heading over rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) number: String,
    pub(crate) title: String,
}

#[derive(Debug, Default)]
struct Table {
    columns: Vec<Column>,
    groups: Vec<Group>,
    /// The heading numbers that are open: part, numeral, decimal.
    path: [String; 3],
    items: Vec<Item>,
    year: Option<i32>,
    /// The cells of the row above, merged ones filled in.
    above: Vec<String>,
}

impl Table {
    /// The number a row begins with.
    fn reference_of(&self, cells: &[Cell]) -> String {
        let at = self.columns.iter().position(|column| *column == Column::Reference);
        at.and_then(|at| cells.get(at)).map(|cell| bare_number(&cell.text)).unwrap_or_default()
    }

    fn row(&mut self, line: u32, cells: &[Cell], next: &str, warnings: &mut Vec<Warning>) {
        if self.columns.is_empty() {
            let message = "a table without a header that is known";
            warnings.push(Warning::new(WarningCode::TableUnknown, line, message));
            return;
        }
        if let Some(group) = self.heading(cells, next, line, warnings) {
            self.groups.push(group);
            self.above.clear();
            return;
        }
        let fields = self.fields(cells);
        let reference = bare_number(get(&fields, &Column::Reference));
        let merged =
            |wanted: &Column| fields.iter().any(|f| f.column == *wanted && f.merged == Merged::Above);
        let (same_number, same_text) = (merged(&Column::Reference), merged(&Column::Text));
        self.above = fields.iter().map(|field| field.text.clone()).collect();
        if same_number && same_text {
            self.carry_on(line, &fields);
        } else if same_number || (reference.is_empty() && self.is_item(&fields)) {
            self.add_below(line, fields, warnings);
        } else if reference.is_empty() {
            self.join(line, fields, warnings);
        } else if reference.chars().count() > 14 {
            let message =
                format!("a row that is no item: \"{}\"", reference.chars().take(60).collect::<String>());
            warnings.push(Warning::new(WarningCode::RowUnknown, line, message));
        } else {
            self.check_number(&reference, line, warnings);
            self.add(reference, fields, line);
        }
    }

    /// The cells by column; a cell merged with the one above has its text.
    fn fields(&self, cells: &[Cell]) -> Vec<Field> {
        let of = |(at, column): (usize, &Column)| {
            let cell = cells.get(at).cloned().unwrap_or_default();
            let text = match cell.merged {
                Merged::Above => self.above.get(at).cloned().unwrap_or_default(),
                Merged::No | Merged::Left => cell.text,
            };
            Field { column: column.clone(), text, merged: cell.merged }
        };
        self.columns.iter().enumerate().map(of).collect()
    }

    fn add(&mut self, reference: String, cells: Vec<Field>, line: u32) {
        // A letter counts below the last number: 3, a), b).
        let letter = reference.len() == 1 && reference.starts_with(|c: char| c.is_ascii_lowercase());
        let last =
            self.items.iter().rev().find(|item| item.reference.starts_with(|c: char| c.is_ascii_digit()));
        let reference = match last.filter(|item| letter && item.group == self.groups.len()) {
            Some(last) => {
                let number = last.reference.split('.').next().unwrap_or_default();
                format!("{number}.{reference}")
            }
            None => reference,
        };
        self.items.push(Item { reference, group: self.groups.len(), cells, source: Span::of(line) });
    }

    /// Whether a row without a number is an item of its own: it begins a sentence and says who or by when.
    fn is_item(&self, fields: &[Field]) -> bool {
        let text = fields.iter().filter(|f| matches!(f.column, Column::Text | Column::MoreText));
        let text = text.map(|f| f.text.as_str()).find(|text| !text.is_empty()).unwrap_or_default();
        let says = |column: &Column| matches!(column, Column::Lead | Column::Due | Column::Value(_));
        let own = |f: &Field| says(&f.column) && !f.text.is_empty() && f.merged == Merged::No;
        let numbered = self.columns.contains(&Column::Reference);
        let begins = text.starts_with(|c: char| c.is_uppercase() || c == '-' || c == '+');
        !text.is_empty() && (!numbered || (begins && fields.iter().any(own) && self.last_is_whole()))
    }

    /// Whether the text of the last item ends a sentence or the item says who or by when: a row that page breaks
    /// cut in two has neither.
    fn last_is_whole(&self) -> bool {
        self.items.last().is_none_or(|item| {
            let text = item.get(&Column::Text).trim_end();
            let filled = |column: &Column| item.get(column).is_empty();
            let complete = !(filled(&Column::Lead) && filled(&Column::Due));
            text.ends_with(['.', ';', ':']) || (complete && !text.ends_with(','))
        })
    }

    /// Adds an item without a number of its own: the next one, or one below the last number.
    fn add_below(&mut self, line: u32, mut cells: Vec<Field>, warnings: &mut Vec<Warning>) {
        let of_group = self.items.iter().filter(|item| item.group == self.groups.len());
        let numbered = self.columns.contains(&Column::Reference);
        let reference = match of_group.clone().next_back() {
            Some(last) if numbered => {
                let (head, tail) = last.reference.split_once('.').unwrap_or((&last.reference, "1"));
                format!("{head}.{}", tail.parse::<u32>().unwrap_or(1) + 1)
            }
            _ => (of_group.count() + 1).to_string(),
        };
        let message = format!("a row without a number of its own was given {reference}");
        warnings.push(Warning::new(WarningCode::NumberAssumed, line, message));
        // Beside a further column of words, the first may say what it said above.
        let words = cells.iter_mut().find(|f| f.column == Column::Text && f.text.is_empty());
        if let (Some(words), Some(above)) = (words, self.items.last()) {
            above.get(&Column::Text).clone_into(&mut words.text);
        }
        self.items.push(Item { reference, group: self.groups.len(), cells, source: Span::of(line) });
    }

    /// The heading this row is, if it is one: nothing but a number and a title.
    fn heading(
        &mut self,
        cells: &[Cell],
        next: &str,
        line: u32,
        warnings: &mut Vec<Warning>,
    ) -> Option<Group> {
        let at = |wanted: &Column| self.columns.iter().position(|column| column == wanted);
        let filled: Vec<usize> = (0..cells.len()).filter(|i| !cells[*i].text.is_empty()).collect();
        let carried = cells.iter().any(|cell| cell.merged == Merged::Above);
        let (number, title) = match filled.as_slice() {
            _ if carried => return None,
            [only] => {
                let text = cells[*only].text.as_str();
                match text
                    .split_once([' ', '\n'])
                    .filter(|(number, _)| level_of(&bare_number(number)).is_some())
                {
                    Some((number, title)) => (bare_number(number), title),
                    None => (String::new(), text),
                }
            }
            [first, second]
                if Some(*first) == at(&Column::Reference) && Some(*second) == at(&Column::Text) =>
            {
                (bare_number(&cells[*first].text), cells[*second].text.as_str())
            }
            _ => return None,
        };
        let spans = filled.first().is_some_and(|i| {
            cells[i + 1..].iter().filter(|cell| cell.merged == Merged::Left).count() + 1 >= cells.len() - i
                && cells.len() >= 3
        });
        let title = title.replace('\n', " ");
        let number = self.heading_number(&number, &title, next, spans, line, warnings)?;
        Some(self.open_group(number, title))
    }

    /// The number of a heading; one is given to a heading without.
    fn heading_number(
        &self,
        number: &str,
        title: &str,
        next: &str,
        spans: bool,
        line: u32,
        warnings: &mut Vec<Warning>,
    ) -> Option<String> {
        match level_of(number) {
            Some(0 | 1) => return Some(number.to_owned()),
            // "1" over "1.1" is a heading, "1" with nothing else is a row whose cells were left empty.
            Some(_) => {
                let over = next.strip_prefix(number).is_some_and(|rest| rest.starts_with('.'));
                return (over || spans).then(|| number.to_owned());
            }
            None => {}
        }
        let expected = to_roman(u32::try_from(self.groups.len() + 1).unwrap_or(0));
        if !number.is_empty() && may_be_roman(number) {
            let message = format!("the number \"{number}\" was read as \"{expected}\"");
            warnings.push(Warning::new(WarningCode::SlipRepaired, line, message));
            return Some(expected);
        }
        // A few words in capitals are the rest of a cell that a page break cut ("TTHC, DVC").
        let words = title.split_whitespace().count();
        let capitals = words >= 4 && title.chars().all(|c| !c.is_lowercase());
        if number.is_empty() && (capitals || spans) {
            let message = format!("the heading \"{title}\" has no number; it was given {expected}");
            warnings.push(Warning::new(WarningCode::NumberAssumed, line, message));
            return Some(expected);
        }
        None
    }

    fn open_group(&mut self, number: String, title: String) -> Group {
        let level = level_of(&number).unwrap_or(1).min(2);
        for below in &mut self.path[level..] {
            below.clear();
        }
        // A decimal number carries the one above it: "1.2" under "1" is "1.2".
        self.path[level] = number;
        let path: Vec<&str> = self.path.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        Group { number: path.join("."), title }
    }

    /// Adds what a row says beyond the merged number and text of the row above.
    fn carry_on(&mut self, line: u32, fields: &[Field]) {
        let Some(last) = self.items.last_mut() else { return };
        last.source.include(line);
        for (field, more) in last.cells.iter_mut().zip(fields) {
            if more.merged == Merged::No && !more.text.is_empty() && field.text != more.text {
                if !field.text.is_empty() {
                    field.text.push('\n');
                }
                field.text.push_str(&more.text);
            }
        }
    }

    /// Adds a row without a number to the row above it.
    fn join(&mut self, line: u32, fields: Vec<Field>, warnings: &mut Vec<Warning>) {
        let group = self.groups.len();
        let only_text = fields.iter().all(|f| f.text.is_empty() || f.column == Column::Text);
        if let Some(title) = self.groups.last_mut().map(|group| &mut group.title)
            && only_text
            && self.items.last().is_none_or(|item| item.group != group)
        {
            // The heading itself went on over the page.
            title.push(' ');
            title.push_str(get(&fields, &Column::Text));
            return;
        }
        let Some(last) = self.items.last_mut() else {
            let message = "a row without a number before any item";
            warnings.push(Warning::new(WarningCode::RowUnknown, line, message));
            return;
        };
        let message = "a row without a number joins the row above";
        warnings.push(Warning::new(WarningCode::RowJoined, line, message));
        last.source.include(line);
        for (field, more) in last.cells.iter_mut().zip(fields) {
            if !more.text.is_empty() && more.merged != Merged::Above {
                if !field.text.is_empty() {
                    let paragraph = more.text.starts_with(['-', '+']);
                    field.text.push(if paragraph { '\n' } else { ' ' });
                }
                field.text.push_str(&more.text);
            }
        }
    }

    fn check_number(&self, reference: &str, line: u32, warnings: &mut Vec<Warning>) {
        let Ok(number) = reference.parse::<u32>() else { return };
        let whole = |item: &&Item| item.group == self.groups.len() && item.reference.parse::<u32>().is_ok();
        let Some(last) = self.items.iter().rev().find(whole) else { return };
        let Ok(before) = last.reference.parse::<u32>() else { return };
        if number == before {
            let message = format!("number {number} stands twice");
            warnings.push(Warning::new(WarningCode::NumberRepeated, line, message));
        } else if number != before + 1 {
            let message = format!("number {number} follows {before}");
            warnings.push(Warning::new(WarningCode::NumberGap, line, message));
        }
    }

    fn finish(self, out: &mut Compiled, warnings: &mut Vec<Warning>) {
        let has = |wanted: fn(&Column) -> bool| self.columns.iter().any(wanted);
        let of_tasks = has(|c| matches!(c, Column::Lead | Column::Due));
        let has_values = has(|c| matches!(c, Column::Value(_)));
        let of_targets = has_values || (!of_tasks && has(|c| matches!(c, Column::Unit | Column::Tracking)));
        for item in &self.items {
            let group = self.groups.get(item.group.wrapping_sub(1)).cloned().unwrap_or_default();
            if of_targets && !(of_tasks && item::is_schedule(item)) {
                item::target(item, &group, out, warnings);
            } else if of_tasks {
                item::task(item, &group, self.year, out, warnings);
            } else {
                let message = "a row that is neither target nor task";
                warnings.push(Warning::new(WarningCode::RowUnknown, item.source.line_start, message));
            }
        }
    }
}

/// A number without the marks around it; bullets are none.
fn bare_number(text: &str) -> String {
    let text = text.trim().trim_start_matches('(').trim_end_matches(['.', ')', ':', ',']).trim();
    if matches!(text, "-" | "+" | "*" | "•" | "–") { String::new() } else { text.to_owned() }
}

/// How deep a heading of this number lies: part, numeral, decimal.
fn level_of(number: &str) -> Option<usize> {
    if roman(number).is_some() {
        Some(1)
    } else if number.len() == 1 && number.starts_with(|c: char| c.is_ascii_uppercase()) {
        Some(0)
    } else {
        let decimal = !number.is_empty() && number.split('.').all(|part| part.parse::<u32>().is_ok());
        decimal.then_some(2)
    }
}

fn get<'a>(fields: &'a [Field], wanted: &Column) -> &'a str {
    fields.iter().find(|field| field.column == *wanted).map(|field| field.text.as_str()).unwrap_or_default()
}

/// Whether a cell says that it repeats the cell above.
pub(crate) fn is_as_above(cell: &str) -> bool {
    let folded = Folded::new(cell);
    let bare = folded.ascii().trim_matches(|c: char| !c.is_ascii_alphanumeric());
    matches!(bare, "nhu tren" | "nt" | "nhu muc tren" | "nhu tren nt")
        || matches!(cell.trim(), "\"" | "''" | "〃" | "//" | "”" | "-\"-" | "-//-")
}
