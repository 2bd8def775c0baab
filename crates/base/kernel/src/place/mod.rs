//! Administrative units with their dates: the communes since 2025-07-01, those before, and what became of
//! them.
//!
//! On 2025-07-01 districts were abolished and 10,035 communes became 3,321 (Decision 19/2025/QĐ-TTg). Old
//! codes and names stay valid on papers and in registers, so both lists are kept for good and an address
//! keeps the form in which it was first written beside its conversion.
//!
//! An old commune went **whole** into one new commune, or was **split** between several. A split unit is
//! never converted by itself: [`Conversion::Split`] offers candidates, and only [`Split::confirm`], with a
//! choice somebody made knowing the hamlet or the spot, gives the new commune.
//!
//! ```
//! use d06_kernel::place::{Conversion, Places};
//!
//! let places = Places::national()?;
//! // Xã Tân Việt went whole into xã Hà Bắc; xã Hồng Lạc was split.
//! let Some(Conversion::Whole(commune)) = places.convert("10825") else { panic!() };
//! assert_eq!(commune.name, "Xã Hà Bắc");
//! let Some(Conversion::Split(split)) = places.convert("10816") else { panic!() };
//! assert_eq!(split.candidates().len(), 2);
//! assert_eq!(split.confirm("10660").unwrap().name, "Phường Ái Quốc");
//! # Ok::<(), d06_kernel::place::PlaceError>(())
//! ```

mod conversion;
mod false_split;
mod read;
mod search;

pub use conversion::{Conversion, NotACandidate, Split};
pub use false_split::{FalseSplit, find_false_splits};
pub use read::ConversionRow;

use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::HashMap;

const COMMUNES: &str = include_str!("../../../../../data/places/communes_2025.csv");
const OLD_COMMUNES: &str = include_str!("../../../../../data/places/communes_legacy.csv");
const CONVERSIONS: &str = include_str!("../../../../../data/places/conversions_2025.csv");
const FALSE_SPLITS: &str = include_str!("../../../../../data/places/false_splits.csv");

/// The first day of the new units (Resolution 202/2025/QH15, Decision 19/2025/QĐ-TTg).
pub const NEW_UNITS_FROM: NaiveDate = match NaiveDate::from_ymd_opt(2025, 7, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A commune since 2025-07-01: xã, phường or đặc khu.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Commune {
    /// 5-digit code.
    #[serde(rename = "commune_code")]
    pub code: String,
    /// Name with its kind, as `Xã Hà Bắc`.
    #[serde(rename = "commune")]
    pub name: String,
    /// 2-digit code of the province.
    pub province_code: String,
    /// Name of the province with its kind.
    pub province: String,
    /// `Xã`, `Phường` or `Đặc khu`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Area in square kilometres.
    pub area_km2: Option<f64>,
    /// Latitude of the centre, WGS 84.
    pub lat: Option<f64>,
    /// Longitude of the centre.
    pub lon: Option<f64>,
}

/// A commune before 2025-07-01: xã, phường or thị trấn.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct OldCommune {
    /// 5-digit code. It may be the code of a different, new commune too.
    pub code: String,
    /// Name with its kind.
    #[serde(rename = "commune")]
    pub name: String,
    /// 3-digit code of the district.
    pub district_code: String,
    /// Name of the district with its kind.
    pub district: String,
    /// 2-digit code of the province of then.
    pub province_code: String,
    /// Name of that province with its kind.
    pub province: String,
    /// Latitude of the centre, WGS 84. Some are wrong by the size of a province.
    pub lat: Option<f64>,
    /// Longitude of the centre.
    pub lon: Option<f64>,
}

/// Why a list of places was refused.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// A list is not the CSV that is expected.
    #[error("list of places")]
    Csv(#[from] csv::Error),
    /// A conversion names a code that no list holds.
    #[error("conversion of {old} to {new}: unknown code")]
    UnknownCode {
        /// The old code.
        old: String,
        /// The new code.
        new: String,
    },
}

/// All administrative units; see the module documentation.
#[derive(Clone, Debug)]
pub struct Places {
    communes: Vec<Commune>,
    old_communes: Vec<OldCommune>,
    by_code: HashMap<String, usize>,
    by_old_code: HashMap<String, usize>,
    /// Per old code the new communes it went into; never empty.
    targets: HashMap<String, Vec<usize>>,
    /// Per new commune the old ones it was made of, whole or in part.
    origins: Vec<Vec<usize>>,
    names: search::Names,
}

impl Places {
    /// Reads the lists; the false splits are left out of the conversions.
    ///
    /// # Errors
    /// If a text is not of its form or the lists contradict each other.
    pub fn parse(
        communes: &str,
        old: &str,
        conversions: &str,
        false_splits: &str,
    ) -> Result<Self, PlaceError> {
        let communes: Vec<Commune> = read::rows(communes)?;
        let old_communes: Vec<OldCommune> = read::old_communes(old)?;
        let index = |codes: Vec<&String>| -> HashMap<String, usize> {
            codes.into_iter().zip(0..).map(|(code, index)| (code.clone(), index)).collect()
        };
        let by_code = index(communes.iter().map(|commune| &commune.code).collect());
        let by_old_code = index(old_communes.iter().map(|commune| &commune.code).collect());

        let dropped = false_split::listed(false_splits)?;
        let mut targets: HashMap<String, Vec<usize>> = HashMap::with_capacity(old_communes.len());
        let mut origins = vec![Vec::new(); communes.len()];
        for row in read::rows::<ConversionRow>(conversions)? {
            if dropped.contains(&(row.legacy_code.clone(), row.commune_code.clone())) {
                continue;
            }
            match (by_old_code.get(&row.legacy_code), by_code.get(&row.commune_code)) {
                (Some(old), Some(new)) => {
                    targets.entry(row.legacy_code).or_default().push(*new);
                    origins[*new].push(*old);
                }
                _ => return Err(PlaceError::UnknownCode { old: row.legacy_code, new: row.commune_code }),
            }
        }
        let names = search::Names::new(&communes, &old_communes);
        Ok(Self { communes, old_communes, by_code, by_old_code, targets, origins, names })
    }

    /// The lists that are shipped.
    ///
    /// # Errors
    /// Only if the shipped data is damaged, which a test excludes.
    pub fn national() -> Result<Self, PlaceError> {
        Self::parse(COMMUNES, OLD_COMMUNES, CONVERSIONS, FALSE_SPLITS)
    }

    /// The communes since 2025-07-01, by code.
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// The communes before.
    pub fn old_communes(&self) -> &[OldCommune] {
        &self.old_communes
    }

    /// The commune of a code, since 2025-07-01.
    pub fn commune(&self, code: &str) -> Option<&Commune> {
        self.by_code.get(code).map(|index| &self.communes[*index])
    }

    /// The commune of a code, before 2025-07-01.
    pub fn old_commune(&self, code: &str) -> Option<&OldCommune> {
        self.by_old_code.get(code).map(|index| &self.old_communes[*index])
    }

    /// What became of an old commune; `None` for a code that never was.
    pub fn convert(&self, old_code: &str) -> Option<Conversion<'_>> {
        let targets = self.targets.get(old_code)?;
        let mut communes: Vec<&Commune> = targets.iter().map(|index| &self.communes[*index]).collect();
        match (communes.pop(), communes.is_empty()) {
            (Some(only), true) => Some(Conversion::Whole(only)),
            (Some(last), false) => {
                communes.push(last);
                Some(Conversion::Split(Split::between(communes)))
            }
            (None, _) => None,
        }
    }

    /// The old communes a new one was made of, whole or in part.
    pub fn origins(&self, code: &str) -> Vec<&OldCommune> {
        let origins = self.by_code.get(code).map_or(&[][..], |index| &self.origins[*index]);
        origins.iter().map(|index| &self.old_communes[*index]).collect()
    }

    /// The false splits of the shipped conversions, found anew (see [`find_false_splits`]).
    ///
    /// # Errors
    /// Only if the shipped data is damaged.
    pub fn false_splits() -> Result<Vec<FalseSplit>, PlaceError> {
        Ok(find_false_splits(&read::rows::<ConversionRow>(CONVERSIONS)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    pub(super) static NATIONAL: LazyLock<Places> = LazyLock::new(|| Places::national().unwrap());

    #[test]
    fn the_lists_are_complete() {
        assert_eq!(NATIONAL.communes().len(), 3_321);
        assert_eq!(NATIONAL.old_communes().len(), 10_035);
        let provinces: std::collections::HashSet<_> =
            NATIONAL.communes().iter().map(|commune| &commune.province_code).collect();
        assert_eq!(provinces.len(), 34);
        for old in NATIONAL.old_communes() {
            assert!(NATIONAL.convert(&old.code).is_some(), "{} {}", old.code, old.name);
        }
    }

    #[test]
    fn ha_bac_is_one_whole_and_two_parts() {
        let names: Vec<&str> = NATIONAL.origins("10816").into_iter().map(|old| old.name.as_str()).collect();
        assert_eq!(names, ["Xã Hồng Lạc", "Xã Tân Việt", "Xã Cẩm Việt"]);
        assert!(
            matches!(NATIONAL.convert("10825"), Some(Conversion::Whole(commune)) if commune.code == "10816")
        );
        for split in ["10816", "10828"] {
            let Some(Conversion::Split(split)) = NATIONAL.convert(split) else { panic!("{split} is split") };
            assert!(split.confirm("10816").is_ok());
            assert!(split.confirm("00004").is_err());
        }
    }

    #[test]
    fn no_false_target_is_left() {
        // 471 old units look split in the package; 29 of them went whole into one commune.
        let split = NATIONAL
            .old_communes()
            .iter()
            .filter(|old| matches!(NATIONAL.convert(&old.code), Some(Conversion::Split(_))))
            .count();
        assert_eq!(split, 471 - 29);
        assert!(
            matches!(NATIONAL.convert("31714"), Some(Conversion::Whole(commune)) if commune.name == "Xã Gia Hòa")
        );
        let Some(Conversion::Split(hoa_binh)) = NATIONAL.convert("10798") else { panic!() };
        let codes: Vec<&str> = hoa_binh.candidates().iter().map(|commune| commune.code.as_str()).collect();
        assert_eq!(codes, ["10804", "10843"]);
    }

    #[test]
    fn unknown_codes_convert_to_nothing() {
        assert!(NATIONAL.convert("99999").is_none());
        assert!(NATIONAL.commune("1081").is_none());
        assert!(NATIONAL.old_commune("").is_none());
        assert!(NATIONAL.origins("99999").is_empty());
    }

    #[test]
    fn contradicting_lists_are_refused() {
        let conversions = "legacy_code,legacy_commune,legacy_district,legacy_province,commune_code,commune,province,\
                           kind,default\n00001,X,Y,Z,99999,A,B,whole,\n";
        let refused = Places::parse(COMMUNES, OLD_COMMUNES, conversions, FALSE_SPLITS);
        assert!(matches!(refused, Err(PlaceError::UnknownCode { .. })));
        assert!(matches!(Places::parse("code\n1\n", OLD_COMMUNES, CONVERSIONS, ""), Err(PlaceError::Csv(_))));
    }
}
