//! Where a dossier stands, by which channel it came, and which steps it may take.

use serde::{Deserialize, Serialize};

/// How a dossier was filed (`KenhThucHien`, rules of the national portal).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// At a counter (trực tiếp), 1.
    Counter,
    /// Online (trực tuyến), 2.
    Online,
    /// By public postal service (bưu chính công ích), 3.
    Post,
}

impl Channel {
    /// The portal's number.
    pub fn dvcqg(self) -> u8 {
        match self {
            Self::Counter => 1,
            Self::Online => 2,
            Self::Post => 3,
        }
    }

    /// The channel of a portal number; none given means the counter.
    pub fn from_dvcqg(number: Option<u8>) -> Option<Self> {
        match number {
            None | Some(1) => Some(Self::Counter),
            Some(2) => Some(Self::Online),
            Some(3) => Some(Self::Post),
            Some(_) => None,
        }
    }
}

/// State of a dossier (trạng thái hồ sơ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DossierState {
    /// Filed, not yet looked at (mới đăng ký).
    Submitted,
    /// Filed; a source that must be asked before the person does not answer yet.
    AwaitingSource,
    /// Accepted with an appointment (được tiếp nhận).
    Received,
    /// Refused at reception (không được tiếp nhận).
    NotAccepted,
    /// Being examined or decided (đang xử lý).
    InProgress,
    /// The person was asked to supplement it; the clock stands (yêu cầu bổ sung giấy tờ).
    AwaitingSupplement,
    /// The person was asked to pay (yêu cầu thực hiện nghĩa vụ tài chính).
    AwaitingPayment,
    /// The person asked to withdraw it (công dân yêu cầu rút hồ sơ).
    WithdrawalRequested,
    /// Stopped or refused without a result (dừng xử lý).
    Stopped,
    /// Decided, the result is ready (đã xử lý xong).
    Completed,
    /// The result is with the person (đã trả kết quả).
    Returned,
}

/// The dossier cannot go from one state to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a dossier cannot go from {from:?} to {to:?}")]
pub struct NoSuchStep {
    /// Where it stands.
    pub from: DossierState,
    /// Where it was to go.
    pub to: DossierState,
}

impl DossierState {
    /// Every state, in the order of this declaration.
    pub const ALL: [Self; 11] = [
        Self::Submitted,
        Self::AwaitingSource,
        Self::Received,
        Self::NotAccepted,
        Self::InProgress,
        Self::AwaitingSupplement,
        Self::AwaitingPayment,
        Self::WithdrawalRequested,
        Self::Stopped,
        Self::Completed,
        Self::Returned,
    ];

    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::AwaitingSource => "awaiting-source",
            Self::Received => "received",
            Self::NotAccepted => "not-accepted",
            Self::InProgress => "in-progress",
            Self::AwaitingSupplement => "awaiting-supplement",
            Self::AwaitingPayment => "awaiting-payment",
            Self::WithdrawalRequested => "withdrawal-requested",
            Self::Stopped => "stopped",
            Self::Completed => "completed",
            Self::Returned => "returned",
        }
    }

    /// The state of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The status on the national portal, 1–10 (`TrangThaiHoSo`).
    pub fn dvcqg(self) -> u8 {
        match self {
            Self::Submitted | Self::AwaitingSource => 1,
            Self::Received => 2,
            Self::NotAccepted => 3,
            Self::InProgress => 4,
            Self::AwaitingSupplement => 5,
            Self::AwaitingPayment => 6,
            Self::WithdrawalRequested => 7,
            Self::Stopped => 8,
            Self::Completed => 9,
            Self::Returned => 10,
        }
    }

    /// Whether nothing more can happen to the dossier.
    pub fn is_final(self) -> bool {
        self.next().is_empty()
    }

    /// Whether the dossier was accepted at some time.
    pub fn is_received(self) -> bool {
        !matches!(self, Self::Submitted | Self::AwaitingSource | Self::NotAccepted)
    }

    /// Whether it waits for the person and the clock stands.
    pub fn is_paused(self) -> bool {
        matches!(self, Self::AwaitingSupplement)
    }

    /// The states that may follow.
    pub fn next(self) -> &'static [Self] {
        use DossierState as S;
        match self {
            S::Submitted => &[S::AwaitingSource, S::Received, S::NotAccepted, S::Stopped],
            S::AwaitingSource => &[S::Submitted, S::Received, S::NotAccepted, S::Stopped],
            S::Received => &[
                S::InProgress,
                S::AwaitingSupplement,
                S::AwaitingPayment,
                S::WithdrawalRequested,
                S::Stopped,
                S::Completed,
            ],
            S::InProgress => {
                &[S::AwaitingSupplement, S::AwaitingPayment, S::WithdrawalRequested, S::Stopped, S::Completed]
            }
            S::AwaitingSupplement => &[S::InProgress, S::WithdrawalRequested, S::Stopped],
            S::AwaitingPayment => &[S::InProgress, S::Completed, S::WithdrawalRequested, S::Stopped],
            S::WithdrawalRequested => &[S::InProgress, S::Stopped],
            S::Completed => &[S::Returned],
            S::NotAccepted | S::Stopped | S::Returned => &[],
        }
    }

    /// The next state, if the step exists.
    pub fn go(self, to: Self) -> Result<Self, NoSuchStep> {
        if self.next().contains(&to) { Ok(to) } else { Err(NoSuchStep { from: self, to }) }
    }
}
