//! Which figures a report holds, shipped as dated rules in `data/steering/report-figures.toml`.

use crate::model::plan::Target;
use crate::model::report::figure::Kind;
use chrono::NaiveDate;
use d06_kernel::Problem;
use d06_kernel::port::measure::Ratio;
use d06_kernel::text::search_key;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Hexadecimal digits of a hash that tell one target from another.
const KEY: usize = 16;

const SHIPPED: &str = include_str!("../../../../../../data/steering/report-figures.toml");

/// A figure that every unit reports.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Stable key.
    pub key: String,
    /// The group it stands in.
    pub group: String,
    /// Name in Vietnamese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// How it adds up.
    pub kind: Kind,
    /// The measure that counts it; a register does where there is none.
    #[serde(default)]
    pub measure: Option<String>,
    /// Which part of the measure a count is.
    #[serde(default)]
    part: Option<Part>,
    from: NaiveDate,
    #[serde(default)]
    to: Option<NaiveDate>,
}

/// A part of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Numerator,
    Denominator,
}

impl Asked {
    /// The value of this figure in a value of its measure.
    pub fn of_measure(&self, ratio: Ratio) -> Ratio {
        match (self.kind, self.part) {
            (Kind::Count, Some(Part::Denominator)) => Ratio { numerator: ratio.denominator, denominator: 0 },
            (Kind::Count, _) => Ratio { numerator: ratio.numerator, denominator: 0 },
            (Kind::Ratio | Kind::Multiple | Kind::Reduction, _) => ratio,
        }
    }

    /// Whether records that the measure does not count belong to this figure all the same.
    pub fn takes_uncounted(&self) -> bool {
        self.kind.has_denominator() || self.part == Some(Part::Denominator)
    }

    fn in_force(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// The figures asked for in a period that ends on a day.
///
/// # Errors
/// The file does not have its form.
pub fn asked_on(day: NaiveDate) -> Result<Vec<Asked>, Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        figure: Vec<Asked>,
    }
    let file: File = toml::from_str(SHIPPED).map_err(Problem::internal)?;
    Ok(file.figure.into_iter().filter(|figure| figure.in_force(day)).collect())
}

/// The figure of a target that is bound to a measure which the form does not ask for.
pub fn of_target(measure: &str, text: &str) -> Asked {
    bare(measure, text.to_owned(), Kind::Ratio, Some(measure.to_owned()))
}

/// The figure of a target whose values units enter. Units whose plans have the same words report the same figure.
pub fn of_entered(target: &Target, kind: Kind) -> Asked {
    let words = search_key(&format!("{} {}", target.text, target.unit));
    let hash = hex::encode(Sha256::digest(words.as_bytes()));
    let key = format!("target.{}", hash.get(..KEY).unwrap_or(&hash));
    bare(&key, target.text.clone(), kind, None)
}

/// The figure that only units below report, by the name it has there.
pub fn of_sum(key: &str, name: &str, kind: Kind) -> Asked {
    bare(key, name.to_owned(), kind, None)
}

fn bare(key: &str, name: String, kind: Kind, measure: Option<String>) -> Asked {
    Asked {
        key: key.to_owned(),
        group: "targets".to_owned(),
        name_en: name.clone(),
        name,
        kind,
        measure,
        part: None,
        from: NaiveDate::MIN,
        to: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(key: &str) -> Asked {
        let all = asked_on(NaiveDate::from_ymd_opt(2026, 11, 14).unwrap()).unwrap();
        all.into_iter().find(|figure| figure.key == key).unwrap()
    }

    #[test]
    fn a_count_takes_one_part_of_its_measure() {
        let ratio = Ratio { numerator: 3, denominator: 5 };
        assert_eq!(asked("dossiers.online").of_measure(ratio), ratio);
        assert_eq!(asked("dossiers.filed").of_measure(ratio), Ratio { numerator: 5, denominator: 0 });
    }

    #[test]
    fn keys_are_unique_and_dates_are_kept() {
        let all = asked_on(NaiveDate::from_ymd_opt(2026, 11, 14).unwrap()).unwrap();
        let keys: std::collections::BTreeSet<_> = all.iter().map(|figure| &figure.key).collect();
        assert_eq!(keys.len(), all.len());
        assert_eq!(asked_on(NaiveDate::from_ymd_opt(2025, 6, 30).unwrap()).unwrap(), []);
    }
}
