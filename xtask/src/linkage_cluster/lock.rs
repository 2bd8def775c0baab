//! The two locks agree: a row is read and linked by the same versions on the cluster as on one machine.

use super::folder;
use crate::shell::{self, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What reads, normalises and links.
const ENGINE: &str = "d06-linkage-run";

/// Name and version.
type Package = (String, String);
/// Packages and what they stand on, by name, or by name and version where there are several.
type Lock = BTreeMap<Package, Vec<String>>;

/// Fails on a package that the engine stands on in the cluster's lock, but not in that of the workspace.
pub(super) fn check() -> Outcome {
    let ours = read(&shell::root().join("Cargo.lock"))?;
    let theirs = read(&folder().join("Cargo.lock"))?;
    let apart = apart(&ours, &theirs);
    if apart.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the cluster links with other versions than one machine (`cargo update --precise` in {}):\n  {}",
        folder().display(),
        apart.join("\n  ")
    ))
}

fn apart(ours: &Lock, theirs: &Lock) -> Vec<String> {
    let beneath = beneath(theirs, ENGINE);
    let apart = beneath.iter().filter(|package| !ours.contains_key(*package));
    apart.map(|(name, version)| format!("{name} {version}")).collect()
}

/// A package and all that it stands on.
fn beneath(lock: &Lock, name: &str) -> BTreeSet<Package> {
    let mut found = BTreeSet::new();
    let mut open = vec![name.to_owned()];
    while let Some(wanted) = open.pop() {
        let fits = |(name, version): &Package| wanted == *name || wanted == format!("{name} {version}");
        for (package, dependencies) in lock.iter().filter(|(package, _)| fits(package)) {
            if found.insert(package.clone()) {
                open.extend(dependencies.iter().cloned());
            }
        }
    }
    found
}

fn read(path: &Path) -> Result<Lock, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(parse(&text))
}

fn parse(text: &str) -> Lock {
    let mut lock = Lock::new();
    for block in text.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(key))?;
            Some(line.trim_start_matches(" = ").trim_matches('"').to_owned())
        };
        let listed = block.lines().filter_map(|line| line.strip_prefix(" \"")?.strip_suffix("\","));
        if let (Some(name), Some(version)) = (value("name"), value("version")) {
            lock.insert((name, version), listed.map(str::to_owned).collect());
        }
    }
    lock
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = r#"version = 4

[[package]]
name = "d06-linkage-run"
version = "0.1.0"
dependencies = [
 "a",
 "b 2.0.0",
]

[[package]]
name = "a"
version = "1.0.0"

[[package]]
name = "b"
version = "1.0.0"

[[package]]
name = "b"
version = "2.0.0"
dependencies = [
 "c",
]

[[package]]
name = "c"
version = "3.0.0"
"#;

    #[test]
    fn versions_that_the_engine_stands_on_must_be_those_of_the_workspace() {
        let ours = parse(OURS);
        assert!(apart(&ours, &ours).is_empty());
        let names: Vec<String> =
            beneath(&ours, ENGINE).into_iter().map(|(name, version)| format!("{name} {version}")).collect();
        assert_eq!(names, ["a 1.0.0", "b 2.0.0", "c 3.0.0", "d06-linkage-run 0.1.0"]);
        let deep = OURS.replace("3.0.0", "3.0.1");
        assert_eq!(apart(&ours, &parse(&deep)), ["c 3.0.1"]);
        let aside = OURS.replace("name = \"b\"\nversion = \"1.0.0\"", "name = \"b\"\nversion = \"1.0.9\"");
        assert!(apart(&ours, &parse(&aside)).is_empty(), "the engine does not stand on it");
    }
}
