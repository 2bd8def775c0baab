//! Words shown on the next page, after a redirect.

use crate::session::cookie::{NOTICE, SetCookie};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use d06_kernel::Locale;
use d06_ui::texts::Texts;
use d06_ui::{Notice, NoticeKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Seconds a notice waits for its page.
const WAIT_SECONDS: i64 = 60;

/// A notice for the next page, by message id: `(Flash::success("dossier-received").with("code", code), redirect)`.
/// It travels in a cookie of the browser; put nothing secret into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[must_use = "it is shown only when it is part of the response"]
pub struct Flash {
    kind: NoticeKind,
    message: String,
    arguments: BTreeMap<String, String>,
}

impl Flash {
    /// Something was done.
    pub fn success(message: &'static str) -> Self {
        Self::new(NoticeKind::Success, message)
    }

    /// Something is worth knowing.
    pub fn information(message: &'static str) -> Self {
        Self::new(NoticeKind::Information, message)
    }

    /// Adds an argument of the message.
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.arguments.insert(key.to_owned(), value.to_string());
        self
    }

    fn new(kind: NoticeKind, message: &'static str) -> Self {
        Self { kind, message: message.to_owned(), arguments: BTreeMap::new() }
    }

    fn cookie(&self, secure: bool) -> SetCookie {
        let json = serde_json::to_vec(self).unwrap_or_default();
        SetCookie::new(NOTICE, &URL_SAFE_NO_PAD.encode(json), secure, Some(WAIT_SECONDS))
    }

    /// The notice of a cookie, in words.
    pub(crate) fn read(cookie: &str, texts: &Texts, locale: Locale) -> Option<Notice> {
        let flash: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cookie).ok()?).ok()?;
        if !texts.has(locale, &flash.message) {
            return None;
        }
        let text = texts.with_arguments(locale, &flash.message, &flash.arguments);
        Some(Notice { kind: flash.kind, text })
    }
}

impl axum::response::IntoResponseParts for Flash {
    type Error = std::convert::Infallible;

    fn into_response_parts(
        self,
        response: axum::response::ResponseParts,
    ) -> Result<axum::response::ResponseParts, Self::Error> {
        // Other sites cannot read the notice and it carries nothing secret, so it need not be `Secure`.
        self.cookie(false).into_response_parts(response)
    }
}
