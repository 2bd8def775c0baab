//! Vietnamese syllables: one spelling for each, and whether it can exist.
//!
//! Every Vietnamese word of a name is one syllable: onset, rime, tone. Two registers may spell the same
//! syllable differently and both be right: the tone mark on either vowel of an open `oa`, `oe`, `uy`
//! (`hoà`, `hòa`), or `i` for `y` (`Lý`, `Lí`). [`Syllable::settle`] chooses one spelling. And because the
//! language admits only about 155 rimes, [`Syllable::exists`] tells text from damaged text: the letters of
//! `Vaên` are all Vietnamese, the syllable is not — it is `Văn` in a VNI font.

use super::letter::{Letter, Tone};

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

/// The onsets, longest first.
const ONSETS: &str = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x";

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
        let tone = self.letters().iter().map(|letter| letter.tone()).find(|tone| *tone != Tone::Level);
        let tones = self.letters().iter().filter(|letter| letter.tone() != Tone::Level).count();
        let mut spelt = [0_u8; LONGEST * 3];
        let mut len = 0;
        for letter in self.letters() {
            let mut utf8 = [0; 4];
            for byte in letter.with_tone(Tone::Level).char().encode_utf8(&mut utf8).bytes() {
                let Some(slot) = spelt.get_mut(len) else { return false };
                *slot = byte;
                len += 1;
            }
        }
        let Some(word) = spelt.get(..len).and_then(|word| std::str::from_utf8(word).ok()) else {
            return false;
        };
        tones <= 1 && spelling_exists(word, tone.unwrap_or(Tone::Level))
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

fn spelling_exists(word: &str, tone: Tone) -> bool {
    let known = |rime: &str| RIMES.split_ascii_whitespace().any(|known| known == rime);
    let said = |rime: &str| {
        let stopped = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
        known(rime) && (!stopped || matches!(tone, Tone::Rising | Tone::Heavy))
    };
    if said(word) {
        return true;
    }
    ONSETS.split_ascii_whitespace().any(|onset| {
        let Some(rime) = word.strip_prefix(onset) else { return false };
        let front = rime.starts_with(['e', 'ê', 'i', 'y']);
        let fits = match onset {
            "k" | "gh" | "ngh" => front,
            "c" | "g" | "ng" => !front,
            _ => true,
        };
        match onset {
            // `gì`, `giếng`: the i of the onset is the i of the rime too.
            "gi" => said(rime) || rime.is_empty() || said(word.strip_prefix('g').unwrap_or_default()),
            _ => fits && said(rime),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn syllable(word: &str) -> Syllable {
        let mut syllable = Syllable::new();
        for c in word.chars() {
            assert!(syllable.push(Letter::of(c).unwrap()));
        }
        syllable
    }

    fn settled(word: &str) -> String {
        let mut syllable = syllable(word);
        syllable.settle();
        syllable.letters().iter().map(|letter| letter.char()).collect()
    }

    #[test]
    fn one_spelling_for_each_syllable() {
        for (from, to) in [
            ("hoà", "hòa"),
            ("hòa", "hòa"),
            ("Thuỷ", "thủy"),
            ("hòang", "hoàng"),
            ("hoàng", "hoàng"),
            ("khoẻ", "khỏe"),
            ("quý", "quí"),
            ("quí", "quí"),
            ("qúy", "quí"),
            ("quà", "quà"),
            ("lý", "lí"),
            ("mỹ", "mĩ"),
            ("kỳ", "kì"),
            ("vy", "vi"),
            ("ý", "ý"),
            ("yến", "yến"),
            ("huỳnh", "huỳnh"),
            ("hùynh", "huỳnh"),
            ("nguỹên", "nguyễn"),
            ("gìa", "già"),
            ("gì", "gì"),
            ("giếng", "giếng"),
            ("ngoài", "ngoài"),
            ("hươù", "hườu"),
            ("thúy", "thúy"),
            ("tây", "tây"),
            ("bkrông", "bkrông"),
            ("nguyễnvăn", "nguyễnvăn"),
        ] {
            assert_eq!(settled(from), to, "{from}");
        }
    }

    #[test]
    fn what_exists() {
        for word in [
            "nguyễn",
            "trần",
            "lê",
            "phạm",
            "huỳnh",
            "hoàng",
            "phan",
            "vũ",
            "võ",
            "đặng",
            "bùi",
            "đỗ",
            "hồ",
            "ngô",
            "dương",
            "lý",
            "đoàn",
            "trịnh",
            "quách",
            "giáp",
            "ngạc",
            "nghiêm",
            "khổng",
            "khúc",
            "thượng",
            "tuyết",
            "loan",
            "oanh",
            "uyên",
            "khuê",
            "quỳnh",
            "quyền",
            "quốc",
            "gì",
            "giềng",
            "nghĩa",
            "thị",
            "văn",
            "thuý",
            "yến",
            "ý",
            "huệ",
            "luyến",
            "xuyến",
            "thoả",
            "khoẻ",
            "sỹ",
            "mỵ",
        ] {
            assert!(syllable(word).exists(), "{word}");
        }
        for word in ["vaên", "nguyeãn", "céng", "huøng", "niê", "ếo", "bát"] {
            assert_eq!(syllable_exists(word), word == "bát", "{word}");
        }
        assert!(!syllable("bàt").exists(), "a stopped syllable has no falling tone");
    }

    fn syllable_exists(word: &str) -> bool {
        let mut syllable = Syllable::new();
        word.chars().all(|c| Letter::of(c).is_some_and(|letter| syllable.push(letter))) && syllable.exists()
    }

    proptest! {
        #[test]
        fn settling_twice_is_settling_once(word in "[a-zđàảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ]{1,8}") {
            let once = settled(&word);
            prop_assert_eq!(settled(&once), once);
        }
    }
}
