//! Authorisation codes and access tokens: one use, short life, kept in memory.

use d06_kernel::person::PersonalNumber;
use d06_kernel::time::Moment;
use std::collections::HashMap;

/// What an authorisation code stands for (RFC 6749 §4.1.2, RFC 7636 §4.4).
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) client: String,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) account: PersonalNumber,
    pub(crate) expires: Moment,
}

/// The most codes or tokens held at once; the oldest by expiry leave first.
const ROOM: usize = 10_000;

/// Codes not yet redeemed and access tokens not yet expired.
#[derive(Default)]
pub(crate) struct Grants {
    codes: HashMap<String, Grant>,
    spent: Option<String>,
    tokens: HashMap<String, (PersonalNumber, Moment)>,
}

impl Grants {
    pub(crate) fn add(&mut self, code: String, grant: Grant, now: Moment) {
        self.codes.retain(|_, held| held.expires > now);
        if self.codes.len() < ROOM {
            self.codes.insert(code, grant);
        }
    }

    /// Takes the grant out: a second redemption finds nothing.
    pub(crate) fn redeem(&mut self, code: &str, now: Moment) -> Option<Grant> {
        let grant = self.codes.remove(code)?;
        self.spent = Some(code.to_owned());
        (grant.expires > now).then_some(grant)
    }

    /// The code redeemed last, for the fault that hands it out again.
    pub(crate) fn last_spent(&self) -> Option<String> {
        self.spent.clone()
    }

    pub(crate) fn add_token(&mut self, token: String, account: PersonalNumber, expires: Moment, now: Moment) {
        self.tokens.retain(|_, (_, until)| *until > now);
        if self.tokens.len() < ROOM {
            self.tokens.insert(token, (account, expires));
        }
    }

    pub(crate) fn token(&self, token: &str, now: Moment) -> Option<PersonalNumber> {
        self.tokens.get(token).filter(|(_, until)| *until > now).map(|(account, _)| *account)
    }
}
