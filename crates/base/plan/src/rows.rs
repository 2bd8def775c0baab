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

/// Rows that follow each other: a table from its header on, up to the recipients or the signature.
fn settle_run(run: Vec<Line>, width_known: &mut Option<usize>, settled: &mut Vec<Line>) {
    let widths = |line: &Line| line.cells.as_ref().map_or(0, Vec::len);
    let cells = |line: &Line| line.cells.clone().unwrap_or_default();
    let header = (0..run.len()).find(|&at| {
        let rows: Vec<Vec<Cell>> = run[at..].iter().take(3).map(cells).collect();
        header::read(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>()).is_some()
    });
    let continues = header.is_none() && run.iter().any(|line| Some(widths(line)) == *width_known);
    if let Some(at) = header {
        *width_known = Some(widths(&run[at]));
    }
    let begin = match (header, continues) {
        (Some(at), _) => at,
        (None, true) => 0,
        (None, false) => run.len(),
    };
    let end = run[begin..].iter().position(|line| ends_body(&line.text)).map_or(run.len(), |at| begin + at);
    for (at, line) in run.into_iter().enumerate() {
        let in_table = (begin..end).contains(&at);
        let unknown = header.is_none() && !continues && filled(&line) > 2;
        if in_table || unknown {
            settled.push(line);
        } else {
            unfold(line, settled);
        }
    }
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
