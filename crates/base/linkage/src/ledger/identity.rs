//! Which cluster keeps which id.

use super::entry::ClusterId;
use std::collections::{HashMap, HashSet};

/// A cluster: its id and records, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) cluster: ClusterId,
    pub(super) members: Vec<u32>,
}

/// Gives ids to groups: the largest overlap of an old cluster and a new one first, then the older id, then the
/// first record. Groups that inherit none get new ones.
pub(super) fn keep_ids(
    before: &[(ClusterId, Vec<u32>)],
    groups: Vec<Vec<u32>>,
    next: &mut u64,
) -> Vec<Group> {
    let old: HashMap<u32, ClusterId> = before
        .iter()
        .flat_map(|(cluster, members)| members.iter().map(|record| (*record, *cluster)))
        .collect();
    let mut overlaps: Vec<(usize, ClusterId, usize)> = Vec::new();
    for (place, members) in groups.iter().enumerate() {
        let mut counts: HashMap<ClusterId, usize> = HashMap::new();
        for cluster in members.iter().filter_map(|record| old.get(record)) {
            *counts.entry(*cluster).or_default() += 1;
        }
        overlaps.extend(counts.into_iter().map(|(cluster, count)| (count, cluster, place)));
    }
    // Groups come by their first record, so their places order them.
    overlaps.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut taken: HashSet<ClusterId> = HashSet::new();
    let mut ids: HashMap<usize, ClusterId> = HashMap::new();
    for (_, cluster, place) in overlaps {
        if !ids.contains_key(&place) && taken.insert(cluster) {
            ids.insert(place, cluster);
        }
    }
    let mut fresh = || {
        let cluster = ClusterId(*next);
        *next += 1;
        cluster
    };
    let named = groups.into_iter().enumerate();
    named
        .map(|(place, members)| Group {
            cluster: ids.get(&place).copied().unwrap_or_else(&mut fresh),
            members,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_part_keeps_the_id_and_the_older_id_stays() {
        let mut next = 10;
        let split = keep_ids(&[(ClusterId(3), vec![0, 1, 2])], vec![vec![0], vec![1, 2]], &mut next);
        assert_eq!(split.iter().map(|group| group.cluster.0).collect::<Vec<_>>(), [10, 3]);
        let merged =
            keep_ids(&[(ClusterId(5), vec![0]), (ClusterId(2), vec![1])], vec![vec![0, 1]], &mut next);
        assert_eq!(merged[0].cluster, ClusterId(2));
        assert_eq!(next, 11);
    }
}
