//! Slips of fingers, keyboards and readers of paper.

use super::occasion;
use rand::{Rng, RngExt};
use unicode_normalization::UnicodeNormalization;

const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// One letter wrong, left out, doubled, or exchanged with the next.
pub(in crate::register) fn slip<R: Rng>(rng: &mut R, text: &str) -> Option<String> {
    let mut letters: Vec<char> = text.chars().collect();
    let place = occasion(rng, &letters, |i, c| i > 0 && c.is_alphabetic())?;
    match rng.random_range(0..10) {
        0..3 => {
            letters.remove(place);
        }
        3..5 => letters.insert(place, letters[place]),
        5..8 => {
            let next = place + 1;
            if next >= letters.len() || letters[next] == ' ' || letters[next] == letters[place] {
                letters.remove(place);
            } else {
                letters.swap(place, next);
            }
        }
        _ => letters[place] = neighbour(rng, letters[place])?,
    }
    Some(letters.into_iter().collect())
}

fn neighbour<R: Rng>(rng: &mut R, letter: char) -> Option<char> {
    let plain = std::iter::once(letter).nfd().next()?.to_ascii_lowercase();
    let (row, place) = ROWS.iter().find_map(|row| Some((row, row.find(plain)?)))?;
    let other =
        if place == 0 || (rng.random_bool(0.5) && place + 1 < row.len()) { place + 1 } else { place - 1 };
    row.chars().nth(other)
}

/// Typed with the Telex method while it was off: `Nguyễn` → `Nguyeenx`.
pub(in crate::register) fn telex(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut tone = "";
        for c in word.nfd() {
            match c {
                '\u{300}' => tone = "f",
                '\u{301}' => tone = "s",
                '\u{309}' => tone = "r",
                '\u{303}' => tone = "x",
                '\u{323}' => tone = "j",
                '\u{302}' => out.extend(out.chars().next_back().map(|c| c.to_ascii_lowercase())),
                '\u{306}' | '\u{31b}' => out.push('w'),
                'đ' => out.push_str("dd"),
                'Đ' => out.push_str("Dd"),
                _ => out.push(c),
            }
        }
        out.push_str(tone);
    }
    out
}

/// Read wrongly by a machine from paper.
pub(in crate::register) fn misread<R: Rng>(rng: &mut R, text: &str) -> Option<String> {
    const ALIKE: [(&str, &str); 12] = [
        ("m", "rn"),
        ("l", "1"),
        ("O", "0"),
        ("i", "l"),
        ("h", "b"),
        ("u", "ii"),
        ("n", "ri"),
        ("c", "e"),
        ("ă", "á"),
        ("ư", "u"),
        ("ơ", "o"),
        ("ê", "e"),
    ];
    let start = rng.random_range(0..ALIKE.len());
    (0..ALIKE.len())
        .map(|i| ALIKE[(start + i) % ALIKE.len()])
        .find(|(from, _)| text.contains(from))
        .map(|(from, to)| text.replacen(from, to, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telex_left_on_the_page() {
        assert_eq!(telex("Nguyễn Văn Đức"), "Nguyeenx Vawn Ddwcs".replace("Ddwcs", "Dduwcs"));
        assert_eq!(telex("Ân Thơ"), "Aan Thow");
    }
}
