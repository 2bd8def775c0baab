//! What a job links: the index, and the files of the register.

use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};

/// Bytes at the end of an index that its seal covers: at least the last of its header, which names the checksums of
/// all its sections.
const SEALED: u64 = 1 << 16;

/// What every task of a job is told. Paths are named from the data folder that the machines share, which may be
/// mounted at another place on each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The trained index of the reference.
    pub index: PathBuf,
    /// What the index file must be.
    pub seal: Seal,
    /// The files of the register, in order.
    pub register: Vec<PathBuf>,
}

impl Work {
    /// The index and the register below a data folder; `None` if a path leads out of it.
    pub(crate) fn below(&self, data: &Path) -> Option<(PathBuf, Vec<PathBuf>)> {
        let at = |path: &PathBuf| is_inside(path).then(|| data.join(path));
        Some((at(&self.index)?, self.register.iter().map(at).collect::<Option<_>>()?))
    }
}

/// Whether a path stays below the folder that it is named from.
fn is_inside(path: &Path) -> bool {
    let mut parts = path.components();
    parts.clone().next().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Tells an index file from another one under the same name, without reading all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Its length.
    pub bytes: u64,
    /// Checksum of its end (FNV-1a).
    pub end: u64,
}

impl Seal {
    /// The seal of a file.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let bytes = file.metadata()?.len();
        file.seek(SeekFrom::Start(bytes.saturating_sub(SEALED)))?;
        let mut end = Vec::new();
        file.read_to_end(&mut end)?;
        let step = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        Ok(Self { bytes, end: end.iter().fold(0xcbf2_9ce4_8422_2325, step) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(index: &str, register: &str) -> Work {
        Work { index: index.into(), seal: Seal { bytes: 1, end: 2 }, register: vec![register.into()] }
    }

    #[test]
    fn only_paths_below_the_data_folder_are_taken() {
        let data = Path::new("/data");
        let (index, register) = work("jobs/a.index", "land.parquet").below(data).unwrap();
        assert_eq!((index, register), ("/data/jobs/a.index".into(), vec!["/data/land.parquet".into()]));
        for path in ["/etc/passwd", "../secret", "jobs/../../secret", "", "."] {
            assert!(work(path, "land.parquet").below(data).is_none(), "{path}");
            assert!(work("a.index", path).below(data).is_none(), "{path}");
        }
    }

    #[test]
    fn a_seal_tells_changed_files_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let seal = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            Seal::of(&path).unwrap()
        };
        let first = seal(b"one index");
        assert_eq!(seal(b"one index"), first);
        assert_ne!(seal(b"two index"), first);
        assert_ne!(seal(b"one index "), first);
        assert!(Seal::of(&folder.path().join("none")).is_err());
    }
}
