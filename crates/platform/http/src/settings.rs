//! Settings of the web edge.

use std::time::Duration;

/// How the web edge behaves. The defaults suit a commune.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// How browsers reach the platform, without a slash at the end: `https://dichvu.habac.gov.vn`.
    pub public_url: String,
    /// How long a request may take before it is answered as unavailable.
    pub timeout: Duration,
    /// The largest body of an ordinary request, in bytes.
    pub body_limit: usize,
    /// The largest body of a form with files, in bytes.
    pub upload_limit: usize,
    /// Requests to start signing in that one address may make in a minute. An office comes from one address, and so do
    /// thousands of telephones of one carrier: the bound is for floods, not for mornings.
    pub sign_ins_per_minute: u32,
    /// Whether the address of the caller is the last one in `X-Forwarded-For`, set by a proxy of our own.
    pub behind_proxy: bool,
    /// Address of the identity provider: browsers may follow a form that leads to it.
    pub sign_in_origin: Option<String>,
}

impl HttpSettings {
    /// The settings for an address, everything else at its default.
    pub fn at(public_url: impl Into<String>) -> Self {
        Self {
            public_url: public_url.into().trim_end_matches('/').to_owned(),
            timeout: Duration::from_secs(30),
            body_limit: 1024 * 1024,
            upload_limit: 60 * 1024 * 1024,
            sign_ins_per_minute: 600,
            behind_proxy: false,
            sign_in_origin: None,
        }
    }

    /// Whether browsers come by https.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Scheme, host and port, as a browser's `Origin` names them.
    pub fn origin(&self) -> &str {
        origin_of(&self.public_url)
    }
}

/// Scheme, host and port of an address.
pub(crate) fn origin_of(address: &str) -> &str {
    let after_scheme = address.find("://").map_or(0, |at| at + 3);
    let end = address[after_scheme..].find('/').map_or(address.len(), |at| after_scheme + at);
    &address[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_has_no_path() {
        assert_eq!(HttpSettings::at("https://a.vn:8443/dean06/").origin(), "https://a.vn:8443");
        assert_eq!(HttpSettings::at("http://127.0.0.1:8600").origin(), "http://127.0.0.1:8600");
    }
}
