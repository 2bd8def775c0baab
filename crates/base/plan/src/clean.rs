//! Cleaning of single lines: remnants of HTML and Markdown, decomposed letters, slips of character
//! recognition.

use crate::compiled::{Warning, WarningCode};
use crate::folded::Folded;
use crate::source::{Cell, Role, Source};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// A cleaned line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its number in the file.
    pub(crate) number: u32,
    /// Its text, spaces single, trimmed.
    pub(crate) text: String,
    /// Its cells, if it is a row of a table.
    pub(crate) cells: Option<Vec<Cell>>,
    /// How many blanks stood before the text.
    pub(crate) indent: usize,
    /// Whether an empty line stands before it.
    pub(crate) after_blank: bool,
}

/// What character recognition makes of well-known words, and what they are.
const SLIPS: [(&str, &str); 8] = [
    ("VNelD", "VNeID"),
    ("VNeiD", "VNeID"),
    ("VNe|D", "VNeID"),
    ("Co' quan", "Cơ quan"),
    ("Cơ' quan", "Cơ quan"),
    ("co' quan", "cơ quan"),
    ("cơ' quan", "cơ quan"),
    ("Enh vực", "lĩnh vực"),
];

/// Cleans every line; empty lines go, their place is remembered.
pub(crate) fn clean(source: &Source, warnings: &mut Vec<Warning>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::with_capacity(source.lines.len());
    let mut after_blank = true;
    for (index, raw) in source.lines.iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        if let Some((code, message)) = set_aside(raw.role, &raw.text) {
            warnings.push(Warning::new(code, number, message));
            continue;
        }
        let cells = raw.cells.as_ref().map(|cells| {
            let mut clean =
                |cell: &Cell| Cell { text: clean_cell(&cell.text, number, warnings), ..cell.clone() };
            cells.iter().map(&mut clean).collect::<Vec<_>>()
        });
        let text = match &cells {
            Some(cells) => row_text(cells),
            None => clean_text(&raw.text, number, warnings),
        };
        if text.is_empty() {
            after_blank = true;
            continue;
        }
        // A spreadsheet has its lines in cells.
        let first =
            raw.cells.iter().flatten().map(|cell| cell.text.as_str()).find(|cell| !cell.trim().is_empty());
        let shown = if raw.text.is_empty() { first.unwrap_or_default() } else { &raw.text };
        if shown.trim_start().starts_with("<sup>") {
            warnings.push(Warning::new(WarningCode::Footnote, number, "a footnote was set aside"));
            continue;
        }
        if text.starts_with("http://") || text.starts_with("https://") {
            warnings.push(Warning::new(WarningCode::WebAddress, number, "a web address was set aside"));
            continue;
        }
        let indent = shown.chars().take_while(|c| c.is_whitespace()).count();
        lines.push(Line { number, text, cells, indent, after_blank });
        after_blank = false;
    }
    lines
}

/// A line as a person reads it: without remnants of HTML and Markdown, slips left as they are in the file.
pub fn readable(text: &str) -> String {
    let (plain, _) = without_tags(text);
    single_spaced(&without_markdown(&plain).replace("**", ""))
}

/// Why a line is no part of the text, if it is none.
fn set_aside(role: Role, text: &str) -> Option<(WarningCode, String)> {
    match role {
        Role::Body => None,
        Role::Footnote => Some((WarningCode::Footnote, "a footnote was set aside".to_owned())),
        Role::PageFurniture => {
            Some((WarningCode::StrayNumber, format!("a line of the page's edge was set aside: \"{text}\"")))
        }
        Role::Picture => {
            Some((WarningCode::Picture, "a picture was set aside; words in it are not read".to_owned()))
        }
        Role::LeftOut => {
            Some((WarningCode::PartLeftOut, format!("a part that the file hides was left out: \"{text}\"")))
        }
    }
}

/// The cells of a row as one text.
pub(crate) fn row_text(cells: &[Cell]) -> String {
    single_spaced(&cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" "))
}

/// Cleans a cell, paragraph by paragraph.
fn clean_cell(raw: &str, line: u32, warnings: &mut Vec<Warning>) -> String {
    let mut clean = String::new();
    for paragraph in raw.lines().map(|paragraph| clean_text(paragraph, line, warnings)) {
        // A sentence that goes on in small letters was only wrapped.
        let goes_on = paragraph.starts_with(char::is_lowercase)
            && clean.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        if !clean.is_empty() && !paragraph.is_empty() {
            clean.push(if goes_on { ' ' } else { '\n' });
        }
        clean.push_str(&paragraph);
    }
    clean
}

/// Cleans one text and reports what was repaired in it.
fn clean_text(raw: &str, line: u32, warnings: &mut Vec<Warning>) -> String {
    let (plain, had_mark) = without_tags(raw);
    if had_mark {
        warnings.push(Warning::new(WarningCode::Footnote, line, "a footnote mark was taken out"));
    }
    let composed: String = plain.nfc().collect();
    let mut text = without_markdown(&single_spaced(&composed)).to_owned();
    text = text.replace("**", "").replace("( ", "(").replace(" )", ")");
    text = text.replace("“ ", "“").replace(" ”", "”").replace(" . ", ". ").replace(" , ", ", ");
    if let Some(head) = text.strip_suffix(" .") {
        text = format!("{head}.");
    }
    for (slip, word) in SLIPS {
        if text.contains(slip) {
            text = text.replace(slip, word);
            let message = format!("\"{slip}\" was read as \"{word}\"");
            warnings.push(Warning::new(WarningCode::SlipRepaired, line, message));
        }
    }
    let text = with_dash(text.trim_matches(|c: char| c == '|' || c.is_whitespace()));
    single_spaced(text.trim_matches(|c: char| matches!(c, '•' | '*') || c.is_whitespace()))
}

/// Signs that word processors put before the items of a list; the first three are from fonts of symbols.
const BULLETS: [char; 14] =
    ['\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '•', '●', '○', '▪', '■', '◦', '◆', '❖', '➢', '✓', '*'];

/// A dash for the sign before an item of a list.
fn with_dash(text: &str) -> Cow<'_, str> {
    match text.strip_prefix(BULLETS).map(str::trim_start) {
        Some(rest) if rest.starts_with(|c: char| c.is_alphanumeric()) => Cow::Owned(format!("- {rest}")),
        _ => Cow::Borrowed(text),
    }
}

/// Takes out HTML tags and entities; tells whether a numbered footnote mark was among them.
fn without_tags(raw: &str) -> (String, bool) {
    if !raw.contains(['<', '&']) {
        return (raw.to_owned(), false);
    }
    let mut out = String::with_capacity(raw.len());
    let mut had_mark = false;
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tail = &rest[open..];
        let Some(tag) = tag_name(tail) else {
            // A comparison sign (">50", "<5"), not a tag.
            out.push('<');
            rest = &tail[1..];
            continue;
        };
        let close = tail.find('>').map_or(tail.len(), |i| i + 1);
        rest = &tail[close..];
        match tag {
            "sup" => {
                if let Some(end) = rest.find("</sup>") {
                    had_mark |= rest[..end].trim().chars().all(|c| c.is_ascii_digit());
                    rest = &rest[end + "</sup>".len()..];
                }
            }
            "li" | "br" | "p" => out.push(' '),
            _ => {}
        }
    }
    out.push_str(rest);
    let entities =
        [("&nbsp;", " "), ("&gt;", ">"), ("&lt;", "<"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    for (entity, sign) in entities {
        out = out.replace(entity, sign);
    }
    (out, had_mark)
}

/// The name of the HTML tag a text begins with, if it begins with one.
fn tag_name(text: &str) -> Option<&'static str> {
    const NAMES: [&str; 22] = [
        "sup", "sub", "ul", "ol", "li", "br", "p", "b", "i", "u", "em", "strong", "span", "div", "table",
        "tbody", "thead", "tr", "td", "th", "font", "a",
    ];
    let body = text.strip_prefix('<')?;
    let body = body.strip_prefix('/').unwrap_or(body);
    let name_end = body.find(|c: char| !c.is_ascii_alphabetic())?;
    let name = body.get(..name_end)?;
    NAMES.into_iter().find(|known| known.eq_ignore_ascii_case(name) && text.contains('>'))
}

/// Takes the signs of a Markdown heading off the front.
fn without_markdown(text: &str) -> &str {
    let bare = text.trim_start_matches('#');
    if bare.len() < text.len() { bare.trim_start() } else { text }
}

/// Runs of blanks of any sort become one blank.
pub(crate) fn single_spaced(text: &str) -> String {
    let visible = |c: &char| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}');
    let text: String = text.chars().filter(visible).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a line is a ruler of a Markdown table (`---`).
pub(crate) fn is_ruler(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '_' | '=' | '|' | ' ' | ':'))
}

/// Whether the list of recipients or the signature begins here.
pub(crate) fn ends_body(text: &str) -> bool {
    Folded::new(text).starts_with_words("noi nhan")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> (String, Vec<WarningCode>) {
        let mut warnings = Vec::new();
        let text = clean_text(text, 1, &mut warnings);
        (text, warnings.into_iter().map(|w| w.code).collect())
    }

    #[test]
    fn tags_go_and_comparisons_stay() {
        assert_eq!(cleaned("<b>95</b>").0, "95");
        assert_eq!(cleaned(">50").0, ">50");
        assert_eq!(cleaned("<5 và <i>ba</i>").0, "<5 và ba");
        assert_eq!(cleaned("liên quan <sup>1</sup> theo").1, [WarningCode::Footnote]);
    }

    #[test]
    fn slips_are_repaired_and_told() {
        assert_eq!(cleaned("Co' quan VNelD"), ("Cơ quan VNeID".into(), vec![WarningCode::SlipRepaired; 2]));
    }

    #[test]
    fn letters_are_composed() {
        assert_eq!(cleaned("Công an xa\u{303}").0, "Công an xã");
    }
}
