//! The outline of running text: numbered items, their paragraphs and bullets, out of wrapped lines.

use crate::clean::Line;
use crate::compiled::{Span, Warning, WarningCode};
use crate::fields::{is_label_line, labelled};
use crate::letterhead::part;
use crate::numbering::roman;

/// The sign that an item begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `A.`, "Phần thứ nhất"
    Part(char),
    /// `IV.`
    Roman(u32),
    /// "Điều 2." of a decision.
    Article(u32),
    /// `2.`, `2.1.`, `2.2.3.`
    Decimal(Vec<u32>),
    /// `(3)`
    Paren(u32),
    /// `a)`
    Letter(char),
    /// `-`
    Dash,
    /// `+`
    Plus,
}

impl Marker {
    /// Depth in the outline: an item is below the last one of lower rank.
    pub(crate) fn rank(&self) -> usize {
        match self {
            Self::Part(_) => 0,
            Self::Roman(_) | Self::Article(_) => 1,
            Self::Decimal(parts) => 1 + parts.len(),
            Self::Paren(_) => 10,
            Self::Letter(_) => 11,
            Self::Dash => 12,
            Self::Plus => 13,
        }
    }

    /// Whether it is a bullet and carries no number.
    pub(crate) fn is_bullet(&self) -> bool {
        matches!(self, Self::Dash | Self::Plus)
    }
}

/// A paragraph and its lines.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// An item of the outline.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) marker: Marker,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// The first paragraph: the title of a group, the text of an item.
    pub(crate) fn title(&self) -> &str {
        self.paragraphs.first().map(|p| p.text.as_str()).unwrap_or_default()
    }

    /// The title without the colon that opens what stands below.
    pub(crate) fn heading(&self) -> &str {
        self.title().trim_end_matches([':', ' '])
    }

    /// Its own lines and those of everything below it.
    pub(crate) fn span(&self) -> Span {
        let mut spans = self.paragraphs.iter().map(|p| p.span).chain(self.children.iter().map(Node::span));
        let first = spans.next().unwrap_or(Span::of(1));
        spans.fold(first, |mut all, span| {
            all.include(span.line_start);
            all.include(span.line_end);
            all
        })
    }
}

/// Deepest nesting kept; deeper items join their parent. Ranks allow no more than this.
const MAX_DEPTH: usize = 14;

/// Builds the outline. Text before the first item is left out: it is the opening of the document.
pub(crate) fn build(lines: &[Line], warnings: &mut Vec<Warning>) -> Vec<Node> {
    let width = typical_width(lines);
    let mut open: Vec<Node> = Vec::new();
    let mut done: Vec<Node> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in lines {
        if is_page_number(&line.text) {
            warnings.push(Warning::new(WarningCode::StrayNumber, line.number, "a page number was set aside"));
            continue;
        }
        let labelled_line = || is_label_line(&line.text).then_some((Marker::Dash, line.text.as_str()));
        let found = marker(&line.text)
            .or_else(labelled_line)
            .filter(|(marker, rest)| may_begin(marker, rest, (previous, line), width, &open));
        match found {
            Some((marker, rest)) => {
                while open.last().is_some_and(|node| node.marker.rank() >= marker.rank())
                    || open.len() >= MAX_DEPTH
                {
                    close_last(&mut open, &mut done);
                }
                let paragraph = Paragraph { text: rest.to_owned(), span: Span::of(line.number) };
                open.push(Node { marker, paragraphs: vec![paragraph], children: Vec::new() });
            }
            None => continue_text(line, previous, width, &mut open, &mut done),
        }
        previous = Some(line);
    }
    while !open.is_empty() {
        close_last(&mut open, &mut done);
    }
    done
}

/// Moves the innermost open item to its parent.
fn close_last(open: &mut Vec<Node>, done: &mut Vec<Node>) {
    if let Some(node) = open.pop() {
        match open.last_mut() {
            Some(parent) => parent.children.push(node),
            None => done.push(node),
        }
    }
}

/// A line without a marker: it carries the last paragraph on, or begins a paragraph of the numbered item.
fn continue_text(
    line: &Line,
    previous: Option<&Line>,
    width: usize,
    open: &mut Vec<Node>,
    done: &mut Vec<Node>,
) {
    let fresh = previous.is_some_and(|previous| begins_paragraph(line, previous, width));
    if fresh {
        while open.len() > 1 && open.last().is_some_and(|node| node.marker.is_bullet()) {
            close_last(open, done);
        }
    }
    let Some(node) = open.last_mut() else { return };
    // "PHẦN THỨ HAI" alone on its line: the next line is its title.
    let untitled = node.title().is_empty();
    match node.paragraphs.last_mut().filter(|_| !fresh || untitled) {
        Some(paragraph) => {
            if !paragraph.text.is_empty() {
                paragraph.text.push(' ');
            }
            paragraph.text.push_str(&line.text);
            paragraph.span.include(line.number);
        }
        None => {
            let span = Span::of(line.number);
            node.paragraphs.push(Paragraph { text: line.text.clone(), span });
        }
    }
}

/// Whether a text is nothing but the marker of an item: `1.`, `a)`, `-`.
pub(crate) fn is_marker(text: &str) -> bool {
    marker(&format!("{text} A")).is_some_and(|(_, rest)| rest == "A") || text.parse::<u32>().is_ok()
}

/// Whether a line begins with the marker of an item.
pub(crate) fn begins_item(text: &str) -> bool {
    marker(text).is_some()
}

/// A line without the marker of an item, if it begins with one.
pub(crate) fn without_marker(text: &str) -> &str {
    marker(text).map_or(text, |(_, rest)| rest)
}

/// The marker a line begins with, and the text after it.
fn marker(text: &str) -> Option<(Marker, &str)> {
    for (sign, marker) in
        [("- ", Marker::Dash), ("– ", Marker::Dash), ("— ", Marker::Dash), ("+ ", Marker::Plus)]
    {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some((marker, rest.trim()));
        }
    }
    if let Some(inner) = text.strip_prefix('(') {
        let (number, rest) = inner.split_once(')')?;
        return Some((Marker::Paren(number.parse().ok().filter(|n| *n < 100)?), rest.trim()));
    }
    if let Some((number, rest)) = part(text) {
        let letter = char::from_u32(u32::from('A') + number - 1)?;
        return Some((Marker::Part(letter), rest));
    }
    if let Some(found) = counted_heading(text) {
        return Some(found);
    }
    let (word, rest) = text.split_once(' ')?;
    let bare = word.trim_end_matches(['.', ')', ':']);
    if bare.len() < word.len()
        && let Some(number) = roman(bare)
        && bare.len() < 7
    {
        return Some((Marker::Roman(number), rest.trim()));
    }
    let mut letters = bare.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && bare.len() < word.len()
        && letter.is_alphabetic()
    {
        let all_capitals = rest.chars().all(|c| !c.is_lowercase());
        if letter.is_lowercase() {
            return Some((Marker::Letter(letter), rest.trim()));
        }
        return all_capitals.then(|| (Marker::Part(letter), rest.trim()));
    }
    let parts: Option<Vec<u32>> =
        bare.split('.').map(|part| part.parse().ok().filter(|n| *n < 100)).collect();
    let parts = parts.filter(|parts| parts.len() <= 5)?;
    (parts.len() > 1 || bare.len() < word.len()).then(|| (Marker::Decimal(parts), rest.trim()))
}

/// An item whose number follows a word: "Điều 2. Giao nhiệm vụ", "Nhiệm vụ 3: Tổng kết".
fn counted_heading(text: &str) -> Option<(Marker, &str)> {
    let word =
        ["Điều", "Nhiệm vụ số", "Nhiệm vụ", "Nội dung"].into_iter().find(|word| text.starts_with(word))?;
    let after = text.get(word.len()..)?.strip_prefix(' ')?;
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let number = after.get(..digits)?.parse().ok().filter(|n| *n < 100)?;
    let rest = after.get(digits..)?.strip_prefix(['.', ':'])?.trim();
    let marker = if word == "Điều" { Marker::Article(number) } else { Marker::Decimal(vec![number]) };
    Some((marker, rest))
}

/// Whether an item may begin here, or the sign only happens to stand at the front of a wrapped line.
fn may_begin(
    marker: &Marker,
    rest: &str,
    (previous, line): (Option<&Line>, &Line),
    width: usize,
    open: &[Node],
) -> bool {
    let Some(previous) = previous else { return true };
    let closed = is_closed(&previous.text, width);
    match marker {
        Marker::Dash | Marker::Plus => closed || labelled(rest).is_some(),
        _ => closed || line.after_blank || is_next(marker, open),
    }
}

/// Whether the number is the one that follows in the outline.
fn is_next(marker: &Marker, open: &[Node]) -> bool {
    let last_of_rank =
        open.iter().rev().find(|node| node.marker.rank() <= marker.rank()).map(|node| &node.marker);
    match (marker, last_of_rank) {
        (Marker::Roman(n), Some(Marker::Roman(last))) | (Marker::Article(n), Some(Marker::Article(last))) => {
            *n == last + 1
        }
        (Marker::Paren(n), Some(Marker::Paren(last))) => *n == last + 1,
        (Marker::Decimal(n), Some(Marker::Decimal(last))) => {
            let child = n.len() == last.len() + 1 && n.starts_with(last) && n.last() == Some(&1);
            let sibling =
                n.len() == last.len() && n.last().zip(last.last()).is_some_and(|(a, b)| *a == b + 1);
            child || sibling
        }
        (Marker::Decimal(n), Some(Marker::Roman(_) | Marker::Article(_))) => n == &[1],
        (Marker::Paren(1), Some(Marker::Decimal(_))) => true,
        (Marker::Letter('a'), Some(Marker::Decimal(_) | Marker::Paren(_))) => true,
        (Marker::Letter(letter), Some(Marker::Letter(last))) => u32::from(*letter) == u32::from(*last) + 1,
        _ => false,
    }
}

/// Whether a line ends a sentence or stops well before the margin.
fn is_closed(text: &str, width: usize) -> bool {
    text.ends_with(['.', ';', ':', '!', '?', '…', ')', '”', '"']) || text.chars().count() * 4 < width * 3
}

/// Whether a line without a marker begins a paragraph.
fn begins_paragraph(line: &Line, previous: &Line, width: usize) -> bool {
    let capital = line.text.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '(' | '“' | '"'));
    let ended = previous.text.ends_with(['.', ':', ';', '…', '!', ')']);
    let unwrapped = width > 160;
    let short = previous.text.chars().count() * 20 < width * 17;
    let heading = marker(&previous.text).is_some() && previous.text.chars().count() * 2 < width && !ended;
    capital && ((ended && (unwrapped || short)) || (heading && !unwrapped))
}

/// The width of the text: nine of ten lines are no longer.
fn typical_width(lines: &[Line]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(80)
}

/// Whether a line is a page number.
pub(crate) fn is_page_number(text: &str) -> bool {
    text.len() <= 3 && text.chars().all(|c| c.is_ascii_digit())
}
