//! A file that is there as a whole or not at all.

use crate::error::RunError;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Writes under a name of its own in the same folder, and takes the final name when everything is on the disk.
pub(crate) struct AtomicFile {
    path: PathBuf,
    part: PathBuf,
    file: File,
    fault: Fault,
}

/// The first fault of a writer, kept where libraries turn it into text.
#[derive(Clone, Default)]
pub(crate) struct Fault(Arc<Mutex<Option<ErrorKind>>>);

impl Fault {
    fn note(&self, error: &std::io::Error) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error.kind());
    }

    /// The error of a library in words of this crate: a full disk by its own name.
    pub(crate) fn explain(&self, path: &Path, detail: &dyn std::fmt::Display) -> RunError {
        let kind = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        RunError::write(path)(std::io::Error::new(kind.unwrap_or(ErrorKind::Other), detail.to_string()))
    }
}

impl AtomicFile {
    pub(crate) fn create(path: &Path) -> Result<Self, RunError> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let part = path.with_file_name(format!(".{name}.part"));
        let file = File::create(&part).map_err(RunError::write(path))?;
        Ok(Self { path: path.to_owned(), part, file, fault: Fault::default() })
    }

    /// Where faults are noted.
    pub(crate) fn fault(&self) -> Fault {
        self.fault.clone()
    }

    /// A second handle for libraries that keep theirs; [`AtomicFile::commit`] is called when they are done.
    pub(crate) fn writer(&self) -> Result<Noting<File>, RunError> {
        let file = self.file.try_clone().map_err(RunError::write(&self.path))?;
        Ok(Noting { inner: file, fault: self.fault.clone() })
    }

    /// The name under which it is written.
    pub(crate) fn part(&self) -> &Path {
        &self.part
    }

    /// Brings everything to the disk and takes the final name.
    pub(crate) fn commit(self) -> Result<(), RunError> {
        let done = self.file.sync_all().and_then(|()| std::fs::rename(&self.part, &self.path));
        done.map_err(RunError::write(&self.path))?;
        // The name itself is safe once the folder is.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            folder.sync_all().map_err(RunError::write(&self.path))?;
        }
        Ok(())
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // After a commit there is nothing of this name any more.
        let _gone = std::fs::remove_file(&self.part);
    }
}

/// A writer that notes its first fault.
pub(crate) struct Noting<W> {
    pub(crate) inner: W,
    pub(crate) fault: Fault,
}

impl<W: Write> Write for Noting<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.inner.write(bytes).inspect_err(|error| self.fault.note(error))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush().inspect_err(|error| self.fault.note(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_there_before_the_commit_and_no_part_after() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("links.csv");
        let file = AtomicFile::create(&path).unwrap();
        file.writer().unwrap().write_all(b"a").unwrap();
        assert!(!path.exists());
        drop(file);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);

        let file = AtomicFile::create(&path).unwrap();
        file.writer().unwrap().write_all(b"b").unwrap();
        file.commit().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"b");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_full_disk_is_called_by_its_name() {
        let fault = Fault::default();
        let inner = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut writer = Noting { inner, fault: fault.clone() };
        let error = writer.write_all(b"x").unwrap_err();
        let explained = fault.explain(Path::new("links.parquet"), &error);
        assert!(matches!(explained, RunError::DiskFull(_)), "{explained}");
    }
}
