//! Programs from outside. A missing one is a failure: the test would otherwise prove nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

const ALWAYS_COMPUTE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>"#;

/// Runs a program and gives what it prints.
pub(crate) fn run(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> String {
    let name = program.as_ref().to_string_lossy().into_owned();
    let done = Command::new(program).args(arguments).output();
    let done =
        done.unwrap_or_else(|e| panic!("{name} is not installed ({e}); `cargo xtask test` installs it"));
    let text = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    assert!(done.status.success(), "{name}: {text}");
    text
}

/// The Python of the virtual environment that `cargo xtask test` makes, with the script that reads our files.
pub(crate) fn python(what: &str, file: &Path) -> String {
    let target = PathBuf::from("../../../target/venv");
    #[allow(clippy::disallowed_methods, reason = "tests have no configuration")]
    let venv = std::env::var("DEAN06_TEST_VENV").map_or(target, PathBuf::from);
    let script = PathBuf::from("tests/read.py");
    run(venv.join("bin/python"), &[&script.to_string_lossy(), what, &file.to_string_lossy()])
}

/// Lets LibreOffice open a file and write it in another format beside it.
pub(crate) fn libreoffice(file: &Path, to: &str) -> PathBuf {
    let folder = file.parent().unwrap();
    // A profile of its own: two instances at once do not share one. It computes every formula anew, so that what is
    // stored beside a formula proves nothing.
    let user = folder.join("profile/user");
    std::fs::create_dir_all(&user).unwrap();
    std::fs::write(user.join("registrymodifications.xcu"), ALWAYS_COMPUTE).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let folder = folder.to_string_lossy().into_owned();
    run(
        "soffice",
        &[&profile, "--headless", "--convert-to", to, "--outdir", &folder, &file.to_string_lossy()],
    );
    file.with_extension(to.split(':').next().unwrap())
}
