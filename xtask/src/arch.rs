//! The direction of dependencies: base ← platform ← domain ← app, base ← engine ← app; domains never meet.

use crate::shell::{self, Outcome};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The layers, and which layers each may depend on. A stand-in speaks its protocol alone and may use base only.
/// Engines may be used by a domain through their public functions.
const MAY_USE: &[(&str, &[&str])] = &[
    ("base", &["base"]),
    ("platform", &["base", "platform"]),
    ("engine", &["base", "engine"]),
    ("domain", &["base", "platform", "engine"]),
    ("sandbox", &["base"]),
    ("app", &["base", "platform", "engine", "domain", "sandbox", "app"]),
];

/// Fails on an edge that points the wrong way.
pub(crate) fn check() -> Outcome {
    let metadata = shell::output(&shell::cargo_path(), ["metadata", "--format-version", "1", "--no-deps"])?;
    let metadata: Value = serde_json::from_slice(&metadata).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let layers: BTreeMap<&str, &str> = packages
        .iter()
        .filter_map(|p| Some((p["name"].as_str()?, layer_of(p["manifest_path"].as_str()?)?)))
        .collect();
    let mut wrong = Vec::new();
    for package in packages {
        let Some((name, layer)) = package["name"].as_str().and_then(|n| Some((n, *layers.get(n)?))) else {
            continue;
        };
        let allowed = MAY_USE.iter().find(|(from, _)| *from == layer).map_or(&[][..], |(_, to)| to);
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            // A test may stand on anything below the app.
            let (Some(other), kind) = (dependency["name"].as_str(), dependency["kind"].as_str()) else {
                continue;
            };
            let Some(other_layer) = layers.get(other) else { continue };
            let in_test = kind == Some("dev") && *other_layer != "app" && *other_layer != "domain";
            if !in_test && !allowed.contains(other_layer) {
                wrong.push(format!("{name} ({layer}) must not use {other} ({other_layer})"));
            }
        }
    }
    if wrong.is_empty() {
        println!("arch: {} crates, every dependency points the right way", layers.len());
        return Ok(());
    }
    Err(format!("arch:\n  {}", wrong.join("\n  ")))
}

/// `…/crates/domain/people/Cargo.toml` → `domain`.
fn layer_of(manifest: &str) -> Option<&str> {
    let mut parts = Path::new(manifest).components().rev().map(|part| part.as_os_str().to_str());
    let (_file, _crate, layer, crates) = (parts.next()??, parts.next()??, parts.next()??, parts.next()??);
    (crates == "crates").then_some(layer)
}
