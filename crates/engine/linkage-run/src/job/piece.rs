//! A piece of a register, to be linked by another process or machine that holds the same index.
//!
//! The links of a row depend on the index and on that row alone, so pieces may be linked anywhere, in any order and
//! more than once. What could go wrong in silence is that the other machine reads another register under the same
//! name: every piece carries a checksum of its ids, and nothing is linked where it does not agree.

use super::checkpoint::checksum;
use crate::error::RunError;
use crate::input::{Input, Parts};
use d06_linkage::{Index, Linked, Progress, Strings, Table};
use std::path::PathBuf;

/// Rows of a register that lie beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Number of its first row, from 0, over all files of the register.
    pub first: u64,
    /// How many rows.
    pub rows: u64,
    /// Checksum of their ids.
    pub ids: u64,
}

impl Piece {
    /// A register cut into pieces of so many rows; the last one may be shorter.
    pub fn cut(ids: &Strings, rows: usize) -> Vec<Self> {
        let (rows, all) = (rows.max(1), u32::try_from(ids.len()).unwrap_or(u32::MAX));
        let cut = |first: u32| {
            let end = all.min(first.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX)));
            let sum = (first..end).fold(0, |sum, row| fold(sum, ids.get(row)));
            Self { first: u64::from(first), rows: u64::from(end - first), ids: sum }
        };
        (0..all).step_by(rows).map(cut).collect()
    }

    /// Reads the piece from the files of its register and links it. `right` of the links is the row in the register.
    ///
    /// # Errors
    /// If the files cannot be read or hold other rows than the piece was cut from, or on cancel.
    pub fn link(
        &self,
        index: &Index,
        register: &[PathBuf],
        progress: &mut dyn Progress,
    ) -> Result<Linked, RunError> {
        let tables = self.read(index, register)?;
        let mut linked = Linked::default();
        let mut first = u32::try_from(self.first).unwrap_or(u32::MAX);
        for table in &tables {
            let mut found = index.link(table, progress)?;
            found.links.iter_mut().for_each(|link| link.right += first);
            linked += found;
            first = first.saturating_add(u32::try_from(table.len()).unwrap_or(u32::MAX));
        }
        Ok(linked)
    }

    /// One table per file that the piece lies in.
    fn read(&self, index: &Index, register: &[PathBuf]) -> Result<Vec<Table>, RunError> {
        let changed = || RunError::Changed(register.first().cloned().unwrap_or_default());
        let mut parts = Parts::new(index.spec(), register, Input::Right);
        if parts.skip(self.first)? != self.first {
            return Err(changed());
        }
        let (mut tables, mut left, mut sum) = (Vec::new(), self.rows, 0);
        while left > 0 {
            let table = parts.next(usize::try_from(left).unwrap_or(usize::MAX))?.ok_or_else(changed)?;
            left = left.saturating_sub(table.len() as u64);
            sum = table.ids.iter().fold(sum, fold);
            tables.push(table);
        }
        if sum == self.ids { Ok(tables) } else { Err(changed()) }
    }
}

fn fold(sum: u64, id: &str) -> u64 {
    sum.rotate_left(7) ^ checksum(id.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use d06_linkage::{Silent, Spec};
    use std::fmt::Write;
    use std::path::Path;

    const SPEC: &str = "[columns]\nid = \"id\"\nname = \"name\"\nbirth = \"birth\"\n";
    const NAMES: [&str; 5] = ["Nguyễn Văn Hùng", "Trần Thị Lan", "Lê Minh Đức", "Phạm Thu Hà", "Vũ Quốc Anh"];

    /// Five hundred people; every register row is one of them, misspelt here and there.
    fn people(folder: &Path, name: &str, rows: std::ops::Range<usize>, step: usize) -> PathBuf {
        let mut text = String::from("id,name,birth\n");
        for row in rows {
            let person = row * step % 500;
            let (surname, year, month) = (NAMES[person % 5], 1940 + person % 70, 1 + person % 12);
            let _infallible = writeln!(
                text,
                "{name}{row},{surname} {},{:02}/{month:02}/{year}",
                person / 5,
                1 + person % 28
            );
        }
        let path = folder.join(format!("{name}.csv"));
        std::fs::write(&path, text).unwrap();
        path
    }

    fn index(folder: &Path) -> (Index, Vec<PathBuf>, Table) {
        let left = people(folder, "left", 0..500, 1);
        // Two files, so that some piece begins in one and ends in the other.
        let register = vec![people(folder, "a", 0..130, 3), people(folder, "b", 0..170, 7)];
        let spec = Spec::parse(SPEC).unwrap();
        let all = |files: &[PathBuf], input| Parts::new(&spec, files, input).all().unwrap();
        let mut index = Index::build(&spec, &all(&[left], Input::Left), &mut Silent).unwrap();
        let whole = all(&register, Input::Right);
        index.train(&whole, &[], &mut Silent).unwrap();
        (index, register, whole)
    }

    #[test]
    fn pieces_of_any_size_give_the_links_of_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (index, register, whole) = index(folder.path());
        let expected = index.link(&whole, &mut Silent).unwrap();
        assert!(expected.links.len() > 200, "{}", expected.links.len());
        for rows in [1, 64, 299, 1_000] {
            let pieces = Piece::cut(&whole.ids, rows);
            assert_eq!(pieces.iter().map(|piece| piece.rows).sum::<u64>(), 300);
            let mut linked = Linked::default();
            for piece in &pieces {
                linked += piece.link(&index, &register, &mut Silent).unwrap();
            }
            assert_eq!(linked, expected, "pieces of {rows}");
        }
    }

    #[test]
    fn another_register_under_the_same_name_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let (index, register, whole) = index(folder.path());
        let pieces = Piece::cut(&whole.ids, 100);
        let text = std::fs::read_to_string(&register[1]).unwrap().replace("b40,", "b400,");
        std::fs::write(&register[1], text).unwrap();
        let link = |piece: &Piece| piece.link(&index, &register, &mut Silent);
        assert!(link(&pieces[0]).is_ok());
        assert!(matches!(link(&pieces[1]), Err(RunError::Changed(_))));
        let beyond = Piece { first: 299, rows: 2, ids: 0 };
        assert!(matches!(link(&beyond), Err(RunError::Changed(_))));
        let far = Piece { first: 1_000, rows: 1, ids: 0 };
        assert!(matches!(link(&far), Err(RunError::Changed(_))));
    }
}
