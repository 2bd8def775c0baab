//! Spelling that follows the ear of a region, and marks put wrongly.

use super::occasion;
use rand::{Rng, RngExt};
use unicode_normalization::UnicodeNormalization;

/// Beginnings of syllables that sound alike in some region.
const INITIALS: [(&str, &str); 14] = [
    ("L", "N"),
    ("N", "L"),
    ("Ch", "Tr"),
    ("Tr", "Ch"),
    ("S", "X"),
    ("X", "S"),
    ("D", "Gi"),
    ("Gi", "D"),
    ("R", "D"),
    ("V", "D"),
    ("K", "C"),
    ("Qu", "Kh"),
    ("Ng", "Ngh"),
    ("Th", "T"),
];
/// Ends of syllables that sound alike in some region.
const ENDS: [(&str, &str); 10] = [
    ("n", "ng"),
    ("ng", "n"),
    ("t", "c"),
    ("c", "t"),
    ("nh", "n"),
    ("i", "y"),
    ("y", "i"),
    ("ng", "nh"),
    ("ch", "t"),
    ("o", "u"),
];

/// One word of the name as another region would write it: `Nam` → `Lam`, `Trinh` → `Chinh`, `Hoàn` → `Hoàng`.
pub(in crate::register) fn regional<R: Rng>(rng: &mut R, name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let place = rng.random_range(1.min(words.len() - 1)..words.len());
    let word = words[place];
    let changed = if rng.random_bool(0.5) {
        let start = rng.random_range(0..INITIALS.len());
        (0..INITIALS.len()).map(|i| INITIALS[(start + i) % INITIALS.len()]).find_map(|(from, to)| {
            let rest = word.strip_prefix(from)?;
            // `N` of `Nguyễn`, `T` of `Trần` are not these sounds.
            let is_whole = rest.chars().next().is_some_and(|c| !"hgr".contains(c));
            is_whole.then(|| format!("{to}{rest}"))
        })
    } else {
        let start = rng.random_range(0..ENDS.len());
        (0..ENDS.len())
            .map(|i| ENDS[(start + i) % ENDS.len()])
            .find_map(|(from, to)| word.strip_suffix(from).map(|rest| format!("{rest}{to}")))
    }?;
    let mut out: Vec<&str> = words;
    out[place] = &changed;
    Some(out.join(" "))
}

/// Another tone or none on one vowel: `Hoan` → `Hoàn`, `Mỹ` → `Mĩ` aside.
pub(in crate::register) fn other_tone<R: Rng>(rng: &mut R, name: &str) -> Option<String> {
    const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
    let mut letters: Vec<char> = name.nfd().collect();
    let place = occasion(rng, &letters, |_, c| TONES.contains(&c))?;
    if rng.random_bool(0.3) {
        letters.remove(place);
    } else {
        // The curve and the tilde are taken for each other most.
        let swap = match letters[place] {
            '\u{309}' => '\u{303}',
            '\u{303}' => '\u{309}',
            _ => TONES[rng.random_range(0..TONES.len())],
        };
        letters[place] = swap;
    }
    Some(letters.into_iter().nfc().collect())
}

/// Without any mark: `Đặng` → `Dang`.
pub(in crate::register) fn bare(text: &str) -> String {
    text.nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            _ => c,
        })
        .collect()
}

/// The other of the two correct positions of the tone mark: `Hòa` → `Hoà`.
pub(in crate::register) fn new_tone_position(text: &str) -> String {
    const PAIRS: [(&str, &str); 15] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("õe", "oẽ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
    ];
    PAIRS.iter().fold(
        text.to_owned(),
        |text, (from, to)| if text.contains(from) { text.replace(from, to) } else { text },
    )
}
