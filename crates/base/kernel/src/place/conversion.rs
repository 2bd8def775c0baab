use super::Commune;

/// What became of an old commune.
#[derive(Clone, Debug, PartialEq)]
pub enum Conversion<'a> {
    /// All of it went into this commune.
    Whole(&'a Commune),
    /// Parts of it went into several communes.
    Split(Split<'a>),
}

/// The communes an old one was split between. None of them is *the* conversion until somebody who knows the
/// hamlet or the spot confirms it.
#[derive(Clone, Debug, PartialEq)]
pub struct Split<'a> {
    candidates: Vec<&'a Commune>,
}

/// The chosen commune is none of those the old one was split between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("place.not-a-candidate")]
pub struct NotACandidate;

impl<'a> Split<'a> {
    pub(super) fn between(candidates: Vec<&'a Commune>) -> Self {
        Self { candidates }
    }

    /// The communes to choose from, at least two.
    pub fn candidates(&self) -> &[&'a Commune] {
        &self.candidates
    }

    /// The commune that somebody chose.
    ///
    /// # Errors
    /// If it is none of the candidates.
    pub fn confirm(&self, code: &str) -> Result<&'a Commune, NotACandidate> {
        self.candidates.iter().find(|commune| commune.code == code).copied().ok_or(NotACandidate)
    }
}
