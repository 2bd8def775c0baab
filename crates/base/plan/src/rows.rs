//! Rows of cells that belong to no table become lines: a spreadsheet has its title and its signatures in cells too,
//! and a tab after a number is no column.

use crate::clean::{Line, ends_body, is_ruler};
use crate::header;
use crate::source::Cell;

/// Turns such rows into lines without cells.
pub(crate) fn settle(lines: Vec<Line>) -> Vec<Line> {
    let mut settled = Vec::with_capacity(lines.len());
    let mut width_known: Option<usize> = None;
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        if line.cells.is_none() {
            settled.push(line);
            continue;
        }
        let mut run = vec![line];
        while let Some(next) = lines.next_if(|l| l.cells.is_some() || is_ruler(&l.text)) {
            run.push(next);
        }
        settle_run(run, &mut width_known, &mut settled);
    }
    settled
}

/// Rows that follow each other: a table from its header on, up to the recipients or the signature. A title between
/// two tables is no row of either.
fn settle_run(run: Vec<Line>, width_known: &mut Option<usize>, settled: &mut Vec<Line>) {
    let widths = |line: &Line| line.cells.as_ref().map_or(0, Vec::len);
    let cells = |line: &Line| line.cells.clone().unwrap_or_default();
    let is_header = |at: usize| {
        let rows: Vec<Vec<Cell>> = run[at..].iter().take(3).map(cells).collect();
        header::read(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>()).is_some()
    };
    let headers: Vec<usize> = (0..run.len()).filter(|at| is_header(*at)).collect();
    let continues = headers.is_empty() && run.iter().any(|line| Some(widths(line)) == *width_known);
    if let Some(at) = headers.last() {
        *width_known = Some(widths(&run[*at]));
    }
    let begin = match headers.first() {
        Some(at) => *at,
        None if continues => 0,
        None => run.len(),
    };
    let end = run[begin..].iter().position(|line| ends_body(&line.text)).map_or(run.len(), |at| begin + at);
    let mut in_table: Vec<bool> = (0..run.len()).map(|at| (begin..end).contains(&at)).collect();
    for header in headers.iter().skip(1) {
        let title = (begin..*header).rev().take_while(|at| filled(&run[*at]) <= 1 && !numbered(&run[*at]));
        // The rows right above a repeated header are the table's own unless an annex is named.
        let title: Vec<usize> = title.collect();
        if title.iter().any(|at| crate::layout::is_annex(&run[*at].text)) {
            title.into_iter().for_each(|at| in_table[at] = false);
        }
    }
    for (at, line) in run.into_iter().enumerate() {
        let unknown = headers.is_empty() && !continues && filled(&line) > 2;
        if in_table[at] || unknown {
            settled.push(line);
        } else {
            unfold(line, settled);
        }
    }
}

/// Whether a row begins with a number in a cell of its own.
fn numbered(line: &Line) -> bool {
    let first = line.cells.iter().flatten().map(|cell| cell.text.as_str()).find(|text| !text.is_empty());
    first.is_some_and(crate::outline::is_marker)
}

fn filled(line: &Line) -> usize {
    line.cells.iter().flatten().filter(|cell| !cell.text.is_empty()).count()
}

/// One line for a row with a number and a text, else one for each paragraph of each cell.
fn unfold(line: Line, settled: &mut Vec<Line>) {
    let texts: Vec<String> =
        line.cells.iter().flatten().map(|c| c.text.clone()).filter(|text| !text.is_empty()).collect();
    let numbered = texts.first().is_some_and(|first| {
        let bare = first.trim_end_matches(['.', ')']);
        bare.chars().count() <= 8 && (bare.is_empty() || crate::outline::is_marker(first)) || first == "-"
    });
    let texts = if numbered { vec![texts.join(" ")] } else { texts };
    let mut after_blank = line.after_blank;
    for text in texts.iter().flat_map(|text| text.split('\n')) {
        settled.push(Line { text: text.to_owned(), cells: None, after_blank, ..line.clone() });
        after_blank = false;
    }
}
