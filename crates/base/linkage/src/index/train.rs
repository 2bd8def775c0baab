//! Estimating the model and choosing the keys.

use super::{Index, Model, Prepared};
use crate::block::{Key, KeyTable, standard_keys};
use crate::compare::{Comparisons, Pairing};
use crate::error::{LinkError, Side};
use crate::hash;
use crate::model::{Task, choose, draw, estimate, household};
use crate::outcome::EvidenceKind;
use crate::progress::{Progress, Stage};
use crate::table::{Label, Strings, Table};
use std::collections::HashMap;

/// One row in so many is drawn for the sample, up to the size of the spec.
const ONE_IN: usize = 20;
/// But at least so many.
const LEAST: usize = 2_000;
/// And of a table with duplicates so many times as many, since few of its rows have another to learn from.
const OF_DUPLICATES: usize = 2;

impl Index {
    /// Estimates the weights and chooses the blocking keys for a right table like this one.
    ///
    /// # Errors
    /// If nothing can be compared, a label is unknown, or on cancel.
    pub fn train(
        &mut self,
        right: &Table,
        labels: &[Label],
        progress: &mut dyn Progress,
    ) -> Result<(), LinkError> {
        let prepared = self.prepare(right, progress)?;
        self.train_prepared(&prepared, &right.ids, labels, progress)
    }

    /// As [`Index::train`], for the left table against itself.
    ///
    /// # Errors
    /// As [`Index::train`].
    pub fn train_dedupe(&mut self, labels: &[Label], progress: &mut dyn Progress) -> Result<(), LinkError> {
        let labels = self.known(labels, self.ids.iter())?;
        let model = self.model(self.pairing_itself(), true, &labels, progress)?;
        self.model = Some(model);
        Ok(())
    }

    /// As [`Index::train`], of a table that has been prepared, with its ids.
    ///
    /// # Errors
    /// As [`Index::train`].
    pub fn train_prepared(
        &mut self,
        right: &Prepared,
        ids: &Strings,
        labels: &[Label],
        progress: &mut dyn Progress,
    ) -> Result<(), LinkError> {
        let labels = self.known(labels, ids.iter())?;
        let model = self.model(self.pairing(right), false, &labels, progress)?;
        self.model = Some(model);
        Ok(())
    }

    /// Labels by row.
    fn known<'t>(
        &self,
        labels: &[Label],
        right: impl Iterator<Item = &'t str>,
    ) -> Result<Vec<(u32, u32, bool)>, LinkError> {
        if labels.is_empty() {
            return Ok(Vec::new());
        }
        let hashed = |(id, row): (&str, u32)| (hash::bytes(id.as_bytes()), row);
        let left: HashMap<u64, u32, hash::PassThrough> = self.ids.iter().zip(0..).map(hashed).collect();
        let right: HashMap<u64, u32, hash::PassThrough> = right.zip(0..).map(hashed).collect();
        let row = |rows: &HashMap<u64, u32, hash::PassThrough>, id: &str| {
            let found = rows.get(&hash::bytes(id.as_bytes())).copied();
            found.ok_or_else(|| LinkError::UnknownLabel(id.to_owned()))
        };
        let one = |label: &Label| Ok((row(&right, &label.right)?, row(&left, &label.left)?, label.same));
        labels.iter().map(one).collect()
    }

    fn model(
        &self,
        pairing: Pairing<'_>,
        itself: bool,
        labels: &[(u32, u32, bool)],
        progress: &mut dyn Progress,
    ) -> Result<Model, LinkError> {
        let Pairing { left, right, words } = pairing;
        let comparisons = Comparisons::of(left, right);
        let tells_apart = |kind: &EvidenceKind| *kind != EvidenceKind::Sex;
        if !comparisons.0.iter().any(tells_apart) {
            return Err(LinkError::NothingToCompare);
        }
        if right.len() == 0 {
            return Err(LinkError::Empty(Side::Right));
        }
        let blocking = &self.spec.blocking;
        let homes = KeyTable::by(left.len(), |row| household(left, &left.row(row)));
        let task = Task {
            pairing,
            comparisons: &comparisons,
            rarity: &self.rarity,
            homes: &homes,
            itself,
            largest_block: blocking.largest_block,
            pairs_per_row: blocking.pairs_per_row,
        };
        progress.report(Stage::Train, 0, 3);
        let people = first_people(right, labels);
        let wanted: Vec<u32> = people.iter().map(|(person, ..)| *person).collect();
        let times = if itself { OF_DUPLICATES } else { 1 };
        let size = (right.len() / ONE_IN).clamp(LEAST, (self.spec.model.sample as usize).max(LEAST)) * times;
        let sample = draw(&task, self.keys(), size, &wanted);
        stop(progress, 1)?;
        let known: Vec<(u32, u32, bool)> = people
            .iter()
            .filter_map(|(person, left, same)| {
                sample.people.binary_search(person).ok().map(|place| (place as u32, *left, *same))
            })
            .collect();
        let estimate = estimate(&task, &sample, &comparisons, self.spec.model.rounds, &known);
        let chosen = choose(&sample, &estimate, blocking.largest_block, blocking.pairs_per_row);
        stop(progress, 2)?;
        let pairs: f64 = chosen.report.iter().map(|key| key.pairs).sum::<f64>() * right.len() as f64;
        if !blocking.keys.is_empty() && pairs > MOST_PAIRS {
            return Err(LinkError::TooManyPairs { pairs: pairs as u64, limit: MOST_PAIRS as u64 });
        }
        let tables = KeyTable::build(&chosen.keys, left, &words);
        stop(progress, 3)?;
        Ok(Model { homes, weights: estimate.weights, tables, keys: chosen.report, recall: chosen.recall })
    }

    fn keys(&self) -> Vec<Key> {
        if self.spec.blocking.keys.is_empty() { standard_keys() } else { self.spec.blocking.keys.clone() }
    }
}

/// Pairs that keys of the spec may cause.
const MOST_PAIRS: f64 = 2e10;

fn stop(progress: &mut dyn Progress, done: u64) -> Result<(), LinkError> {
    progress.report(Stage::Train, done, 3);
    if progress.is_cancelled() { Err(LinkError::Cancelled) } else { Ok(()) }
}

/// Labels by person: a label of a row is of the first person it names.
fn first_people(right: &crate::row::Rows, labels: &[(u32, u32, bool)]) -> Vec<(u32, u32, bool)> {
    let person = |row: u32| right.first_person(row as usize) as u32;
    labels.iter().map(|(row, left, same)| (person(*row), *left, *same)).collect()
}
