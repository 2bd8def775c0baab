//! Communes, districts and provinces by their names, of today and of before 2025-07-01.
//!
//! An address names a commune that may exist no longer; two addresses are compared by the communes of today
//! they may lie in. An old commune that was split lies in several, and a name without its province in all of
//! that name: a set, not a guess (see `d06_kernel::place`).

use super::text::clean;
use super::words::Fnv;
use d06_kernel::place::{Conversion, Places};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

/// A name that more communes of today share than this tells nothing.
const MANY: usize = 16;

/// Kinds of unit before their names, without marks.
const KINDS: [&str; 9] =
    ["dac khu", "thi tran", "thi xa", "thanh pho", "phuong", "huyen", "quan", "tinh", "xa"];

/// A commune that has, or had, a name.
#[derive(Clone, Debug)]
struct Entry {
    /// Name with marks, without its kind.
    name: Box<str>,
    kind: Box<str>,
    /// District without marks and kind; empty of communes of today.
    district: Box<str>,
    /// Code of the province before 2025-07-01; 0 of communes of today.
    old_province: u16,
    /// Code of the province of today.
    province: u16,
    /// Communes of today: itself, or what it was made into.
    targets: Vec<u32>,
}

/// A province that has, or had, a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Province {
    /// Code since 2025-07-01.
    pub(super) today: u16,
    /// Code before, of a province that is no more.
    old: Option<u16>,
}

impl Province {
    /// A province of today by its code.
    pub(super) fn of_today(today: u16) -> Self {
        Self { today, old: None }
    }

    /// Whether it still is.
    pub(super) fn is_of_today(self) -> bool {
        self.old.is_none()
    }
}

/// What an address says of the commune; names without marks and kind, empty if it does not say.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked<'a> {
    /// With marks, if it was written with them.
    pub(super) marked: &'a str,
    pub(super) commune: &'a str,
    /// `Xã`, `Phường`, …; empty if it was not written.
    pub(super) kind: &'a str,
    pub(super) district: &'a str,
    pub(super) province: Option<Province>,
}

/// The communes of today an address may lie in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) communes: Vec<u32>,
    /// Their province, if they have one in common; 0 otherwise.
    pub(super) province: u16,
}

/// All names.
#[derive(Clone, Debug, Default)]
pub(super) struct Gazetteer {
    entries: Vec<Entry>,
    by_name: HashMap<Box<str>, Vec<u32>, Fnv>,
    by_code: HashMap<u32, Vec<u32>, Fnv>,
    /// Per commune of today its province.
    province_of: HashMap<u32, u16, Fnv>,
    districts: HashSet<Box<str>, Fnv>,
    provinces: HashMap<Box<str>, Province, Fnv>,
}

static NATIONAL: LazyLock<Arc<Gazetteer>> = LazyLock::new(|| {
    // The shipped lists are read in the kernel's tests; without them addresses have no communes.
    Arc::new(Places::national().map(|places| Gazetteer::new(&places)).unwrap_or_default())
});

impl Gazetteer {
    /// The names of the whole country, read once.
    pub(super) fn national() -> Arc<Self> {
        Arc::clone(&NATIONAL)
    }

    fn new(places: &Places) -> Self {
        let mut gazetteer = Self::default();
        // Names of provinces and districts recur in thousands of rows.
        let mut seen: HashMap<&str, Box<str>> = HashMap::new();
        for commune in places.communes() {
            let province = code(&commune.province_code);
            gazetteer
                .provinces
                .insert(bare(&commune.province).folded, Province { today: province, old: None });
            gazetteer.province_of.insert(code(&commune.code), province);
            gazetteer.add(&commune.name, Box::default(), 0, province, vec![code(&commune.code)]);
            gazetteer.by_code.entry(code(&commune.code)).or_default().push(code(&commune.code));
        }
        for old in places.old_communes() {
            let targets = match places.convert(&old.code) {
                Some(Conversion::Whole(commune)) => vec![commune],
                Some(Conversion::Split(split)) => split.candidates().to_vec(),
                None => continue,
            };
            let Some(province) = targets.first().map(|commune| code(&commune.province_code)) else {
                continue;
            };
            let targets: Vec<u32> = targets.iter().map(|commune| code(&commune.code)).collect();
            let old_province = code(&old.province_code);
            let name = seen.entry(&old.province).or_insert_with(|| bare(&old.province).folded).clone();
            gazetteer.provinces.entry(name).or_insert(Province { today: province, old: Some(old_province) });
            let district = seen.entry(&old.district).or_insert_with(|| bare(&old.district).folded).clone();
            gazetteer.districts.insert(district.clone());
            gazetteer.by_code.entry(code(&old.code)).or_default().extend(&targets);
            gazetteer.add(&old.name, district, old_province, province, targets);
        }
        gazetteer
    }

    fn add(&mut self, name: &str, district: Box<str>, old_province: u16, province: u16, targets: Vec<u32>) {
        let Bare { marked, folded, kind_words } = bare(name);
        let kind: Vec<&str> = name.split(' ').take(kind_words).collect();
        let place = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        // `Phường Văn Miếu - Quốc Tử Giám`: the dash parts units in an address.
        if let Some((first, _)) = clean(name).folded.split_once(" - ") {
            self.by_name.entry(bare(first).folded).or_default().push(place);
        }
        self.by_name.entry(folded).or_default().push(place);
        let kind = kind.join(" ").into();
        self.entries.push(Entry { name: marked, kind, district, old_province, province, targets });
    }

    /// The province of a name without marks and kind.
    pub(super) fn province(&self, name: &str) -> Option<Province> {
        self.provinces.get(name).copied()
    }

    /// Whether a district had the name.
    pub(super) fn has_district(&self, name: &str) -> bool {
        self.districts.contains(name)
    }

    /// Whether a commune has or had the name.
    pub(super) fn has_commune(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// The communes of today behind a code, which may be one of today or of before.
    pub(super) fn by_code(&self, code: u32) -> Found {
        let targets = self.by_code.get(&code).into_iter().flatten().copied().collect();
        self.found(targets)
    }

    /// The communes of today a name stands for. What contradicts the rest of the address is left out as far
    /// as something remains: first other provinces, then other districts, kinds and marks.
    pub(super) fn find(&self, asked: &Asked<'_>) -> Found {
        let entries = self.by_name.get(asked.commune).into_iter().flatten();
        let mut left: Vec<&Entry> = entries.filter_map(|at| self.entries.get(*at as usize)).collect();
        if let Some(Province { today, old }) = asked.province {
            left.retain(|entry| entry.province == today);
            narrow(&mut left, |entry| {
                old.is_none_or(|old| entry.old_province == old || entry.old_province == 0)
            });
        }
        if !asked.district.is_empty() {
            narrow(&mut left, |entry| *entry.district == *asked.district);
        }
        if !asked.kind.is_empty() {
            narrow(&mut left, |entry| *entry.kind == *asked.kind);
        }
        if asked.marked != asked.commune {
            narrow(&mut left, |entry| *entry.name == *asked.marked);
        }
        self.found(left.iter().flat_map(|entry| &entry.targets).copied().collect())
    }

    fn found(&self, mut communes: Vec<u32>) -> Found {
        communes.sort_unstable();
        communes.dedup();
        let mut provinces = communes.iter().filter_map(|commune| self.province_of.get(commune));
        let first = provinces.next().copied().unwrap_or(0);
        let province = if provinces.all(|other| *other == first) { first } else { 0 };
        if communes.len() > MANY {
            communes.clear();
        }
        Found { communes, province }
    }
}

/// Keeps what fits, if anything does.
fn narrow<'a>(left: &mut Vec<&'a Entry>, fits: impl Fn(&&'a Entry) -> bool) {
    if left.iter().any(&fits) {
        left.retain(fits);
    }
}

/// A name without its kind.
struct Bare {
    marked: Box<str>,
    folded: Box<str>,
    kind_words: usize,
}

fn bare(name: &str) -> Bare {
    let clean = clean(name);
    let (text, folded) = (clean_words(&clean.text), clean_words(&clean.folded));
    for kind in KINDS {
        if let Some(rest) = folded.strip_prefix(kind).and_then(|rest| rest.strip_prefix(' ')) {
            let kind_words = kind.split(' ').count();
            let marked = text.splitn(kind_words + 1, ' ').last().unwrap_or_default();
            return Bare { marked: unpadded(marked).into(), folded: unpadded(rest).into(), kind_words };
        }
    }
    Bare { marked: text.into(), folded: folded.into(), kind_words: 0 }
}

/// `1` for `01`: wards are numbered both ways.
pub(super) fn unpadded(name: &str) -> &str {
    match name.strip_prefix('0') {
        Some(rest) if !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => name,
    }
}

/// Only words, one space between them.
pub(super) fn clean_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// A code as a number; 0 if it is none.
fn code<T: std::str::FromStr + Default>(text: &str) -> T {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str, kind: &str, district: &str, province: &str) -> Vec<u32> {
        let gazetteer = Gazetteer::national();
        let clean = clean(name);
        let asked = Asked {
            marked: &clean.text,
            commune: &clean.folded,
            kind,
            district,
            province: gazetteer.province(province),
        };
        gazetteer.find(&asked).communes
    }

    #[test]
    fn old_and_new_names_lead_to_the_communes_of_today() {
        assert_eq!(find("Hà Bắc", "", "", "hai phong"), [10816]);
        assert_eq!(find("Tân Việt", "Xã", "thanh ha", "hai duong"), [10816]);
        assert_eq!(find("tan viet", "", "thanh ha", ""), [10816]);
        assert_eq!(find("Hồng Lạc", "Xã", "thanh ha", "hai phong"), [10660, 10816], "it was split");
        assert!(find("Tân Tiến", "", "", "").is_empty(), "too many to tell anything");
        assert!(find("Hà Bắc", "", "", "nghe an").is_empty(), "not there");
        assert!(find("Không Đâu", "", "", "").is_empty());
    }

    #[test]
    fn provinces_of_before_are_known() {
        let gazetteer = Gazetteer::national();
        assert_eq!(gazetteer.province("hai duong"), Some(Province { today: 31, old: Some(30) }));
        assert_eq!(gazetteer.province("hai phong"), Some(Province { today: 31, old: None }));
        assert!(gazetteer.has_district("thanh ha") && gazetteer.has_commune("ha bac"));
        assert_eq!(gazetteer.by_code(10825).province, 31);
    }
}
