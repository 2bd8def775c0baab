//! The tree of administrative units, kept by `identity`.

use crate::{Cx, Problem};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// A unit of the administration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Electronic identification code of the agency (Decision 20/2020/QĐ-TTg Art. 4), e.g. `H31.10816.02`.
    pub code: String,
    /// Name in Vietnamese.
    pub name: String,
    /// The unit above.
    pub parent: Option<String>,
    /// Code of the commune it serves, if it is a unit of a commune.
    pub commune: Option<String>,
    /// What it is: `people-committee`, `one-stop-shop`, `police`, `office`, `department`, `city`.
    pub kind: String,
}

impl Unit {
    /// The place of issue on its papers: the name of the administrative unit, `Ủy ban nhân dân xã Hà Bắc` →
    /// `Hà Bắc` (Decree 30/2020, Appendix I); the whole name where it names no place.
    pub fn place(&self) -> &str {
        let kinds = [" xã ", " phường ", " đặc khu ", " thành phố ", " tỉnh "];
        let found = kinds.iter().find_map(|kind| self.name.rfind(kind).map(|at| at + kind.len()));
        found.map_or(&self.name, |at| &self.name[at..])
    }
}

/// Finds units.
#[async_trait]
pub trait UnitDirectory: Send + Sync {
    /// The unit of a code.
    async fn get(&self, cx: &Cx, code: &str) -> Result<Unit, Problem>;
    /// The unit and all below it, the unit first.
    async fn subtree(&self, cx: &Cx, code: &str) -> Result<Vec<Unit>, Problem>;
}

/// Who an official is, as the papers they sign name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    /// Full name.
    pub name: String,
    /// The roles held in the unit now.
    pub roles: Vec<crate::Role>,
}

/// Somebody who holds a role in a unit now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleHolder {
    /// Who.
    pub number: crate::person::PersonalNumber,
    /// Full name; `None` for somebody who never signed in.
    pub name: Option<String>,
    /// The role.
    pub role: crate::Role,
    /// The unit.
    pub unit: String,
}

/// Finds officials.
#[async_trait]
pub trait OfficialDirectory: Send + Sync {
    /// The person of a number as an official of a unit; `None` for somebody who never signed in.
    async fn official(
        &self,
        cx: &Cx,
        number: &crate::person::PersonalNumber,
        unit: &str,
    ) -> Result<Option<Official>, Problem>;
    /// Who holds a role today in a unit or in one below it, by unit and role.
    async fn holders(&self, cx: &Cx, unit: &str) -> Result<Vec<RoleHolder>, Problem>;
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn a_place_is_named_without_its_kind() {
        let place = |name: &str| {
            let (code, kind) = ("H31".to_owned(), "city".to_owned());
            Unit { code, name: name.to_owned(), parent: None, commune: None, kind }.place().to_owned()
        };
        assert_eq!(place("Ủy ban nhân dân xã Hà Bắc"), "Hà Bắc");
        assert_eq!(place("Văn phòng HĐND và UBND xã Hà Bắc"), "Hà Bắc");
        assert_eq!(place("UBND thành phố Hải Phòng"), "Hải Phòng");
        assert_eq!(place("Sở Tư pháp"), "Sở Tư pháp");
    }
}
