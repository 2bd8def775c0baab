//! On time or not, as Decision 766/QĐ-TTg counts it (indicator 2.1, "giải quyết đúng hạn").
//!
//! - On time is what ended no later than its appointment (`NgayKetThucXuLy ≤ NgayHenTra`).
//! - It ended when it was completed, else returned, else stopped or refused, else withdrawn.
//! - While it waits for its first supplement, the request is the end; more than one request counts as late.
//! - The time between a request and its answer is not the agency's: it is subtracted.
//! - Without any end it is measured at the end of the period.
//! - Without an appointment the time it took is compared with the longest time allowed.
//! - What was never received does not count.

use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::time::Moment;
use serde::{Deserialize, Serialize};

/// A request for a supplement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// When it was asked for.
    pub requested_at: Moment,
    /// When the person had answered.
    pub answered_at: Option<Moment>,
    /// Whether the appointment was moved when the person answered; the time is then not subtracted again.
    pub reappointed: bool,
}

/// What is known of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When it was received; `None` if it never was.
    pub received_at: Option<Moment>,
    /// The appointment (`NgayHenTra`).
    pub appointment: Option<Moment>,
    /// When it was completed (đã xử lý xong).
    pub completed_at: Option<Moment>,
    /// When the result was returned (đã trả kết quả).
    pub returned_at: Option<Moment>,
    /// When it was stopped or refused (dừng, từ chối).
    pub stopped_at: Option<Moment>,
    /// When it was withdrawn (rút hồ sơ).
    pub withdrawn_at: Option<Moment>,
    /// The requests for a supplement, in order.
    pub supplements: Vec<Supplement>,
    /// The longest time allowed, in working minutes, where there is no appointment.
    pub longest_minutes: Option<u32>,
}

/// What the end of the dossier was taken to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndKind {
    /// Completed.
    Completed,
    /// Returned.
    Returned,
    /// Stopped or refused.
    Stopped,
    /// Withdrawn.
    Withdrawn,
    /// The request for the first supplement, which is not answered yet.
    SupplementRequested,
    /// The end of the period.
    PeriodEnd,
}

/// Whether a dossier was on time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It was.
    OnTime {
        /// What ended it.
        end: EndKind,
    },
    /// It was not.
    Late {
        /// What ended it.
        end: EndKind,
        /// Why.
        because: LateBecause,
    },
    /// It does not count: it was never received, or there is nothing to compare with.
    NotCounted,
}

/// Why a dossier counts as late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LateBecause {
    /// It ended after its appointment.
    AfterAppointment,
    /// A supplement was asked for more than once.
    SecondSupplement,
    /// It took longer than allowed.
    LongerThanAllowed,
}

impl Verdict {
    /// Whether it counts in the denominator.
    pub fn is_counted(self) -> bool {
        self != Self::NotCounted
    }

    /// Whether it counts in the numerator.
    pub fn is_on_time(self) -> bool {
        matches!(self, Self::OnTime { .. })
    }
}

/// Judges a dossier in a period that ends at a moment.
pub fn judge(calendar: &WorkingCalendar, record: &Record, period_end: Moment) -> Verdict {
    let Some(received_at) = record.received_at.filter(|at| *at <= period_end) else {
        return Verdict::NotCounted;
    };
    let (end_at, end) = end_of(record, period_end);
    let asked = record.supplements.iter().filter(|s| s.requested_at <= period_end).count();
    if asked > 1 {
        return Verdict::Late { end, because: LateBecause::SecondSupplement };
    }
    let late = match (record.appointment, record.longest_minutes) {
        (Some(appointment), _) => {
            let waited = waited_minutes(calendar, record, end_at, true);
            // Nothing to subtract: adding no minutes would move a close of work to the next morning.
            let allowed =
                if waited == 0 { appointment } else { calendar.add_working_minutes(appointment, waited) };
            (end_at > allowed).then_some(LateBecause::AfterAppointment)
        }
        (None, Some(longest)) => {
            let waited = waited_minutes(calendar, record, end_at, false);
            let took = calendar.working_minutes_between(received_at, end_at) - i64::from(waited);
            (took > i64::from(longest)).then_some(LateBecause::LongerThanAllowed)
        }
        (None, None) => return Verdict::NotCounted,
    };
    late.map_or(Verdict::OnTime { end }, |because| Verdict::Late { end, because })
}

/// When the dossier ended, by the order of the decision: completed, returned, stopped, withdrawn; else the
/// open request for a supplement; else the end of the period. What happened after the period does not count.
fn end_of(record: &Record, period_end: Moment) -> (Moment, EndKind) {
    let ends = [
        (record.completed_at, EndKind::Completed),
        (record.returned_at, EndKind::Returned),
        (record.stopped_at, EndKind::Stopped),
        (record.withdrawn_at, EndKind::Withdrawn),
    ];
    let known = ends.into_iter().find_map(|(at, kind)| Some((at.filter(|at| *at <= period_end)?, kind)));
    let waiting = || {
        let last = record.supplements.iter().rfind(|s| s.requested_at <= period_end)?;
        let open = last.answered_at.is_none_or(|answered| answered > period_end);
        open.then_some((last.requested_at, EndKind::SupplementRequested))
    };
    known.or_else(waiting).unwrap_or((period_end, EndKind::PeriodEnd))
}

/// The working minutes the dossier waited for the person before `end_at`; with `unmoved_only`, only where the
/// appointment was not moved for it.
fn waited_minutes(calendar: &WorkingCalendar, record: &Record, end_at: Moment, unmoved_only: bool) -> u32 {
    let counted = record.supplements.iter().filter(|s| !(unmoved_only && s.reappointed));
    let waits = counted.map(|s| {
        let until = s.answered_at.unwrap_or(end_at).min(end_at);
        calendar.working_minutes_between(s.requested_at, until).max(0)
    });
    u32::try_from(waits.sum::<i64>()).unwrap_or(u32::MAX)
}
