//! Styles, scripts, fonts and pictures, embedded from `ui/dist`.

use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

/// Where assets are served; a name below it carries a hash of the content and never changes its meaning.
pub const ASSETS_PATH: &str = "/assets";

static DIST: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../../ui/dist");

/// One file of the bundle.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
    /// Its bytes compressed by gzip, where that is worth it.
    pub gzip: Option<&'static [u8]>,
}

/// The bundle: logical names (`style.css`) and the files they stand for (`style-TB4VXL6E.css`).
#[derive(Clone, Debug, Default)]
pub struct Assets {
    names: BTreeMap<String, String>,
}

impl Assets {
    /// Reads the embedded manifest.
    pub fn embedded() -> Result<Self, serde_json::Error> {
        let manifest = DIST.get_file("manifest.json").map_or(&b"{}"[..], include_dir::File::contents);
        Ok(Self { names: serde_json::from_slice(manifest)? })
    }

    /// The address of an asset by its logical name.
    pub fn href(&self, name: &str) -> Option<String> {
        self.names.get(name).map(|file| format!("{ASSETS_PATH}/{file}"))
    }

    /// The file behind a hashed name.
    pub fn get(&self, file: &str) -> Option<Asset> {
        if !self.names.values().any(|known| known == file) {
            return None;
        }
        Some(Asset {
            media: media_of(file),
            bytes: DIST.get_file(file)?.contents(),
            gzip: DIST.get_file(format!("{file}.gz")).map(include_dir::File::contents),
        })
    }

    /// All hashed names.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(String::as_str)
    }
}

fn media_of(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundle_has_what_the_layout_names() {
        let assets = Assets::embedded().unwrap();
        for name in ["style.css", "app.js", "favicon.svg", "emblem.svg"] {
            let href = assets.href(name).unwrap();
            let file = href.strip_prefix("/assets/").unwrap();
            assert!(!assets.get(file).unwrap().bytes.is_empty(), "{name}");
        }
        assert!(assets.files().any(|file| file.contains("vietnamese")), "the font has Vietnamese letters");
    }

    #[test]
    fn only_named_files_are_served() {
        let assets = Assets::embedded().unwrap();
        assert!(assets.get("manifest.json").is_none());
        assert!(assets.get("../Cargo.toml").is_none());
    }
}
