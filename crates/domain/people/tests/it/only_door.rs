//! There is no second way to population data: only this crate speaks the database's protocol, and only the
//! programs start the stand-in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Words that only somebody who talks to the database needs.
const PROTOCOL: [&str; 3] = ["TraCuuThongTinCongDan", "CongdanCollection", "mic.gov.vn/dancu"];

fn workspace() -> PathBuf {
    PathBuf::from("../../..")
}

fn crates() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for layer in fs::read_dir(workspace().join("crates")).unwrap() {
        let layer = layer.unwrap().path();
        for room in fs::read_dir(&layer).unwrap() {
            let room = room.unwrap().path();
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
            found.push((format!("{}/{}", name(&layer), name(&room)), room));
        }
    }
    found
}

fn sources(folder: &Path, all: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push(fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn only_this_crate_speaks_the_protocol_of_the_population_database() {
    let speaks = |(_, path): &(String, PathBuf)| {
        let mut all = Vec::new();
        sources(&path.join("src"), &mut all);
        all.iter().any(|source| PROTOCOL.iter().any(|word| source.contains(word)))
    };
    let speakers: BTreeSet<String> = crates().into_iter().filter(speaks).map(|(name, _)| name).collect();
    assert_eq!(speakers, BTreeSet::from(["domain/people".to_owned(), "sandbox/population".to_owned()]));
}

#[test]
fn only_people_and_identity_among_the_domains_have_an_http_client() {
    let allowed = BTreeSet::from(["domain/people".to_owned(), "domain/identity".to_owned()]);
    for (name, path) in crates().into_iter().filter(|(name, _)| name.starts_with("domain/")) {
        let Ok(manifest) = fs::read_to_string(path.join("Cargo.toml")) else { continue };
        let manifest: toml::Table = manifest.parse().unwrap();
        let has = |client: &str| manifest.get("dependencies").and_then(|all| all.get(client)).is_some();
        let clients = ["reqwest", "hyper", "hyper-util", "ureq", "quick-xml", "d06-sandbox-population"];
        if !allowed.contains(&name) {
            assert!(!clients.into_iter().any(has), "{name}");
        }
    }
}
