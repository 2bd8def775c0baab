//! Parts of a name abbreviated, missing or in the wrong place.

use rand::{Rng, RngExt};

/// `Nguyễn Văn Hùng` → `Ng. Văn Hùng`, `Nguyễn V. Hùng`, `N.V.Hùng`.
pub(in crate::register) fn abbreviate<R: Rng>(rng: &mut R, name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let (last, rest) = words.split_last()?;
    let (surname, middles) = rest.split_first()?;
    let short = if *surname == "Nguyễn" { "Ng.".to_owned() } else { initial(surname)? };
    let middle_initials = || middles.iter().filter_map(|middle| initial(middle)).collect::<Vec<_>>();
    Some(match rng.random_range(0..4) {
        0 | 1 => format!("{short} {}", words[1..].join(" ")),
        2 if !middles.is_empty() => format!("{surname} {} {last}", middle_initials().join("")),
        _ => format!("{}{}{last}", initial(surname)?, middle_initials().concat()),
    })
}

/// Without its middle names.
pub(in crate::register) fn without_middle(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    (words.len() > 2).then(|| format!("{} {}", words[0], words[words.len() - 1]))
}

/// `Nguyễn Thu Hà` → `Nguyễn Hà Thu`, or the surname at the end as forms of foreign make have it.
pub(in crate::register) fn swapped<R: Rng>(rng: &mut R, name: &str) -> Option<String> {
    let mut words: Vec<&str> = name.split(' ').collect();
    let count = words.len();
    if count < 3 {
        return None;
    }
    if rng.random_bool(0.3) {
        words.rotate_left(1);
    } else {
        words.swap(count - 1, count - 2);
    }
    Some(words.join(" "))
}

/// A middle name more or another middle name than on the birth certificate.
pub(in crate::register) fn other_middle<R: Rng>(rng: &mut R, name: &str) -> Option<String> {
    const FILLERS: [&str; 8] = ["Văn", "Thị", "Đức", "Thu", "Xuân", "Ngọc", "Minh", "Thanh"];
    let words: Vec<&str> = name.split(' ').collect();
    let filler = FILLERS[rng.random_range(0..FILLERS.len())];
    match words.as_slice() {
        [surname, .., last] => Some(format!("{surname} {filler} {last}")),
        _ => None,
    }
}

/// Another last name altogether: the one used at home (tên thường gọi).
pub(in crate::register) fn household_name<R: Rng>(rng: &mut R, name: &str) -> Option<String> {
    const AT_HOME: [&str; 10] = ["Tý", "Cu", "Bé", "Út", "Hai", "Ba", "Tư", "Năm", "Lớn", "Còi"];
    let (front, _) = name.rsplit_once(' ')?;
    Some(format!("{front} {}", AT_HOME[rng.random_range(0..AT_HOME.len())]))
}

fn initial(word: &str) -> Option<String> {
    word.chars().next().map(|first| format!("{first}."))
}
