//! The Merkle tree of RFC 6962 §2.1, computed from tiles.
//!
//! Level 0 tiles hold leaf hashes, 256 to a tile; a tile of level L+1 holds the roots of full tiles of level
//! L. A full tile never changes. Any root or proof needs a handful of tiles: the ones on the right edge and
//! the ones above a leaf.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Hashes in a full tile.
pub const TILE: u64 = 1 << TILE_HEIGHT;
const TILE_HEIGHT: u32 = 8;

/// Level and index of a tile.
pub type TileId = (u32, u64);

/// The hash of a leaf: `SHA-256(0x00 ‖ leaf)`.
pub fn hash_leaf(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

/// The hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`.
pub fn hash_node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of the empty tree: the hash of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The tiles that [`Tiles::root`] of a tree of `size` reads: one on the right edge of each level.
pub fn edge_tiles(size: u64) -> BTreeSet<TileId> {
    (0..).map(|level| (level, hashes_at(level, size))).take_while(|(_, hashes)| *hashes > 0).fold(
        BTreeSet::new(),
        |mut tiles, (level, hashes)| {
            tiles.insert((level, (hashes - 1) / TILE));
            tiles
        },
    )
}

/// The tiles above leaf `index`.
pub fn path_tiles(index: u64, size: u64) -> BTreeSet<TileId> {
    (0..)
        .take_while(|level| hashes_at(*level, size) > 0)
        .map(|level| (level, (index >> (TILE_HEIGHT * level)) / TILE))
        .collect()
}

/// How many hashes level `level` holds for a tree of `size` leaves.
fn hashes_at(level: u32, size: u64) -> u64 {
    size.checked_shr(TILE_HEIGHT * level).unwrap_or(0)
}

/// A hash was needed from a tile that is not here, or is shorter than the tree's size says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tile {}/{} is missing or short", .0.0, .0.1)]
pub struct MissingTile(pub TileId);

/// Some tiles of a tree.
#[derive(Clone, Debug, Default)]
pub struct Tiles(BTreeMap<TileId, Vec<Hash>>);

impl Tiles {
    /// Puts a tile in.
    pub fn insert(&mut self, id: TileId, hashes: Vec<Hash>) {
        self.0.insert(id, hashes);
    }

    /// The tiles with their hashes.
    pub fn iter(&self) -> impl Iterator<Item = (&TileId, &Vec<Hash>)> {
        self.0.iter()
    }

    /// Appends a leaf to a tree of `size` leaves whose right edge is here, and gives the tiles that changed.
    pub fn append(&mut self, size: u64, leaf: Hash) -> Vec<TileId> {
        let mut changed = Vec::new();
        let (mut level, mut place, mut hash) = (0, size, leaf);
        loop {
            let id = (level, place / TILE);
            let tile = self.0.entry(id).or_default();
            tile.push(hash);
            changed.push(id);
            if tile.len() as u64 != TILE {
                return changed;
            }
            hash = reduce(tile);
            (level, place) = (level + 1, place / TILE);
        }
    }

    /// The root of the tree of the first `size` leaves.
    ///
    /// # Errors
    /// A tile of [`edge_tiles`] is not here.
    pub fn root(&self, size: u64) -> Result<Hash, MissingTile> {
        if size == 0 { Ok(empty_root()) } else { self.range(0..size) }
    }

    /// The inclusion proof `PATH(index, D[size])` of RFC 6962 §2.1.1.
    ///
    /// # Errors
    /// A tile of [`edge_tiles`] or [`path_tiles`] is not here.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, MissingTile> {
        let mut proof = Vec::new();
        let mut range = 0..size;
        while range.end - range.start > 1 {
            let middle = range.start + split(range.end - range.start);
            let (inside, sibling) = if index < middle {
                (range.start..middle, middle..range.end)
            } else {
                (middle..range.end, range.start..middle)
            };
            proof.push(self.range(sibling)?);
            range = inside;
        }
        proof.reverse();
        Ok(proof)
    }

    /// The consistency proof `PROOF(old, D[size])` of RFC 6962 §2.1.2.
    ///
    /// # Errors
    /// A tile of [`edge_tiles`] of either size, or of [`path_tiles`] of the old size's last leaf, is not
    /// here.
    pub fn consistency(&self, old: u64, size: u64) -> Result<Vec<Hash>, MissingTile> {
        let mut proof = Vec::new();
        if old == 0 || old >= size {
            return Ok(proof);
        }
        let mut range = 0..size;
        let mut whole = true;
        while range.end != old {
            let middle = range.start + split(range.end - range.start);
            if old <= middle {
                proof.push(self.range(middle..range.end)?);
                range = range.start..middle;
            } else {
                proof.push(self.range(range.start..middle)?);
                range = middle..range.end;
                whole = false;
            }
        }
        if !whole {
            proof.push(self.range(range)?);
        }
        proof.reverse();
        Ok(proof)
    }

    /// The root over a range of leaves that begins where RFC 6962's recursion begins one.
    fn range(&self, range: Range<u64>) -> Result<Hash, MissingTile> {
        let length = range.end - range.start;
        if length.is_power_of_two() && range.start.is_multiple_of(length) {
            return self.complete(range.start, length.trailing_zeros());
        }
        let middle = range.start + split(length);
        Ok(hash_node(&self.range(range.start..middle)?, &self.range(middle..range.end)?))
    }

    /// The root of the complete subtree of `2^height` leaves that begins with leaf `start`.
    fn complete(&self, start: u64, height: u32) -> Result<Hash, MissingTile> {
        let (level, within) = (height / TILE_HEIGHT, height % TILE_HEIGHT);
        let first = start >> (TILE_HEIGHT * level);
        let id = (level, first / TILE);
        let place = usize::try_from(first % TILE).unwrap_or(usize::MAX);
        let hashes = self.0.get(&id).and_then(|tile| tile.get(place..place + (1 << within)));
        hashes.map(reduce).ok_or(MissingTile(id))
    }
}

/// The root over a power of two of hashes.
fn reduce(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty_root(),
        [only] => *only,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            hash_node(&reduce(left), &reduce(right))
        }
    }
}

/// The largest power of two smaller than `length` (RFC 6962's `k`), for a length of two or more.
fn split(length: u64) -> u64 {
    length.next_power_of_two() / 2
}

/// Whether `proof` shows that the leaf of hash `leaf` is number `index` of a tree (RFC 9162 §2.1.3.2).
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = hash_node(sibling, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = hash_node(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the tree of `new` continues the tree of `old` (RFC 9162 §2.1.4.2).
pub fn verify_consistency(old: (u64, &Hash), new: (u64, &Hash), proof: &[Hash]) -> bool {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size == new_size {
        return proof.is_empty() && old_root == new_root;
    }
    if old_size == 0 || old_size > new_size {
        return old_size == 0 && proof.is_empty();
    }
    let (mut place, mut last) = (old_size - 1, new_size - 1);
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    // The old tree is complete: its root is the first node of the proof.
    let mut nodes = if place == 0 { vec![*old_root] } else { Vec::new() };
    nodes.extend_from_slice(proof);
    let Some((first, rest)) = nodes.split_first() else { return false };
    let (mut left, mut right) = (*first, *first);
    for node in rest {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            left = hash_node(node, &left);
            right = hash_node(node, &right);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            right = hash_node(&right, node);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && left == *old_root && right == *new_root
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `MTH(D[n])` word for word.
    fn slow_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [only] => *only,
            _ => {
                let k = (1..).map(|p| 1usize << p).take_while(|k| *k < leaves.len()).last().unwrap_or(1);
                hash_node(&slow_root(&leaves[..k]), &slow_root(&leaves[k..]))
            }
        }
    }

    fn tree(size: u64) -> (Tiles, Vec<Hash>) {
        let leaves: Vec<Hash> = (0..size).map(|i| hash_leaf(&i.to_be_bytes())).collect();
        let mut tiles = Tiles::default();
        for (index, leaf) in leaves.iter().enumerate() {
            tiles.append(index as u64, *leaf);
        }
        (tiles, leaves)
    }

    /// Only the named tiles, cut to what a tree of `size` holds, as the database gives them.
    fn only(tiles: &Tiles, wanted: &BTreeSet<TileId>) -> Tiles {
        Tiles(tiles.0.iter().filter(|(id, _)| wanted.contains(id)).map(|(id, h)| (*id, h.clone())).collect())
    }

    /// The known answers of the log test of RFC 6962's reference implementation: eight fixed leaves.
    #[test]
    fn roots_are_those_of_the_reference_log() {
        let leaves: [&[u8]; 8] = [
            &[],
            &[0x00],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        let known = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tiles = Tiles::default();
        for (index, (leaf, root)) in leaves.into_iter().zip(known).enumerate() {
            tiles.append(index as u64, hash_leaf(leaf));
            assert_eq!(hex::encode(tiles.root(index as u64 + 1).unwrap()), root);
        }
        assert_eq!(
            hex::encode(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn a_root_needs_the_edge_alone() {
        for size in [1, 2, 255, 256, 257, 511, 512, 65_536, 65_537, 70_001] {
            let (tiles, leaves) = tree(size);
            assert_eq!(only(&tiles, &edge_tiles(size)).root(size).unwrap(), slow_root(&leaves), "{size}");
        }
    }

    proptest! {
        #[test]
        fn proofs_hold_and_altered_ones_do_not(size in 1u64..1500, index in 0u64..1500, old in 0u64..1500, flip in 0usize..32) {
            let (index, old) = (index % size, old % (size + 1));
            let (tiles, leaves) = tree(size);
            let root = slow_root(&leaves);
            let near = only(&tiles, &edge_tiles(size).into_iter().chain(path_tiles(index, size)).collect());
            let mut proof = near.inclusion(index, size).unwrap();
            let leaf = leaves[usize::try_from(index).unwrap()];
            prop_assert!(verify_inclusion(leaf, index, size, &root, &proof));
            prop_assert!(!verify_inclusion(leaf, index + 1, size, &root, &proof) || size == 1);
            if let Some(first) = proof.first_mut() {
                first[flip] ^= 1;
                prop_assert!(!verify_inclusion(leaf, index, size, &root, &proof));
            }
            let old_root = slow_root(&leaves[..usize::try_from(old).unwrap()]);
            let mut wanted = edge_tiles(size);
            wanted.extend(edge_tiles(old));
            wanted.extend(path_tiles(old.saturating_sub(1), size));
            let mut proof = only(&tiles, &wanted).consistency(old, size).unwrap();
            prop_assert!(verify_consistency((old, &old_root), (size, &root), &proof));
            if let Some(first) = proof.first_mut() {
                first[flip] ^= 1;
                prop_assert!(!verify_consistency((old, &old_root), (size, &root), &proof));
            }
        }
    }
}
