//! Signs to lines of text.

use super::marks::Sign;

/// A piece of a line, parted from the next by a wide gap.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) x: f64,
    pub(crate) end: f64,
    /// How wide its first word is.
    pub(crate) first_word: f64,
}

/// A line of text.
#[derive(Clone, Debug)]
pub(crate) struct TextLine {
    pub(crate) base: f64,
    pub(crate) size: f64,
    pub(crate) pieces: Vec<Piece>,
}

impl TextLine {
    /// The whole line.
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// A gap of this many font sizes is a blank; of [`WIDE`] it parts columns.
const BLANK: f64 = 0.16;
const WIDE: f64 = 2.2;
/// A sign this much smaller than its line and raised above it is the mark of a footnote.
const MARK_SIZE: f64 = 0.8;

/// The lines that signs make, from top to bottom.
pub(crate) fn lines(mut signs: Vec<Sign>) -> Vec<TextLine> {
    signs.retain(|sign| !sign.text.trim().is_empty());
    signs.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Vec<Sign>> = Vec::new();
    for sign in signs {
        // A raised mark stands above its line, so it comes first: it joins the line that follows closely.
        let fits = rows.last().and_then(|row| row.last()).is_some_and(|last| {
            sign.base - last.base <= 0.25 * sign.size.max(last.size)
                || (last.size < MARK_SIZE * sign.size && sign.base - last.base <= 0.5 * sign.size)
        });
        match rows.last_mut().filter(|_| fits) {
            Some(row) => row.push(sign),
            None => rows.push(vec![sign]),
        }
    }
    rows.into_iter().filter_map(line).collect()
}

fn line(mut row: Vec<Sign>) -> Option<TextLine> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let size = typical(row.iter().map(|sign| sign.size).collect())?;
    let base = typical(row.iter().map(|sign| sign.base).collect())?;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<&Sign> = None;
    for sign in &row {
        // A letter drawn twice to look bold.
        let again = last.is_some_and(|last| {
            last.text == sign.text && sign.x - last.x < 0.3 * (last.end - last.x).max(0.5)
        });
        if again {
            continue;
        }
        let raised = sign.size < MARK_SIZE * size && base - sign.base > 0.12 * size;
        let gap = last.map_or(0.0, |last| sign.x - last.end);
        let text = if raised && sign.text.chars().all(|c| c.is_ascii_digit()) {
            format!("<sup>{}</sup>", sign.text)
        } else {
            sign.text.clone()
        };
        match pieces.last_mut().filter(|_| gap <= WIDE * size) {
            Some(piece) => {
                if gap > BLANK * size {
                    piece.text.push(' ');
                }
                if !piece.text.contains(' ') {
                    piece.first_word = sign.end - piece.x;
                }
                piece.text.push_str(&text);
                piece.end = piece.end.max(sign.end);
            }
            None => {
                pieces.push(Piece { text, x: sign.x, end: sign.end, first_word: sign.end - sign.x });
            }
        }
        last = Some(sign);
    }
    for piece in &mut pieces {
        piece.text = piece.text.replace("</sup><sup>", "");
    }
    Some(TextLine { base, size, pieces })
}

/// The middle one of some numbers.
fn typical(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// Lines of a cell or column as one text: a line goes on in the next unless its end was chosen, that is, the next
/// word would have had room.
pub(crate) fn flow(lines: &[TextLine], room: f64) -> String {
    let mut text = String::new();
    let mut before: Option<&Piece> = None;
    for line in lines {
        for piece in &line.pieces {
            let chosen = before.is_some_and(|before| {
                let ends = before.text.ends_with(['.', ';', ':']);
                let bullet = piece.text.starts_with("- ") || piece.text.starts_with("+ ");
                let fits = (before.end - before.x) + piece.first_word + line.size * 0.3 < room - line.size;
                fits || (ends && bullet)
            });
            if let Some(before) = before {
                // "71/NQ-" and "CP" are one word that the line broke; "Kinh tế -" and "Hạ tầng" are not.
                let broken = before.text.ends_with('-') && !before.text.ends_with(" -");
                let mark = if chosen {
                    "\n"
                } else if broken {
                    ""
                } else {
                    " "
                };
                text.push_str(mark);
            }
            text.push_str(&piece.text);
            before = Some(piece);
        }
    }
    text
}
