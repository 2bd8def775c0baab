//! The cookies of this crate: the session, a visitor without one, words for the next page, the language.

use crate::session::token::Token;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponseParts, ResponseParts};
use std::convert::Infallible;

/// The session of a signed-in person.
pub(crate) const SESSION: &str = "d06_session";
/// A visitor who is not signed in; gives their forms a token.
pub(crate) const VISIT: &str = "d06_visit";
/// Words to show on the next page.
pub(crate) const NOTICE: &str = "d06_notice";
/// The language chosen.
pub(crate) const LANGUAGE: &str = "d06_language";

/// A `Set-Cookie` line, to be returned as a part of the response.
#[derive(Clone, Debug)]
#[must_use = "the browser learns of it only when it is part of the response"]
pub struct SetCookie(HeaderValue);

impl SetCookie {
    /// A cookie that scripts cannot read and other sites cannot send along with their forms. Without `seconds` it
    /// lasts until the browser is closed.
    ///
    /// Name and value are ASCII without `;` (tokens, base64).
    pub fn new(name: &str, value: &str, secure: bool, seconds: Option<i64>) -> Self {
        let mut line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
        if let Some(seconds) = seconds {
            line.push_str(&format!("; Max-Age={seconds}"));
        }
        if secure {
            line.push_str("; Secure");
        }
        // Names and values are our own and in base64: they are always valid.
        Self(HeaderValue::try_from(line).unwrap_or_else(|_| HeaderValue::from_static("")))
    }

    pub(crate) fn session(token: &Token, secure: bool) -> Self {
        Self::new(SESSION, token.as_str(), secure, None)
    }

    /// Makes the browser forget a cookie.
    pub fn gone(name: &str, secure: bool) -> Self {
        Self::new(name, "", secure, Some(0))
    }

    pub(crate) fn append_to(self, headers: &mut HeaderMap) {
        headers.append(header::SET_COOKIE, self.0);
    }
}

impl IntoResponseParts for SetCookie {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        self.append_to(response.headers_mut());
        Ok(response)
    }
}

/// The value of a cookie in a request.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("xd06_session=no; d06_session=yes; a=b"));
        assert_eq!(get(&headers, SESSION), Some("yes"));
        assert_eq!(get(&headers, VISIT), None);
    }

    #[test]
    fn cookies_are_shut_to_scripts_and_other_sites() {
        let cookie = SetCookie::new("a", "b", true, None);
        assert_eq!(cookie.0, "a=b; Path=/; HttpOnly; SameSite=Lax; Secure");
    }
}
