//! Why a link has its weight, in a sentence.

use crate::words::{Lang, Words};
use ahash::RandomState;
use d06_kernel::Locale;
use d06_linkage::explain::Explainer;
use d06_linkage::{Link, Outcome, Spec};
use rayon::prelude::*;
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
    places: HashMap<Said, usize, RandomState>,
    said: Vec<String>,
}

/// What the sentence of a link depends on.
type Said = (u64, i32, i32);

impl<'a> Sentences<'a> {
    pub(crate) fn new(spec: &'a Spec, outcome: &'a Outcome, words: &Words) -> Self {
        let texts = spec.text.iter().map(|text| text.name.as_str()).collect();
        let (places, said) = (HashMap::default(), Vec::new());
        Self { outcome, texts, locale: locale(words), explainer: Explainer::new(), places, said }
    }

    /// The places of the sentences of links. New sentences are written in parallel.
    pub(crate) fn places(&mut self, links: &[Link]) -> Vec<usize> {
        let halves = |bits: f32| (bits * 2.0).round() as i32;
        let mut new = Vec::new();
        let place = |link: &Link| {
            let said: Said = (link.pattern, halves(link.rarity), halves(link.kin));
            *self.places.entry(said).or_insert_with(|| {
                new.push(Link { rarity: said.1 as f32 / 2.0, kin: said.2 as f32 / 2.0, ..*link });
                self.said.len() + new.len() - 1
            })
        };
        let places = links.iter().map(place).collect();
        let Self { outcome, texts, locale, explainer, .. } = &*self;
        let sentence = |link: &Link| explainer.sentence(*locale, &outcome.evidence(link), texts);
        let new: Vec<String> = new.par_iter().map(sentence).collect();
        self.said.extend(new);
        places
    }

    /// The sentence at a place.
    pub(crate) fn at(&self, place: usize) -> &str {
        self.said.get(place).map_or("", String::as_str)
    }

    /// The sentence of a link.
    pub(crate) fn of(&mut self, link: &Link) -> &str {
        let place = self.places(std::slice::from_ref(link)).pop();
        place.map_or("", |place| self.at(place))
    }
}
