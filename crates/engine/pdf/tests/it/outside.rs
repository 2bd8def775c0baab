//! Programs from outside. A missing one is a failure: the test would otherwise prove nothing.

use std::path::PathBuf;
use std::process::Command;

/// Runs a program and gives what it prints, on both streams.
pub(crate) fn run(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> (bool, String) {
    let name = program.as_ref().to_string_lossy().into_owned();
    let done = Command::new(program).args(arguments).output();
    let done =
        done.unwrap_or_else(|e| panic!("{name} is not installed ({e}); `cargo xtask test` installs it"));
    let text = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// A program of the virtual environment that `cargo xtask test` makes.
pub(crate) fn of_python(program: &str) -> PathBuf {
    let target = PathBuf::from("../../../target/venv");
    #[allow(clippy::disallowed_methods, reason = "tests have no configuration")]
    let venv = std::env::var("DEAN06_TEST_VENV").map_or(target, PathBuf::from);
    venv.join("bin").join(program)
}

/// Writes bytes to a file of a fresh folder.
pub(crate) fn file(bytes: &[u8]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document.pdf");
    std::fs::write(&path, bytes).unwrap();
    (folder, path.to_string_lossy().into_owned())
}
