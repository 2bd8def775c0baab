//! Finished parts of a run in a folder beside the output, so that a run that was stopped, killed or met a full disk
//! goes on where it ended. The folder is removed when the output has its final name.
//!
//! A part is a file of fixed-size records with a checksum; it takes its name when it is on the disk, so a part that
//! is there is whole. The folder belongs to one job: its fingerprint covers the spec, the inputs (path, length, time
//! of change) and the version of this program. Another fingerprint empties the folder.

use crate::error::RunError;
use crate::output::AtomicFile;
use d06_linkage::{Decision, Effort, Link, Linked};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

const RECORD: usize = 34;
const MAGIC: &[u8; 8] = b"d06part2";

/// See the module documentation.
pub(crate) struct Checkpoint {
    folder: PathBuf,
    /// Held as long as the run lasts; the system lets go of it when the process ends, however it ends.
    _lock: File,
}

/// A part read back.
pub(crate) struct Part {
    /// Rows of the register in it.
    pub(crate) rows: u64,
    pub(crate) linked: Linked,
}

impl Checkpoint {
    /// Opens the folder of an output, emptied if it was another job's.
    pub(crate) fn open(output: &Path, fingerprint: u64) -> Result<Self, RunError> {
        let name = output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = output.with_file_name(format!(".{name}.resume"));
        std::fs::create_dir_all(&folder).map_err(RunError::write(&folder))?;
        let lock = File::create(folder.join("lock")).map_err(RunError::write(&folder))?;
        if let Err(std::fs::TryLockError::WouldBlock) = lock.try_lock() {
            return Err(RunError::Busy(output.to_owned()));
        }
        let checkpoint = Self { folder, _lock: lock };
        let job = checkpoint.folder.join("job");
        let text = format!("{fingerprint:016x}\n");
        if std::fs::read_to_string(&job).ok().as_deref() != Some(&text) {
            checkpoint.empty()?;
            let file = AtomicFile::create(&job)?;
            file.writer()?.write_all(text.as_bytes()).map_err(RunError::write(&job))?;
            file.commit()?;
        }
        Ok(checkpoint)
    }

    /// Where the parts are.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a part.
    pub(crate) fn keep(&self, number: usize, rows: u64, linked: &Linked) -> Result<(), RunError> {
        let path = self.path(number);
        let Effort { pairs, oversize, cut, keyless } = linked.effort;
        let mut bytes = Vec::with_capacity(linked.links.len() * RECORD + 56);
        bytes.extend_from_slice(MAGIC);
        for number in [rows, pairs, oversize, cut, keyless] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        linked.links.iter().for_each(|link| encode(link, &mut bytes));
        let sum = checksum(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        let file = AtomicFile::create(&path)?;
        file.writer()?.write_all(&bytes).map_err(RunError::write(&path))?;
        file.commit()
    }

    /// A part, if it was kept and is whole.
    pub(crate) fn part(&self, number: usize) -> Option<Part> {
        let bytes = std::fs::read(self.path(number)).ok()?;
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if checksum(body) != u64::from_le_bytes(*sum) {
            return None;
        }
        let (numbers, records) = body.strip_prefix(MAGIC)?.split_first_chunk::<40>()?;
        let (numbers, _) = numbers.as_chunks::<8>();
        let [rows, pairs, oversize, cut, keyless] = <[_; 5]>::try_from(numbers).ok()?.map(u64::from_le_bytes);
        let links = records.chunks_exact(RECORD).map(decode).collect::<Option<Vec<Link>>>()?;
        Some(Part { rows, linked: Linked { links, effort: Effort { pairs, oversize, cut, keyless } } })
    }

    /// Removes the folder: the output is whole.
    pub(crate) fn remove(self) -> Result<(), RunError> {
        std::fs::remove_dir_all(&self.folder).map_err(RunError::write(&self.folder))
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.join(format!("part-{number:06}"))
    }

    fn empty(&self) -> Result<(), RunError> {
        let entries = std::fs::read_dir(&self.folder).map_err(RunError::write(&self.folder))?;
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if path.file_name().is_some_and(|name| name != "lock") {
                std::fs::remove_file(&path).map_err(RunError::write(&path))?;
            }
        }
        Ok(())
    }
}

fn encode(link: &Link, bytes: &mut Vec<u8>) {
    let decision = match link.decision {
        Decision::Match => 0,
        Decision::Review => 1,
        Decision::NonMatch => 2,
    };
    bytes.extend_from_slice(&link.left.to_le_bytes());
    bytes.extend_from_slice(&link.right.to_le_bytes());
    bytes.extend_from_slice(&[link.person, decision]);
    for number in [link.probability, link.weight, link.rarity, link.kin] {
        bytes.extend_from_slice(&number.to_bits().to_le_bytes());
    }
    bytes.extend_from_slice(&link.pattern.to_le_bytes());
}

fn decode(record: &[u8]) -> Option<Link> {
    let word = |from: usize| Some(u32::from_le_bytes(record.get(from..from + 4)?.try_into().ok()?));
    let number = |from: usize| word(from).map(f32::from_bits);
    Some(Link {
        left: word(0)?,
        right: word(4)?,
        person: *record.get(8)?,
        decision: match record.get(9)? {
            0 => Decision::Match,
            1 => Decision::Review,
            2 => Decision::NonMatch,
            _ => return None,
        },
        probability: number(10)?,
        weight: number(14)?,
        rarity: number(18)?,
        kin: number(22)?,
        pattern: u64::from_le_bytes(record.get(26..34)?.try_into().ok()?),
    })
}

/// FNV-1a (Fowler, Noll, Vo), eight bytes at a time.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut step = |word: u64| sum = (sum ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().for_each(|word| step(u64::from_le_bytes(*word)));
    rest.iter().for_each(|byte| step(u64::from(*byte)));
    step(bytes.len() as u64);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(right: u32) -> Link {
        Link {
            left: 7,
            right,
            person: 1,
            decision: Decision::Review,
            probability: 0.25,
            weight: -3.5,
            rarity: 1.25,
            kin: 0.5,
            pattern: 0x1234_5678_9abc,
        }
    }

    #[test]
    fn parts_come_back_as_they_were_and_damaged_ones_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("links.parquet");
        let checkpoint = Checkpoint::open(&output, 1).unwrap();
        let effort = Effort { pairs: 9, oversize: 2, cut: 1, keyless: 3 };
        let linked = Linked { links: vec![link(1), link(4)], effort };
        checkpoint.keep(0, 5, &linked).unwrap();
        let part = checkpoint.part(0).unwrap();
        assert_eq!((part.rows, part.linked), (5, linked));
        assert!(checkpoint.part(1).is_none());

        let path = checkpoint.path(0);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[30] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        assert!(checkpoint.part(0).is_none());
    }

    #[test]
    fn another_job_starts_anew_and_two_at_once_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("links.parquet");
        let first = Checkpoint::open(&output, 1).unwrap();
        first.keep(0, 5, &Linked { links: vec![link(1)], ..Linked::default() }).unwrap();
        assert!(matches!(Checkpoint::open(&output, 1), Err(RunError::Busy(_))));
        drop(first);
        let same = Checkpoint::open(&output, 1).unwrap();
        assert!(same.part(0).is_some());
        drop(same);
        let other = Checkpoint::open(&output, 2).unwrap();
        assert!(other.part(0).is_none());
        other.remove().unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
