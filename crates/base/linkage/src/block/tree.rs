//! Keys as a tree: what several begin with is hashed once.

use super::Key;
use super::parts::{PartValues, place};
use crate::hash::mix;
use crate::spec::KeyPart;
use std::ops::Range;

/// Keys that begin with the same parts have the nodes of these parts in common.
#[derive(Debug, Default)]
pub(crate) struct KeyTree {
    /// Those below a node stand behind it.
    nodes: Vec<Node>,
}

/// A part of some keys, after the parts above it.
#[derive(Debug)]
pub(crate) struct Node {
    /// The key that ends here.
    pub(crate) key: Option<usize>,
    /// Unlike that of any other node.
    salt: u64,
    /// Where the values of the part stand.
    place: usize,
    /// The first node behind that is not below.
    end: usize,
}

impl Node {
    /// A hash of values, told apart from those of other nodes.
    pub(crate) fn own(&self, hash: u64) -> u64 {
        hash ^ self.salt
    }
}

impl KeyTree {
    /// The tree of some keys, each another.
    pub(crate) fn new(keys: &[Key]) -> Self {
        let mut tree = Self::default();
        tree.grow(keys.iter().map(Vec::as_slice).enumerate().collect());
        tree
    }

    /// Adds some keys, each with the parts that it has left.
    fn grow(&mut self, mut keys: Vec<(usize, &[KeyPart])>) {
        while let Some(part) = keys.iter().find_map(|(_, parts)| parts.first().copied()) {
            let (begin, others): (Vec<_>, _) =
                keys.into_iter().partition(|(_, parts)| parts.first() == Some(&part));
            keys = others;
            let below: Vec<(usize, &[KeyPart])> =
                begin.into_iter().map(|(key, parts)| (key, parts.get(1..).unwrap_or_default())).collect();
            let key = below.iter().find(|(_, parts)| parts.is_empty()).map(|(key, _)| *key);
            let at = self.nodes.len();
            self.nodes.push(Node { key, salt: mix(at as u64, 0x5a17), place: place(part), end: 0 });
            self.grow(below);
            let end = self.nodes.len();
            if let Some(node) = self.nodes.get_mut(at) {
                node.end = end;
            }
        }
    }

    /// Gives `take` each node with the hash of the values that a row has for it and for those above, once for each
    /// combination of values; what lies below is left out where it says no. The hash is that of
    /// [`PartValues::hashes`], if there are few combinations.
    pub(crate) fn walk(&self, values: &PartValues, take: &mut impl FnMut(&Node, u64) -> bool) {
        self.below(0..self.nodes.len(), 0, values, take);
    }

    fn below(
        &self,
        nodes: Range<usize>,
        above: u64,
        values: &PartValues,
        take: &mut impl FnMut(&Node, u64) -> bool,
    ) {
        let mut at = nodes.start;
        while let Some(node) = self.nodes.get(at).filter(|_| at < nodes.end) {
            for value in values.at(node.place) {
                let hash = mix(above, *value);
                if take(node, hash) && at + 1 < node.end {
                    self.below(at + 1..node.end, hash, values, take);
                }
            }
            at = node.end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::standard_keys;
    use std::collections::BTreeSet;

    fn row() -> PartValues {
        use KeyPart::{Birth, BirthDay, BirthYear, Commune, Given, House, Name, Street, Surname};
        PartValues::of(&[
            (Name, 11),
            (Surname, 12),
            (Given, 13),
            (Birth, 14),
            (BirthYear, 15),
            (BirthDay, 16),
            (House, 17),
            (Commune, 18),
            (Commune, 19),
            (Commune, 20),
            (Street, 21),
            (Street, 22),
        ])
    }

    #[test]
    fn every_key_has_the_hashes_that_it_has_alone() {
        let (keys, values) = (standard_keys(), row());
        let mut found: Vec<BTreeSet<u64>> = vec![BTreeSet::new(); keys.len()];
        KeyTree::new(&keys).walk(&values, &mut |node, hash| {
            if let Some(key) = node.key {
                found[key].insert(hash);
            }
            true
        });
        for (key, found) in keys.iter().zip(&found) {
            assert_eq!(*found, values.hashes(key).iter().collect(), "{key:?}");
        }
        let count = |key: &[KeyPart]| keys.iter().position(|other| other == key).map(|at| found[at].len());
        assert_eq!(count(&[KeyPart::Name, KeyPart::Commune]), Some(3));
        assert_eq!(count(&[KeyPart::Name, KeyPart::Street]), Some(2));
        assert_eq!(count(&[KeyPart::Phone]), Some(0), "a part that is missing");
    }

    #[test]
    fn what_begins_as_nobody_does_is_left_out_and_each_node_has_hashes_of_its_own() {
        use KeyPart::{Birth, BirthYear, Name, Surname};
        let keys = [vec![Name, Birth], vec![Name], vec![Surname, Birth], vec![Name, BirthYear]];
        let mut seen = Vec::new();
        KeyTree::new(&keys).walk(&row(), &mut |node, hash| {
            seen.push((node.key, node.own(hash)));
            node.key.is_some()
        });
        let keys: Vec<Option<usize>> = seen.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, [Some(1), Some(0), Some(3), None], "below a surname nothing is asked");
        assert_eq!(seen.iter().map(|(_, own)| own).collect::<BTreeSet<_>>().len(), 4);
    }
}
