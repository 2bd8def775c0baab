//! The front-end bundle in `ui/`, built by npm from its lock file.

use crate::shell::{self, Outcome};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Installs the packages of the lock file and builds `ui/dist`, unless both are up to date.
pub(crate) fn build() -> Outcome {
    let folder = shell::root().join("ui");
    install_packages(&folder)?;
    let mark = folder.join("dist/.sources");
    let sources = fingerprint(&folder)?;
    if fs::read_to_string(&mark).is_ok_and(|built| built == sources) {
        return Ok(());
    }
    shell::run_in(&folder, "npm", ["run", "--silent", "build"])?;
    fs::write(&mark, sources).map_err(|error| format!("{}: {error}", mark.display()))
}

/// `npm ci` in a folder with a lock file, unless it was done for this very lock file.
pub(crate) fn install_packages(folder: &Path) -> Outcome {
    let read = |file: &str| fs::read(folder.join(file)).map_err(|error| format!("{file}: {error}"));
    let wanted = hex::encode(Sha256::digest(read("package-lock.json")?));
    let mark = folder.join("node_modules/.installed");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if !shell::answers("npm", "--version") {
        return Err("npm is missing: install Node.js 20 or newer (https://nodejs.org), then try again".into());
    }
    shell::run_in(folder, "npm", ["ci", "--silent", "--no-audit", "--no-fund"])?;
    fs::write(&mark, wanted).map_err(|error| format!("{}: {error}", mark.display()))
}

/// A digest of everything the bundle is built from.
fn fingerprint(folder: &Path) -> Result<String, String> {
    let mut digest = Sha256::new();
    let mut pending = vec![folder.to_path_buf()];
    let mut files = Vec::new();
    while let Some(next) = pending.pop() {
        for entry in fs::read_dir(&next).map_err(|error| format!("{}: {error}", next.display()))?.flatten() {
            let path = entry.path();
            match path.file_name().and_then(|name| name.to_str()) {
                Some("node_modules" | "dist") | None => {}
                Some(_) if path.is_dir() => pending.push(path),
                Some(_) => files.push(path),
            }
        }
    }
    files.sort();
    for file in files {
        digest.update(file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().as_bytes());
        digest.update(fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?);
    }
    Ok(hex::encode(digest.finalize()))
}
