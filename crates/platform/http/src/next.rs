//! Where to go after signing in or changing the language.

use serde::Deserialize;

/// A path of our own, with its query. Anything else (`//evil.example`, `https:…`, `/\evil`) reads as `/`, so
/// that a link to us cannot send a reader elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextPath(String);

impl NextPath {
    /// Reads a path.
    pub fn read(text: &str) -> Self {
        let own = text.starts_with('/')
            && !text[1..].starts_with(['/', '\\'])
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
            && text.len() <= 2000;
        Self(if own { text.to_owned() } else { "/".to_owned() })
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for NextPath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl<'de> Deserialize<'de> for NextPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_paths_are_followed() {
        assert_eq!(NextPath::read("/dossiers?after=1").as_str(), "/dossiers?after=1");
        for foreign in
            ["//evil.example", "https://evil.example", "/\\evil", "javascript:x", "", "/a\r\nb", "/\t/x"]
        {
            assert_eq!(NextPath::read(foreign).as_str(), "/", "{foreign}");
        }
    }
}
