#![doc = include_str!("../README.md")]

mod blob;
mod cipher;
mod content;
mod entity;
mod file;
mod garbage;
mod limits;
mod migration;
mod name;
mod upload;

pub use content::{Caution, Inspected, Media, inspect};
pub use file::{Prepared, StoredFile};
pub use garbage::Collected;
pub use limits::Limits;
pub use migration::migrations;
pub use name::clean_name;
pub use upload::{NewUpload, Upload, UploadId};

use blob::Blobs;
use d06_kernel::Problem;
use object_store::ObjectStore;
use std::path::Path;
use std::sync::Arc;

/// The store of files. Cloning is cheap and shares it.
#[derive(Clone, Debug)]
pub struct Files {
    blobs: Blobs,
    limits: Limits,
}

impl Files {
    /// A store in a folder of this machine, made if missing; `key` is the master key under which every file's own
    /// key is wrapped. Losing it loses the files.
    ///
    /// # Errors
    /// `file.store-unavailable` when the folder cannot be made or written.
    pub fn local(folder: &Path, key: &[u8; 32]) -> Result<Self, Problem> {
        Ok(Self::over(blob::local_store(folder)?, key))
    }

    /// A store over any object store (S3 and its kin in a province).
    pub fn over(store: Arc<dyn ObjectStore>, key: &[u8; 32]) -> Self {
        Self { blobs: Blobs::new(store, key), limits: Limits::default() }
    }

    /// The same store with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The limits in force, for the page that tells them.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}
