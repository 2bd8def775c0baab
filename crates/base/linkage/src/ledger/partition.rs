//! Clusters from links, without joining what is apart.
//!
//! Links are taken by falling probability, as Kruskal's algorithm takes edges; one whose ends lie in groups
//! that hold two records said to be apart is left out. The result depends on the set of statements only: equal
//! probabilities are ordered by the names of the records.

use std::collections::{HashMap, HashSet};

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) ends: [u32; 2],
    pub(super) probability: f32,
    /// The names of the records, the smaller first.
    pub(super) key: (String, String),
}

/// The groups of these records, each sorted, by their first record.
pub(super) fn partition(records: &[u32], edges: &[Edge], aparts: &[[u32; 2]]) -> Vec<Vec<u32>> {
    let mut group_of: HashMap<u32, u32> = records.iter().map(|record| (*record, *record)).collect();
    let mut groups: HashMap<u32, Vec<u32>> = records.iter().map(|record| (*record, vec![*record])).collect();
    let mut apart_of: HashMap<u32, HashSet<u32>> = HashMap::new();
    for [one, other] in aparts {
        apart_of.entry(*one).or_default().insert(*other);
        apart_of.entry(*other).or_default().insert(*one);
    }
    let mut sorted: Vec<&Edge> = edges.iter().collect();
    sorted.sort_by(|a, b| b.probability.total_cmp(&a.probability).then_with(|| a.key.cmp(&b.key)));
    for edge in sorted {
        let [one, other] = edge.ends.map(|end| group_of.get(&end).copied().unwrap_or(end));
        if one == other {
            continue;
        }
        let size = |group| groups.get(&group).map_or(0, Vec::len);
        let (small, large) = if size(one) < size(other) { (one, other) } else { (other, one) };
        let is_apart = |record: &u32| {
            let others = apart_of.get(record).into_iter().flatten();
            others.into_iter().any(|other| group_of.get(other) == Some(&large))
        };
        if groups.get(&small).is_some_and(|members| members.iter().any(is_apart)) {
            continue;
        }
        let moved = groups.remove(&small).unwrap_or_default();
        for record in &moved {
            group_of.insert(*record, large);
        }
        groups.entry(large).or_default().extend(moved);
    }
    let mut found: Vec<Vec<u32>> = groups.into_values().collect();
    for group in &mut found {
        group.sort_unstable();
    }
    found.sort_unstable();
    found
}
