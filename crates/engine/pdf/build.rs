//! Makes sure that the fonts are there before they are embedded; they come from an npm package and are not committed.

use std::path::Path;

/// From this package's folder, which is where cargo runs a build script.
const FONTS: &str = "../../../ui/node_modules/@expo-google-fonts/tinos";

const FACES: [&str; 4] = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"];

fn main() -> Result<(), String> {
    for face in FACES {
        let file = Path::new(FONTS).join(face).join(format!("Tinos_{face}.ttf"));
        println!("cargo::rerun-if-changed={}", file.display());
        if !file.is_file() {
            return Err(format!(
                "the font {} is missing: run `npm ci` in the folder `ui` (`cargo demo` and `cargo xtask test` do)",
                file.display()
            ));
        }
    }
    Ok(())
}
