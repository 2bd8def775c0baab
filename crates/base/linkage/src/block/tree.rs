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
