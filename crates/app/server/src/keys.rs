//! The keys of an installation, made at the first start and kept in a folder that only the service can read.
//!
//! A real installation keeps the master key and the signing keys in an HSM or a key service; these files are the stand-in.

use d06_audit::Outside;
use d06_kernel::cx::Randomness;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of keys.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    folder: PathBuf,
}

impl Keys {
    pub(crate) const VNEID_SECRET: &str = "vneid-client-secret";
    pub(crate) const POPULATION_KEY: &str = "population-key";

    /// The folder, made if missing.
    pub(crate) fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        restrict(folder, 0o700)?;
        Ok(Self { folder: folder.to_path_buf() })
    }

    /// A 32-byte key, made at random the first time.
    pub(crate) fn secret(&self, name: &str, randomness: &Randomness) -> io::Result<[u8; 32]> {
        let path = self.folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => bytes.try_into().map_err(|_| {
                io::Error::new(io::ErrorKind::InvalidData, format!("{}: a key has 32 bytes", path.display()))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = randomness.bytes();
                self.write(name, &key)?;
                Ok(key)
            }
            Err(error) => Err(error),
        }
    }

    /// The newest checkpoint of the audit log, kept apart from the database that holds the log.
    pub(crate) fn checkpoint(&self) -> Outside {
        Outside::at(self.folder.join("audit-checkpoint"))
    }

    /// Writes a file that only the service can read, whole or not at all.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.join(name);
        let fresh = path.with_extension("new");
        let mut file = fs::File::create(&fresh)?;
        restrict(&fresh, 0o600)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(fresh, path)
    }
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn restrict(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
