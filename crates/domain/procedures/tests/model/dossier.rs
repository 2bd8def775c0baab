//! Dossier codes and states.

use chrono::NaiveDate;
use d06_procedures::model::DossierCode;
use d06_procedures::model::dossier::{Channel, DossierState};
use d06_procedures::model::dossier_code::{CodeForm, NotADossierCode};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn codes_are_made_as_circular_03_says() {
    let code = DossierCode::generate("H31.10816", day("2026-06-15"), 1, None).unwrap();
    assert_eq!(code.to_string(), "H31.10816-260615-0001");
    let many = DossierCode::generate("H31.10816", day("2026-06-15"), 12_345, None).unwrap();
    assert_eq!(
        many.to_string(),
        "H31.10816-260615-12345",
        "the sequence has at least four digits, not at most"
    );
    let central = DossierCode::generate("H31.10816", day("2026-06-15"), 7, Some("22")).unwrap();
    assert_eq!(central.to_string(), "H31.10816-260615-220007", "Circular 04/2025 Art. 23");
}

#[test]
fn what_is_not_strict_is_not_made() {
    let on = day("2026-06-15");
    assert_eq!(DossierCode::generate("h31.10816", on, 1, None), Err(NotADossierCode::Agency));
    assert_eq!(DossierCode::generate("000.00.18.H31", on, 1, None), Err(NotADossierCode::Agency));
    assert_eq!(DossierCode::generate("Z31", on, 1, None), Err(NotADossierCode::Agency), "level 1 is A to Y");
    assert_eq!(DossierCode::generate("H31.10816", on, 0, None), Err(NotADossierCode::Sequence));
    assert_eq!(DossierCode::generate("H31.10816", on, 1, Some("2a")), Err(NotADossierCode::Sequence));
    assert_eq!(DossierCode::generate("H31.10816", day("1999-01-01"), 1, None), Err(NotADossierCode::Date));
    let long = format!("H31.{}", "1".repeat(32));
    assert_eq!(
        DossierCode::generate(&long, on, 1, None),
        Err(NotADossierCode::Agency),
        "at most 35 characters"
    );
}

#[test]
fn every_form_that_was_met_is_read() {
    let table = [
        ("H31.10816-260615-0001", "H31.10816", "2026-06-15", "0001", CodeForm::Current),
        ("000.00.18.H31-200102-0042", "000.00.18.H31", "2020-01-02", "0042", CodeForm::Old),
        ("G09.20-20260609-0092637", "G09.20", "2026-06-09", "0092637", CodeForm::LongDate),
        (" h31.10816 – 260615 – 0001 ", "H31.10816", "2026-06-15", "0001", CodeForm::Current),
    ];
    for (text, agency, date, tail, form) in table {
        let code: DossierCode = text.parse().unwrap();
        assert_eq!((code.agency(), code.date(), code.tail(), code.form()), (agency, day(date), tail, form));
        assert_eq!(code.raw(), text, "what was written is kept");
    }
    assert_eq!("h31.10816-260615-0001".parse::<DossierCode>(), "H31.10816-260615-0001".parse());
}

#[test]
fn what_is_no_code_is_said_so() {
    let table = [
        ("", NotADossierCode::Parts),
        ("H31.10816", NotADossierCode::Parts),
        ("hello-260615-0001", NotADossierCode::Agency),
        ("H31.10816-260230-0001", NotADossierCode::Date),
        ("H31.10816-2606-0001", NotADossierCode::Date),
        ("H31.10816-260615-001", NotADossierCode::Sequence),
        ("H31.10816-260615-00<1", NotADossierCode::Sequence),
    ];
    for (text, problem) in table {
        assert_eq!(text.parse::<DossierCode>().unwrap_err(), problem, "{text}");
    }
}

#[test]
fn states_map_to_the_ten_of_the_portal() {
    let mut numbers: Vec<u8> = DossierState::ALL.iter().map(|s| s.dvcqg()).collect();
    numbers.dedup();
    assert_eq!(numbers, (1..=10).collect::<Vec<u8>>());
    for state in DossierState::ALL {
        assert_eq!(DossierState::from_name(state.name()), Some(state));
        assert_eq!(serde_json::to_string(&state).unwrap(), format!("\"{}\"", state.name()));
    }
}

#[test]
fn a_dossier_goes_only_where_it_may() {
    use DossierState as S;
    assert_eq!(S::Submitted.go(S::Received), Ok(S::Received));
    assert_eq!(S::Received.go(S::InProgress), Ok(S::InProgress));
    assert_eq!(S::InProgress.go(S::AwaitingSupplement), Ok(S::AwaitingSupplement));
    assert!(S::AwaitingSupplement.go(S::Completed).is_err(), "it is examined again first");
    assert!(S::Completed.go(S::InProgress).is_err(), "a decision is not taken back here");
    assert!(S::Submitted.go(S::Completed).is_err());
    for last in [S::NotAccepted, S::Stopped, S::Returned] {
        assert!(last.is_final());
    }
    for state in S::ALL {
        let ends = reachable(state).into_iter().any(S::is_final);
        assert!(ends, "{state:?} never ends");
    }
}

fn reachable(from: DossierState) -> Vec<DossierState> {
    let mut seen = vec![from];
    let mut at = 0;
    while let Some(state) = seen.get(at).copied() {
        seen.extend(state.next().iter().filter(|s| !seen.contains(s)).copied().collect::<Vec<_>>());
        at += 1;
    }
    seen
}

#[test]
fn channels_have_the_numbers_of_the_portal() {
    assert_eq!(Channel::from_dvcqg(None), Some(Channel::Counter));
    for channel in [Channel::Counter, Channel::Online, Channel::Post] {
        assert_eq!(Channel::from_dvcqg(Some(channel.dvcqg())), Some(channel));
    }
    assert_eq!(Channel::from_dvcqg(Some(4)), None);
}
