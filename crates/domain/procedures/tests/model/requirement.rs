//! The requirement engine: what is asked of the person, and what may not be.

use crate::CATALOGUE;
use crate::calendar::{at, clock};
use d06_kernel::id::{AccountId, FileId};
use d06_kernel::port::evidence::{Finding, Proof, SourceRank};
use d06_kernel::time::Moment;
use d06_procedures::model::Citation;
use d06_procedures::model::definition::{CaseFacts, RequirementDef};
use d06_procedures::model::dossier::Channel;
use d06_procedures::model::requirement::{
    CannotOverrule, CannotProvide, Inquiry, Missing, Override, PaperRefused, PaperRequest, RequirementState,
    SourceInfo,
};
use proptest::prelude::*;

const NOW: &str = "2026-06-15 09:00";

fn requirement(code: &str, key: &str) -> RequirementDef {
    let day = "2026-06-15".parse().unwrap();
    let catalogue = &*CATALOGUE;
    catalogue.definition(code.parse().unwrap(), day).unwrap().requirement(key).unwrap().clone()
}

fn source(key: &str, rank: SourceRank, claims: &[&str]) -> SourceInfo {
    SourceInfo { key: key.to_owned(), rank, claims: claims.iter().map(|c| (*c).to_owned()).collect() }
}

/// The sources of an installation, in no particular order.
fn sources() -> Vec<SourceInfo> {
    vec![
        source("civil-status", SourceRank::Register, &["marital-status", "divorce"]),
        source("cabinet", SourceRank::Cabinet, &["marital-status", "identity"]),
        source("population", SourceRank::Population, &["identity", "residence", "marital-status"]),
        source("vneid", SourceRank::ElectronicIdentity, &["identity"]),
    ]
}

fn proof(source: &str, valid_until: Option<&str>) -> Finding {
    Finding::Proven(Box::new(Proof {
        source: source.to_owned(),
        reference: "document:1".to_owned(),
        facts: vec![("status".to_owned(), "single".to_owned())],
        as_of: at("2026-06-01 08:00"),
        valid_until: valid_until.map(at),
    }))
}

fn not_held() -> Finding {
    Finding::NotHeld { reason: "no-document".to_owned() }
}

fn silent(retry_at: &str) -> Finding {
    Finding::Unavailable { retry_at: at(retry_at) }
}

fn paper_from() -> Moment {
    clock().earliest_paper_request(Channel::Online, at(NOW))
}

/// Asks in the planned order, each source answering by its key; returns the order and the state.
fn inquire(
    requirement: &RequirementDef,
    facts: &CaseFacts,
    now: Moment,
    answer: impl Fn(&str) -> Finding,
) -> (Vec<String>, RequirementState) {
    let mut inquiry = Inquiry::plan(requirement, facts, &sources());
    let mut asked = Vec::new();
    while let Some(ask) = inquiry.next_ask() {
        let source = ask.source.clone();
        inquiry.record(answer(&source), now);
        asked.push(source);
    }
    (asked, inquiry.conclude(now, paper_from()))
}

fn married_before(status: &str) -> CaseFacts {
    CaseFacts::from([("marital-status".to_owned(), status.to_owned())])
}

#[test]
fn sources_are_asked_in_the_legal_order_until_one_proves_it() {
    let identity = requirement("1.004873", "applicant-identity");
    let (asked, _) = inquire(&identity, &CaseFacts::new(), at(NOW), |_| not_held());
    assert_eq!(asked, ["vneid", "population", "cabinet"], "Decree 154/2024 Art. 5");
    let (asked, state) = inquire(&identity, &CaseFacts::new(), at(NOW), |s| match s {
        "population" => proof(s, None),
        _ => not_held(),
    });
    assert_eq!(asked, ["vneid", "population"], "nobody is asked after the proof");
    let RequirementState::Waived(waiver) = state else { panic!("{state:?}") };
    assert_eq!(waiver.proof.source, "population");
    assert_eq!(waiver.proof.as_of, at("2026-06-01 08:00"));
    assert!(waiver.clause.as_str().contains("123/2015/NĐ-CP"));
}

#[test]
fn a_confirmation_in_the_cabinet_is_worth_six_months() {
    // Decree 123/2015 Art. 23; the cabinet says until when.
    let marital = requirement("1.000894", "applicant-marital-status");
    let by_cabinet =
        |until: &'static str| move |s: &str| if s == "cabinet" { proof(s, Some(until)) } else { not_held() };
    let (_, state) = inquire(&marital, &CaseFacts::new(), at(NOW), by_cabinet("2026-12-01 08:00"));
    assert_eq!(state.name(), "waived");
    let (asked, state) = inquire(&marital, &CaseFacts::new(), at(NOW), by_cabinet("2026-06-14 08:00"));
    assert_eq!(asked, ["population", "cabinet", "civil-status"]);
    let RequirementState::ToProvide { reason: Missing::NotHeld { at: said } } = state else { panic!() };
    assert_eq!((said[1].source.as_str(), said[1].code.as_str()), ("cabinet", "expired"));
}

#[test]
fn what_the_case_does_not_need_is_not_asked_for() {
    let divorce = requirement("1.004873", "divorce");
    let (asked, state) = inquire(&divorce, &married_before("single"), at(NOW), |_| not_held());
    assert!(asked.is_empty(), "and no source is read for it");
    assert_eq!(state, RequirementState::NotApplicable { field: "marital-status".to_owned() });
    let (asked, state) = inquire(&divorce, &CaseFacts::new(), at(NOW), |_| not_held());
    assert!(asked.is_empty());
    assert_eq!(state, RequirementState::Undecided { field: "marital-status".to_owned() });
    let (asked, state) = inquire(&divorce, &married_before("divorced"), at(NOW), |_| not_held());
    assert_eq!(asked, ["civil-status"]);
    assert_eq!(state.name(), "to-provide");
}

#[test]
fn nobody_covers_it_and_the_person_is_told_so() {
    let death = requirement("1.004873", "spouse-death");
    let (_, state) = inquire(&death, &married_before("widowed"), at(NOW), |_| not_held());
    assert_eq!(state, RequirementState::ToProvide { reason: Missing::NoSource });
    assert_eq!(state.explanation().code, "requirement.no-source");
    let request = PaperRequest::try_new(&death, &state, at(NOW)).unwrap();
    assert_eq!(request.papers(), ["spouse-death-certificate"]);
    assert_eq!(request.clause().clause(), Some("2"), "Decree 123/2015 Art. 22 (2)");
}

#[test]
fn while_a_source_is_silent_nobody_is_asked_before_the_legal_hour() {
    let identity = requirement("1.004873", "applicant-identity");
    let down = |s: &str| match s {
        "population" => silent("2026-06-15 09:05"),
        "cabinet" => silent("2026-06-15 09:02"),
        _ => not_held(),
    };
    let (asked, state) = inquire(&identity, &CaseFacts::new(), at(NOW), down);
    assert_eq!(asked.len(), 3, "a silent source does not stop the inquiry");
    let expected = RequirementState::SourceUnavailable {
        sources: vec!["population".to_owned(), "cabinet".to_owned()],
        retry_at: at("2026-06-15 09:02"),
        paper_from: at("2026-06-16 09:00"),
    };
    assert_eq!(state, expected);
    assert_eq!(state.retry_at(), Some(at("2026-06-15 09:02")));
    assert!(!state.blocks_filing(), "the counter goes on");
    let early = PaperRequest::try_new(&identity, &state, at("2026-06-16 08:59"));
    assert_eq!(early.unwrap_err(), PaperRefused::BeforeLegalHour { paper_from: at("2026-06-16 09:00") });
    assert!(PaperRequest::try_new(&identity, &state, at("2026-06-16 09:00")).is_ok());

    let (_, later) = inquire(&identity, &CaseFacts::new(), at("2026-06-16 09:00"), down);
    assert_eq!(later.name(), "to-provide");
    assert_eq!(later.explanation().code, "requirement.source-silent");
}

#[test]
fn another_source_may_prove_what_a_silent_one_cannot() {
    let identity = requirement("1.004873", "applicant-identity");
    let (_, state) = inquire(&identity, &CaseFacts::new(), at(NOW), |s| match s {
        "cabinet" => proof(s, None),
        _ => silent("2026-06-15 09:05"),
    });
    assert_eq!(state.name(), "waived");
}

#[test]
fn an_inquiry_broken_off_never_becomes_a_request_for_paper() {
    let identity = requirement("1.004873", "applicant-identity");
    let mut inquiry = Inquiry::plan(&identity, &CaseFacts::new(), &sources());
    inquiry.record(not_held(), at(NOW));
    let state = inquiry.conclude(at(NOW), paper_from());
    assert_eq!(state.name(), "source-unavailable");
    assert!(PaperRequest::try_new(&identity, &state, at(NOW)).is_err());
}

fn waived() -> (RequirementDef, RequirementState) {
    let identity = requirement("1.004873", "applicant-identity");
    let (_, state) = inquire(&identity, &CaseFacts::new(), at(NOW), |s| proof(s, None));
    (identity, state)
}

fn order(reason: &str) -> Result<Override, CannotOverrule> {
    let clause: Citation = "Điểm b khoản 1 Điều 5 Nghị định số 87/2020/NĐ-CP".parse().unwrap();
    Override::new(clause, reason, AccountId(uuid::Uuid::nil()), "H31.10816.03", at(NOW))
}

#[test]
fn an_officer_cannot_ask_for_what_is_covered() {
    let (identity, state) = waived();
    let refused = PaperRequest::try_new(&identity, &state, at(NOW)).unwrap_err();
    assert_eq!(refused, PaperRefused::Covered { source_key: "vneid".to_owned() });
    assert_eq!(refused.explanation().arg("source"), Some("vneid"));
    assert_eq!(state.provide(vec![FileId(uuid::Uuid::nil())]).unwrap_err(), CannotProvide::NotAsked);
}

#[test]
fn an_override_names_its_clause_and_what_it_goes_against() {
    let (identity, state) = waived();
    let overruled = state.overrule(order("Ảnh trong căn cước không nhận ra người").unwrap()).unwrap();
    assert!(!overruled.is_settled());
    let request = PaperRequest::try_new(&identity, &overruled, at(NOW)).unwrap();
    assert_eq!(request.clause().act(), "87/2020/NĐ-CP");
    assert_eq!(request.reason().code, "paper.overridden");
    let RequirementState::Overridden { order, .. } = &overruled else { panic!() };
    assert_eq!(order.against().unwrap().proof.source, "vneid", "kept, so that it can be counted and judged");
    let provided = overruled.provide(vec![FileId(uuid::Uuid::nil())]).unwrap();
    assert!(provided.is_settled());
    assert_eq!(provided.name(), "overridden", "it stays counted");
}

#[test]
fn an_override_without_reason_or_object_is_none() {
    assert_eq!(order("vì cần").unwrap_err(), CannotOverrule::BadReason);
    assert_eq!(order(&"x".repeat(1001)).unwrap_err(), CannotOverrule::BadReason);
    let asked = RequirementState::ToProvide { reason: Missing::NoSource };
    let nothing = asked.overrule(order("cần thêm giấy tờ khác").unwrap());
    assert_eq!(nothing.unwrap_err(), CannotOverrule::NothingToOverrule);
}

#[test]
fn what_the_person_handed_in_stays_and_silence_may_end_in_a_waiver() {
    let files = vec![FileId(uuid::Uuid::nil())];
    let (_, waiver) = waived();
    let waiting = RequirementState::SourceUnavailable {
        sources: vec!["population".to_owned()],
        retry_at: at(NOW),
        paper_from: paper_from(),
    };
    assert_eq!(waiting.clone().refreshed(waiver.clone()).name(), "waived");
    let provided = waiting.clone().provide(files.clone()).unwrap();
    assert_eq!(provided.clone().refreshed(waiver.clone()), provided);
    assert_eq!(waiver.clone().refreshed(waiting).name(), "waived", "an outage takes nothing away");
    let unneeded = RequirementState::NotApplicable { field: "marital-status".to_owned() };
    assert_eq!(provided.refreshed(unneeded.clone()), unneeded);
    let asked = RequirementState::ToProvide { reason: Missing::NoSource };
    assert_eq!(asked.clone().provide(Vec::new()).unwrap_err(), CannotProvide::NoFile);
    assert!(asked.blocks_filing());
}

#[test]
fn states_survive_storage() {
    let (_, waiver) = waived();
    let overruled = waiver.clone().overrule(order("Ảnh không nhận ra người").unwrap()).unwrap();
    for state in [
        waiver,
        overruled,
        RequirementState::ToProvide {
            reason: Missing::SourceSilent { sources: vec!["population".to_owned()] },
        },
        RequirementState::Undecided { field: "marital-status".to_owned() },
    ] {
        let json = serde_json::to_value(&state).unwrap();
        assert_eq!(json["state"], state.name());
        assert_eq!(serde_json::from_value::<RequirementState>(json).unwrap(), state);
    }
}

fn findings() -> impl Strategy<Value = Finding> {
    prop_oneof![
        Just(proof("any", None)),
        Just(proof("any", Some("2026-06-14 00:00"))),
        Just(not_held()),
        Just(silent("2026-06-15 09:30")),
    ]
}

proptest! {
    #[test]
    fn paper_is_asked_for_only_when_every_source_was_asked_and_none_proves_it(
        answers in proptest::collection::vec(findings(), 4), asked in 0_usize..5, minutes in 0_i64..4_000,
    ) {
        let marital = requirement("1.000894", "applicant-marital-status");
        let now = at(NOW) + chrono::Duration::minutes(minutes);
        let mut inquiry = Inquiry::plan(&marital, &CaseFacts::new(), &sources());
        let mut given = Vec::new();
        for answer in answers.iter().take(asked) {
            if inquiry.next_ask().is_some() {
                inquiry.record(answer.clone(), now);
                given.push(answer.clone());
            }
        }
        let complete = inquiry.next_ask().is_none();
        let state = inquiry.conclude(now, paper_from());
        let proven = given.iter().any(|f| *f == proof("any", None));
        let silent = given.iter().any(|f| matches!(f, Finding::Unavailable { .. }));
        let request = PaperRequest::try_new(&marital, &state, now);
        if proven {
            prop_assert!(request.is_err());
        } else if silent || !complete {
            prop_assert_eq!(request.is_ok(), now >= paper_from());
        } else {
            prop_assert!(request.is_ok());
        }
    }
}
