//! Headers that tell browsers what a page may do.

use crate::settings::{HttpSettings, origin_of};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Headers that are the same on every answer.
const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Two years, as browsers' preload lists want.
const STRICT_TRANSPORT: &str = "max-age=63072000; includeSubDomains";

/// Adds the headers to an answer; those a handler has set stay.
pub(crate) fn add_headers(headers: &mut HeaderMap, settings: &HttpSettings, nonce: Option<&str>) {
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if settings.secure() {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static(STRICT_TRANSPORT));
    }
    if let Ok(policy) = HeaderValue::try_from(content_policy(settings, nonce)) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
}

/// What a page may load and where its forms may lead (Content Security Policy Level 3). Everything comes from
/// ourselves; the one inline script is named by its nonce.
fn content_policy(settings: &HttpSettings, nonce: Option<&str>) -> String {
    let nonce = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let sign_in = settings
        .sign_in_origin
        .as_deref()
        .map(|address| format!(" {}", origin_of(address)))
        .unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'{nonce}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'{sign_in}; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_load_from_us_only() {
        let mut headers = HeaderMap::new();
        add_headers(&mut headers, &HttpSettings::at("http://127.0.0.1:8600"), Some("abc"));
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("'nonce-abc'"));
        assert!(!policy.contains("unsafe"));
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }
}
