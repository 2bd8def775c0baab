//! Linking many rows, in parallel and in order.

use super::{Index, Model, Prepared};
use crate::block::{Key, PartReader};
use crate::compare::Pairing;
use crate::error::LinkError;
use crate::outcome::{Decision, EvidenceKind, Link, Linked};
use crate::progress::{Progress, Stage};
use crate::score::{Found, Scratch, Search, lift};
use crate::table::Table;
use rayon::prelude::*;
use std::ops::Range;

/// People searched by one thread at a time.
const CHUNK: usize = 1 << 10;
/// People searched between two reports of progress.
const WAVE: usize = 1 << 16;
/// Links less likely are not shown, whatever the spec.
const SHOWN: f64 = 0.01;

impl Index {
    /// Links worth showing of the rows of a right table, or of a part of it: `right` rows are numbered from 0.
    /// Parts may be linked one after the other, or on different machines, with the same answer.
    ///
    /// # Errors
    /// If the index is untrained, the table is unusable, or on cancel.
    pub fn link(&self, right: &Table, progress: &mut dyn Progress) -> Result<Linked, LinkError> {
        let prepared = self.prepare(right, progress)?;
        self.link_rows(&prepared, 0..prepared.len(), progress)
    }

    /// As [`Index::link`], of some rows of a table that has been prepared.
    ///
    /// # Errors
    /// If the index is untrained, or on cancel.
    pub fn link_rows(
        &self,
        right: &Prepared,
        rows: Range<usize>,
        progress: &mut dyn Progress,
    ) -> Result<Linked, LinkError> {
        let people = right.rows.first_person(rows.start)..right.rows.first_person(rows.end);
        self.run(self.pairing(right), false, people, progress)
    }

    /// Pairs of rows of the left table that may be the same person, `left < right`.
    ///
    /// # Errors
    /// As [`Index::link`].
    pub fn dedupe(&self, progress: &mut dyn Progress) -> Result<Linked, LinkError> {
        self.run(self.pairing_itself(), true, 0..self.len(), progress)
    }

    fn run(
        &self,
        pairing: Pairing<'_>,
        itself: bool,
        people: Range<usize>,
        progress: &mut dyn Progress,
    ) -> Result<Linked, LinkError> {
        let model = self.model.as_ref().ok_or(LinkError::Untrained)?;
        let search = self.search(model, pairing, itself);
        let mut linked = Linked::default();
        let total = people.len() as u64;
        let begin = people.start;
        for wave in people.clone().step_by(WAVE) {
            let end = (wave + WAVE).min(people.end);
            let chunks: Vec<usize> = (wave..end).step_by(CHUNK).collect();
            let found: Vec<Linked> = chunks
                .into_par_iter()
                .map_init(Scratch::new, |scratch, from| {
                    self.some(&search, people.start, from..(from + CHUNK).min(end), people.end, scratch)
                })
                .collect();
            found.into_iter().for_each(|found| linked += found);
            progress.report(Stage::Link, (end - begin) as u64, total);
            if progress.is_cancelled() {
                return Err(LinkError::Cancelled);
            }
        }
        Ok(linked)
    }

    fn search<'a>(&'a self, model: &'a Model, pairing: Pairing<'a>, itself: bool) -> Search<'a> {
        let keys: Vec<Key> = model.tables.iter().map(|table| table.key.clone()).collect();
        Search {
            parts: PartReader::new(pairing.right, pairing.words, &keys),
            pairing,
            comparisons: &model.weights.comparisons,
            tables: &model.tables,
            homes: &model.homes,
            score: model.weights.score(),
            weights: &model.weights,
            rarity: &self.rarity,
            largest_block: self.spec.blocking.largest_block as usize,
            itself,
        }
    }

    /// The links of some people. People of one row belong to the chunk in which the row begins.
    fn some(
        &self,
        search: &Search<'_>,
        start: usize,
        mut chunk: Range<usize>,
        end: usize,
        scratch: &mut Scratch,
    ) -> Linked {
        let right = search.pairing.right;
        let continues = |person: usize| person < end && right.owner(person).1 > 0;
        while chunk.start > start && chunk.start < chunk.end && continues(chunk.start) {
            chunk.start += 1;
        }
        while !chunk.is_empty() && continues(chunk.end) {
            chunk.end += 1;
        }
        let spouse = search.comparisons.0.contains(&EvidenceKind::Spouse);
        let Linked { mut links, mut effort } = Linked::default();
        let mut person = chunk.start;
        while person < chunk.end {
            let mut next = person + 1;
            while next < chunk.end && continues(next) {
                next += 1;
            }
            let mut found: Vec<Found> =
                (person..next).map(|one| search.find(one, next - person > 1, scratch)).collect();
            if found.len() > 1 && self.spec.model.joint && !spouse {
                lift(&mut found, person..next, search);
            }
            for (found, person) in found.iter().zip(person..next) {
                effort.pairs += u64::from(found.pairs);
                effort.oversize += u64::from(found.oversize);
                effort.cut += u64::from(found.cut);
                effort.keyless += u64::from(!found.asked);
                let (row, nth) = right.owner(person);
                self.push(&mut links, found, search, row, nth);
            }
            person = next;
        }
        Linked { links, effort }
    }

    fn push(&self, links: &mut Vec<Link>, found: &Found, search: &Search<'_>, right: u32, person: u8) {
        let shown = SHOWN.min(self.spec.thresholds.review);
        const BITS: f32 = std::f32::consts::LOG2_E;
        for candidate in &found.candidates {
            if candidate.probability < shown {
                continue;
            }
            let alone = search.score.share(candidate.odds, found.all);
            let logit = |p: f64| (p.clamp(1e-9, 1.0 - 1e-9) / (1.0 - p.clamp(1e-9, 1.0 - 1e-9))).log2();
            let lifted = (candidate.probability - alone).abs() > 1e-9;
            let kin = if lifted { (logit(candidate.probability) - logit(alone)) as f32 } else { 0.0 };
            links.push(Link {
                left: candidate.left,
                right,
                person,
                decision: Decision::NonMatch,
                probability: candidate.probability as f32,
                weight: candidate.weight * BITS + kin,
                rarity: candidate.rarity * BITS,
                kin,
                pattern: candidate.pattern,
            });
        }
    }
}
