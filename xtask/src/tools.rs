//! What the tests need beyond Rust and Node, by package name and version.

use crate::front;
use crate::shell::{self, Outcome};
use std::path::{Path, PathBuf};

/// Debian packages, each with a file that tells it is there.
const DEBIAN: &[(&str, &str)] = &[
    ("postgresql", "/usr/lib/postgresql"),
    ("chromium", "/usr/bin/chromium"),
    ("default-jre-headless", "/usr/bin/java"),
    ("poppler-utils", "/usr/bin/pdfsig"),
    ("libreoffice-writer", "/usr/lib/libreoffice/program/swriter"),
    ("libreoffice-calc", "/usr/lib/libreoffice/program/scalc"),
    ("fonts-liberation2", "/usr/share/fonts/truetype/liberation2"),
    ("fonts-dejavu-core", "/usr/share/fonts/truetype/dejavu"),
];

/// Installs whatever is missing.
pub(crate) fn install() -> Outcome {
    install_debian()?;
    front::install_packages(&shell::root().join("e2e"))?;
    install_python()
}

/// The Python environment of the checkers.
pub(crate) fn venv() -> PathBuf {
    shell::target().join("venv")
}

fn install_debian() -> Outcome {
    let missing: Vec<&str> =
        DEBIAN.iter().filter(|(_, file)| !Path::new(file).exists()).map(|(package, _)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("installing {}", missing.join(", "));
    let prefix: &[&str] = if is_root() { &[] } else { &["sudo", "-n"] };
    let apt = |arguments: &[&str]| {
        let words: Vec<&str> = prefix
            .iter()
            .chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .chain(arguments)
            .copied()
            .collect();
        shell::run(words[0], &words[1..])
    };
    let why =
        |error| format!("{error}\ninstall these packages yourself, then try again: {}", missing.join(" "));
    apt(&["update", "-qq"]).map_err(why)?;
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install).map_err(why)
}

fn is_root() -> bool {
    shell::output("id", ["-u"]).is_ok_and(|id| id.trim_ascii() == b"0")
}

fn install_python() -> Outcome {
    let wanted = shell::root().join("e2e/requirements.txt");
    let venv = venv();
    let mark = venv.join("requirements.txt");
    let same = std::fs::read(&wanted).ok().is_some_and(|w| std::fs::read(&mark).is_ok_and(|m| m == w));
    if same {
        return Ok(());
    }
    let (venv_text, wanted_text) = (venv.to_string_lossy(), wanted.to_string_lossy());
    shell::run("python3", ["-m", "venv", &*venv_text])?;
    shell::run(&format!("{venv_text}/bin/pip"), ["install", "--quiet", "-r", &*wanted_text])?;
    std::fs::copy(&wanted, &mark).map(|_| ()).map_err(|error| error.to_string())
}
