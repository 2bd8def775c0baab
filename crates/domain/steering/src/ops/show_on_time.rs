//! Indicator 2.1 of Decision 766/QĐ-TTg: dossiers settled on time, 20 points, and what costs them.

use crate::deps::Deps;
use crate::model::indicator::{ON_TIME, Points};
use crate::model::plan::Plan;
use crate::model::reading::Reading;
use crate::ops::measure::{self, Measured, Records};
use crate::store::reading;
use chrono::{Datelike, NaiveDate};
use d06_authz::{Permit, act};
use d06_kernel::port::measure::MeasureScope;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};

/// Readings shown as the trend.
const TREND: u64 = 31;

/// The periods that the index is published for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Window {
    /// The present month.
    Month,
    /// The present quarter.
    Quarter,
    /// The present year.
    #[default]
    Year,
}

impl Window {
    /// Every window, shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Its first day.
    fn first_day(self, today: NaiveDate) -> NaiveDate {
        let month = match self {
            Self::Month => today.month(),
            Self::Quarter => (today.month() - 1) / 3 * 3 + 1,
            Self::Year => 1,
        };
        NaiveDate::from_ymd_opt(today.year(), month, 1).unwrap_or(today)
    }
}

/// The indicator and what explains it.
#[derive(Clone, Debug)]
pub struct OnTime {
    /// The value now.
    pub measured: Measured,
    /// Its points, if it is measured.
    pub points: Option<Points>,
    /// Readings of the year up to now, newest first.
    pub trend: Vec<Reading>,
    /// The dossiers behind it.
    pub records: Records,
}

/// The indicator in a window that ends today.
///
/// # Errors
/// "Not found" if the permit is for another plan; the database's or the source's problem.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: &Permit<act::ViewTarget>,
    plan: &Plan,
    window: Window,
    offset: u64,
) -> Result<OnTime, Problem> {
    if !permit.covers(plan.id) {
        return Err(Problem::not_found());
    }
    let mut trend = {
        let tx = deps.db.read().await?;
        reading::latest(&tx, ON_TIME, &plan.unit, TREND).await?
    };
    let today = local_date(cx.now());
    let scope = MeasureScope { unit: plan.unit.clone(), from: window.first_day(today), to: today };
    let measured = measure::value(cx, deps, Some(ON_TIME), scope).await;
    let (points, records) = match &measured {
        Measured::Value(value) => {
            value.renew(&mut trend);
            (Some(Points::on_time(value.ratio)), measure::records(cx, deps, value, offset).await?)
        }
        _ => (None, Records::default()),
    };
    Ok(OnTime { measured, points, trend, records })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_begin_with_their_month() {
        let day = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap();
        let begins = |window: Window| window.first_day(day).to_string();
        assert_eq!(begins(Window::Month), "2026-06-01");
        assert_eq!(begins(Window::Quarter), "2026-04-01");
        assert_eq!(begins(Window::Year), "2026-01-01");
    }
}
