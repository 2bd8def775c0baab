//! A limit on how often one address may ask for something costly.

use chrono::Duration;
use d06_kernel::time::Moment;
use d06_kernel::{Problem, ProblemKind};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Addresses remembered at most; above it those whose minute is over are dropped.
const REMEMBERED: usize = 10_000;

/// Counts requests per address and minute. Cloning shares the counts.
#[derive(Clone, Debug)]
pub struct Limiter {
    per_minute: u32,
    counts: Arc<Mutex<HashMap<IpAddr, (Moment, u32)>>>,
}

impl Limiter {
    /// At most `per_minute` requests in a minute from one address.
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, counts: Arc::default() }
    }

    /// Counts a request: `too-many` above the limit.
    pub fn take(&self, now: Moment, address: IpAddr) -> Result<(), Problem> {
        let minute = Duration::minutes(1);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= REMEMBERED {
            counts.retain(|_, (since, _)| now < *since + minute);
        }
        let (since, count) = counts.entry(address).or_insert((now, 0));
        if now >= *since + minute {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        if *count > self.per_minute { Err(Problem::new(ProblemKind::TooMany, "too-many")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_later_one_may_ask_again() {
        let limiter = Limiter::new(2);
        let now: Moment = "2026-06-15T02:00:00Z".parse().unwrap();
        let address = IpAddr::from([127, 0, 0, 1]);
        assert!(limiter.take(now, address).is_ok());
        assert!(limiter.take(now, address).is_ok());
        assert_eq!(limiter.take(now, address).unwrap_err().code, "too-many");
        assert!(limiter.take(now, IpAddr::from([127, 0, 0, 2])).is_ok());
        assert!(limiter.take(now + Duration::seconds(60), address).is_ok());
    }
}
