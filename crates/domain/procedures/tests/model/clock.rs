//! When things are due, by the law.

use crate::CATALOGUE;
use crate::calendar::{TestCalendar, at, clock, clock_by};
use chrono::{Duration, NaiveDate, Timelike};
use d06_kernel::time::{Moment, local};
use d06_procedures::model::clock::risk::{self, RiskLevel};
use d06_procedures::model::clock::{
    ClockProblem, DeadlineClock, DeadlineRules, DossierClock, DueCause, RulesError,
};
use d06_procedures::model::definition::TermRule::{self, CalendarDays, SameDay, WorkingDays, WorkingHours};
use d06_procedures::model::definition::Workflow;
use d06_procedures::model::dossier::Channel;
use proptest::prelude::*;

#[test]
fn due_times_are_as_the_law_says() {
    let clock = clock();
    // term, received, due, why
    let table: &[(TermRule, &str, &str, &str)] = &[
        (
            WorkingDays(3),
            "2026-06-15 09:00",
            "2026-06-18 17:00",
            "Civil Code Art. 147: the first day is not counted",
        ),
        (WorkingDays(3), "2026-06-18 09:00", "2026-06-23 17:00", "a weekend lies between"),
        (WorkingDays(3), "2026-06-15 19:30", "2026-06-18 17:00", "after hours: from the next session"),
        (WorkingDays(3), "2026-06-14 10:00", "2026-06-17 17:00", "filed on a Sunday"),
        (WorkingDays(1), "2026-02-13 16:00", "2026-02-23 17:00", "Tết 2026 lasts from 14 to 22 February"),
        (
            WorkingDays(2),
            "2026-08-21 09:00",
            "2026-08-24 17:00",
            "Saturday 22 August 2026 makes up for 31 August",
        ),
        (WorkingDays(1), "2026-08-28 09:00", "2026-09-03 17:00", "31/8 swapped off, 1 and 2/9 holidays"),
        (WorkingDays(1), "2026-01-01 09:00", "2026-01-05 17:00", "2 January 2026 was swapped off"),
        (WorkingDays(5), "2026-01-05 09:00", "2026-01-10 17:00", "and made up on Saturday 10 January"),
        (WorkingDays(1), "2026-11-23 09:00", "2026-11-25 17:00", "24 November: Vietnamese Culture Day"),
        (CalendarDays(3), "2026-06-15 09:00", "2026-06-18 17:00", "calendar days"),
        (CalendarDays(5), "2026-06-15 09:00", "2026-06-22 17:00", "Art. 148: a last day off moves on"),
        (CalendarDays(10), "2026-02-09 09:00", "2026-02-23 17:00", "the last day falls into Tết"),
        (WorkingHours(8), "2026-06-15 09:00", "2026-06-16 09:00", "working hours run in sessions"),
        (WorkingHours(4), "2026-06-15 08:00", "2026-06-15 12:00", "and end with the session"),
        (WorkingHours(4), "2026-06-15 17:00", "2026-06-16 12:00", "filed at the close"),
        (WorkingHours(12), "2026-06-19 22:15", "2026-06-23 12:00", "filed on a Friday night"),
        (SameDay, "2026-06-15 14:59", "2026-06-15 17:00", "before the cut-off"),
        (SameDay, "2026-06-15 15:00", "2026-06-15 17:00", "\"sau 15 giờ\": at 15:00 it is not yet after"),
        (SameDay, "2026-06-15 15:01", "2026-06-16 17:00", "after the cut-off"),
        (SameDay, "2026-06-19 15:30", "2026-06-22 17:00", "after the cut-off on a Friday"),
        (SameDay, "2026-06-15 12:30", "2026-06-15 17:00", "in the lunch break"),
        (SameDay, "2026-06-15 20:00", "2026-06-16 17:00", "filed online in the evening"),
        (SameDay, "2026-06-13 16:00", "2026-06-15 17:00", "filed online on a Saturday afternoon"),
    ];
    for (term, received, due, why) in table {
        assert_eq!(clock.due(*term, at(received)), at(due), "{term:?} from {received}: {why}");
    }
}

#[test]
fn paper_may_be_asked_for_when_resolution_66_7_says() {
    let clock = clock();
    let table = [
        (Channel::Online, "2026-06-15 09:00", "2026-06-16 09:00", "8 working hours"),
        (Channel::Online, "2026-06-19 20:00", "2026-06-22 17:00", "from the next session"),
        (Channel::Counter, "2026-06-15 09:00", "2026-06-16 17:00", "1 working day"),
        (Channel::Post, "2026-06-19 09:00", "2026-06-22 17:00", "1 working day"),
        (Channel::Online, "2025-12-31 09:00", "2025-12-31 09:00", "before the resolution"),
        (Channel::Online, "2027-03-01 09:00", "2027-03-01 09:00", "after the resolution"),
    ];
    for (channel, received, hour, why) in table {
        assert_eq!(clock.earliest_paper_request(channel, at(received)), at(hour), "{received}: {why}");
    }
}

#[test]
fn every_parameter_has_its_clause() {
    let rules = DeadlineRules::shipped().unwrap();
    let on: NaiveDate = "2026-06-15".parse().unwrap();
    for key in ["same-day-cut-off", "supplements-allowed", "paper-online-minutes", "apology-days-before"] {
        assert!(rules.basis(key, on).is_some_and(|b| !b.is_empty()), "{key}");
    }
    assert_eq!(rules.basis("paper-online-minutes", "2027-03-01".parse().unwrap()), None);
    assert!(matches!(DeadlineRules::read("parameter = []"), Err(RulesError::Missing(_))));
    assert!(matches!(DeadlineRules::read("x = 1"), Err(RulesError::Unreadable(_))));
}

#[test]
fn a_later_line_goes_before_an_earlier_one() {
    let shipped = include_str!("../../../../../data/deadlines/rules.toml");
    let amended = format!(
        "{shipped}\n[[parameter]]\nkey = \"same-day-cut-off\"\ntime = \"16:00:00\"\nfrom = \"2026-07-01\"\n\
         basis = \"a decree to come\"\n"
    );
    let calendar = d06_kernel::calendar::WorkingCalendar::national().unwrap();
    let clock = DeadlineClock::new(calendar, DeadlineRules::read(&amended).unwrap());
    assert_eq!(clock.due(SameDay, at("2026-06-30 15:30")), at("2026-07-01 17:00"));
    assert_eq!(clock.due(SameDay, at("2026-07-01 15:30")), at("2026-07-01 17:00"));
}

fn workflow(code: &str) -> Workflow {
    let day = "2026-06-15".parse().unwrap();
    CATALOGUE.definition(code.parse().unwrap(), day).unwrap().workflow.clone()
}

#[test]
fn each_step_is_due_when_the_one_before_it_is_and_its_time_has_passed() {
    let clock = clock();
    let received = at("2026-06-15 09:00");
    let due = clock.due(WorkingDays(3), received);
    let dues = clock.step_dues(&workflow("1.004873"), received, due);
    let found: Vec<Option<Moment>> = dues.iter().map(|d| d.due).collect();
    let expected =
        [Some(at("2026-06-15 14:00")), Some(at("2026-06-17 09:00")), Some(at("2026-06-18 09:00")), None];
    assert_eq!(found, expected);
    assert!(found.iter().flatten().all(|d| *d <= due));
    assert_eq!(dues[1].begins, at("2026-06-15 14:00"));
}

#[test]
fn no_step_is_due_after_the_dossier() {
    let clock = clock();
    let received = at("2026-06-15 14:00");
    let due = clock.due(SameDay, received);
    let dues = clock.step_dues(&workflow("1.000894"), received, due);
    assert!(dues.iter().filter_map(|d| d.due).all(|d| d <= due));
}

#[test]
fn the_clock_stands_while_a_supplement_is_awaited_and_goes_on_with_what_was_left() {
    let rules = clock();
    let mut clock = DossierClock::start(&rules, WorkingDays(3), at("2026-06-15 09:00"));
    assert_eq!(clock.due(), Some(at("2026-06-18 17:00")));
    clock.pause(&rules, at("2026-06-16 09:00")).unwrap();
    assert_eq!(clock.due(), None);
    clock.resume(&rules, at("2026-06-23 09:00")).unwrap();
    // From 16 June 9:00 to 18 June 17:00 there were 2 days and 7 hours.
    assert_eq!(clock.due(), Some(at("2026-06-25 17:00")));
    let causes: Vec<DueCause> = clock.history().iter().map(|h| h.cause).collect();
    assert_eq!(causes, [DueCause::Received, DueCause::Supplemented]);
}

#[test]
fn hours_left_are_hours_left_and_calendar_days_move_by_days() {
    let rules = clock();
    let mut hours = DossierClock::start(&rules, WorkingHours(8), at("2026-06-15 09:00"));
    hours.pause(&rules, at("2026-06-15 11:00")).unwrap();
    hours.resume(&rules, at("2026-06-17 20:00")).unwrap();
    assert_eq!(hours.due(), Some(at("2026-06-18 15:00")), "6 of 8 hours were left");
    let mut days = DossierClock::start(&rules, CalendarDays(10), at("2026-06-15 09:00"));
    assert_eq!(days.due(), Some(at("2026-06-25 17:00")));
    days.pause(&rules, at("2026-06-16 09:00")).unwrap();
    days.resume(&rules, at("2026-06-19 09:00")).unwrap();
    assert_eq!(days.due(), Some(at("2026-06-29 17:00")), "3 days later is a Sunday");
}

#[test]
fn a_second_request_for_a_supplement_is_refused() {
    let rules = clock();
    let mut clock = DossierClock::start(&rules, WorkingDays(3), at("2026-06-15 09:00"));
    assert_eq!(clock.resume(&rules, at("2026-06-15 10:00")), Err(ClockProblem::NotStanding));
    clock.pause(&rules, at("2026-06-16 09:00")).unwrap();
    assert_eq!(clock.pause(&rules, at("2026-06-16 10:00")), Err(ClockProblem::Standing));
    assert_eq!(clock.resume(&rules, at("2026-06-16 08:00")), Err(ClockProblem::TooEarly));
    clock.resume(&rules, at("2026-06-17 09:00")).unwrap();
    assert_eq!(clock.pause(&rules, at("2026-06-17 10:00")), Err(ClockProblem::SecondSupplement));
}

#[test]
fn an_appointment_is_moved_once_and_marked_if_that_was_late() {
    let rules = clock();
    let start = || DossierClock::start(&rules, WorkingDays(3), at("2026-06-15 09:00"));
    assert_eq!(rules.apology_due(at("2026-06-18 17:00")), at("2026-06-17 17:00"));
    assert_eq!(rules.apology_due(at("2026-06-22 17:00")), at("2026-06-19 17:00"), "a weekend lies between");

    let mut clock = start();
    let later = at("2026-06-22 17:00");
    clock.reappoint(&rules, at("2026-06-17 16:00"), later, "chờ xác minh nơi cư trú cũ").unwrap();
    assert_eq!(clock.due(), Some(later));
    assert!(!clock.reappointment().unwrap().late);
    let again = clock.reappoint(&rules, at("2026-06-18 09:00"), at("2026-06-30 17:00"), "chờ tiếp");
    assert_eq!(again, Err(ClockProblem::SecondReappointment));

    let mut clock = start();
    clock.reappoint(&rules, at("2026-06-18 10:00"), later, "chờ xác minh").unwrap();
    assert!(clock.reappointment().unwrap().late);

    let earlier = start().reappoint(&rules, at("2026-06-16 10:00"), at("2026-06-17 17:00"), "sớm hơn");
    assert_eq!(earlier, Err(ClockProblem::NotLater));
}

#[test]
fn a_late_swap_of_days_moves_due_times_and_keeps_the_old_ones() {
    let mut before = TestCalendar::published();
    before.off.remove(&"2026-01-02".parse().unwrap());
    before.made_up.remove(&"2026-01-10".parse().unwrap());
    let received = at("2025-12-30 09:00");
    let mut clock = DossierClock::start(&clock_by(before), WorkingDays(2), received);
    assert_eq!(clock.due(), Some(at("2026-01-02 17:00")));
    // Document 12729/VPCP-KGVX swapped 2 January off a week before.
    let announced = at("2025-12-31 10:00");
    let rules = crate::calendar::clock();
    assert!(clock.recompute(&rules, announced));
    assert_eq!(clock.due(), Some(at("2026-01-05 17:00")));
    assert!(!clock.recompute(&rules, announced), "nothing more to change");
    let history: Vec<(Moment, DueCause)> = clock.history().iter().map(|h| (h.due, h.cause)).collect();
    assert_eq!(
        history,
        [(at("2026-01-02 17:00"), DueCause::Received), (at("2026-01-05 17:00"), DueCause::CalendarChanged)]
    );
}

#[test]
fn recomputing_keeps_pauses_and_the_moved_appointment() {
    let rules = clock();
    let mut clock = DossierClock::start(&rules, WorkingDays(3), at("2026-06-15 09:00"));
    clock.reappoint(&rules, at("2026-06-16 09:00"), at("2026-06-24 17:00"), "chờ xác minh").unwrap();
    clock.pause(&rules, at("2026-06-17 09:00")).unwrap();
    clock.resume(&rules, at("2026-06-18 09:00")).unwrap();
    assert_eq!(clock.due(), Some(at("2026-06-25 17:00")), "the pause came after the new appointment");
    let due = clock.due();
    assert!(!clock.recompute(&rules, at("2026-06-18 10:00")));
    assert_eq!(clock.due(), due);
    let json = serde_json::to_string(&clock).unwrap();
    assert_eq!(serde_json::from_str::<DossierClock>(&json).unwrap(), clock);
}

#[test]
fn the_riskiest_comes_first() {
    let rules = clock();
    let steps = workflow("1.004873");
    let now = at("2026-06-16 09:00");
    let risk = |step: &str, due: Option<&str>| risk::of(&rules, &steps, step, due.map(at), now);
    assert_eq!(risk("examine", Some("2026-06-15 17:00")).level, RiskLevel::Overdue);
    assert_eq!(risk("examine", Some("2026-06-17 17:00")).level, RiskLevel::Breaching);
    assert_eq!(risk("examine", Some("2026-06-18 14:00")).level, RiskLevel::Tight);
    assert_eq!(risk("examine", Some("2026-06-30 17:00")).level, RiskLevel::Safe);
    assert_eq!(risk("decide", Some("2026-06-17 17:00")).level, RiskLevel::Safe, "less is left to do");
    assert_eq!(risk("examine", None).level, RiskLevel::Standing);
    let mut queue = [
        risk("examine", None),
        risk("examine", Some("2026-06-30 17:00")),
        risk("examine", Some("2026-06-15 17:00")),
        risk("examine", Some("2026-06-17 17:00")),
    ];
    queue.sort();
    let levels: Vec<RiskLevel> = queue.iter().map(|r| r.level).collect();
    assert_eq!(levels, [RiskLevel::Overdue, RiskLevel::Breaching, RiskLevel::Safe, RiskLevel::Standing]);
}

/// The same questions answered minute by minute.
mod reference {
    use super::*;

    fn works_at(calendar: &TestCalendar, moment: Moment) -> bool {
        let civil = local(moment);
        calendar.works(civil.date()) && matches!(civil.hour(), 8..=11 | 13..=16)
    }

    /// Counts working minutes one at a time.
    pub(super) fn add_minutes(calendar: &TestCalendar, from: Moment, minutes: u32) -> Moment {
        let mut at = from;
        let mut left = minutes;
        while left > 0 {
            left -= u32::from(works_at(calendar, at));
            at += Duration::minutes(1);
        }
        at
    }

    pub(super) fn minutes_between(calendar: &TestCalendar, from: Moment, to: Moment) -> i64 {
        let mut at = from;
        let mut count = 0;
        while at < to {
            count += i64::from(works_at(calendar, at));
            at += Duration::minutes(1);
        }
        count
    }

    /// The close of the `days`-th working day after the day of receipt.
    pub(super) fn working_days(calendar: &TestCalendar, received: Moment, days: u32) -> Moment {
        let mut day = local(received).date();
        let mut left = days;
        while left > 0 {
            day = day.succ_opt().unwrap();
            left -= u32::from(calendar.works(day));
        }
        d06_kernel::time::from_local(day.and_hms_opt(17, 0, 0).unwrap())
    }
}

/// Calendars with the published days off and some more thrown in.
fn calendars() -> impl Strategy<Value = TestCalendar> {
    proptest::collection::vec((0_i64..200, any::<bool>()), 0..12).prop_map(|changes| {
        let mut calendar = TestCalendar::published();
        let first: NaiveDate = "2026-01-01".parse().unwrap();
        for (days, works) in changes {
            let day = first + Duration::days(days);
            if works {
                calendar.made_up.insert(day)
            } else {
                calendar.off.insert(day)
            };
        }
        calendar
    })
}

/// Minutes of the first 200 days of 2026.
fn moments() -> impl Strategy<Value = Moment> {
    (0_i64..200 * 24 * 60).prop_map(|minutes| at("2026-01-01 00:00") + Duration::minutes(minutes))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counting_agrees_with_counting_minute_by_minute(
        calendar in calendars(), from in moments(), minutes in 1_u32..3_000,
    ) {
        let clock = clock_by(calendar.clone());
        let reached = clock.calendar().add_working_minutes(from, minutes);
        prop_assert_eq!(reached, reference::add_minutes(&calendar, from, minutes));
        prop_assert_eq!(
            clock.calendar().working_minutes_between(from, reached),
            reference::minutes_between(&calendar, from, reached)
        );
        prop_assert_eq!(clock.calendar().working_minutes_between(from, reached), i64::from(minutes));
    }

    #[test]
    fn counting_in_two_parts_is_counting_once(
        calendar in calendars(), from in moments(), one in 1_u32..2_000, two in 1_u32..2_000,
    ) {
        let clock = clock_by(calendar);
        let first = clock.calendar().add_working_minutes(from, one);
        let parts = clock.calendar().add_working_minutes(first, two);
        prop_assert_eq!(parts, clock.calendar().add_working_minutes(from, one + two));
    }

    #[test]
    fn working_days_agree_with_the_reference(calendar in calendars(), from in moments(), days in 1_u32..25) {
        let due = clock_by(calendar.clone()).due(WorkingDays(days), from);
        prop_assert_eq!(due, reference::working_days(&calendar, from, days));
    }

    #[test]
    fn what_is_filed_later_is_never_due_earlier(
        calendar in calendars(), from in moments(), wait in 0_i64..10_000, days in 1_u32..10,
    ) {
        let clock = clock_by(calendar);
        let later = from + Duration::minutes(wait);
        for term in [WorkingDays(days), CalendarDays(days), WorkingHours(days * 3), SameDay] {
            prop_assert!(clock.due(term, from) <= clock.due(term, later), "{:?}", term);
            prop_assert!(clock.due(term, from) >= from, "{:?}", term);
        }
    }

    #[test]
    fn a_pause_never_shortens_the_term(
        calendar in calendars(), from in moments(), work in 0_i64..2_000, wait in 0_i64..20_000,
    ) {
        let rules = clock_by(calendar);
        for term in [WorkingDays(3), CalendarDays(5), WorkingHours(16), SameDay] {
            let mut clock = DossierClock::start(&rules, term, from);
            let due = clock.appointment();
            let asked = from + Duration::minutes(work);
            clock.pause(&rules, asked).unwrap();
            clock.resume(&rules, asked + Duration::minutes(wait)).unwrap();
            if asked <= due {
                prop_assert!(clock.appointment() >= due, "{:?}", term);
            }
        }
    }
}
