//! The reader's language: the cookie, else what the browser prefers, else Vietnamese.

use crate::session::cookie::{self, LANGUAGE};
use axum::http::{HeaderMap, header};
use d06_kernel::Locale;

/// The language of a request.
pub(crate) fn of(headers: &HeaderMap) -> Locale {
    match cookie::get(headers, LANGUAGE) {
        Some("vi") => Locale::Vi,
        Some("en") => Locale::En,
        _ => headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|line| line.to_str().ok())
            .and_then(preferred)
            .unwrap_or_default(),
    }
}

/// The first of our languages in the order of preference (RFC 9110 §12.5.4).
fn preferred(line: &str) -> Option<Locale> {
    let mut wanted: Vec<(f32, Locale)> = line
        .split(',')
        .filter_map(|range| {
            let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
            let locale = match tag.trim().split('-').next()?.to_ascii_lowercase().as_str() {
                "vi" => Locale::Vi,
                "en" => Locale::En,
                _ => return None,
            };
            let weight: f32 = weight.trim().parse().ok()?;
            (weight > 0.0).then_some((weight, locale))
        })
        .collect();
    wanted.sort_by(|left, right| right.0.total_cmp(&left.0));
    wanted.first().map(|(_, locale)| *locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(preferred("fr, en;q=0.5, vi-VN;q=0.9"), Some(Locale::Vi));
        assert_eq!(preferred("en-GB,en;q=0.9"), Some(Locale::En));
        assert_eq!(preferred("fr, vi;q=0"), None);
    }
}
