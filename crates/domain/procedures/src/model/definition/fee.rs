//! What a procedure costs.

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
    /// Only on this channel; `None` on all.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The clause that sets it; `None` while the resolution of the locality is to be confirmed.
    #[serde(default)]
    pub basis: Option<Citation>,
}
