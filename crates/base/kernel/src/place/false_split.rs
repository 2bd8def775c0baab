//! Errors of the published conversions.
//!
//! The package joins old and new communes by their names without marks inside the **new** province. Where one
//! merged province had two old communes of one name, each got the other's target as well and looks split.

use super::PlaceError;
use super::read::{ConversionRow, rows};
use crate::text::search_key;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// A target that an old commune got only because another of its name went there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FalseSplit {
    /// Code of the old commune.
    pub legacy_code: String,
    /// The new commune no part of it went to.
    pub false_code: String,
    /// The old commune of the same name that went there.
    pub rightful_code: String,
}

/// The pairs of old and new code that a committed list names.
pub(super) fn listed(text: &str) -> Result<HashSet<(String, String)>, PlaceError> {
    let list: Vec<FalseSplit> = rows(text)?;
    Ok(list.into_iter().map(|entry| (entry.legacy_code, entry.false_code)).collect())
}

/// How well a claim of an old commune on a new one is supported by its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Support {
    /// By nothing.
    None,
    /// Another commune of its province went there whole.
    Province,
    /// Another commune of its district did.
    District,
    /// It went there whole itself.
    Whole,
}

/// Finds false splits, by old and then by new code.
///
/// A `split` row is false if another old commune of the same name inside the same new province claims the
/// same target with better support: territory that became one commune was one piece, so a commune from the
/// other end of the province, none of whose neighbours went there, did not go there either. The distances
/// between the centres agree with every case but one pair, of which the package gives the same centre twice
/// (31379 and 31582, xã Phú Tân).
pub fn find_false_splits(conversions: &[ConversionRow]) -> Vec<FalseSplit> {
    let mut namesakes: HashMap<(String, &str, &str), Vec<&ConversionRow>> = HashMap::new();
    let mut whole: HashMap<&str, Vec<&ConversionRow>> = HashMap::new();
    for row in conversions {
        let key = (search_key(&row.legacy_commune), row.province.as_str(), row.commune_code.as_str());
        namesakes.entry(key).or_default().push(row);
        if row.is_whole() {
            whole.entry(&row.commune_code).or_default().push(row);
        }
    }
    let support = |row: &ConversionRow| {
        let neighbours = || whole.get(row.commune_code.as_str()).into_iter().flatten();
        let same_province = |other: &&&ConversionRow| other.legacy_province == row.legacy_province;
        if row.is_whole() {
            Support::Whole
        } else if neighbours().filter(same_province).any(|other| other.legacy_district == row.legacy_district)
        {
            Support::District
        } else if neighbours().any(|other| same_province(&other)) {
            Support::Province
        } else {
            Support::None
        }
    };
    let mut found = Vec::new();
    for rivals in namesakes.values().filter(|rows| rows.len() > 1) {
        // Reversed, so that of equals the first of the list counts.
        let Some(rightful) = rivals.iter().rev().max_by_key(|row| support(row)) else { continue };
        for row in rivals.iter().filter(|row| support(row) < support(rightful)) {
            found.push(FalseSplit {
                legacy_code: row.legacy_code.clone(),
                false_code: row.commune_code.clone(),
                rightful_code: rightful.legacy_code.clone(),
            });
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::super::{CONVERSIONS, FALSE_SPLITS, tests::NATIONAL};
    use super::*;

    #[test]
    fn the_committed_list_is_what_is_found() {
        let found = find_false_splits(&rows::<ConversionRow>(CONVERSIONS).unwrap());
        assert_eq!(found, rows::<FalseSplit>(FALSE_SPLITS).unwrap());
        let units: HashSet<_> = found.iter().map(|entry| &entry.legacy_code).collect();
        assert_eq!((found.len(), units.len()), (31, 30));
    }

    #[test]
    fn twenty_two_have_each_others_target() {
        let conversions = rows::<ConversionRow>(CONVERSIONS).unwrap();
        let found = find_false_splits(&conversions);
        let targets = |code: &str| -> HashSet<&str> {
            let rows = conversions.iter().filter(|row| row.legacy_code == code);
            rows.map(|row| row.commune_code.as_str()).collect()
        };
        let mutual: HashSet<_> = found
            .iter()
            .filter(|entry| targets(&entry.legacy_code) == targets(&entry.rightful_code))
            .map(|entry| &entry.legacy_code)
            .collect();
        assert_eq!(mutual.len(), 22);
    }

    #[test]
    fn geometry_agrees() {
        /// Kilometres of a degree of latitude, and of longitude at 18° north.
        const KM: (f64, f64) = (111.0, 105.0);
        for entry in find_false_splits(&rows::<ConversionRow>(CONVERSIONS).unwrap()) {
            let target = NATIONAL.commune(&entry.false_code).unwrap();
            let distance = |code: &str| {
                let old = NATIONAL.old_commune(code).unwrap();
                let north = (old.lat.unwrap() - target.lat.unwrap()) * KM.0;
                let east = (old.lon.unwrap() - target.lon.unwrap()) * KM.1;
                north.hypot(east)
            };
            let (wrong, right) = (distance(&entry.legacy_code), distance(&entry.rightful_code));
            let same_centre = ["31379", "31582"].contains(&entry.legacy_code.as_str());
            assert!(wrong > 2.0 * right || same_centre, "{entry:?}: {wrong} km, {right} km");
        }
    }
}
