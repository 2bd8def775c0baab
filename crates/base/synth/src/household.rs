//! Households and the relations in them.

use crate::person::PersonIndex;

/// Place of a household in [`crate::Population::households`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HouseholdIndex(pub(crate) u32);

/// People registered at one place of permanent residence.
#[derive(Clone, Debug)]
pub struct Household {
    /// The head (chủ hộ).
    pub head: PersonIndex,
    /// Everybody, the head first.
    pub members: Vec<PersonIndex>,
    /// Index of the commune in [`crate::Gazetteer::communes`].
    pub(crate) commune: usize,
    /// Index of the hamlet in the commune.
    pub(crate) hamlet: usize,
    /// House number in the hamlet.
    pub(crate) house: u32,
}

/// What somebody is to the head of the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Chủ hộ.
    Head,
    /// Vợ.
    Wife,
    /// Chồng.
    Husband,
    /// Con đẻ.
    Child,
    /// Con dâu.
    DaughterInLaw,
    /// Cháu ruột.
    Grandchild,
    /// Cha đẻ.
    Father,
    /// Mẹ đẻ.
    Mother,
}

impl Relation {
    /// In the wording of the population database.
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Head => "Chủ hộ",
            Self::Wife => "Vợ",
            Self::Husband => "Chồng",
            Self::Child => "Con đẻ",
            Self::DaughterInLaw => "Con dâu",
            Self::Grandchild => "Cháu ruột",
            Self::Father => "Cha đẻ",
            Self::Mother => "Mẹ đẻ",
        }
    }
}
