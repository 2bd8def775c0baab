//! People named by one row lift each other.
//!
//! "Ông A và bà B" own a parcel: of all the left rows that may be A and all that may be B, a pair of one household is
//! far likelier than a pair that has nothing to do with each other. The probability of each is its share among all
//! pairs, nobody included.

use super::search::{Candidate, Found, Search};
use crate::model::household;
use std::ops::Range;

/// Share of people named together who are of one household in the left table.
const TOGETHER: f64 = 0.8;
/// No more than so much likelier.
const MOST: f64 = 1e6;
/// From this probability on, the household of a candidate is searched for the others.
const LIKELY: f64 = 0.2;
/// Members of a household that are looked at.
const MEMBERS: usize = 40;

/// Adjusts the probabilities of the people of one row by each other.
pub(crate) fn lift(people: &mut [Found], at: Range<usize>, search: &Search<'_>) {
    let weights = search.weights;
    let lift = (TOGETHER * weights.rows / weights.relatives_per_row.max(0.1)).min(MOST);
    for one in 0..people.len() {
        for other in (0..people.len()).filter(|other| *other != one) {
            invite(people, one, other, &at, search);
        }
    }
    for second in 1..people.len() {
        for first in 0..second {
            if let Some((before, after)) = people.split_at_mut_checked(second)
                && let (Some(one), Some(other)) = (before.get_mut(first), after.first_mut())
            {
                pair(one, other, search, lift);
            }
        }
    }
}

/// The household of a likely candidate of `one` may hold `other`, however badly the name was written.
fn invite(people: &mut [Found], one: usize, other: usize, at: &Range<usize>, search: &Search<'_>) {
    let left = search.pairing.left;
    let likely = people.get(one).and_then(|found| found.candidates.first());
    let Some(likely) = likely.filter(|candidate| candidate.probability >= LIKELY).map(|best| best.left)
    else {
        return;
    };
    let Some(home) = household(left, &left.row(likely as usize)) else { return };
    let right = search.pairing.right;
    let subject = search.comparisons.subject(right, &right.row(at.start + other));
    let Some(found) = people.get_mut(other) else { return };
    for member in search.homes.block(home, search.homes.bucket(home)).take(MEMBERS) {
        if member != likely && !found.candidates.iter().any(|candidate| candidate.left == member) {
            let candidate = search.compare(member, &subject);
            found.all += candidate.odds;
            found.candidates.push(candidate);
        }
    }
}

fn pair(one: &mut Found, other: &mut Found, search: &Search<'_>, lift: f64) {
    let left = search.pairing.left;
    let home = |candidate: &Candidate| household(left, &left.row(candidate.left as usize));
    let homes: Vec<Option<u64>> = one.candidates.iter().map(home).collect();
    let other_homes: Vec<Option<u64>> = other.candidates.iter().map(home).collect();
    let rest_one = (one.all - one.candidates.iter().map(|c| c.odds).sum::<f64>()).max(0.0);
    let rest_other = (other.all - other.candidates.iter().map(|c| c.odds).sum::<f64>()).max(0.0);
    let mut shares_one = vec![0.0; homes.len()];
    let mut shares_other = vec![0.0; other_homes.len()];
    // Nobody, or somebody who was not kept, on either side.
    let (free_one, free_other) = (1.0 + rest_one, 1.0 + rest_other);
    let mut all = free_one * free_other;
    for ((a, home_a), share_a) in one.candidates.iter().zip(&homes).zip(&mut shares_one) {
        *share_a += a.odds * free_other;
        for ((b, home_b), share_b) in other.candidates.iter().zip(&other_homes).zip(&mut shares_other) {
            let factor = match (home_a, home_b) {
                _ if a.left == b.left => 0.0,
                (Some(home_a), Some(home_b)) if home_a == home_b => lift,
                (Some(_), Some(_)) => 1.0 - TOGETHER,
                _ => 1.0,
            };
            let share = a.odds * b.odds * factor;
            *share_a += share;
            *share_b += share;
        }
        all += *share_a;
    }
    for (b, share) in other.candidates.iter().zip(&mut shares_other) {
        *share += b.odds * free_one;
        all += b.odds * free_one;
    }
    for (found, shares) in [(one, shares_one), (other, shares_other)] {
        for (candidate, share) in found.candidates.iter_mut().zip(shares) {
            candidate.probability = share / all;
        }
    }
}
