//! The words of an address, and names as runs of them.

use super::letter::is_alphanumeric;
use super::text::Clean;

/// A word, by where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    text: (usize, usize),
    folded: (usize, usize),
    /// A comma or dash stands before it.
    pub(super) parted: bool,
    /// A full stop stands behind it.
    pub(super) dotted: bool,
}

/// The words of a text with one space between them, so that a run of words is a slice.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    text: String,
    folded: String,
    pub(super) words: Vec<Word>,
    /// The text has no marks at all: where other words have theirs, `nha` is not nhà.
    pub(super) is_bare: bool,
}

impl Text {
    /// Takes a text apart. A slash or hyphen between numbers belongs to them (`12/5/3`).
    pub(super) fn new(clean: &Clean) -> Self {
        let mut split = Self {
            text: String::with_capacity(clean.text.len()),
            folded: String::with_capacity(clean.folded.len()),
            words: Vec::with_capacity(12),
            is_bare: clean.text == clean.folded,
        };
        let (mut parted, mut in_word, mut before) = (false, false, ' ');
        let mut chars = clean.text.chars().zip(clean.folded.chars()).peekable();
        while let Some((c, folded)) = chars.next() {
            let after = chars.peek().map_or(' ', |(next, _)| *next);
            let joins = in_word
                && matches!(c, '/' | '-' | '+')
                && before.is_ascii_alphanumeric()
                && after.is_ascii_digit();
            if is_alphanumeric(c) || joins {
                if !in_word {
                    split.begin(parted);
                    (in_word, parted) = (true, false);
                }
                split.push(c, folded);
            } else {
                if let (true, '.', Some(word)) = (in_word, c, split.words.last_mut()) {
                    word.dotted = true;
                }
                in_word = false;
                parted |= !matches!(c, ' ' | '.' | ':' | '\'');
            }
            before = c;
        }
        split
    }

    fn begin(&mut self, parted: bool) {
        if !self.words.is_empty() {
            self.text.push(' ');
            self.folded.push(' ');
        }
        let (text, folded) = (self.text.len(), self.folded.len());
        self.words.push(Word { text: (text, text), folded: (folded, folded), parted, dotted: false });
    }

    fn push(&mut self, c: char, folded: char) {
        self.text.push(c);
        self.folded.push(folded);
        if let Some(word) = self.words.last_mut() {
            word.text.1 = self.text.len();
            word.folded.1 = self.folded.len();
        }
    }

    /// Each word with its marks and without.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        (0..self.words.len()).map(|at| {
            let name = self.name(at, at + 1);
            (name.text(), name.folded())
        })
    }

    /// The words from one up to another.
    pub(super) fn name(&self, from: usize, to: usize) -> Name<'_> {
        Name { source: Some(self), from, to, skipped: 0 }
    }
}

/// A run of words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Name<'a> {
    source: Option<&'a Text>,
    from: usize,
    to: usize,
    /// Letters of the first word that do not belong to it.
    skipped: usize,
}

impl<'a> Name<'a> {
    /// How many words.
    pub(super) fn len(&self) -> usize {
        self.to.saturating_sub(self.from)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// With its marks.
    pub(super) fn text(&self) -> &'a str {
        self.slice(|source| &source.text, |word| word.text)
    }

    /// Without marks.
    pub(super) fn folded(&self) -> &'a str {
        self.slice(|source| &source.folded, |word| word.folded)
    }

    /// Without the first letters of its first word.
    pub(super) fn after(self, letters: usize) -> Self {
        Self { skipped: letters, ..self }
    }

    /// With the word at a place: the next one, or the only one.
    pub(super) fn and(self, text: &'a Text, at: usize) -> Self {
        if self.is_empty() || self.to != at { text.name(at, at + 1) } else { Self { to: at + 1, ..self } }
    }

    /// The first words, and the rest.
    pub(super) fn split(self, words: usize) -> (Self, Self) {
        let at = (self.from + words).min(self.to);
        (Self { to: at, ..self }, Self { from: at, skipped: 0, ..self })
    }

    fn slice(
        &self,
        text: impl Fn(&'a Text) -> &'a String,
        ends: impl Fn(&Word) -> (usize, usize),
    ) -> &'a str {
        let found = self.source.and_then(|source| {
            let first = source.words.get(self.from)?;
            let last = source.words.get(self.to.checked_sub(1)?)?;
            text(source).get(ends(first).0 + self.skipped..ends(last).1)
        });
        found.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::clean;
    use super::*;

    #[test]
    fn words_and_what_parts_them() {
        let text = Text::new(&clean("Số 12/5/3, P. Hà Đông - Hà Nội"));
        let words: Vec<(&str, bool, bool)> =
            text.pairs().zip(&text.words).map(|((word, _), w)| (word, w.parted, w.dotted)).collect();
        assert_eq!(
            words,
            [
                ("số", false, false),
                ("12/5/3", false, false),
                ("p", true, true),
                ("hà", false, false),
                ("đông", false, false),
                ("hà", true, false),
                ("nội", false, false)
            ]
        );
        assert_eq!((text.name(3, 5).text(), text.name(3, 5).folded()), ("hà đông", "ha dong"));
        assert_eq!(text.name(3, 5).split(1).1.folded(), "dong");
        assert_eq!(text.name(9, 12).folded(), "");
        assert!(Text::new(&clean("")).words.is_empty());
    }
}
