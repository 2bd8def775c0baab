//! The communes the synthetic people live in and come from.
//!
//! Communes are real (Decision 19/2025/QĐ-TTg and the lists before it). The hamlets of xã Hà Bắc and all
//! house numbers are invented.

use d06_kernel::port::population::Address;
use std::collections::HashMap;

/// The communes since 2025-07-01.
const COMMUNES: &str = include_str!("../../../../data/places/communes_2025.csv");
/// The communes before.
const LEGACY: &str = include_str!("../../../../data/places/communes_legacy.csv");
/// What became of them.
const CONVERSIONS: &str = include_str!("../../../../data/places/conversions_2025.csv");

/// Commune code of xã Hà Bắc.
pub(crate) const HA_BAC: &str = "10816";
/// Province code of Hải Phòng.
const HAI_PHONG: &str = "31";

/// Hamlets of xã Hà Bắc, each with the code of the old commune it lay in. The names are invented.
const HA_BAC_HAMLETS: [(&str, &str); 12] = [
    ("Thôn Tân Trung", "10825"),
    ("Thôn Việt Tiến", "10825"),
    ("Thôn Đông Phan", "10825"),
    ("Thôn Hương Mai", "10825"),
    ("Thôn Cẩm Đông", "10828"),
    ("Thôn Cẩm Đoài", "10828"),
    ("Thôn Việt Hưng", "10828"),
    ("Thôn Quảng Cư", "10828"),
    ("Thôn Hồng Hà", "10816"),
    ("Thôn Lạc Thượng", "10816"),
    ("Thôn Lạc Hạ", "10816"),
    ("Thôn Đầm Sen", "10816"),
];
/// Hamlets of every other commune.
const OTHER_HAMLETS: usize = 12;

/// A commune since 2025-07-01.
#[derive(Clone, Debug)]
pub struct Commune {
    /// 5-digit code.
    pub code: String,
    /// Name with its kind, as `Xã Hà Bắc`.
    pub name: String,
    /// 2-digit code of its province.
    pub province_code: String,
    /// Name of its province.
    pub province: String,
    /// Old communes that went into it, as indices of [`Gazetteer::old_communes`]; never empty.
    pub(crate) formed_of: Vec<usize>,
}

/// A commune before 2025-07-01.
#[derive(Clone, Debug)]
pub struct OldCommune {
    /// 5-digit code.
    pub code: String,
    /// Name with its kind.
    pub name: String,
    /// Name of its district.
    pub district: String,
    /// 2-digit code of its province.
    pub province_code: String,
    /// Name of its province.
    pub province: String,
}

/// The places a population uses.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    communes: Vec<Commune>,
    old_communes: Vec<OldCommune>,
}

impl Gazetteer {
    /// Xã Hà Bắc first, then the other communes of Hải Phòng.
    pub(crate) fn hai_phong() -> Self {
        let mut old_communes = Vec::new();
        let mut old_index = HashMap::new();
        for row in rows(LEGACY) {
            if let [code, name, _, district, province_code, province, ..] = row.as_slice()
                && !code.is_empty()
            {
                old_index.insert(code.clone(), old_communes.len());
                old_communes.push(OldCommune {
                    code: code.clone(),
                    name: name.clone(),
                    district: district.clone(),
                    province_code: province_code.clone(),
                    province: province.clone(),
                });
            }
        }
        let mut formed_of: HashMap<String, Vec<usize>> = HashMap::new();
        for row in rows(CONVERSIONS) {
            if let [old, _, _, _, new, _, _, kind, default] = row.as_slice()
                && (kind == "whole" || default == "1")
                && let Some(index) = old_index.get(old)
            {
                formed_of.entry(new.clone()).or_default().push(*index);
            }
        }
        let mut communes: Vec<Commune> = rows(COMMUNES)
            .filter_map(|row| match row.as_slice() {
                [province_code, province, code, name, ..] if province_code == HAI_PHONG => Some(Commune {
                    formed_of: formed_of.remove(code)?,
                    code: code.clone(),
                    name: name.clone(),
                    province_code: province_code.clone(),
                    province: province.clone(),
                }),
                _ => None,
            })
            .collect();
        // A stable sort: the others keep the order of their codes.
        communes.sort_by_key(|commune| commune.code != HA_BAC);
        Self { communes, old_communes }
    }

    /// The communes, xã Hà Bắc first.
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// Every commune of the country before 2025-07-01.
    pub fn old_communes(&self) -> &[OldCommune] {
        &self.old_communes
    }

    /// How many hamlets a commune has.
    pub(crate) fn hamlet_count(&self, commune: usize) -> usize {
        if self.communes[commune].code == HA_BAC { HA_BAC_HAMLETS.len() } else { OTHER_HAMLETS }
    }

    /// The old commune a hamlet lay in.
    pub(crate) fn old_commune_of(&self, commune: usize, hamlet: usize) -> usize {
        let formed_of = &self.communes[commune].formed_of;
        if self.communes[commune].code == HA_BAC {
            let code = HA_BAC_HAMLETS[hamlet % HA_BAC_HAMLETS.len()].1;
            if let Some(index) = formed_of.iter().find(|index| self.old_communes[**index].code == code) {
                return *index;
            }
        }
        formed_of[hamlet % formed_of.len()]
    }

    /// The address of a house.
    pub(crate) fn house(&self, commune: usize, hamlet: usize, house: u32) -> Address {
        let place = &self.communes[commune];
        let hamlet_name = if place.code == HA_BAC {
            HA_BAC_HAMLETS[hamlet % HA_BAC_HAMLETS.len()].0.to_owned()
        } else if place.name.starts_with("Phường") {
            format!("Tổ dân phố số {}", hamlet + 1)
        } else {
            format!("Thôn {}", hamlet + 1)
        };
        let detail = format!("Số {house}, {hamlet_name}");
        let text = format!("{detail}, {}, {}", lower_first(&place.name), lower_first(&place.province));
        Address { province_code: place.province_code.clone(), commune_code: place.code.clone(), detail, text }
    }

    /// A commune as an address without detail.
    pub(crate) fn commune_address(&self, commune: usize) -> Address {
        let place = &self.communes[commune];
        Address {
            province_code: place.province_code.clone(),
            commune_code: place.code.clone(),
            detail: String::new(),
            text: format!("{}, {}", lower_first(&place.name), lower_first(&place.province)),
        }
    }

    /// An old commune as an address without detail, as papers before 2025-07-01 name it.
    pub(crate) fn old_address(&self, old: usize) -> Address {
        let place = &self.old_communes[old];
        let text = [&place.name, &place.district, &place.province].map(|name| lower_first(name)).join(", ");
        Address {
            province_code: place.province_code.clone(),
            commune_code: place.code.clone(),
            detail: String::new(),
            text,
        }
    }
}

/// `Xã Hà Bắc` as it stands inside an address: `xã Hà Bắc`.
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The rows of an embedded list, without its header.
fn rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    csv::Reader::from_reader(text.as_bytes())
        .into_records()
        .filter_map(|record| Some(record.ok()?.iter().map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ha_bac_is_first_and_stands_on_three_old_communes() {
        let places = Gazetteer::hai_phong();
        assert_eq!(places.communes()[0].code, HA_BAC);
        // All 114 but đặc khu Bạch Long Vĩ, which had no communes before.
        assert_eq!(places.communes().len(), 113);
        assert_eq!(places.old_communes().len(), 10_035);
        let old: std::collections::BTreeSet<&str> = (0..places.hamlet_count(0))
            .map(|hamlet| places.old_communes()[places.old_commune_of(0, hamlet)].code.as_str())
            .collect();
        assert_eq!(old.into_iter().collect::<Vec<_>>(), ["10816", "10825", "10828"]);
        assert_eq!(places.house(0, 0, 7).text, "Số 7, Thôn Tân Trung, xã Hà Bắc, thành phố Hải Phòng");
    }
}
