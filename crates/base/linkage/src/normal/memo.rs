//! Words whose one form is known: registers have a million names and ten thousand words.

use super::text::{Clean, clean, settle};
use crate::lexicon::Lexicon;

/// Beyond so many words the memory begins anew.
const MOST: usize = 1 << 16;

/// Remembers the one form of every word between two spaces.
#[derive(Debug)]
pub(crate) struct Memo {
    words: Lexicon,
    forms: Vec<Clean>,
}

impl Default for Memo {
    fn default() -> Self {
        Self { words: Lexicon::new(), forms: vec![Clean::default()] }
    }
}

impl Memo {
    /// As [`clean`]. A text is settled word by word, so its form is that of its words.
    pub(super) fn clean(&mut self, raw: &str) -> Clean {
        let mut joined = Clean {
            text: String::with_capacity(raw.len()),
            folded: String::with_capacity(raw.len()),
            oddities: 0,
        };
        for word in raw.split(' ').filter(|word| !word.is_empty()) {
            let Some(form) = self.form(word) else { continue };
            joined.oddities += form.oddities;
            if form.text.is_empty() {
                continue;
            }
            if !joined.text.is_empty() {
                joined.text.push(' ');
                joined.folded.push(' ');
            }
            joined.text.push_str(&form.text);
            joined.folded.push_str(&form.folded);
        }
        // A wrong encoding is seen in the whole.
        if joined.oddities == 0 || raw.is_ascii() { joined } else { clean(raw) }
    }

    fn form(&mut self, word: &str) -> Option<&Clean> {
        if self.forms.len() >= MOST {
            *self = Self::default();
        }
        let place = self.words.intern(word) as usize;
        if place == self.forms.len() {
            self.forms.push(settle(word));
        }
        self.forms.get(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn word_by_word_is_the_whole(texts in proptest::collection::vec(any::<String>(), 1..4)) {
            let mut memo = Memo::default();
            for raw in texts.iter().chain(&texts) {
                prop_assert_eq!(memo.clean(raw), clean(raw));
            }
        }

        #[test]
        fn vietnamese_word_by_word(raw in "[a-cA-CĐđÀ-ỹ \u{a0}\u{300}'-]{0,40}") {
            let mut memo = Memo::default();
            prop_assert_eq!(memo.clean(&raw), clean(&raw));
            prop_assert_eq!(memo.clean(&raw), clean(&raw));
        }
    }
}
