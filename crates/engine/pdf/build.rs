//! Tells where the fonts are; they come from an npm package and are not committed.

use std::path::PathBuf;

const FACES: [&str; 4] = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"];

fn main() -> Result<(), String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../ui/node_modules/@expo-google-fonts/tinos");
    for face in FACES {
        let file = root.join(face).join(format!("Tinos_{face}.ttf"));
        println!("cargo::rerun-if-changed={}", file.display());
        if !file.is_file() {
            return Err(format!(
                "the font {} is missing: run `npm ci` in the folder `ui` (`cargo demo` and `cargo xtask test` do)",
                file.display()
            ));
        }
    }
    println!("cargo::rustc-env=TINOS={}", root.display());
    Ok(())
}
