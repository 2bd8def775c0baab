//! A slice that is owned or lies in a mapped file.

use crate::Map;
use bytemuck::Pod;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

/// A slice of numbers: owned, or read where it lies in a [`Map`].
#[derive(Clone, Debug)]
pub struct Slab<T>(Place<T>);

#[derive(Clone, Debug)]
enum Place<T> {
    Owned(Vec<T>),
    Mapped { map: Arc<Map>, start: usize, end: usize, of: PhantomData<T> },
}

impl<T: Pod> Slab<T> {
    /// `len` values from byte `start` on; `None` if the file is too short or the place is not aligned for them.
    pub fn mapped(map: &Arc<Map>, start: usize, len: usize) -> Option<Self> {
        let end = start.checked_add(len.checked_mul(size_of::<T>())?)?;
        let bytes = map.bytes().get(start..end)?;
        bytemuck::try_cast_slice::<u8, T>(bytes).ok()?;
        Some(Self(Place::Mapped { map: Arc::clone(map), start, end, of: PhantomData }))
    }
}

impl<T> From<Vec<T>> for Slab<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Place::Owned(values))
    }
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self(Place::Owned(Vec::new()))
    }
}

impl<T: Pod> Deref for Slab<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match &self.0 {
            Place::Owned(values) => values,
            // Both were checked when the slab was made.
            Place::Mapped { map, start, end, .. } => {
                let bytes = map.bytes().get(*start..*end).unwrap_or_default();
                bytemuck::try_cast_slice(bytes).unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapped_slab_reads_what_was_written() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let numbers: Vec<u32> = (0..100).collect();
        std::fs::write(file.path(), bytemuck::cast_slice::<u32, u8>(&numbers)).unwrap();
        let map = Arc::new(Map::open(file.path()).unwrap());
        assert_eq!(*Slab::<u32>::mapped(&map, 0, 100).unwrap(), numbers);
        assert_eq!(*Slab::<u32>::mapped(&map, 40, 2).unwrap(), [10, 11]);
        assert!(Slab::<u32>::mapped(&map, 0, 101).is_none());
        assert!(Slab::<u32>::mapped(&map, 1, 1).is_none());
        assert!(Slab::<u64>::mapped(&map, usize::MAX, 2).is_none());
        assert_eq!(*Slab::from(vec![1_u8]), [1]);
    }

    #[test]
    fn a_missing_file_is_an_error() {
        assert!(Map::open("/no/such/file".as_ref()).is_err());
    }
}
