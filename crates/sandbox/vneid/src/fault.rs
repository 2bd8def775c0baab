//! What this stand-in can be made to do wrong; `d06-fault` plays it.

use serde::{Deserialize, Serialize};

/// What goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultMode {
    /// Nothing.
    #[default]
    None,
    /// Every answer is late by `ms`.
    Slow,
    /// Every answer is 503.
    Down,
    /// The sign-in returns with `error=access_denied`.
    AccessDenied,
    /// The sign-in returns with another state.
    WrongState,
    /// The sign-in returns with a code already spent.
    ReplayedCode,
    /// The token endpoint answers HTML.
    Garbage,
    /// The ID token names another nonce.
    WrongNonce,
    /// The ID token names no nonce.
    MissingNonce,
    /// The ID token is for another client.
    WrongAudience,
    /// The ID token is from another issuer.
    WrongIssuer,
    /// The ID token expired an hour ago.
    Expired,
    /// The ID token was issued an hour from now.
    Future,
    /// One bit of the ID token's signature is flipped.
    BadSignature,
    /// The ID token is signed with a key that is not published.
    UnknownKey,
    /// The ID token has `alg: none` and no signature.
    AlgNone,
    /// The ID token is an HMAC keyed with the client secret.
    AlgHmac,
    /// The user information is of another subject.
    WrongSubject,
    /// The personal number has 11 digits.
    WrongNumber,
    /// The birth date is 30 February.
    WrongBirthDate,
    /// The name is in decomposed Unicode (NFD).
    NfdName,
}

/// A fault to be played.
pub type Fault = d06_fault::Fault<FaultMode>;

/// The fault being played.
pub(crate) type Faults = d06_fault::Faults<FaultMode>;
