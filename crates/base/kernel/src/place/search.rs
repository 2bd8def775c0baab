use super::{Commune, OldCommune, Places};
use crate::text::{nfc, search_key};
use std::collections::HashMap;

/// Kinds of commune before a name, as search keys, longer ones first.
const KINDS: [&str; 6] = ["dac khu ", "thi tran ", "phuong ", "xa ", "tt ", "p "];

/// Communes by the search key of their name without its kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    new: HashMap<String, Vec<usize>>,
    old: HashMap<String, Vec<usize>>,
}

impl Names {
    pub(super) fn new(communes: &[Commune], old_communes: &[OldCommune]) -> Self {
        let index = |names: Vec<&str>| {
            let mut index: HashMap<String, Vec<usize>> = HashMap::new();
            for (position, name) in names.into_iter().enumerate() {
                index.entry(bare(&search_key(name)).to_owned()).or_default().push(position);
            }
            index
        };
        Self {
            new: index(communes.iter().map(|commune| commune.name.as_str()).collect()),
            old: index(old_communes.iter().map(|commune| commune.name.as_str()).collect()),
        }
    }
}

impl Places {
    /// The communes of a name since 2025-07-01, typed with or without marks and kind (`Hà Bắc`, `xa ha bac`),
    /// perhaps inside one province. Those whose marks agree come first; a kind that was typed must agree.
    pub fn find_communes(&self, name: &str, province_code: Option<&str>) -> Vec<&Commune> {
        let asked = Asked::new(name);
        let positions = self.names.new.get(&asked.bare).into_iter().flatten();
        let in_province = |commune: &&Commune| province_code.is_none_or(|code| code == commune.province_code);
        let found = positions.map(|position| &self.communes[*position]).filter(in_province);
        asked.sort(found, |commune| &commune.name)
    }

    /// The communes of a name before 2025-07-01, perhaps inside one province or district of that time
    /// (`district` with or without marks and kind).
    pub fn find_old_communes(
        &self,
        name: &str,
        district: Option<&str>,
        province_code: Option<&str>,
    ) -> Vec<&OldCommune> {
        let asked = Asked::new(name);
        let district = district.map(search_key);
        let positions = self.names.old.get(&asked.bare).into_iter().flatten();
        let found = positions.map(|position| &self.old_communes[*position]).filter(|commune| {
            province_code.is_none_or(|code| code == commune.province_code)
                && district.as_ref().is_none_or(|district| search_key(&commune.district).ends_with(district))
        });
        asked.sort(found, |commune| &commune.name)
    }
}

/// A name as somebody typed it.
struct Asked {
    /// Lower case with marks.
    text: String,
    /// Without marks, perhaps with a kind.
    key: String,
    /// Without marks and kind.
    bare: String,
}

impl Asked {
    fn new(name: &str) -> Self {
        let key = search_key(name);
        Self { text: nfc(name).to_lowercase(), bare: bare(&key).to_owned(), key }
    }

    fn sort<'a, T>(&self, found: impl Iterator<Item = &'a T>, name: impl Fn(&T) -> &str) -> Vec<&'a T> {
        let has_kind = self.key != self.bare;
        let of_kind = |unit: &&T| !has_kind || same_kind(&search_key(name(unit)), &self.key);
        let mut found: Vec<&T> = found.filter(of_kind).collect();
        found.sort_by_key(|unit| !nfc(name(unit)).to_lowercase().ends_with(&self.text));
        found
    }
}

/// Whether two keys name the same kind; `tt` and `p` are short for thị trấn and phường.
fn same_kind(one: &str, other: &str) -> bool {
    let kind = |key: &str| match KINDS.into_iter().find(|kind| key.starts_with(kind)) {
        Some("tt ") => "thi tran ",
        Some("p ") => "phuong ",
        Some(kind) => kind,
        None => "",
    };
    kind(one) == kind(other)
}

/// A search key without the kind before it.
fn bare(key: &str) -> &str {
    KINDS.into_iter().find_map(|kind| key.strip_prefix(kind)).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::super::tests::NATIONAL;

    fn codes<'a>(found: impl IntoIterator<Item = &'a super::Commune>) -> Vec<&'a str> {
        found.into_iter().map(|commune| commune.code.as_str()).collect()
    }

    #[test]
    fn names_are_found_however_they_are_typed() {
        for typed in ["Hà Bắc", "ha bac", "Xã Hà Bắc", "XA HA BAC", "xã  hà bắc"] {
            assert_eq!(codes(NATIONAL.find_communes(typed, None)), ["10816"], "{typed}");
        }
        assert!(NATIONAL.find_communes("phường Hà Bắc", None).is_empty());
        assert!(NATIONAL.find_communes("Hà Bắc", Some("38")).is_empty());
        assert!(NATIONAL.find_communes("", None).is_empty());
    }

    #[test]
    fn names_with_the_typed_marks_come_first() {
        let found = NATIONAL.find_communes("Tân An", None);
        let first_other =
            found.iter().position(|commune| !commune.name.ends_with("Tân An")).unwrap_or(found.len());
        assert!(found.len() > 1 && first_other > 0);
        assert!(found[first_other..].iter().all(|commune| !commune.name.ends_with("Tân An")));
    }

    #[test]
    fn old_communes_are_told_apart_by_district() {
        let all = NATIONAL.find_old_communes("Tân Việt", None, Some("30"));
        assert_eq!(all.len(), 2);
        for district in ["Huyện Thanh Hà", "thanh ha"] {
            let one = NATIONAL.find_old_communes("tan viet", Some(district), None);
            assert_eq!(one.iter().map(|old| old.code.as_str()).collect::<Vec<_>>(), ["10825"]);
        }
        assert!(!NATIONAL.find_old_communes("TT Thanh Hà", None, Some("30")).is_empty());
    }

    #[test]
    fn every_commune_is_found_by_its_own_name() {
        for commune in NATIONAL.communes() {
            let found = NATIONAL.find_communes(&commune.name, Some(&commune.province_code));
            assert!(found.iter().any(|found| found.code == commune.code), "{}", commune.name);
        }
    }
}
