//! Clusters after a statement: only those around its records are found anew.

use super::identity::{Group, keep_ids};
use super::partition::{Edge, partition};
use super::{Action, ClusterId, Effect, Entry, Ledger};
use std::collections::{BTreeSet, HashSet};

impl Ledger {
    /// Finds the clusters around some records anew and gives them their ids.
    pub(super) fn refresh(&mut self, around: [u32; 2]) -> Effect {
        let (component, edges) = self.component(around);
        let aparts = self.aparts_within(&component);
        let groups = partition(&component, &edges, &aparts);
        let before: Vec<(ClusterId, Vec<u32>)> = self.take_clusters(&component);
        let after = keep_ids(&before, groups, &mut self.next_cluster);
        let kept: HashSet<ClusterId> = after.iter().map(|group| group.cluster).collect();
        for (cluster, members) in before.iter().filter(|(cluster, _)| !kept.contains(cluster)) {
            self.ended.insert(*cluster, members.clone());
        }
        let effect = Effect::between(&before, &after);
        for Group { cluster, members } in after {
            for member in &members {
                if let Some(slot) = self.cluster_of.get_mut(*member as usize) {
                    *slot = cluster;
                }
            }
            self.members.insert(cluster, members.into_iter().collect());
        }
        effect
    }

    /// Every record that links in force, or a cluster until now, connect with these; and the links.
    fn component(&self, around: [u32; 2]) -> (Vec<u32>, Vec<Edge>) {
        let mut seen: BTreeSet<u32> = around.into_iter().collect();
        let mut waiting: Vec<u32> = seen.iter().copied().collect();
        let mut links: BTreeSet<usize> = BTreeSet::new();
        while let Some(record) = waiting.pop() {
            let linked = self.links_of.get(record as usize).into_iter().flatten().copied();
            let mut next: Vec<u32> = Vec::new();
            for link in linked {
                links.insert(link);
                next.extend(self.ends_of(link).into_iter().flatten());
            }
            let own = self.cluster_of.get(record as usize).and_then(|cluster| self.members.get(cluster));
            next.extend(own.into_iter().flatten());
            waiting.extend(next.into_iter().filter(|record| seen.insert(*record)));
        }
        let edge = |link: usize| match &self.entries.get(link) {
            Some(Entry { action: Action::Link { one, other, probability }, .. }) => {
                let key =
                    if one < other { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) };
                Some(Edge { ends: self.ends_of(link)?, probability: *probability, key })
            }
            _ => None,
        };
        (seen.into_iter().collect(), links.into_iter().filter_map(edge).collect())
    }

    fn aparts_within(&self, component: &[u32]) -> Vec<[u32; 2]> {
        let entries: BTreeSet<usize> = component
            .iter()
            .filter_map(|record| self.aparts_of.get(*record as usize))
            .flatten()
            .copied()
            .collect();
        entries.into_iter().filter_map(|entry| self.ends_of(entry)).collect()
    }

    fn take_clusters(&mut self, component: &[u32]) -> Vec<(ClusterId, Vec<u32>)> {
        let ids: BTreeSet<ClusterId> =
            component.iter().filter_map(|record| self.cluster_of.get(*record as usize)).copied().collect();
        let take = |cluster: ClusterId| Some((cluster, self.members.remove(&cluster)?.into_iter().collect()));
        ids.into_iter().filter_map(take).collect()
    }
}
