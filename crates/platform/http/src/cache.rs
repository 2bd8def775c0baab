//! How long an answer may be kept, by name.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponseParts, ResponseParts};
use std::convert::Infallible;

/// A cache policy; pages without one are [`CachePolicy::Never`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Nobody keeps it: everything that shows a person's data.
    Never,
    /// The reader's browser keeps it and asks whether it still holds.
    AskEachTime,
    /// Anybody keeps it for some minutes: public lists.
    Minutes(u8),
    /// Anybody keeps it for ever: the name changes with the content.
    Forever,
}

impl CachePolicy {
    /// The header's value.
    pub fn header(self) -> HeaderValue {
        match self {
            Self::Never => HeaderValue::from_static("no-store"),
            Self::AskEachTime => HeaderValue::from_static("private, no-cache"),
            Self::Forever => HeaderValue::from_static("public, max-age=31536000, immutable"),
            Self::Minutes(minutes) => {
                HeaderValue::try_from(format!("public, max-age={}", u32::from(minutes) * 60))
                    .unwrap_or(HeaderValue::from_static("no-store"))
            }
        }
    }
}

impl IntoResponseParts for CachePolicy {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        response.headers_mut().insert(header::CACHE_CONTROL, self.header());
        Ok(response)
    }
}
