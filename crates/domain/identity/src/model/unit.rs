//! The file of units that an installation begins with.

use d06_kernel::port::unit::Unit;
use serde::Deserialize;

/// The file of units cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UnitFileError {
    /// Not TOML of the expected form.
    #[error("units: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A unit names a parent that does not stand before it.
    #[error("units: {0} stands before its parent")]
    Orphan(String),
}

/// Reads a file of `[[unit]]` tables; a parent stands before its children.
///
/// # Errors
/// The file is not of that form.
pub fn read_units(text: &str) -> Result<Vec<Unit>, UnitFileError> {
    #[derive(Deserialize)]
    struct File {
        unit: Vec<Unit>,
    }
    let File { unit: units } = toml::from_str(text)?;
    for (place, unit) in units.iter().enumerate() {
        let known = |parent: &String| units[..place].iter().any(|before| before.code == *parent);
        if unit.parent.as_ref().is_some_and(|parent| !known(parent)) {
            return Err(UnitFileError::Orphan(unit.code.clone()));
        }
    }
    Ok(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_of_ha_bac_form_a_tree() {
        let units = read_units(include_str!("../../../../../data/units/ha-bac.toml")).unwrap();
        assert_eq!(units.len(), 12);
        assert_eq!(units.iter().filter(|unit| unit.commune.as_deref() == Some("10816")).count(), 7);
    }

    #[test]
    fn a_child_before_its_parent_is_refused() {
        let text = "[[unit]]\ncode='A01.1'\nname='a'\nparent='A01'\nkind='office'";
        assert!(matches!(read_units(text), Err(UnitFileError::Orphan(code)) if code == "A01.1"));
    }
}
