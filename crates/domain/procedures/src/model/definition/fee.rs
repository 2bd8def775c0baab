//! What a procedure costs.

use super::condition::CaseFacts;
use crate::model::dossier::Channel;
use crate::model::{Citation, Text};
use serde::{Deserialize, Serialize};

/// A fee (phí) or charge (lệ phí) in whole đồng.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeDef {
    /// What is paid for.
    pub label: Text,
    /// Amount in đồng.
    pub amount_vnd: i64,
    /// The form field that counts how often it is paid (copies asked for); `None` for once.
    #[serde(default)]
    pub per: Option<String>,
    /// Only on this channel; `None` on all.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The clause that sets it; `None` while the resolution of the locality is to be confirmed.
    #[serde(default)]
    pub basis: Option<Citation>,
}

impl FeeDef {
    /// What it comes to in a case, in đồng; nothing on another channel, and nothing for a count that is not given.
    pub fn amount(&self, channel: Channel, facts: &CaseFacts) -> i64 {
        if self.channel.is_some_and(|only| only != channel) {
            return 0;
        }
        let times = match &self.per {
            None => 1,
            Some(field) => facts.get(field).and_then(|count| count.parse::<u32>().ok()).unwrap_or(0),
        };
        self.amount_vnd.saturating_mul(i64::from(times))
    }
}
