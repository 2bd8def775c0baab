//! From probabilities to decisions, and to clusters.

use crate::outcome::{Decision, Link};
use crate::spec::{Cardinality, Spec, Task};
use rayon::prelude::*;
use std::collections::HashSet;

/// Decides every link and sorts them by right row, person, falling probability, left row.
pub(crate) fn decide(spec: &Spec, links: &mut [Link]) {
    links.par_sort_by(|one, other| {
        let people = (one.right, one.person).cmp(&(other.right, other.person));
        people.then(other.probability.total_cmp(&one.probability)).then(one.left.cmp(&other.left))
    });
    let by_threshold = |probability: f32| {
        let probability = f64::from(probability);
        if probability >= spec.thresholds.accept {
            Decision::Match
        } else if probability >= spec.thresholds.review {
            Decision::Review
        } else {
            Decision::NonMatch
        }
    };
    let several = spec.task == Task::Dedupe || spec.cardinality == Cardinality::Clusters;
    let mut before = None;
    for link in links.iter_mut() {
        let person = (link.right, link.person);
        link.decision = by_threshold(link.probability);
        // Only the best of a person is a match.
        if !several && before == Some(person) && link.decision == Decision::Match {
            link.decision = Decision::Review;
        }
        before = Some(person);
    }
    if !several && spec.cardinality == Cardinality::OneToOne {
        one_to_one(links);
    }
}

/// A left row keeps its likeliest match; the others go to a person.
fn one_to_one(links: &mut [Link]) {
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.retain(|place| links.get(*place).is_some_and(|link| link.decision == Decision::Match));
    let key =
        |place: &usize| links.get(*place).map(|link| (link.probability, link.weight, link.right, link.left));
    order.sort_by(|one, other| match (key(one), key(other)) {
        (Some(one), Some(other)) => {
            let likelier = other.0.total_cmp(&one.0).then(other.1.total_cmp(&one.1));
            likelier.then(one.2.cmp(&other.2)).then(one.3.cmp(&other.3))
        }
        _ => std::cmp::Ordering::Equal,
    });
    let mut taken = HashSet::new();
    for place in order {
        if let Some(link) = links.get_mut(place)
            && !taken.insert(link.left)
        {
            link.decision = Decision::Review;
        }
    }
}

/// Groups rows by their matches: the likeliest first, and two groups join only if at least half of the pairs between
/// them are matches, so that a chain of doubtful matches does not draw strangers together. Matches that join nothing
/// become reviews. Returns per row the smallest row of its cluster.
pub(crate) fn cluster(links: &mut [Link], rows: usize) -> Vec<u32> {
    let mut matches: Vec<usize> = (0..links.len()).collect();
    matches.retain(|place| links.get(*place).is_some_and(|link| link.decision == Decision::Match));
    let beside = Beside::of(matches.iter().filter_map(|place| links.get(*place)), rows);
    let weight = |place: &usize| links.get(*place).map_or((0.0, 0.0), |link| (link.probability, link.weight));
    matches.par_sort_unstable_by(|one, other| {
        let (a, b) = (weight(one), weight(other));
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then(one.cmp(other))
    });
    let mut groups = Groups::new(rows);
    for link in matches.iter().filter_map(|place| links.get(*place)) {
        let (one, other) = (groups.of(link.left), groups.of(link.right));
        if one == other {
            continue;
        }
        let (kept, gone) = (one.min(other), one.max(other));
        let between = groups.members(gone).flat_map(|row| beside.of_row(row));
        let joined = between.filter(|row| groups.of(**row) == kept).count();
        if joined * 2 >= groups.members(kept).count() * groups.members(gone).count() {
            groups.join(kept, gone);
        }
    }
    for link in links.iter_mut().filter(|link| link.decision == Decision::Match) {
        if groups.of(link.left) != groups.of(link.right) {
            link.decision = Decision::Review;
        }
    }
    groups.of
}

/// The rows that each row matches, one after the other in one piece of memory.
struct Beside {
    /// Per row where its matches begin; one more at the end.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Beside {
    fn of<'a>(matches: impl Iterator<Item = &'a Link> + Clone, rows: usize) -> Self {
        let both = matches.flat_map(|link| [(link.left, link.right), (link.right, link.left)]);
        let mut starts = vec![0_u32; rows + 2];
        for (row, _) in both.clone() {
            if let Some(count) = starts.get_mut(row as usize + 2) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut beside = vec![0; sum as usize];
        for (row, other) in both {
            if let Some(next) = starts.get_mut(row as usize + 1) {
                if let Some(place) = beside.get_mut(*next as usize) {
                    *place = other;
                }
                *next += 1;
            }
        }
        Self { starts, rows: beside }
    }

    fn of_row(&self, row: u32) -> &[u32] {
        match self.starts.get(row as usize..row as usize + 2) {
            Some([start, end]) => self.rows.get(*start as usize..*end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Rows in groups, each named by its smallest row.
struct Groups {
    /// Per row its group.
    of: Vec<u32>,
    /// Per row the next of its group, in a ring.
    next: Vec<u32>,
}

impl Groups {
    fn new(rows: usize) -> Self {
        let alone: Vec<u32> = (0..rows as u32).collect();
        Self { of: alone.clone(), next: alone }
    }

    fn of(&self, row: u32) -> u32 {
        self.of.get(row as usize).copied().unwrap_or(row)
    }

    fn next(&self, row: u32) -> u32 {
        self.next.get(row as usize).copied().unwrap_or(row)
    }

    fn members(&self, group: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(group), move |row| Some(self.next(*row)).filter(|next| *next != group))
    }

    /// The members of `gone` become members of `kept`.
    fn join(&mut self, kept: u32, gone: u32) {
        let leaving: Vec<u32> = self.members(gone).collect();
        for row in leaving {
            if let Some(of) = self.of.get_mut(row as usize) {
                *of = kept;
            }
        }
        // Two rings with their next ones exchanged are one.
        let (of_kept, of_gone) = (self.next(kept), self.next(gone));
        for (row, next) in [(kept, of_gone), (gone, of_kept)] {
            if let Some(place) = self.next.get_mut(row as usize) {
                *place = next;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(left: u32, right: u32, probability: f32) -> Link {
        Link {
            left,
            right,
            person: 0,
            decision: Decision::NonMatch,
            probability,
            weight: 10.0,
            rarity: 0.0,
            kin: 0.0,
            pattern: 0,
        }
    }

    fn decisions(links: &[Link]) -> Vec<Decision> {
        links.iter().map(|link| link.decision).collect()
    }

    #[test]
    fn thresholds_and_the_best_only() {
        let mut links = [link(1, 0, 0.3), link(0, 0, 0.6), link(0, 1, 0.05)];
        decide(&Spec::default(), &mut links);
        assert_eq!(decisions(&links), [Decision::Match, Decision::Review, Decision::NonMatch]);
    }

    #[test]
    fn a_left_row_is_taken_once() {
        let spec = Spec { cardinality: Cardinality::OneToOne, ..Spec::default() };
        let mut links = [link(7, 0, 0.8), link(7, 1, 0.9)];
        decide(&spec, &mut links);
        assert_eq!(decisions(&links), [Decision::Review, Decision::Match]);
    }

    #[test]
    fn a_chain_does_not_draw_strangers_together() {
        let spec = Spec { task: Task::Dedupe, ..Spec::default() };
        let mut links =
            [link(0, 1, 0.99), link(2, 3, 0.98), link(1, 2, 0.6), link(4, 5, 0.9), link(4, 6, 0.9)];
        decide(&spec, &mut links);
        assert_eq!(cluster(&mut links, 8), [0, 0, 2, 2, 4, 4, 4, 7]);
        assert_eq!(links.iter().filter(|link| link.decision == Decision::Match).count(), 4);
    }
}
