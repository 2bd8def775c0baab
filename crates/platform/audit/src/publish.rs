//! The newest signed head, kept in a file outside the database: a database that was set back to an older state, or
//! rewritten with the log's own key, contradicts it.

use crate::checkpoint::{Checkpoint, PublicKey, SigningKey};
use crate::merkle;
use crate::store;
use d06_db::Tx;
use d06_kernel::Problem;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file with the newest head.
#[derive(Clone, Debug)]
pub struct Outside {
    path: PathBuf,
}

impl Outside {
    /// The file at this path; it comes into being with the first head.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The signed text; `None` before there was one.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(&self) -> io::Result<Option<String>> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether the log in the database goes on from the head in the file. If it does not, the file must stay as it
    /// is: it is the evidence.
    ///
    /// # Errors
    /// The file's, a text that is no head of this log, or the database's.
    pub(crate) async fn agrees(&self, tx: &Tx, key: &PublicKey) -> Result<bool, Problem> {
        let Some(text) = self.read().map_err(Problem::internal)? else { return Ok(true) };
        let Ok(outside) = Checkpoint::open(&text, key) else { return Ok(false) };
        let tiles = store::tile::load(tx, merkle::edge_tiles(outside.size)).await?;
        Ok(tiles.root(outside.size) == Ok(outside.root))
    }

    /// Writes a head, whole or not at all.
    pub(crate) fn write(&self, head: &Checkpoint, key: &SigningKey) -> io::Result<()> {
        let fresh = self.path.with_extension("new");
        let mut file = fs::File::create(&fresh)?;
        file.write_all(head.sign(key).as_bytes())?;
        file.sync_all()?;
        fs::rename(fresh, &self.path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
