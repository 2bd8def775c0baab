//! Makes sure that the bundle of styles and scripts is there before it is embedded, and embeds it anew when it
//! changes.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let manifest = Path::new("../../../ui/dist/manifest.json");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", manifest.display());
    match std::fs::read_to_string(manifest) {
        // The names in the manifest carry the hashes of the contents: a changed file changes this value.
        Ok(text) => {
            println!("cargo::rustc-env=D06_UI_MANIFEST={}", text.split_whitespace().collect::<String>());
            ExitCode::SUCCESS
        }
        Err(_) => {
            println!("cargo::error=ui/dist is missing: build styles and scripts first with `cargo xtask ui`");
            ExitCode::FAILURE
        }
    }
}
