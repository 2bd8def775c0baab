//! Units as plans name them, and the unit of the tree they mean.

use d06_kernel::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const SHIPPED: &str = include_str!("../../../../../data/steering/unit-names.toml");

/// A unit as a plan names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedUnit {
    /// The name as written.
    pub name: String,
    /// The unit of the tree, if the name means exactly one.
    pub code: Option<String>,
}

/// Finds the unit a name means.
#[derive(Clone, Debug)]
pub struct UnitNames(BTreeMap<String, String>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unit: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    names: Vec<String>,
}

impl UnitNames {
    /// The names the platform ships.
    ///
    /// # Errors
    /// The file does not have its form.
    pub fn shipped() -> Result<Self, Problem> {
        let file: File = toml::from_str(SHIPPED).map_err(Problem::internal)?;
        let pairs = file.unit.into_iter().flat_map(|entry| {
            let code = entry.code;
            entry.names.into_iter().map(move |name| (key(&name), code.clone()))
        });
        Ok(Self(pairs.collect()))
    }

    /// The units of a list, each with its code if it is known. An unknown unit keeps its name and gets no
    /// code.
    pub fn resolve(&self, names: &[String]) -> Vec<NamedUnit> {
        names
            .iter()
            .map(|name| NamedUnit { name: name.clone(), code: self.0.get(&key(name)).cloned() })
            .collect()
    }
}

/// A name as it is compared: no diacritics, no case, letters and digits only.
fn key(name: &str) -> String {
    let folded = d06_kernel::text::search_key(name);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_their_variants_mean_one_unit() {
        let names = UnitNames::shipped().unwrap();
        let code = |name: &str| names.resolve(&[name.to_owned()])[0].code.clone();
        assert_eq!(code("Công an xã").as_deref(), Some("H31.10816.02"));
        assert_eq!(code("Phòng Văn hoá"), code("Phòng Văn hóa - Xã hội"));
        assert_eq!(code("Phòng kinh tế - hạ tầng").as_deref(), Some("H31.10816.05"));
        assert_eq!(code("các phòng chuyên môn"), None);
        assert_eq!(code("Công an thành phố"), None);
    }
}
