//! Tables flattened by PDF extraction: the cells of a row follow each other line by line, wrapped in their
//! narrow columns, with no sign of where one ends.
//!
//! What is left of the table to go by: rows begin with the next number; the text column is wide and the
//! columns of units and times are narrow; names of units and times begin with known words; an empty cell
//! leaves a blank before the next one; a row that runs over a page carries its text on after its narrow
//! cells.

use crate::agency::{head_at, joined_to_before, split_units};
use crate::clean::{Line, single_spaced};
use crate::compiled::{Compiled, Span, Task, Warning, WarningCode};
use crate::due::{parse_due, plan_year};
use crate::folded::Folded;
use crate::layout::{FlatColumn, header_columns, header_length, is_flat_header};
use crate::numbering::{announced_count, roman, to_roman};
use crate::outline::is_page_number;

/// The most lines that one row takes; what follows is reported.
const MAX_ROW_LINES: usize = 400;

/// Reads a flattened table into tasks.
pub(crate) fn read(lines: &[Line], out: &mut Compiled, warnings: &mut Vec<Warning>) {
    let columns = header_columns(lines);
    let rows = rows(lines, warnings);
    let year = plan_year(&out.document.period);
    let mut last: Option<&Row<'_>> = None;
    for row in &rows {
        let cells = cells(row, &columns, warnings);
        let same = last.is_some_and(|last| last.number == row.number);
        let reference = match (&row.group.number, same) {
            (group, _) if group.is_empty() => row.number.to_string(),
            (group, _) => format!("{group}.{}", row.number),
        };
        let line = row.span.line_start;
        if cells.lead.is_empty() {
            warnings.push(Warning::new(
                WarningCode::LeadMissing,
                line,
                format!("task {reference} has no lead"),
            ));
        }
        out.tasks.push(Task {
            reference,
            group: row.group.number.clone(),
            group_title: row.group.title.clone(),
            text: cells.text,
            lead: split_units(&cells.lead, line, warnings),
            coordinating: split_units(&cells.coordinating, line, warnings),
            due: parse_due(&cells.due, year, line, warnings),
            product: cells.product,
            source: row.span,
        });
        last = Some(row);
    }
    check_counts(&rows, warnings);
}

/// A heading over rows.
#[derive(Clone, Debug, Default)]
struct Group {
    number: String,
    title: String,
    line: u32,
}

/// The lines of one row, the number taken off.
#[derive(Debug)]
struct Row<'a> {
    number: u32,
    group: Group,
    lines: Vec<Piece<'a>>,
    span: Span,
}

/// A line of a row.
#[derive(Clone, Copy, Debug)]
struct Piece<'a> {
    text: &'a str,
    /// How many empty cells stand before it.
    empty_before: usize,
    line: u32,
    /// Whether a page begins with it.
    new_page: bool,
}

/// Finds the rows: each begins with the number after the last.
fn rows<'a>(lines: &'a [Line], warnings: &mut Vec<Warning>) -> Vec<Row<'a>> {
    let spaced = lines.iter().filter(|line| line.after_blank).count() * 2 > lines.len();
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut group = Group::default();
    let mut in_heading = false;
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        if is_flat_header(&lines[at..]) {
            let taken = header_length(&lines[at..]).max(1);
            // A numeral between the words of a header is the number of the group that follows.
            let slipped = lines[at..at + taken].iter().find(|line| is_numeral(&line.text));
            if let Some(slipped) = slipped {
                group = Group { number: slipped.text.clone(), title: String::new(), line: slipped.number };
                in_heading = true;
            }
            at += taken;
            continue;
        }
        at += 1;
        if is_page_number(&line.text) {
            warnings.push(Warning::new(WarningCode::StrayNumber, line.number, "a page number was set aside"));
            continue;
        }
        if let Some(title) = group_heading(&line.text, &group) {
            let number = line.text.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
            group = Group { number: number.to_owned(), title: title.to_owned(), line: line.number };
            in_heading = true;
            continue;
        }
        let expected = rows.last().map_or(1, |row| row.number + 1);
        if let Some((number, rest)) = row_start(&line.text, expected, rows.last()) {
            if number > expected {
                let message = format!("number {number} follows {}", expected - 1);
                warnings.push(Warning::new(WarningCode::NumberGap, line.number, message));
            } else if number < expected {
                let message = format!("number {number} stands twice");
                warnings.push(Warning::new(WarningCode::NumberRepeated, line.number, message));
            }
            in_heading = false;
            let piece = Piece { text: rest, empty_before: 0, line: line.number, new_page: false };
            rows.push(Row { number, group: group.clone(), lines: vec![piece], span: Span::of(line.number) });
        } else if in_heading {
            group.title = single_spaced(&format!("{} {}", group.title, line.text));
        } else if let Some(row) = rows.last_mut().filter(|row| row.lines.len() < MAX_ROW_LINES) {
            let new_page = spaced && !line.after_blank;
            let empty_before = line.indent.saturating_sub(usize::from(new_page));
            row.span.include(line.number);
            row.lines.push(Piece { text: &line.text, empty_before, line: line.number, new_page });
        } else {
            warnings.push(Warning::new(
                WarningCode::RowUnknown,
                line.number,
                "a line that belongs to no row",
            ));
        }
    }
    rows
}

/// The title of the group that a line heads: the next Roman numeral and words that begin with a capital.
fn group_heading<'a>(text: &'a str, last: &Group) -> Option<&'a str> {
    let (word, rest) = text.split_once(' ')?;
    let number = roman(word.trim_end_matches('.'))?;
    let expected = roman(&last.number).unwrap_or(0) + 1;
    let rest = rest.trim();
    (number == expected && rest.starts_with(char::is_uppercase) && to_roman(number).len() <= 5)
        .then_some(rest)
}

fn is_numeral(text: &str) -> bool {
    roman(text).is_some()
}

/// The number and text of a row that begins here. A gap of a few numbers is let pass; a number that was used
/// is a row only when the row above has its time already and plain text follows.
fn row_start<'a>(text: &'a str, expected: u32, last: Option<&Row<'_>>) -> Option<(u32, &'a str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = text.get(..digits).filter(|d| (1..=3).contains(&d.len()))?.parse().ok()?;
    let after = text.get(digits..)?;
    let dotted = after.starts_with(['.', ')']);
    let rest = after.trim_start_matches(['.', ')']).trim_start();
    // A footnote's mark may stick to the first word: "38. 2Tiến hành".
    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let words =
        if rest.len() - words.len() <= 2 && words.starts_with(char::is_uppercase) { words } else { rest };
    let begins = words.starts_with(char::is_uppercase) && (dotted || after.starts_with(' '));
    if !begins {
        return None;
    }
    let in_order = number == expected || (dotted && number > expected && number <= expected + 3);
    let again = dotted
        && number + 1 == expected
        && last
            .is_some_and(|row| row.lines.iter().any(|piece| due_at(&Folded::new(piece.text), 0).is_some()))
        && due_at(&Folded::new(words), 0).is_none();
    (in_order || again).then_some((number, words))
}

/// The cells of a row, put together again.
#[derive(Debug, Default)]
struct Cells {
    text: String,
    lead: String,
    coordinating: String,
    due: String,
    product: String,
}

fn cells(row: &Row<'_>, columns: &[FlatColumn], warnings: &mut Vec<Warning>) -> Cells {
    let lines = without_stray_numbers(row, warnings);
    let from = narrow_start(&lines);
    let until = narrow_end(&lines, from);
    let mut cells = Cells { text: joined(lines[..from].iter().chain(&lines[until..])), ..Cells::default() };
    let (narrow, starts) = narrow_text(&lines[from..until], row.number, warnings);
    let folded = Folded::new(&narrow);
    let due = first_due(&folded, &starts);
    let due_column = columns.contains(&FlatColumn::Due);
    let (units, rest) = match due.filter(|_| due_column) {
        Some(at) => (at, at),
        None => (
            starts.iter().find(|s| s.empty_before > 0 && s.at > 0).map_or(folded.len(), |s| s.at),
            folded.len(),
        ),
    };
    let empty = starts.iter().any(|s| s.empty_before > 0 && s.at >= units.min(rest) && s.at <= rest + 1);
    let split = if empty || !columns.contains(&FlatColumn::Coordinating) {
        units
    } else {
        second_unit(&folded, &starts, units).unwrap_or(units)
    };
    folded.slice(0, split).clone_into(&mut cells.lead);
    folded.slice(split, units).clone_into(&mut cells.coordinating);
    let product = columns
        .contains(&FlatColumn::Product)
        .then(|| starts.iter().find(|s| s.at > units && folded.is_upper(s.at) && !s.inside_due).map(|s| s.at))
        .flatten()
        .unwrap_or(folded.len());
    folded.slice(units, product).clone_into(&mut cells.due);
    folded.slice(product, folded.len()).clone_into(&mut cells.product);
    cells
}

/// The lines of a row without page numbers that ended up at the end of a line of text: a lone number before a
/// line that goes on in small letters, after a word that takes no number.
fn without_stray_numbers<'a>(row: &Row<'a>, warnings: &mut Vec<Warning>) -> Vec<Piece<'a>> {
    const TAKES_NUMBER: [&str; 18] = [
        "thang", "nam", "ngay", "so", "quy", "muc", "khoan", "dieu", "an", "thu", "vuc", "lan", "hon", "den",
        "tren", "tu", "chi", "phi",
    ];
    let mut lines = row.lines.clone();
    for at in 0..lines.len().saturating_sub(1) {
        let small_after = lines[at + 1].text.starts_with(char::is_lowercase);
        let Some((head, number)) = lines[at].text.rsplit_once(' ') else { continue };
        let folded = crate::folded::fold(head);
        let word = folded.rsplit(' ').next().unwrap_or_default();
        if small_after && is_page_number(number) && !TAKES_NUMBER.contains(&word) && word.len() > 1 {
            lines[at].text = head;
            let message = format!("the number {number} inside the text was set aside");
            warnings.push(Warning::new(WarningCode::StrayNumber, lines[at].line, message));
        }
    }
    lines
}

/// Where the narrow columns begin: the first line that begins with a unit's name or a time and after which no
/// line is as wide as the text, up to the end of the page.
fn narrow_start(lines: &[Piece<'_>]) -> usize {
    let width = |piece: &Piece<'_>| piece.text.chars().count();
    for at in 1..lines.len() {
        // A name may be broken after its first syllable: "Công / an xã".
        let opening = lines[at..].iter().take(3).map(|piece| piece.text).collect::<Vec<_>>().join(" ");
        let folded = Folded::new(&opening);
        let before = crate::folded::fold(lines[at - 1].text);
        let carried_on =
            ["cua", "thuoc", "voi", "va"].iter().any(|word| before.ends_with(&format!(" {word}")));
        let begins_unit = head_at(folded.ascii(), 0).is_some() && folded.is_upper(0) && !carried_on;
        let begins_time = due_at(&folded, 0).is_some() && lines[at].empty_before > 0;
        if !(begins_unit || begins_time) {
            continue;
        }
        let text_width = lines[..at].iter().map(width).max().unwrap_or(0);
        let page_end = (at + 1..lines.len()).find(|&i| lines[i].new_page).unwrap_or(lines.len());
        let tail = &lines[at..page_end];
        let tail_width = tail.iter().map(width).max().unwrap_or(0);
        let has_time = lines[at..].iter().any(|piece| {
            let folded = Folded::new(piece.text);
            (0..folded.len()).any(|i| due_at(&folded, i).is_some())
        });
        if tail_width * 100 <= text_width * 78 && (has_time || page_end == lines.len()) {
            return at;
        }
    }
    lines.len()
}

/// Where the narrow columns end: at a new page whose lines are as wide as the text.
fn narrow_end(lines: &[Piece<'_>], from: usize) -> usize {
    let width = |piece: &Piece<'_>| piece.text.chars().count();
    let narrow = lines.iter().skip(from).take_while(|piece| !piece.new_page).map(width).max().unwrap_or(0);
    (from + 1..lines.len())
        .find(|&at| {
            let wide = lines[at..].iter().map(width).max().unwrap_or(0);
            lines[at].new_page && wide * 100 > narrow.max(8) * 130
        })
        .unwrap_or(lines.len())
}

/// Where a line begins inside the joined narrow text.
#[derive(Clone, Copy, Debug)]
struct LineStart {
    at: usize,
    empty_before: usize,
    /// Whether the line carries a time on.
    inside_due: bool,
}

/// The narrow lines as one text, and where each line begins in it. The row's own number, written again
/// inside, is taken out.
fn narrow_text(lines: &[Piece<'_>], number: u32, warnings: &mut Vec<Warning>) -> (String, Vec<LineStart>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    let mut length = 0;
    let again = format!("{number}.");
    for piece in lines {
        let bare = match piece.text.strip_prefix(&again) {
            Some(rest) if rest.starts_with(' ') => {
                let message = format!("number {number} stands twice");
                warnings.push(Warning::new(WarningCode::NumberRepeated, piece.line, message));
                rest.trim_start()
            }
            _ => piece.text,
        };
        if length > 0 {
            text.push(' ');
            length += 1;
        }
        let inside_due = bare.starts_with(|c: char| c.is_ascii_digit() || c.is_lowercase());
        let empty_before = piece.empty_before + usize::from(bare.len() < piece.text.len());
        starts.push(LineStart { at: length, empty_before, inside_due });
        text.push_str(bare);
        length += bare.chars().count();
    }
    (text, starts)
}

/// Where the time begins in the narrow text: at a line, or after a unit's name on the same line.
fn first_due(folded: &Folded<'_>, starts: &[LineStart]) -> Option<usize> {
    (0..folded.len()).find(|&at| {
        due_at(folded, at).is_some()
            && (at == 0
                || folded.ascii().as_bytes().get(at - 1) == Some(&b' ')
                || starts.iter().any(|s| s.at == at))
    })
}

/// Whether a time begins here, by its first words; cells begin with a capital.
fn due_at(folded: &Folded<'_>, at: usize) -> Option<usize> {
    const OPENINGS: [&str; 24] = [
        "thuc hien thuong",
        "thuc hien khi",
        "thuong xuyen",
        "nam 20",
        "trong nam",
        "trong thang",
        "trong quy",
        "thang",
        "theo lo",
        "theo chi",
        "theo tien",
        "theo huong",
        "theo yeu",
        "theo ke",
        "khi co",
        "sau khi",
        "hoan thanh",
        "hoan",
        "phan dau",
        "quy",
        "truoc",
        "tu thang",
        "dinh ky",
        "trong",
    ];
    let rest = folded.ascii().get(at..)?;
    let found = OPENINGS.iter().find(|opening| rest.starts_with(**opening))?;
    let edge = rest.as_bytes().get(found.len()).is_none_or(|b| !b.is_ascii_alphabetic());
    let whole = match *found {
        // A lone "Thực hiện" may stand at the end of a line.
        "quy" => rest.get(4..5).is_some_and(|c| "i1234v".contains(c)),
        "nam 20" => true,
        _ => edge,
    };
    (whole && folded.is_upper(at)).then_some(found.len())
}

/// Where the second unit's name begins: the coordinating column.
fn second_unit(folded: &Folded<'_>, starts: &[LineStart], until: usize) -> Option<usize> {
    let ascii = folded.ascii();
    (1..until).find(|&at| {
        let company = ["viettel", "vnpt", "mobifone"].iter().any(|name| ascii[at..].starts_with(name));
        if company || head_at(ascii, at).is_none() || joined_to_before(ascii, at) {
            return false;
        }
        let before = ascii.get(..at).unwrap_or_default().trim_end();
        let listed = before.ends_with([',', ';', '-']);
        let at_line = starts.iter().any(|s| s.at == at);
        let common = ["cac ", "co quan"].iter().any(|head| ascii[at..].starts_with(head));
        !listed && (folded.is_upper(at) || (at_line && common))
    })
}

/// Compares the number of rows of each group with the number its title announces.
fn check_counts(rows: &[Row<'_>], warnings: &mut Vec<Warning>) {
    let mut groups: Vec<(&Group, usize)> = Vec::new();
    for row in rows {
        match groups.last_mut().filter(|(group, _)| group.number == row.group.number) {
            Some((_, count)) => *count += 1,
            None => groups.push((&row.group, 1)),
        }
    }
    for (group, found) in groups {
        if let Some(announced) = announced_count(&group.title).filter(|announced| *announced != found) {
            let message = format!("\"{}\" announces {announced} tasks, {found} were found", group.title);
            warnings.push(Warning::new(WarningCode::CountDiffers, group.line, message));
        }
    }
}

fn joined<'a, 'b: 'a>(lines: impl Iterator<Item = &'a Piece<'b>>) -> String {
    let text = lines.map(|piece| piece.text).collect::<Vec<_>>().join(" ");
    single_spaced(&text)
}
