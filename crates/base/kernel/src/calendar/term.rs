use super::WorkingCalendar;
use crate::time::{Moment, from_local, local, local_date};
use chrono::{Days, Duration, Months, NaiveDate};

impl WorkingCalendar {
    /// The start of the first session that begins at or after a moment.
    pub fn next_working_session_start(&self, moment: Moment) -> Moment {
        self.sessions_from(moment).find(|(start, _)| *start >= moment).map_or(moment, |(start, _)| start)
    }

    /// From when something that arrives at a moment counts: at once within a session, else from the start of
    /// the next one.
    pub fn counting_start(&self, moment: Moment) -> Moment {
        self.sessions_from(moment)
            .find(|(_, end)| *end > moment)
            .map_or(moment, |(start, _)| start.max(moment))
    }

    /// The moment at which so many working minutes have passed since `from`.
    ///
    /// A term that ends exactly with a session ends then, not with the start of the next session. No minutes
    /// at all give [`Self::counting_start`].
    pub fn add_working_minutes(&self, from: Moment, minutes: u32) -> Moment {
        let mut left = Duration::minutes(i64::from(minutes));
        if left.is_zero() {
            return self.counting_start(from);
        }
        for (start, end) in self.sessions_from(from) {
            let start = start.max(from);
            let available = end - start;
            if available >= left {
                return start + left;
            }
            left -= available.max(Duration::zero());
        }
        from
    }

    /// Working minutes from one moment to another, whole ones; negative if `to` is earlier.
    pub fn working_minutes_between(&self, from: Moment, to: Moment) -> i64 {
        if to < from {
            return -self.working_minutes_between(to, from);
        }
        self.sessions_from(from)
            .take_while(|(start, _)| *start < to)
            .map(|(start, end)| (end.min(to) - start.max(from)).max(Duration::zero()))
            .fold(Duration::zero(), |sum, part| sum + part)
            .num_minutes()
    }

    /// The first working day on or after a day.
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        date.iter_days().find(|day| self.is_working_day(*day)).unwrap_or(date)
    }

    /// The last day of a term of working days; the first day is not counted (Civil Code 2015 Art. 147 para.
    /// 2). A term of no days ends on the first working day on or after its beginning.
    pub fn add_working_days(&self, from: NaiveDate, days: u32) -> NaiveDate {
        match usize::try_from(days).unwrap_or(usize::MAX).checked_sub(1) {
            None => self.working_day_from(from),
            Some(before_last) => {
                let mut working = from.iter_days().skip(1).filter(|day| self.is_working_day(*day));
                working.nth(before_last).unwrap_or(from)
            }
        }
    }

    /// The last day of a term of calendar days: the first day is not counted, and a last day that is off
    /// moves to the next working day (Civil Code 2015 Art. 147 para. 2, Art. 148 para. 5).
    pub fn add_calendar_days(&self, from: NaiveDate, days: u32) -> NaiveDate {
        self.working_day_from(from.checked_add_days(Days::new(days.into())).unwrap_or(from))
    }

    /// The last day of a term of months: the same day of the last month, or its last day where there is no
    /// such day (Civil Code 2015 Art. 148 para. 3); moved to the next working day if off.
    pub fn add_months(&self, from: NaiveDate, months: u32) -> NaiveDate {
        self.working_day_from(from.checked_add_months(Months::new(months)).unwrap_or(from))
    }

    /// The end of the last session of a day; `None` on a day off.
    pub fn end_of_work(&self, date: NaiveDate) -> Option<Moment> {
        self.sessions(date).last().map(|session| from_local(date.and_time(session.end)))
    }

    /// All sessions, from the first of the day of a moment on. Every week has sessions but those of holidays,
    /// so this ends only with the end of the calendar, some 260,000 years on.
    fn sessions_from(&self, moment: Moment) -> impl Iterator<Item = (Moment, Moment)> {
        local_date(moment).iter_days().flat_map(|date| {
            self.sessions(date).iter().map(move |session| {
                (from_local(date.and_time(session.start)), from_local(date.and_time(session.end)))
            })
        })
    }

    /// Whether a moment lies within a session, its start included and its end not.
    pub fn is_working_moment(&self, moment: Moment) -> bool {
        let time = local(moment).time();
        self.sessions(local_date(moment)).iter().any(|session| session.start <= time && time < session.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn national() -> WorkingCalendar {
        WorkingCalendar::national().unwrap()
    }

    fn at(text: &str) -> Moment {
        from_local(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_minutes_jump_over_noon_night_weekend_and_holidays() {
        let calendar = national();
        for (from, hours, due) in [
            ("2026-06-15 09:00", 2, "2026-06-15 11:00"),
            ("2026-06-15 09:00", 4, "2026-06-15 14:30"),
            ("2026-06-15 07:30", 4, "2026-06-15 11:30"),
            ("2026-06-15 07:30", 8, "2026-06-15 17:00"),
            ("2026-06-15 11:45", 1, "2026-06-15 14:00"),
            ("2026-06-15 20:00", 8, "2026-06-16 17:00"),
            ("2026-06-19 16:00", 2, "2026-06-22 08:30"),
            // Friday 21 August; Saturday the 22nd makes up for Monday the 31st.
            ("2026-08-21 16:00", 2, "2026-08-22 08:30"),
            ("2026-08-28 16:00", 8, "2026-09-03 16:00"),
            ("2026-11-23 16:30", 1, "2026-11-25 08:00"),
        ] {
            assert_eq!(calendar.add_working_minutes(at(from), hours * 60), at(due), "{from} + {hours} h");
        }
    }

    #[test]
    fn what_comes_after_hours_counts_from_the_next_session() {
        let calendar = national();
        for (moment, counts_from, next_session) in [
            ("2026-06-15 09:00", "2026-06-15 09:00", "2026-06-15 13:00"),
            ("2026-06-15 07:30", "2026-06-15 07:30", "2026-06-15 07:30"),
            ("2026-06-15 11:30", "2026-06-15 13:00", "2026-06-15 13:00"),
            ("2026-06-15 17:00", "2026-06-16 07:30", "2026-06-16 07:30"),
            ("2026-06-20 10:00", "2026-06-22 07:30", "2026-06-22 07:30"),
        ] {
            assert_eq!(calendar.counting_start(at(moment)), at(counts_from), "{moment}");
            assert_eq!(calendar.next_working_session_start(at(moment)), at(next_session), "{moment}");
            assert_eq!(calendar.add_working_minutes(at(moment), 0), at(counts_from), "{moment}");
        }
        assert!(
            calendar.is_working_moment(at("2026-06-15 11:29"))
                && !calendar.is_working_moment(at("2026-06-15 11:30"))
        );
        assert_eq!(calendar.end_of_work(date("2026-06-15")), Some(at("2026-06-15 17:00")));
        assert_eq!(calendar.end_of_work(date("2026-06-14")), None);
    }

    #[test]
    fn terms_of_days_follow_the_civil_code() {
        let calendar = national();
        assert_eq!(calendar.add_working_days(date("2026-06-15"), 3), date("2026-06-18"));
        assert_eq!(calendar.add_working_days(date("2026-06-19"), 1), date("2026-06-22"));
        assert_eq!(calendar.add_working_days(date("2026-06-20"), 0), date("2026-06-22"));
        assert_eq!(calendar.add_working_days(date("2026-02-13"), 1), date("2026-02-23"));
        // Ten days after 10 June is Saturday 20 June.
        assert_eq!(calendar.add_calendar_days(date("2026-06-10"), 10), date("2026-06-22"));
        assert_eq!(calendar.add_calendar_days(date("2026-06-10"), 9), date("2026-06-19"));
        assert_eq!(calendar.add_months(date("2026-08-31"), 1), date("2026-09-30"));
        assert_eq!(calendar.add_months(date("2027-01-31"), 1), date("2027-03-01"));
    }

    #[test]
    fn minutes_between_have_a_sign() {
        let calendar = national();
        assert_eq!(calendar.working_minutes_between(at("2026-06-15 11:00"), at("2026-06-15 13:30")), 60);
        assert_eq!(calendar.working_minutes_between(at("2026-06-15 13:30"), at("2026-06-15 11:00")), -60);
        assert_eq!(calendar.working_minutes_between(at("2026-06-20 08:00"), at("2026-06-21 17:00")), 0);
        assert_eq!(calendar.working_minutes_between(at("2026-06-15 07:30"), at("2026-06-22 07:30")), 5 * 480);
    }

    /// Calendars of every kind: usual hours, one session only, single weekdays off or on, an exception.
    fn calendars() -> impl Strategy<Value = WorkingCalendar> {
        let sessions = prop_oneof![
            Just(r#"[["07:30", "11:30"], ["13:00", "17:00"]]"#),
            Just(r#"[["13:00", "17:00"]]"#),
            Just(r#"[["07:30", "11:30"]]"#),
            Just(r#"[["07:00", "07:01"], ["09:10", "11:00"], ["22:00", "23:59"]]"#),
        ];
        let by_day = prop_oneof![
            Just("{}"),
            Just(r#"{ sat = [["07:30", "11:30"]] }"#),
            Just(r#"{ mon = [], tue = [], wed = [], fri = [] }"#),
        ];
        (sessions.clone(), by_day, sessions).prop_map(|(first, by_day, second)| {
            let hours = format!(
                "[[period]]\nfrom = \"2020-01-01\"\nsessions = {first}\nby_day = {by_day}\nbasis = \"\"\n\
                 [[period]]\nfrom = \"2026-07-01\"\nsessions = {second}\nbasis = \"\"\n\
                 [[exception]]\ndate = \"2026-06-17\"\nsessions = [[\"09:00\", \"10:00\"]]\nbasis = \"\"\n"
            );
            WorkingCalendar::parse(super::super::DAYS_OFF, &hours).unwrap()
        })
    }

    /// Minutes of 2026, from 1 January.
    fn moments() -> impl Strategy<Value = Moment> {
        (0_i64..365 * 24 * 60).prop_map(|minute| at("2026-01-01 00:00") + Duration::minutes(minute))
    }

    proptest! {
        #[test]
        fn adding_and_measuring_agree(calendar in calendars(), from in moments(), minutes in 0_u32..20_000) {
            let due = calendar.add_working_minutes(from, minutes);
            prop_assert!(due >= from);
            prop_assert_eq!(calendar.working_minutes_between(from, due), i64::from(minutes));
        }

        #[test]
        fn steps_one_after_the_other_are_one_long_step(
            calendar in calendars(), from in moments(), first in 0_u32..3_000, second in 0_u32..3_000,
        ) {
            let stepwise = calendar.add_working_minutes(calendar.add_working_minutes(from, first), second);
            let at_once = calendar.add_working_minutes(from, first + second);
            // They differ only where nothing is added at the end of a session: then the first is the next
            // start.
            prop_assert_eq!(calendar.counting_start(stepwise), calendar.counting_start(at_once));
        }

        #[test]
        fn an_independent_count_agrees(calendar in calendars(), from in moments(), span in 0_i64..5_000) {
            let to = from + Duration::minutes(span);
            let is_worked = |minute: &i64| calendar.is_working_moment(from + Duration::minutes(*minute));
            let counted = (0..span).filter(is_worked).count();
            prop_assert_eq!(calendar.working_minutes_between(from, to), i64::try_from(counted).unwrap());
        }

        #[test]
        fn later_arrival_is_never_due_earlier(
            calendar in calendars(), one in moments(), other in moments(), minutes in 0_u32..5_000,
        ) {
            let (early, late) = (one.min(other), one.max(other));
            prop_assert!(
                calendar.add_working_minutes(early, minutes) <= calendar.add_working_minutes(late, minutes)
            );
        }

        #[test]
        fn terms_of_days_end_on_working_days(calendar in calendars(), from in moments(), days in 0_u32..400) {
            let from = local_date(from);
            for due in [
                calendar.add_working_days(from, days),
                calendar.add_calendar_days(from, days),
                calendar.add_months(from, days % 24),
            ] {
                prop_assert!(calendar.is_working_day(due) && due >= from);
            }
            let due = calendar.add_working_days(from, days);
            let until_due = from.iter_days().skip(1).take_while(|day| *day <= due);
            let worked = until_due.filter(|day| calendar.is_working_day(*day));
            if days > 0 {
                prop_assert_eq!(worked.count(), days as usize);
            }
        }
    }
}
