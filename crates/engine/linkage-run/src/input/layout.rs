//! Lists as offices lay them out: titles above the table, a header over several rows, a row of column numbers, and
//! between and below the entries titles of groups, sums, signatures and the header once more on every page.
//!
//! The header is found by its words ([`crate::columns`]); what is no entry is told from entries by the running number,
//! or where there is none by how little of the row is filled.

use crate::columns::{self, Meaning};
use d06_kernel::text::search_key;
use d06_linkage::spec::Role;
use d06_linkage::table::ColumnBuilder;
use std::borrow::Cow;

/// The header is sought in so many rows.
pub(super) const LOOKAHEAD: usize = 20;
/// A header stands over at most so many rows.
const HEADER_ROWS: usize = 3;

/// Where the table of a list is, what its columns are called, and which of its rows are entries.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Header and contents of every column.
    columns: Vec<(String, Source)>,
    /// The first row of the header and the first after it.
    header: (usize, usize),
    /// Rows that long lists repeat on every page: the header, and the numbers of the columns.
    repeated: Vec<Vec<String>>,
    /// The cells of the running number, if most entries have one.
    number: Option<usize>,
    /// How many cells an entry usually fills.
    usual: usize,
    /// Headers whose words are known.
    known: usize,
}

/// What the value of a column is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The cell at this place.
    Cell(usize),
    /// Of two cells under "Nam" and "Nữ" the one that is filled.
    Either(usize, usize),
    /// Of two such cells, whether it is the first ("Nam") or the second ("Nữ").
    Sex(usize, usize),
    /// A name under one header, parted before its last word.
    Name(usize, usize),
}

impl Source {
    /// The value in a row, whose cells `cell` gives; each is asked for once at most.
    fn value<'r>(self, mut cell: impl FnMut(usize) -> Cow<'r, str>) -> Cow<'r, str> {
        let is_blank = |text: &str| text.trim().is_empty();
        match self {
            Self::Cell(place) => cell(place),
            Self::Either(first, second) => match cell(first) {
                text if is_blank(&text) => cell(second),
                text => text,
            },
            Self::Sex(first, second) => match (is_blank(&cell(first)), is_blank(&cell(second))) {
                (false, true) => Cow::Borrowed("Nam"),
                (true, false) => Cow::Borrowed("Nữ"),
                _ => Cow::Borrowed(""),
            },
            Self::Name(first, last) => {
                Cow::Owned(format!("{} {}", cell(first).trim(), cell(last).trim()).trim().to_owned())
            }
        }
    }
}

impl Layout {
    /// Finds the table in the first rows of a list: the header is the row with the most known headers, or the first
    /// row with two cells. `None` if there is neither.
    pub(super) fn find(rows: &[Vec<String>]) -> Option<Self> {
        let ahead = rows.get(..rows.len().min(LOOKAHEAD))?;
        let known = |row: &Vec<String>| row.iter().filter(|text| is_known(text)).count();
        let most = ahead.iter().map(known).max().filter(|most| *most >= 2);
        let place = match most {
            Some(most) => ahead.iter().position(|row| known(row) == most)?,
            None => ahead.iter().position(|row| filled(row) >= 2)?,
        };
        let header = grown(ahead, place);
        let is_numbered = most.is_some() && rows.get(header.1).is_some_and(|row| is_numbering(row));
        let first = header.1 + usize::from(is_numbered);
        let columns = columns_of(rows.get(header.0..header.1)?, rows.get(first..).unwrap_or_default());
        let mut layout = Self {
            columns,
            header: (header.0, first),
            repeated: rows.get(header.0..first)?.to_vec(),
            number: None,
            usual: 0,
            known: most.unwrap_or(0),
        };
        layout.measure(rows.get(first..).unwrap_or_default());
        Some(layout)
    }

    /// A table of one column, or of none: a header is what stands first.
    pub(super) fn of_header(row: &[String]) -> Option<Self> {
        let columns = row.iter().cloned().zip(0..).map(|(header, place)| (header, Source::Cell(place)));
        let (columns, repeated) = (columns.collect(), Vec::new());
        (filled(row) > 0).then_some(Self {
            columns,
            header: (0, 1),
            repeated,
            number: None,
            usual: 0,
            known: 0,
        })
    }

    /// Learns from rows of the list what an entry looks like.
    fn measure(&mut self, rows: &[Vec<String>]) {
        let most = rows.iter().map(|row| filled(row)).max().unwrap_or(0);
        let mut counts: Vec<usize> =
            rows.iter().map(|row| filled(row)).filter(|count| *count * 2 >= most).collect();
        counts.sort_unstable();
        self.usual = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let number = self.columns.iter().find_map(|(header, source)| match source {
            Source::Cell(place) if columns::is_running_number(header) => Some(*place),
            _ => None,
        });
        let full = || rows.iter().filter(|row| filled(row) >= self.usual && !self.repeated.contains(row));
        let has = |row: &&Vec<String>, place: usize| is_number(text(row, place));
        self.number =
            number.filter(|place| full().filter(|row| has(row, *place)).count() * 2 > full().count());
    }

    /// Headers whose words are known.
    pub(super) fn known(&self) -> usize {
        self.known
    }

    /// Whether it is a plain table: one header in the first row, and nothing to be put together.
    pub(super) fn is_plain(&self) -> bool {
        self.header == (0, 1) && self.columns.iter().all(|(_, source)| matches!(source, Source::Cell(_)))
    }

    /// The first row after the header.
    pub(super) fn first(&self) -> usize {
        self.header.1
    }

    /// The headers.
    pub(super) fn headers(&self) -> Vec<String> {
        self.columns.iter().map(|(header, _)| header.clone()).collect()
    }

    /// Appends the chosen values of a row, whose cells `cell` gives.
    pub(super) fn push<'r>(
        &self,
        chosen: &[usize],
        columns: &mut [ColumnBuilder],
        mut cell: impl FnMut(usize) -> Cow<'r, str>,
    ) {
        for (column, place) in columns.iter_mut().zip(chosen) {
            match self.columns.get(*place) {
                Some((_, source)) => column.push(&source.value(&mut cell)),
                None => column.push_missing(),
            }
        }
    }

    /// Whether a row of a plain table is an entry, as far as a glance at the raw cells tells: most of them are.
    pub(super) fn is_entry_at_a_glance<'r>(&self, row: impl Fn(usize) -> &'r [u8], width: usize) -> bool {
        let filled = (0..width).filter(|place| !row(*place).trim_ascii().is_empty()).count();
        let is_numbered = |place| row(place).trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
        let is_repeated = self.repeated.first().and_then(|header| header.first());
        let is_header = is_repeated.is_some_and(|header| header.as_bytes() == row(0).trim_ascii());
        filled > 1 && !is_header && self.number.map_or(filled >= self.usual, is_numbered)
    }

    /// Whether a row that is not blank is an entry of the list.
    pub(super) fn is_entry(&self, row: &[String]) -> bool {
        let count = filled(row);
        let is_none = match self.number.map(|place| text(row, place)) {
            Some(number) if is_number(number) => false,
            // A further person under one number, or an entry whose number was forgotten, says more than a sum does.
            Some("") => count * 2 <= self.usual,
            // A title of a group has words or a Roman number there; an entry that was added, full cells.
            Some(_) => count < self.usual,
            None => (count == 1 && self.usual > 2 && is_title(row)) || (count < self.usual && is_sum(row)),
        };
        !is_none && !self.repeated.iter().any(|repeated| count >= 2 && repeated == row)
    }
}

fn text(row: &[String], place: usize) -> &str {
    row.get(place).map_or("", |text| text.trim())
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|text| !text.trim().is_empty()).count()
}

fn is_known(text: &str) -> bool {
    // "Họ tên chủ hộ: Nguyễn Văn A" is a field of a form.
    let is_field = text.split_once(':').is_some_and(|(_, value)| !value.trim().is_empty());
    !is_field && columns::role_of_header(text).is_some()
}

/// `12`, `3.`, `4a`.
fn is_number(text: &str) -> bool {
    text.len() <= 9 && text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether the first words of a row are several, as those of a title are, and an id is not.
fn is_title(row: &[String]) -> bool {
    row.iter().find(|text| !text.trim().is_empty()).is_some_and(|text| text.trim().contains(' '))
}

/// "Cộng", "Tổng cộng: 400 người".
fn is_sum(row: &[String]) -> bool {
    let first =
        row.iter().map(|text| search_key(text)).find(|key| !key.trim().is_empty()).unwrap_or_default();
    let words: Vec<&str> =
        first.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    matches!(words.as_slice(), ["tong", "cong" | "so", ..] | ["cong"] | ["cong", "cong" | "chung", ..])
}

/// `(1) (2) (3) (4=2+3)`, `A B 1 2`: the numbers of the columns, one after the other.
fn is_numbering(row: &[String]) -> bool {
    let mut last = 0;
    let mut numbers = |text: &str| {
        let bare = text.trim().trim_start_matches(['(', '[']);
        let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
        let is_short = bare.len() <= 12 && bare.chars().all(|c| "0123456789()[]=+-x* ".contains(c));
        match digits.parse::<usize>() {
            Ok(number) => is_short && std::mem::replace(&mut last, number) + 1 == number,
            Err(_) => {
                let letters = bare.trim_end_matches([')', ']']);
                letters.len() == 1 && letters.bytes().all(|byte| byte.is_ascii_alphabetic()) && last == 0
            }
        }
    };
    let cells: Vec<&String> = row.iter().filter(|text| !text.trim().is_empty()).collect();
    cells.len() >= 3 && cells.len() * 3 >= row.len() && cells.iter().all(|text| numbers(text)) && last >= 2
}

/// The rows of a header: the one that was found, the one above if it names what this one leaves open, and those below
/// that part what it holds together.
fn grown(rows: &[Vec<String>], place: usize) -> (usize, usize) {
    let blank = |row: &[String], column: usize| text(row, column).is_empty();
    let (mut from, mut to) = (place, place + 1);
    if let Some((above, row)) =
        place.checked_sub(1).and_then(|above| Some((rows.get(above)?, rows.get(place)?)))
    {
        let over_blank = (0..above.len()).filter(|column| !blank(above, *column) && blank(row, *column));
        if over_blank.count() > 0 && filled(above) >= 2 && !has_digit(above) {
            from = place - 1;
        }
    }
    while to - from < HEADER_ROWS
        && let (Some(row), Some(below)) = (rows.get(to - 1), rows.get(to))
    {
        let width = row.len().max(below.len());
        // A header with nothing beside it in its own row may be parted below; another one may not.
        let is_open = |column: usize| blank(row, column) || (column + 1 < width && blank(row, column + 1));
        let parts = |below: &[String]| {
            (0..width).any(|column| !blank(below, column) && blank(row, column))
                && (0..width).all(|column| blank(below, column) || is_open(column))
                && !has_digit(below)
                && filled(below) >= 2
        };
        // Where one row after the other could be a part of the header, they are entries.
        let is_entry = rows.get(to + 1..to + 3).is_some_and(|more| more.iter().all(|row| parts(row)));
        if !parts(below) || is_entry {
            break;
        }
        to += 1;
    }
    (from, to)
}

fn has_digit(row: &[String]) -> bool {
    row.iter().any(|text| text.contains(|c: char| c.is_ascii_digit()))
}

/// The columns under the rows of a header. One without a header is called by its letter if there is anything in it.
fn columns_of(header: &[Vec<String>], rows: &[Vec<String>]) -> Vec<(String, Source)> {
    let width = header.iter().chain(rows).map(Vec::len).max().unwrap_or(0);
    let parts: Vec<Vec<String>> = (0..width).map(|column| parts_of(header, column)).collect();
    let has_sex = parts.iter().any(|parts| {
        columns::role_of_header(&parts.join(" ")) == Some(Meaning::Role(Role::Sex)) && !is_sex(parts, "nam")
    });
    let mut columns = Vec::with_capacity(width);
    let mut column = 0;
    while column < width {
        let (this, next) = (&parts[column], parts.get(column + 1));
        if let Some(next) = next
            && is_sex(this, "nam")
            && is_sex(next, "nu")
        {
            let group = this.get(..this.len() - 1).unwrap_or_default().join(" ");
            let (of_sex, pair) = (columns::role_of_header(&group), (column, column + 1));
            let is_mark = of_sex == Some(Meaning::Role(Role::Sex));
            if !is_mark {
                let header = if group.is_empty() { "Nam/Nữ".to_owned() } else { group.clone() };
                columns.push((header, Source::Either(pair.0, pair.1)));
            }
            if is_mark || !has_sex {
                let header = if is_mark { group } else { "Giới tính".to_owned() };
                columns.push((header, Source::Sex(pair.0, pair.1)));
            }
            column += 2;
            continue;
        }
        let header = this.join(" ");
        if columns::role_of_header(&header) == Some(Meaning::Role(Role::Name))
            && next.is_some_and(|next| next.is_empty())
            && are_words(rows, column + 1)
        {
            columns.push((header, Source::Name(column, column + 1)));
            column += 1;
        } else if !header.is_empty() {
            columns.push((header, Source::Cell(column)));
        } else if rows.iter().any(|row| !text(row, column).is_empty()) {
            columns.push((format!("({})", letters(column)), Source::Cell(column)));
        }
        column += 1;
    }
    columns
}

/// The words over a column, the widest first.
fn parts_of(header: &[Vec<String>], column: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for (place, row) in header.iter().enumerate() {
        let below = || header.iter().skip(place + 1);
        let is_parted = |column: usize| below().any(|row| !text(row, column).is_empty());
        let mut from = column;
        // A cell that stands over several columns is written in the first of them.
        while from > 0 && text(row, from).is_empty() && is_parted(column) && is_parted(from - 1) {
            from -= 1;
        }
        let words: Vec<&str> = text(row, from).split_whitespace().collect();
        if !words.is_empty() {
            parts.push(words.join(" "));
        }
    }
    parts
}

/// Whether most rows have one word without digits in this column.
fn are_words(rows: &[Vec<String>], column: usize) -> bool {
    let entries: Vec<&Vec<String>> = rows.iter().filter(|row| filled(row) >= 3).collect();
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphabetic());
    let words = entries.iter().filter(|row| is_word(text(row, column))).count();
    words >= 2 && words * 2 > entries.len()
}

fn is_sex(parts: &[String], sex: &str) -> bool {
    parts.last().is_some_and(|part| search_key(part).trim() == sex)
}

/// The letters of a spreadsheet's column.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    if column < 26 { last.to_string() } else { format!("{}{last}", letters(column / 26 - 1)) }
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
