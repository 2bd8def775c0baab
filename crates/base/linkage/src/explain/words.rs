//! The table of words: `data/linkage/evidence.toml`.

use d06_kernel::Locale;
use std::collections::BTreeMap;

const SHIPPED: &str = include_str!("../../../../../data/linkage/evidence.toml");

/// Vietnamese and English.
type Both = [String; 2];

/// Phrases by group and level.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases(BTreeMap<String, BTreeMap<String, Both>>);

impl Phrases {
    /// The shipped table. Empty if it were damaged, which a test excludes.
    pub(super) fn shipped() -> Self {
        Self(toml::from_str(SHIPPED).unwrap_or_default())
    }

    /// The words for a level, with `{}` where its subject goes.
    pub(super) fn level(&self, group: &str, level: &str, locale: Locale) -> Option<&str> {
        let both = self.0.get(group)?.get(level)?;
        match locale {
            Locale::Vi => both.first(),
            Locale::En => both.get(1),
        }
        .map(String::as_str)
    }

    /// What a kind of evidence is about.
    pub(super) fn subject(&self, key: &str, locale: Locale) -> &str {
        self.level("subject", key, locale).unwrap_or_default()
    }

    /// A word of the sentence around the evidence.
    pub(super) fn sentence(&self, key: &str, locale: Locale) -> &str {
        self.level("sentence", key, locale).unwrap_or_default()
    }

    /// Every group and level of evidence.
    #[cfg(test)]
    pub(super) fn levels(&self) -> impl Iterator<Item = (&str, &str)> {
        let evidence = self.0.iter().filter(|(group, _)| !matches!(group.as_str(), "subject" | "sentence"));
        evidence.flat_map(|(group, levels)| levels.keys().map(move |level| (group.as_str(), level.as_str())))
    }
}
