//! From probabilities to decisions, and to clusters.

use crate::outcome::{Decision, Link};
use crate::spec::{Cardinality, Spec, Task};
use std::collections::HashSet;

/// Decides every link and sorts them by right row, person, falling probability, left row.
pub(crate) fn decide(spec: &Spec, links: &mut [Link]) {
    links.sort_by(|one, other| {
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
    let mut of: Vec<u32> = (0..rows as u32).collect();
    let mut members: Vec<Vec<u32>> = Vec::new();
    members.resize_with(rows, Vec::new);
    let mut matches: Vec<usize> = (0..links.len()).collect();
    matches.retain(|place| links.get(*place).is_some_and(|link| link.decision == Decision::Match));
    let mut beside: Vec<Vec<u32>> = Vec::new();
    beside.resize_with(rows, Vec::new);
    for link in matches.iter().filter_map(|place| links.get(*place)) {
        for (row, other) in [(link.left, link.right), (link.right, link.left)] {
            if let Some(beside) = beside.get_mut(row as usize) {
                beside.push(other);
            }
        }
    }
    let weight = |place: &usize| links.get(*place).map_or((0.0, 0.0), |link| (link.probability, link.weight));
    matches.sort_by(|one, other| {
        let (a, b) = (weight(one), weight(other));
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).then(one.cmp(other))
    });
    let cluster = |of: &[u32], row: u32| of.get(row as usize).copied().unwrap_or(row);
    for place in &matches {
        let Some(link) = links.get(*place) else { continue };
        let (one, other) = (cluster(&of, link.left), cluster(&of, link.right));
        if one == other {
            continue;
        }
        let (kept, gone) = (one.min(other), one.max(other));
        let rows_of = |row: u32| match members.get(row as usize) {
            Some(members) if !members.is_empty() => members.clone(),
            _ => vec![row],
        };
        let (mut staying, leaving) = (rows_of(kept), rows_of(gone));
        let joined = leaving.iter().filter_map(|row| beside.get(*row as usize)).flatten();
        let joined = joined.filter(|row| cluster(&of, **row) == kept).count();
        if joined * 2 < staying.len() * leaving.len() {
            continue;
        }
        for row in &leaving {
            if let Some(of) = of.get_mut(*row as usize) {
                *of = kept;
            }
        }
        staying.extend(leaving);
        if let Some(members) = members.get_mut(kept as usize) {
            *members = staying;
        }
    }
    for link in links.iter_mut().filter(|link| link.decision == Decision::Match) {
        if cluster(&of, link.left) != cluster(&of, link.right) {
            link.decision = Decision::Review;
        }
    }
    of
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
