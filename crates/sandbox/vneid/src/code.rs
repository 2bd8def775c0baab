//! Authorisation codes and access tokens: one use, short life, kept in memory.

use d06_kernel::person::PersonalNumber;
use d06_kernel::time::Moment;
use std::collections::{HashMap, VecDeque};

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

/// The most codes or tokens held at once; the oldest leave first.
const ROOM: usize = 10_000;

/// Secrets of one kind, which all live equally long: the oldest expires first.
struct Shelf<T> {
    held: HashMap<String, (T, Moment)>,
    order: VecDeque<String>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { held: HashMap::new(), order: VecDeque::new() }
    }
}

impl<T> Shelf<T> {
    fn add(&mut self, secret: String, what: T, expires: Moment, now: Moment) {
        while let Some(oldest) = self.order.front() {
            let is_over = self.held.get(oldest).is_none_or(|(_, until)| *until <= now);
            if !is_over && self.order.len() < ROOM {
                break;
            }
            self.held.remove(oldest);
            self.order.pop_front();
        }
        self.order.push_back(secret.clone());
        self.held.insert(secret, (what, expires));
    }

    fn get(&self, secret: &str, now: Moment) -> Option<&T> {
        self.held.get(secret).filter(|(_, until)| *until > now).map(|(what, _)| what)
    }

    fn take(&mut self, secret: &str, now: Moment) -> Option<T> {
        self.held.remove(secret).filter(|(_, until)| *until > now).map(|(what, _)| what)
    }
}

/// Codes not yet redeemed and access tokens not yet expired.
#[derive(Default)]
pub(crate) struct Grants {
    codes: Shelf<Grant>,
    spent: Option<String>,
    tokens: Shelf<PersonalNumber>,
}

impl Grants {
    pub(crate) fn add(&mut self, code: String, grant: Grant, now: Moment) {
        let expires = grant.expires;
        self.codes.add(code, grant, expires, now);
    }

    /// Takes the grant out: a second redemption finds nothing.
    pub(crate) fn redeem(&mut self, code: &str, now: Moment) -> Option<Grant> {
        let grant = self.codes.take(code, now)?;
        self.spent = Some(code.to_owned());
        Some(grant)
    }

    /// The code redeemed last, for the fault that hands it out again.
    pub(crate) fn last_spent(&self) -> Option<String> {
        self.spent.clone()
    }

    pub(crate) fn add_token(&mut self, token: String, account: PersonalNumber, expires: Moment, now: Moment) {
        self.tokens.add(token, account, expires, now);
    }

    pub(crate) fn token(&self, token: &str, now: Moment) -> Option<PersonalNumber> {
        self.tokens.get(token, now).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    #[test]
    fn a_full_shelf_gives_up_its_oldest_and_never_the_newest() {
        let (mut shelf, now) = (Shelf::default(), Moment::UNIX_EPOCH);
        for n in 0..ROOM + 2 {
            shelf.add(n.to_string(), n, now + Duration::hours(1), now);
        }
        assert_eq!((shelf.get("1", now), shelf.get("2", now)), (None, Some(&2)));
        assert_eq!(shelf.get(&(ROOM + 1).to_string(), now), Some(&(ROOM + 1)));
        assert_eq!(shelf.take("2", now), Some(2));
        assert_eq!(shelf.take("2", now), None);
        let later = now + Duration::hours(1);
        shelf.add("late".to_owned(), 0, later + Duration::hours(1), later);
        assert_eq!(shelf.held.len(), 1);
    }
}
