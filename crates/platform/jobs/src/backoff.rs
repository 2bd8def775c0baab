//! How long a failed job waits.

use chrono::TimeDelta;
use d06_kernel::cx::Randomness;

/// The wait after the first failure.
const FIRST_MS: i64 = 2_000;
/// The longest wait.
const LONGEST_MS: i64 = 3_600_000;

/// The wait after the given number of attempts: it doubles from two seconds up to one hour, give or take a
/// quarter, so that jobs that failed together do not come back together.
pub(crate) fn wait_after(attempts: i32, randomness: &Randomness) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(20);
    let whole = FIRST_MS.saturating_mul(1 << doublings).min(LONGEST_MS);
    let spread = whole / 2;
    let random = i64::from(u32::from_le_bytes(randomness.bytes()));
    TimeDelta::milliseconds(whole - spread / 2 + random % spread.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_with_a_spread_and_ends_at_an_hour() {
        let randomness = Randomness::seeded([1; 32]);
        for (attempts, seconds) in [(1, 2), (2, 4), (3, 8), (8, 256), (12, 3600), (i32::MAX, 3600)] {
            let waits: Vec<i64> =
                (0..200).map(|_| wait_after(attempts, &randomness).num_milliseconds()).collect();
            let (least, most) = (seconds * 750, seconds * 1250);
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{attempts}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]));
        }
    }
}
