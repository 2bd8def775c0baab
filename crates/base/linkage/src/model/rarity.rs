//! Term frequency: a rare name that agrees says more than a common one (Winkler, *Frequency-based matching in
//! Fellegi–Sunter model of record linkage*, 2000). Full names are counted as such, marks included, since their parts
//! are not independent; where only parts agree, the parts count. Dates of birth are counted too: registers write the
//! first of January where they know the year alone, and that many share it says little.

use crate::compare::{BIRTH_EXACT, FOLDED_EQUAL, is_whole_date, name_parts, swapped_date};
use crate::row::{NameWords, Rows, Slot, folded};
use d06_mapped::Slab;
use rayon::prelude::*;
use std::collections::HashMap;

/// How much of a part's rarity counts: parts are not independent of what else agrees.
const PART: f32 = 0.7;
/// No name is worth more or less than so many bits (in nats) against the average.
const BOUND: f32 = 12.0;
/// What the rarity of a name adds at most, in nats.
pub(crate) const MOST: f32 = 2.0 * PART * BOUND;
/// No date is worth more or less than so many nats against the average.
pub(crate) const MOST_BIRTH: f32 = 6.0;

/// A packed date of the year 4095 ends here.
const DATES: usize = 1 << 21;

/// How often each name of the left table occurs, as natural logarithms relative to the average agreeing pair.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rarity {
    /// Per name, what exact agreement adds.
    pub(crate) exact: Slab<f32>,
    /// Per name, what agreement without marks adds.
    pub(crate) unmarked: Slab<f32>,
    /// Per token, what it adds as a surname.
    pub(crate) surname: Slab<f32>,
    /// Per token, what it adds as a given name.
    pub(crate) given: Slab<f32>,
    /// Per packed date of birth, what exact agreement adds.
    pub(crate) birth: Slab<f32>,
    /// Left rows whose date of birth agrees with that of a row; 0 if not counted.
    pub(crate) alike: Alike,
}

/// How many left rows have a date of birth like that of a row, on average.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Alike {
    /// The same date; for the average pair that agrees.
    pub(crate) equal: f64,
    /// The date with day and month the other way round.
    pub(crate) swapped: f64,
}

impl Rarity {
    /// Counts the names and dates of the left table.
    pub(crate) fn count(rows: &Rows, tokens: usize) -> Self {
        let ((birth, alike), of_names) = rayon::join(|| births(rows), || Self::of_names(rows, tokens));
        Self { birth, alike, ..of_names }
    }

    fn of_names(rows: &Rows, tokens: usize) -> Self {
        if !rows.layout.has(Slot::Name) {
            return Self::default();
        }
        let mut exact = vec![0_u32; rows.names.len()];
        for row in 0..rows.len() {
            if let Some(count) = exact.get_mut(rows.row(row).get(Slot::Name) as usize) {
                *count += 1;
            }
        }
        let mut by_letters: HashMap<u64, u32, crate::hash::PassThrough> = HashMap::default();
        let (mut surname, mut given) = (vec![0_u32; tokens], vec![0_u32; tokens]);
        let letters: Vec<u64> = rows.names.par_iter().map(|name| NameWords(*name).folded_hash()).collect();
        for ((name, count), letters) in rows.names.iter().zip(&exact).zip(&letters).skip(1) {
            *by_letters.entry(*letters).or_default() += *count;
            let name = NameWords(*name);
            for (token, counts) in [(name.tokens().first(), &mut surname), (name.tokens().last(), &mut given)]
            {
                if let Some(sum) = token.and_then(|token| counts.get_mut(folded(*token) as usize)) {
                    *sum += *count;
                }
            }
        }
        let unmarked: Vec<u32> =
            letters.par_iter().map(|letters| by_letters.get(letters).copied().unwrap_or(0)).collect();
        // A name's pairs are as many as its rows times the rows of its letters.
        let unmarked_average = average(&unmarked, &exact);
        Self {
            birth: Slab::default(),
            alike: Alike::default(),
            exact: logs(&exact, average(&exact, &exact)),
            unmarked: logs(&unmarked, unmarked_average),
            surname: logs(&surname, average(&surname, &surname)),
            given: logs(&given, average(&given, &given)),
        }
    }

    /// What the rarity of a left date of birth adds at a level of agreement, in nats.
    #[inline]
    pub(crate) fn of_birth(&self, date: u32, level: u8) -> f32 {
        if level == BIRTH_EXACT { self.birth.get(date as usize).copied().unwrap_or(0.0) } else { 0.0 }
    }

    /// What the rarity of a left name adds at a level of agreement, in nats.
    #[inline]
    pub(crate) fn of(&self, number: u32, name: &NameWords, level: u8) -> f32 {
        let at = |logs: &[f32], place: u32| logs.get(place as usize).copied().unwrap_or(0.0);
        match level {
            0 => 0.0,
            1 => at(&self.exact, number),
            2..=FOLDED_EQUAL => at(&self.unmarked, number),
            5 | 7 | 9 => PART * at(&self.unmarked, number),
            _ => {
                let (surname, given) = name_parts(level);
                let token = |there: bool, token: Option<&u32>, logs: &[f32]| match token {
                    Some(token) if there => at(logs, folded(*token)),
                    _ => 0.0,
                };
                PART * (token(surname, name.tokens().first(), &self.surname)
                    + token(given, name.tokens().last(), &self.given))
            }
        }
    }
}

/// What each date of birth adds, by the packed date, and how many rows are alike.
fn births(rows: &Rows) -> (Slab<f32>, Alike) {
    if !rows.layout.has(Slot::Birth) {
        return (Slab::default(), Alike::default());
    }
    let mut counts: Vec<u32> = Vec::new();
    for row in 0..rows.len() {
        let date = rows.row(row).get(Slot::Birth) as usize;
        if !is_whole_date(date as u32) || date >= DATES {
            continue;
        }
        if counts.len() <= date {
            counts.resize(date + 1, 0);
        }
        if let Some(count) = counts.get_mut(date) {
            *count += 1;
        }
    }
    let equal = average(&counts, &counts);
    let other = |date: usize| swapped_date(date as u32).and_then(|other| counts.get(other as usize));
    let others: Vec<u32> = (0..counts.len()).map(|date| other(date).copied().unwrap_or(0)).collect();
    let alike = Alike { equal, swapped: average(&others, &counts) };
    (bounded_logs(&counts, equal, MOST_BIRTH), alike)
}

/// The mean of `counts` over pairs, of which each value has `weights`.
fn average(counts: &[u32], weights: &[u32]) -> f64 {
    let sums = counts.iter().zip(weights).fold((0.0, 0.0), |(sum, all), (count, weight)| {
        (sum + f64::from(*count) * f64::from(*weight), all + f64::from(*weight))
    });
    sums.0 / f64::max(sums.1, 1.0)
}

/// ln(average / count).
fn logs(counts: &[u32], average: f64) -> Slab<f32> {
    bounded_logs(counts, average, BOUND)
}

fn bounded_logs(counts: &[u32], average: f64, bound: f32) -> Slab<f32> {
    let log = |count: &u32| ((average / f64::from((*count).max(1))).ln() as f32).clamp(-bound, bound);
    counts.iter().map(log).collect::<Vec<_>>().into()
}
