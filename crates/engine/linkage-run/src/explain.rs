//! Why a link has its weight, in a sentence.

use crate::words::{Lang, Words};
use d06_kernel::Locale;
use d06_linkage::explain::Explainer;
use d06_linkage::{Link, Outcome, Spec};
use std::collections::HashMap;

/// The language of the engine's words.
pub(crate) fn locale(words: &Words) -> Locale {
    match words.lang() {
        Lang::Vi => Locale::Vi,
        Lang::En => Locale::En,
    }
}

/// Writes the sentences of links; each but once.
pub(crate) struct Sentences<'a> {
    outcome: &'a Outcome,
    texts: Vec<&'a str>,
    locale: Locale,
    explainer: Explainer,
    /// By pattern, rarity and kin; the latter two in half bits, which do not change what is said.
    places: HashMap<(u64, i32, i32), usize>,
    said: Vec<String>,
}

impl<'a> Sentences<'a> {
    pub(crate) fn new(spec: &'a Spec, outcome: &'a Outcome, words: &Words) -> Self {
        let texts = spec.text.iter().map(|text| text.name.as_str()).collect();
        let (places, said) = (HashMap::new(), Vec::new());
        Self { outcome, texts, locale: locale(words), explainer: Explainer::new(), places, said }
    }

    /// The place of the sentence of a link.
    pub(crate) fn place(&mut self, link: &Link) -> usize {
        let halves = |bits: f32| (bits * 2.0).round() as i32;
        let key = (link.pattern, halves(link.rarity), halves(link.kin));
        let Self { outcome, texts, locale, explainer, places, said } = self;
        *places.entry(key).or_insert_with(|| {
            let coarse = Link { rarity: key.1 as f32 / 2.0, kin: key.2 as f32 / 2.0, ..*link };
            said.push(explainer.sentence(*locale, &outcome.evidence(&coarse), texts));
            said.len() - 1
        })
    }

    /// The sentence at a place.
    pub(crate) fn at(&self, place: usize) -> &str {
        self.said.get(place).map_or("", String::as_str)
    }

    /// The sentence of a link.
    pub(crate) fn of(&mut self, link: &Link) -> &str {
        let place = self.place(link);
        self.at(place)
    }
}
