//! A name as eight words.

use crate::field::NameParts;
use crate::hash;
use crate::lexicon::{Scribe, TOKEN_BITS};

/// Tokens kept of a name.
pub(super) const MOST_TOKENS: usize = 7;

/// A name: up to seven tokens and a word of facts. A token is the number of its text without marks in the low 24
/// bits and a hash of its marks above them (0: it has none).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameWords(pub(crate) [u32; 8]);

impl NameWords {
    /// From normal form. Of a longer name the first three and the last four tokens are kept.
    pub(crate) fn new(name: &NameParts, scribe: &mut Scribe<'_>) -> Self {
        let mut words = [0; 8];
        let count = name.folded.split(' ').filter(|token| !token.is_empty()).count();
        let marked = name.text.split(' ').chain(std::iter::repeat(""));
        let mut kept = 0;
        let mut abbreviated = 0;
        for (place, (token, marked)) in name.folded.split(' ').zip(marked).enumerate() {
            if token.is_empty() || (place >= 3 && count > MOST_TOKENS && place < count - 4) {
                continue;
            }
            let Some(word) = words.get_mut(kept).filter(|_| kept < MOST_TOKENS) else { break };
            *word = Self::token(token, marked, scribe);
            abbreviated |= u32::from(name.abbreviated >> place.min(15) & 1) << kept;
            kept += 1;
        }
        words[7] = kept as u32 | abbreviated << 8;
        Self(words)
    }

    /// A token from its text without marks and with them.
    pub(super) fn token(folded: &str, marked: &str, scribe: &mut Scribe<'_>) -> u32 {
        scribe.number(folded) | marks(folded, marked) << TOKEN_BITS
    }

    /// Of tokens none of which is an abbreviation.
    pub(super) fn plain(tokens: [u32; MOST_TOKENS], count: usize) -> Self {
        let [a, b, c, d, e, f, g] = tokens;
        Self([a, b, c, d, e, f, g, count as u32])
    }

    /// With other numbers for its tokens.
    pub(super) fn renumbered(mut self, numbers: &[u32]) -> Self {
        let count = self.len();
        for token in self.0.iter_mut().take(count) {
            *token = *token & !FOLDED | numbers.get(folded(*token) as usize).copied().unwrap_or(0);
        }
        self
    }

    /// How many tokens.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        (self.0[7] & 7) as usize
    }

    /// The tokens.
    #[inline]
    pub(crate) fn tokens(&self) -> &[u32] {
        self.0.get(..self.len()).unwrap_or_default()
    }

    /// Bit i: token i is an abbreviation.
    #[inline]
    pub(crate) fn abbreviated(&self) -> u32 {
        self.0[7] >> 8
    }

    /// Hash of the tokens without marks.
    pub(crate) fn folded_hash(&self) -> u64 {
        self.tokens().iter().fold(self.len() as u64, |state, token| hash::mix(state, folded(*token).into()))
    }
}

/// Bits of the part of a token without marks.
const FOLDED: u32 = (1 << TOKEN_BITS) - 1;

/// The part of a token without marks.
#[inline]
pub(crate) const fn folded(token: u32) -> u32 {
    token & FOLDED
}

/// 0 for a token without marks, else a number from 1 to 255.
fn marks(folded: &str, marked: &str) -> u32 {
    if marked.is_empty() || folded == marked {
        return 0;
    }
    1 + (hash::bytes(marked.as_bytes()) % 255) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str, folded: &str) -> NameParts {
        NameParts { text: text.into(), folded: folded.into(), ..NameParts::default() }
    }

    #[test]
    fn marks_differ_and_letters_are_equal() {
        let mut scribe = Scribe::new();
        let hoa = NameWords::new(&name("nguyễn hòa", "nguyen hoa"), &mut scribe);
        let plain = NameWords::new(&name("nguyen hoa", "nguyen hoa"), &mut scribe);
        assert_ne!(hoa, plain);
        assert_eq!(hoa.folded_hash(), plain.folded_hash());
        assert_eq!(hoa.len(), 2);
    }

    #[test]
    fn the_ends_of_a_long_name_are_kept() {
        let mut scribe = Scribe::new();
        let long = NameWords::new(&name("a b c d e f g h i", "a b c d e f g h i"), &mut scribe);
        let texts: Vec<&str> = long.tokens().iter().map(|t| scribe.own.strings().get(*t)).collect();
        assert_eq!(texts, ["a", "b", "c", "f", "g", "h", "i"]);
    }
}
