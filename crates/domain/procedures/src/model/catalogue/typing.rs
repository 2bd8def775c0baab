//! Slips of the fingers and what input methods leave behind.

/// How many slips a word may have: none in short words, where every slip makes another word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slips(usize);

impl Slips {
    /// Vietnamese syllables are short (`ket`, `hon`); one slip is allowed from three letters, two from seven.
    pub(super) fn allowed_for(word: &[char]) -> Self {
        Self(match word.len() {
            0..=2 => 0,
            3..=6 => 1,
            _ => 2,
        })
    }
}

/// The distance of two words in inserted, dropped, changed and swapped letters (optimal string alignment), if
/// it is within the allowed slips.
pub(super) fn distance(one: &[char], other: &[char], allowed: Slips) -> Option<usize> {
    let Slips(most) = allowed;
    if most == 0 || one.len().abs_diff(other.len()) > most {
        return (one == other).then_some(0);
    }
    let width = other.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut row: Vec<usize> = vec![0; width];
    for (i, a) in one.iter().enumerate() {
        row[0] = i + 1;
        let mut least = row[0];
        for (j, b) in other.iter().enumerate() {
            let mut cost = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        if least > most {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[width - 1]).filter(|d| *d <= most)
}

/// The word without the keystrokes of TELEX (`ddang`, `hoon`, `xacs`, `nhuwng`) and VNI (`d9ang`, `ho6n`);
/// `None` if there are none. Vietnamese syllables end in a vowel or in c, ch, m, n, ng, nh, p, t, so s, f, r,
/// x, j and w after the first vowel are tone and letter keys.
pub(super) fn without_keystrokes(word: &str) -> Option<String> {
    let has_letters = word.chars().any(|c| c.is_ascii_alphabetic());
    let mut meant = String::with_capacity(word.len());
    let mut vowel_seen = false;
    for letter in word.chars() {
        let doubled = meant.ends_with(letter) && matches!(letter, 'a' | 'e' | 'o' | 'd');
        let tone_key = vowel_seen && matches!(letter, 's' | 'f' | 'r' | 'x' | 'j' | 'w' | 'z');
        let digit_key = has_letters && letter.is_ascii_digit();
        let late_double = vowel_seen && letter == 'd';
        if doubled || tone_key || digit_key || late_double {
            continue;
        }
        let letter = if letter == 'w' { 'u' } else { letter };
        vowel_seen |= matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        meant.push(letter);
    }
    (meant != word && !meant.is_empty()).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(one: &str, other: &str) -> Option<usize> {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        distance(&one, &other, Slips::allowed_for(&one))
    }

    #[test]
    fn one_slip_of_each_kind() {
        assert_eq!(d("ket", "ket"), Some(0));
        assert_eq!(d("kte", "ket"), Some(1));
        assert_eq!(d("khet", "ket"), Some(1));
        assert_eq!(d("chng", "chung"), Some(1));
        assert_eq!(d("xcx", "abc"), None);
        assert_eq!(d("an", "ab"), None);
        assert_eq!(d("nghiep", "nghei"), None);
        assert_eq!(d("chuynegr", "chuyen"), None);
    }

    #[test]
    fn keystrokes_are_taken_away() {
        for (typed, meant) in [
            ("ddang", "dang"),
            ("hoon", "hon"),
            ("xacs", "xac"),
            ("nhuwng", "nhung"),
            ("hoofn", "hon"),
            ("giaays", "giay"),
            ("ddieenj", "dien"),
            ("d9ang", "dang"),
            ("ho6n", "hon"),
            ("dangd", "dang"),
            ("tuw", "tu"),
        ] {
            assert_eq!(without_keystrokes(typed).as_deref(), Some(meant), "{typed}");
        }
        for word in ["ket", "sinh", "xa", "2026", "ra"] {
            assert_eq!(without_keystrokes(word), None, "{word}");
        }
    }
}
