//! What does not work at the moment.

use chrono::Duration;
use d06_kernel::time::Moment;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// How long an outage is told of after it was last met. What nobody asks any more may long be well again.
const REMEMBERED: Duration = Duration::minutes(5);

/// The outages that every page tells of, by message id, with the moment each was last met. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Outages(Arc<RwLock<BTreeMap<&'static str, Moment>>>);

impl Outages {
    /// Something does not work; `message` is the id of the text that says so.
    pub fn begin(&self, message: &'static str, now: Moment) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(message, now);
    }

    /// It works again.
    pub fn end(&self, message: &'static str) {
        let told = self.0.read().unwrap_or_else(PoisonError::into_inner).contains_key(message);
        if !told {
            return;
        }
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(message);
    }

    /// The ids of what does not work now.
    pub fn at(&self, now: Moment) -> Vec<&'static str> {
        let outages = self.0.read().unwrap_or_else(PoisonError::into_inner);
        outages.iter().filter(|(_, met)| now < **met + REMEMBERED).map(|(message, _)| *message).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_that_nobody_meets_any_more_is_not_told_for_ever() {
        let (outages, now) = (Outages::default(), Moment::UNIX_EPOCH);
        outages.begin("outage-vneid", now);
        assert_eq!(outages.at(now + Duration::minutes(4)), ["outage-vneid"]);
        assert!(outages.at(now + REMEMBERED).is_empty());
        outages.begin("outage-vneid", now + REMEMBERED);
        outages.end("outage-vneid");
        assert!(outages.at(now + REMEMBERED).is_empty());
    }
}
