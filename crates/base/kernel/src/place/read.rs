use super::{OldCommune, PlaceError};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// One row of the conversion list as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "each field is the column of the same name")]
pub struct ConversionRow {
    pub legacy_code: String,
    pub legacy_commune: String,
    pub legacy_district: String,
    pub legacy_province: String,
    pub commune_code: String,
    pub province: String,
    /// `whole` or `split`.
    pub kind: String,
}

impl ConversionRow {
    /// Whether all of the old unit is said to have moved.
    pub fn is_whole(&self) -> bool {
        self.kind == "whole"
    }
}

/// The rows of a list with a header.
pub(super) fn rows<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, PlaceError> {
    Ok(csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>()?)
}

/// The old communes without the rows of island districts that had none.
pub(super) fn old_communes(text: &str) -> Result<Vec<OldCommune>, PlaceError> {
    let mut communes = rows::<OldCommune>(text)?;
    communes.retain(|commune| !commune.code.is_empty());
    Ok(communes)
}
