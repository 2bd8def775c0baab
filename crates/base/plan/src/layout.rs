//! Which lines are a table, a table flattened by PDF extraction, or prose.

use crate::clean::{Line, ends_body, is_ruler};
use crate::folded::Folded;

/// Lines of one layout.
#[derive(Debug)]
pub(crate) enum Region<'a> {
    /// Rows with cells.
    Table(&'a [Line]),
    /// A table whose cells follow each other line by line; begins with its header.
    Flat(&'a [Line]),
    /// Running text.
    Prose(&'a [Line]),
}

/// How many lines a flattened header may take.
const HEADER_LINES: usize = 14;

/// Splits a document into regions. Addressees and signatures belong to none.
pub(crate) fn split(lines: &[Line]) -> Vec<Region<'_>> {
    let mut regions = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rest = &lines[at..];
        let (region, taken) = if rest[0].cells.is_some() {
            let rows = rest.iter().take_while(|l| l.cells.is_some() || is_ruler(&l.text)).count();
            (Some(Region::Table(&rest[..rows])), rows)
        } else if is_flat_header(rest) {
            let rows =
                rest.iter().skip(1).take_while(|l| !ends_body(&l.text) && !is_annex(&l.text)).count() + 1;
            (Some(Region::Flat(&rest[..rows])), rows)
        } else if ends_body(&rest[0].text) {
            (None, rest.iter().take_while(|l| l.cells.is_none() && !is_annex(&l.text)).count().max(1))
        } else {
            let rows = prose_length(rest);
            (Some(Region::Prose(&rest[..rows])), rows)
        };
        regions.extend(region);
        at += taken.max(1);
    }
    regions
}

fn prose_length(rest: &[Line]) -> usize {
    (1..rest.len())
        .find(|&i| rest[i].cells.is_some() || ends_body(&rest[i].text) || is_flat_header(&rest[i..]))
        .unwrap_or(rest.len())
}

/// Whether an annex begins here (PHỤ LỤC in capitals).
pub(crate) fn is_annex(text: &str) -> bool {
    text.starts_with("PHỤ LỤC") || text.starts_with("Phụ lục I") || text.starts_with("DANH MỤC")
}

/// Whether a flattened table header begins here: "TT", then the words of at least three columns within a few
/// short lines.
pub(crate) fn is_flat_header(rest: &[Line]) -> bool {
    let Some(first) = rest.first().filter(|l| l.cells.is_none()) else { return false };
    let folded = Folded::new(&first.text);
    if !["tt", "stt", "so tt"].iter().any(|word| folded.starts_with_words(word)) {
        return false;
    }
    header_columns(rest).len() >= 3
}

/// The columns of a flattened header in their order, by the place of their words.
pub(crate) fn header_columns(rest: &[Line]) -> Vec<FlatColumn> {
    let mut text = String::new();
    for line in rest.iter().take(HEADER_LINES).take_while(|l| l.text.chars().count() < 90) {
        text.push_str(&line.text);
        text.push(' ');
    }
    let folded = Folded::new(&text);
    let mut found: Vec<(usize, FlatColumn)> = FlatColumn::ALL
        .into_iter()
        .filter_map(|column| {
            let at = column.words().iter().filter_map(|word| folded.find_words(word, 0)).min()?;
            Some((at, column))
        })
        .collect();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, column)| column).collect()
}

/// The columns looked for in a flattened table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FlatColumn {
    /// The item in words.
    Text,
    /// Who leads.
    Lead,
    /// Who takes part.
    Coordinating,
    /// By when.
    Due,
    /// The product.
    Product,
}

impl FlatColumn {
    const ALL: [Self; 5] = [Self::Text, Self::Lead, Self::Coordinating, Self::Due, Self::Product];

    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["noi dung", "nhiem vu", "cong viec"],
            Self::Lead => &["chu tri", "don vi thuc hien", "co quan thuc hien"],
            Self::Coordinating => &["phoi hop", "phoi"],
            Self::Due => &["thoi gian", "thoi han", "tien do"],
            Self::Product => &["san pham", "ket qua"],
        }
    }
}

/// How many lines the flattened header takes: its words, up to the first line with other words.
pub(crate) fn header_length(rest: &[Line]) -> usize {
    rest.iter().take(HEADER_LINES).take_while(|line| is_header_words(&line.text)).count()
}

/// Whether a line holds nothing but words of table headers (or the numeral of a group that slipped in).
fn is_header_words(text: &str) -> bool {
    const VOCABULARY: [&str; 34] = [
        "tt", "stt", "so", "noi", "dung", "nhiem", "vu", "cu", "the", "don", "vi", "chu", "tri", "phoi",
        "hop", "thoi", "gian", "hoan", "thanh", "han", "co", "quan", "thuc", "hien", "san", "pham", "ket",
        "qua", "tien", "do", "ghi", "giai", "phap", "va",
    ];
    let folded = Folded::new(text);
    let mut words = folded.ascii().split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.all(|word| {
        VOCABULARY.contains(&word) || crate::numbering::roman(&word.to_ascii_uppercase()).is_some()
    })
}
