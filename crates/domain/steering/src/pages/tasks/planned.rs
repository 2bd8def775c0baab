//! Tasks laid out in time: the days of a month, and bars along a line.

use super::filter::{self, Query};
use super::list::WorkLine;
use crate::model::figure::Month;
use crate::ops::list_work::WorkFilter;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

/// The most months on a line of time.
const MOST_MONTHS: usize = 24;

/// A month with its tasks.
#[derive(Debug, Serialize)]
pub(super) struct MonthView {
    /// Its first day, for its name.
    first: NaiveDate,
    previous: String,
    next: String,
    /// Days before its first in the week, which begins on Monday.
    blank: Vec<u32>,
    days: Vec<DayView>,
}

/// A day of the month.
#[derive(Debug, Serialize)]
struct DayView {
    day: NaiveDate,
    number: u32,
    today: bool,
    lines: Vec<WorkLine>,
}

/// The month that an address names, or the present one.
pub(super) fn month_of(query: &Query, today: NaiveDate) -> Month {
    query.get("month").and_then(|text| text.parse().ok()).unwrap_or_else(|| Month::of(today))
}

/// A filter narrowed to the deadlines of a month.
pub(super) fn within(filter: &WorkFilter, month: Month) -> WorkFilter {
    WorkFilter { due_from: Some(month.first_day()), due_to: Some(month.last_day()), ..filter.clone() }
}

impl MonthView {
    /// A month with tasks of it.
    pub(super) fn of(month: Month, lines: Vec<WorkLine>, query: &Query, today: NaiveDate) -> Self {
        let (first, last) = (month.first_day(), month.last_day());
        let next = Month::of(last.checked_add_days(Days::new(1)).unwrap_or(last));
        let at = |month: Month| filter::address(query, &[("month", &month.to_string())]);
        let of_day = |day: NaiveDate| lines.iter().filter(|line| line.due == Some(day)).cloned().collect();
        Self {
            first,
            previous: at(month.before()),
            next: at(next),
            blank: (0..first.weekday().num_days_from_monday()).collect(),
            days: first
                .iter_days()
                .take_while(|day| *day <= last)
                .map(|day| DayView { day, number: day.day(), today: day == today, lines: of_day(day) })
                .collect(),
        }
    }
}

/// Bars along a line of time. Lengths are in days from its first.
#[derive(Debug, Serialize)]
pub(super) struct TimelineView {
    months: Vec<TimelineMonth>,
    days: i64,
    today: i64,
    bars: Vec<Bar>,
    /// Tasks whose deadline lies beyond the line, which the bars reach to its end.
    beyond: usize,
}

/// A month on the line.
#[derive(Debug, Serialize)]
struct TimelineMonth {
    first: NaiveDate,
    at: i64,
    label: String,
}

/// A task on the line: from today to its deadline, or from its deadline to today if that has passed.
#[derive(Debug, Serialize)]
struct Bar {
    line: WorkLine,
    from: i64,
    length: i64,
    due: i64,
}

/// The first day of a line of time: that of the year, so that what is late is seen.
pub(super) fn begin_of_time(today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today)
}

impl TimelineView {
    /// A line with those tasks that have a deadline.
    pub(super) fn of(lines: Vec<WorkLine>, today: NaiveDate) -> Self {
        let dated: Vec<(WorkLine, NaiveDate)> =
            lines.into_iter().filter_map(|line| Some((line.clone(), line.due?))).collect();
        let earliest = dated.iter().map(|(_, due)| *due).min().unwrap_or(today).min(today);
        let latest = dated.iter().map(|(_, due)| *due).max().unwrap_or(today).max(today);
        let begin = Month::of(earliest).first_day();
        let mut months = Vec::new();
        let mut first = begin;
        while first <= latest && months.len() < MOST_MONTHS {
            let label = format!("{}/{}", first.month(), first.year() % 100);
            months.push(TimelineMonth { first, at: (first - begin).num_days(), label });
            let Some(next) = first.checked_add_months(Months::new(1)) else { break };
            first = next;
        }
        let days = (first - begin).num_days().max(1);
        let at = |day: NaiveDate| (day - begin).num_days().clamp(0, days);
        let beyond = dated.iter().filter(|(_, due)| (*due - begin).num_days() > days).count();
        let bars = dated
            .into_iter()
            .map(|(line, due)| {
                let closed = matches!(line.state, "done" | "cancelled");
                let (from, to) = if closed { (due, due) } else { (due.min(today), due.max(today)) };
                Bar { line, from: at(from), length: (at(to) - at(from)).max(2), due: at(due) }
            })
            .collect();
        Self { months, days, today: at(today), bars, beyond }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_begins_on_its_weekday_and_holds_its_tasks() {
        let line = super::super::list::samples().remove(0);
        let view = MonthView::of("2026-06".parse().unwrap(), vec![line], &Query::new(), day("2026-06-15"));
        assert_eq!((view.blank.len(), view.days.len()), (0, 30), "1 June 2026 is a Monday");
        assert_eq!(view.days[29].lines.len(), 1);
        assert!(view.days[14].today);
        assert!(view.next.ends_with("month=2026-07"), "{}", view.next);
    }

    #[test]
    fn bars_reach_from_today_to_the_deadline() {
        let line = super::super::list::samples().remove(0);
        let ahead = TimelineView::of(vec![line.clone()], day("2026-06-15"));
        assert_eq!((ahead.bars[0].from, ahead.bars[0].length, ahead.days), (14, 15, 30));
        let late = TimelineView::of(vec![line.clone()], day("2026-07-10"));
        assert_eq!((late.bars[0].from, late.bars[0].length, late.today), (29, 10, 39));
        let far = WorkLine { due: Some(day("2030-12-31")), ..line };
        let view = TimelineView::of(vec![far], day("2026-06-15"));
        assert_eq!((view.months.len(), view.beyond), (24, 1));
    }
}
