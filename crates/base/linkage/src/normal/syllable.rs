//! Vietnamese syllables: one spelling for each, and whether it can exist.
//!
//! Every Vietnamese word of a name is one syllable: onset, rime, tone. Two registers may spell the same
//! syllable differently and both be right: the tone mark on either vowel of an open `oa`, `oe`, `uy`
//! (`hoà`, `hòa`), or `i` for `y` (`Lý`, `Lí`). [`Syllable::settle`] chooses one spelling. And because the
//! language admits only about 155 rimes, [`Syllable::exists`] tells text from damaged text: the letters of
//! `Vaên` are all Vietnamese, the syllable is not — it is `Văn` in a VNI font.

use super::letter::{Letter, Tone};
use super::words::Fnv;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The longest word that is looked at as a syllable; `nghiêng` has seven letters.
const LONGEST: usize = 12;

/// The rimes of the language without their tones; one that ends in `c ch p t` is said with the tones sắc and
/// nặng only.
const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it \
    iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on \
    ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um \
    un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn \
    ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ym yn ynh yt";

/// The onsets, without `qu` and `gi`.
const ONSETS: &str = "ngh ch gh kh ng nh ph th tr b c d đ g h k l m n p r s t v x";

/// The letters of one word, lower case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Syllable {
    letters: [Letter; LONGEST],
    len: usize,
}

impl Syllable {
    pub(super) fn new() -> Self {
        Self { letters: [FILLER; LONGEST], len: 0 }
    }

    /// Adds a letter; `false` if the word is longer than any syllable.
    pub(super) fn push(&mut self, letter: Letter) -> bool {
        match self.letters.get_mut(self.len) {
            Some(slot) => {
                *slot = letter;
                self.len += 1;
                true
            }
            None => false,
        }
    }

    /// Adds a combining mark to the last letter; `false` if there is no such letter.
    pub(super) fn combine(&mut self, mark: char) -> bool {
        let Some(last) = self.len.checked_sub(1).and_then(|last| self.letters.get_mut(last)) else {
            return false;
        };
        match last.combine(mark) {
            Some(letter) => {
                *last = letter;
                true
            }
            None => false,
        }
    }

    pub(super) fn letters(&self) -> &[Letter] {
        self.letters.get(..self.len).unwrap_or_default()
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether it is written with ASCII alone.
    pub(super) fn is_plain(&self) -> bool {
        self.letters().iter().all(|letter| letter.is_plain())
    }

    /// Chooses one of the right spellings: the tone on the vowel where the older rule puts it, `i` for a `y`
    /// that is the whole rime after a consonant. A word with two tones, or none to move, stays.
    pub(super) fn settle(&mut self) {
        let letters = self.letters.get_mut(..self.len).unwrap_or_default();
        let Some((run, start, end)) = nucleus(letters) else { return };
        let mut toned = letters.iter().filter(|letter| letter.tone() != Tone::Level);
        if let (Some(tone), None) = (toned.next().map(|letter| letter.tone()), toned.next())
            && letters.get(run..end).is_some_and(|vowels| vowels.iter().any(|v| v.tone() == tone))
        {
            let place = tone_place(letters, start, end);
            for (index, letter) in letters.iter_mut().enumerate() {
                *letter = letter.with_tone(if index == place { tone } else { Tone::Level });
            }
        }
        if start > 0
            && end == start + 1
            && end == letters.len()
            && let Some(last) = letters.last_mut()
        {
            *last = last.y_as_i();
        }
    }

    /// Whether the language has the syllable. Words of ASCII letters alone are not judged: they may have
    /// lost their marks.
    pub(super) fn exists(&self) -> bool {
        if self.is_plain() {
            return true;
        }
        let letters = self.letters();
        let mut toned = letters.iter().map(|letter| letter.tone()).filter(|tone| *tone != Tone::Level);
        let tone = toned.next().unwrap_or(Tone::Level);
        toned.next().is_none() && spelling_exists(letters, tone)
    }
}

const FILLER: Letter = Letter::plain(b' ');

/// Where the first run of vowels begins, where the vowels of the rime begin in it — after the `u` of `qu` and
/// the `i` of `gi` before another vowel — and where they end.
fn nucleus(letters: &[Letter]) -> Option<(usize, usize, usize)> {
    let run = letters.iter().position(|letter| letter.is_vowel())?;
    let length = letters.get(run..)?.iter().take_while(|letter| letter.is_vowel()).count();
    let (mut start, end) = (run, run + length);
    let before = start.checked_sub(1).and_then(|index| letters.get(index)).map(|letter| letter.base());
    let first = letters.get(start)?.base();
    if length > 1 && start == 1 && matches!((before, first), (Some(b'q'), b'u') | (Some(b'g'), b'i')) {
        start += 1;
    }
    Some((run, start, end))
}

/// The index of the vowel that carries the tone by the older rule.
fn tone_place(letters: &[Letter], start: usize, end: usize) -> usize {
    let vowels = letters.get(start..end).unwrap_or_default();
    if let Some(marked) = vowels.iter().rposition(|vowel| vowel.has_quality()) {
        return start + marked;
    }
    match vowels.len() {
        2 if end < letters.len() => start + 1,
        0..=2 => start,
        _ => start + 1,
    }
}

/// Whether letters without their tone, said with this tone, are an onset and a rime.
fn spelling_exists(letters: &[Letter], tone: Tone) -> bool {
    let Some(first_vowel) = letters.iter().position(|letter| letter.is_vowel()) else { return false };
    let (onset, rime) = letters.split_at(first_vowel);
    let said = |rime: &[Letter]| {
        let stopped = matches!(rime.last().map(|letter| letter.base()), Some(b'c' | b'p' | b't'))
            || matches!(rime, [.., c, h] if (c.base(), h.base()) == (b'c', b'h'));
        KNOWN.rimes.contains(&code(rime)) && (!stopped || matches!(tone, Tone::Rising | Tone::Heavy))
    };
    let next = rime.first().map(|letter| letter.base());
    match onset {
        [] => said(rime),
        [q] if q.base() == b'q' => next == Some(b'u') && said(rime.get(1..).unwrap_or_default()),
        // `gì`, `giếng`: the i of the onset is the i of the rime too.
        [g] if g.base() == b'g' && next == Some(b'i') => {
            said(rime) || said(rime.get(1..).unwrap_or_default())
        }
        _ => {
            let front = matches!(next, Some(b'e' | b'i' | b'y'));
            let fits = match code(onset) {
                K | GH | NGH => front,
                C | G | NG => !front,
                _ => true,
            };
            fits && KNOWN.onsets.contains(&code(onset)) && said(rime)
        }
    }
}

/// Letters without their tones as a number, a byte each; 0 if there are more than eight.
fn code(letters: &[Letter]) -> u64 {
    if letters.len() > 8 {
        return 0;
    }
    letters.iter().fold(0, |code, letter| code << 8 | u64::from(letter.code()))
}

const C: u64 = b'c' as u64;
const G: u64 = b'g' as u64;
const K: u64 = b'k' as u64;
const GH: u64 = (b'g' as u64) << 8 | b'h' as u64;
const NG: u64 = (b'n' as u64) << 8 | b'g' as u64;
const NGH: u64 = NG << 8 | b'h' as u64;

/// The rimes and onsets as numbers.
struct Known {
    rimes: HashSet<u64, Fnv>,
    onsets: HashSet<u64, Fnv>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let codes = |list: &str| -> HashSet<u64, Fnv> {
        let letters = |word: &str| word.chars().filter_map(Letter::of).collect::<Vec<_>>();
        list.split_ascii_whitespace().map(|word| code(&letters(word))).collect()
    };
    Known { rimes: codes(RIMES), onsets: codes(ONSETS) }
});

#[cfg(test)]
mod tests;
