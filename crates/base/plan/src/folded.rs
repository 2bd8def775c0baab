//! Text folded for matching: lower case, no diacritics, ASCII, one byte for each letter of the original, so
//! that a position found in the folded text is a position in the original.

use unicode_normalization::char::decompose_canonical;

/// A text and its folded form.
#[derive(Clone, Debug)]
pub(crate) struct Folded<'a> {
    text: &'a str,
    /// Byte offset of each character in `text`, and its length at the end.
    starts: Vec<usize>,
    ascii: String,
}

impl<'a> Folded<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let starts = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        Self { text, starts, ascii: fold(text) }
    }

    /// The folded form; byte positions in it are character positions in the original.
    pub(crate) fn ascii(&self) -> &str {
        &self.ascii
    }

    /// The length in characters.
    pub(crate) fn len(&self) -> usize {
        self.ascii.len()
    }

    /// The original text between two character positions, trimmed.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        let start = self.starts.get(from).copied().unwrap_or(self.text.len());
        let end = self.starts.get(to).copied().unwrap_or(self.text.len());
        self.text.get(start..end.max(start)).unwrap_or_default().trim()
    }

    /// Where `needle` stands as whole words, at or after `from`.
    pub(crate) fn find_words(&self, needle: &str, from: usize) -> Option<usize> {
        let mut at = from;
        while let Some(found) = self.ascii.get(at..)?.find(needle) {
            let start = at + found;
            if is_word_edge(&self.ascii, start) && is_word_edge(&self.ascii, start + needle.len()) {
                return Some(start);
            }
            at = start + 1;
        }
        None
    }

    /// Where the first sign after a position stands that is no blank.
    pub(crate) fn skip_blanks(&self, at: usize) -> usize {
        let blanks = self.ascii.bytes().skip(at).take_while(u8::is_ascii_whitespace).count();
        at.min(self.len()) + blanks
    }

    /// Whether any of the needles stands in the text as whole words.
    pub(crate) fn has_any(&self, needles: &[&str]) -> bool {
        needles.iter().any(|needle| self.find_words(needle, 0).is_some())
    }

    /// Whether the text begins with the words.
    pub(crate) fn starts_with_words(&self, needle: &str) -> bool {
        self.ascii.starts_with(needle) && is_word_edge(&self.ascii, needle.len())
    }

    /// Whether the letter at a character position is a capital in the original.
    pub(crate) fn is_upper(&self, at: usize) -> bool {
        self.starts.get(at).and_then(|&i| self.text.get(i..)?.chars().next()).is_some_and(char::is_uppercase)
    }
}

/// Folds a text; the result has one ASCII byte for each character.
pub(crate) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    match base.unwrap_or(c).to_lowercase().next().unwrap_or(c) {
        'đ' => 'd',
        '–' | '—' | '−' | '‑' => '-',
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        '…' => '.',
        letter if letter.is_ascii() => letter,
        space if space.is_whitespace() => ' ',
        // A sign that no rule looks for; it must not join or part words by accident.
        other if other.is_alphanumeric() => 'z',
        _ => '~',
    }
}

/// Whether a word begins or ends at this byte of a folded text.
fn is_word_edge(ascii: &str, at: usize) -> bool {
    let bytes = ascii.as_bytes();
    let word = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
    !(word(at.checked_sub(1)) && word(Some(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_match_the_original() {
        let text = "Thời gian: Quý I/2026 – đến hết";
        let folded = Folded::new(text);
        assert_eq!(folded.ascii(), "thoi gian: quy i/2026 - den het");
        let at = folded.find_words("quy", 0).unwrap();
        assert_eq!(folded.slice(at, at + 10), "Quý I/2026");
        assert!(folded.is_upper(at));
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(Folded::new("thành").find_words("th", 0), None);
        assert_eq!(Folded::new("theo năm 2025").find_words("nam", 0), Some(5));
    }
}
