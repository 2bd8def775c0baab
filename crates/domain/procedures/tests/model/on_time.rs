//! Indicator 2.1 of Decision 766/QĐ-TTg, case by case.

use crate::calendar::{at, clock};
use d06_procedures::model::clock::on_time::{EndKind, LateBecause, Record, Supplement, Verdict, judge};

const PERIOD_END: &str = "2026-06-30 23:59";

fn record() -> Record {
    Record {
        received_at: Some(at("2026-06-15 09:00")),
        appointment: Some(at("2026-06-18 17:00")),
        completed_at: None,
        returned_at: None,
        stopped_at: None,
        withdrawn_at: None,
        supplements: Vec::new(),
        longest_minutes: None,
    }
}

fn verdict(record: &Record) -> Verdict {
    judge(clock().calendar(), record, at(PERIOD_END))
}

fn supplement(requested: &str, answered: Option<&str>, reappointed: bool) -> Supplement {
    Supplement { requested_at: at(requested), answered_at: answered.map(at), reappointed }
}

const ON_TIME: fn(EndKind) -> Verdict = |end| Verdict::OnTime { end };
const LATE: fn(EndKind) -> Verdict = |end| Verdict::Late { end, because: LateBecause::AfterAppointment };

#[test]
fn the_end_is_no_later_than_the_appointment() {
    let completed = |time| Record { completed_at: Some(at(time)), ..record() };
    assert_eq!(verdict(&completed("2026-06-18 17:00")), ON_TIME(EndKind::Completed), "at the minute");
    assert_eq!(verdict(&completed("2026-06-18 17:01")), LATE(EndKind::Completed));
}

#[test]
fn completed_goes_before_returned_before_stopped_before_withdrawn() {
    let (early, late) = (Some(at("2026-06-17 10:00")), Some(at("2026-06-20 10:00")));
    let table = [
        (Record { completed_at: early, returned_at: late, ..record() }, ON_TIME(EndKind::Completed)),
        (Record { completed_at: late, returned_at: early, ..record() }, LATE(EndKind::Completed)),
        (Record { returned_at: early, stopped_at: late, ..record() }, ON_TIME(EndKind::Returned)),
        (Record { stopped_at: early, withdrawn_at: late, ..record() }, ON_TIME(EndKind::Stopped)),
        (Record { withdrawn_at: early, ..record() }, ON_TIME(EndKind::Withdrawn)),
        (Record { withdrawn_at: late, ..record() }, LATE(EndKind::Withdrawn)),
    ];
    for (record, expected) in table {
        assert_eq!(verdict(&record), expected);
    }
}

#[test]
fn what_was_never_received_does_not_count() {
    let refused = Record { received_at: None, stopped_at: Some(at("2026-06-16 09:00")), ..record() };
    assert_eq!(verdict(&refused), Verdict::NotCounted);
    let later = Record { received_at: Some(at("2026-07-01 09:00")), ..record() };
    assert_eq!(verdict(&later), Verdict::NotCounted, "received after the period");
}

#[test]
fn waiting_for_the_first_supplement_ends_with_the_request() {
    let waiting = |requested| Record { supplements: vec![supplement(requested, None, false)], ..record() };
    assert_eq!(verdict(&waiting("2026-06-16 09:00")), ON_TIME(EndKind::SupplementRequested));
    assert_eq!(verdict(&waiting("2026-06-19 09:00")), LATE(EndKind::SupplementRequested), "asked too late");
}

#[test]
fn more_than_one_request_is_late() {
    let twice = Record {
        completed_at: Some(at("2026-06-18 10:00")),
        supplements: vec![
            supplement("2026-06-15 10:00", Some("2026-06-15 11:00"), false),
            supplement("2026-06-16 10:00", Some("2026-06-16 11:00"), false),
        ],
        ..record()
    };
    let expected = Verdict::Late { end: EndKind::Completed, because: LateBecause::SecondSupplement };
    assert_eq!(verdict(&twice), expected);
}

#[test]
fn the_persons_time_is_subtracted_once() {
    let completed = |time: &str, reappointed| Record {
        completed_at: Some(at(time)),
        supplements: vec![supplement("2026-06-16 09:00", Some("2026-06-22 09:00"), reappointed)],
        ..record()
    };
    // Four working days lie between the request and the answer.
    assert_eq!(verdict(&completed("2026-06-24 17:00", false)), ON_TIME(EndKind::Completed));
    assert_eq!(verdict(&completed("2026-06-25 09:00", false)), LATE(EndKind::Completed));
    assert_eq!(
        verdict(&completed("2026-06-24 17:00", true)),
        LATE(EndKind::Completed),
        "already in the appointment"
    );
}

#[test]
fn what_has_no_end_is_measured_at_the_end_of_the_period() {
    assert_eq!(verdict(&record()), LATE(EndKind::PeriodEnd));
    let open = Record { appointment: Some(at("2026-07-02 17:00")), ..record() };
    assert_eq!(verdict(&open), ON_TIME(EndKind::PeriodEnd));
    let after = Record { completed_at: Some(at("2026-07-02 09:00")), ..record() };
    assert_eq!(verdict(&after), LATE(EndKind::PeriodEnd), "what happened after the period is not seen");
}

#[test]
fn without_an_appointment_the_longest_time_decides() {
    let took = |completed: &str, supplements| Record {
        appointment: None,
        longest_minutes: Some(3 * 480),
        completed_at: Some(at(completed)),
        supplements,
        ..record()
    };
    let late = Verdict::Late { end: EndKind::Completed, because: LateBecause::LongerThanAllowed };
    assert_eq!(verdict(&took("2026-06-18 09:00", vec![])), ON_TIME(EndKind::Completed));
    assert_eq!(verdict(&took("2026-06-18 09:01", vec![])), late);
    let waited = vec![supplement("2026-06-16 09:00", Some("2026-06-17 09:00"), false)];
    assert_eq!(verdict(&took("2026-06-19 09:00", waited)), ON_TIME(EndKind::Completed));
    let neither = Record { appointment: None, ..record() };
    assert_eq!(verdict(&neither), Verdict::NotCounted);
}
