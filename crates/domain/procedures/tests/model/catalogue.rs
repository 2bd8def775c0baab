//! The 740 procedures of Resolution 66.7/2025/NQ-CP and the definitions that can be filed here.

use crate::CATALOGUE;
use chrono::NaiveDate;
use d06_kernel::port::population::PersonField;
use d06_procedures::model::catalogue::{Cleaned, Slip};
use d06_procedures::model::definition::{StepTime, TermRule};
use std::collections::BTreeMap;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_appendix_has_761_rows_for_740_procedures() {
    let cleaned = Cleaned::shipped().unwrap();
    assert_eq!(cleaned.rows, 761);
    assert_eq!(cleaned.procedures.len(), 740);
    let papers: usize = cleaned.procedures.iter().map(|p| p.replaced.len()).sum();
    assert_eq!(papers, 759, "two rows stand there twice");
}

#[test]
fn every_slip_of_the_table_is_counted() {
    let cleaned = Cleaned::shipped().unwrap();
    let mut counts: BTreeMap<Slip, usize> = BTreeMap::new();
    for slip in &cleaned.slips {
        *counts.entry(slip.slip.clone()).or_default() += 1;
    }
    let expected = BTreeMap::from([
        (Slip::ShiftedCells, 9),
        (Slip::RepeatedRow, 2),
        (Slip::NameVariant, 2),
        (Slip::OtherNameUnderCode, 3),
        (Slip::DatabaseVariant, 331),
        (Slip::OwnerVariant, 63),
        (Slip::Spacing, 49),
    ]);
    assert_eq!(counts, expected);
}

#[test]
fn cells_one_column_too_far_left_are_put_back() {
    let catalogue = &*CATALOGUE;
    let abroad = catalogue.find("2.000682".parse().unwrap()).unwrap();
    let paper = &abroad.replaced[0];
    assert_eq!(paper.paper, None, "the table leaves the paper out");
    assert_eq!(paper.databases, ["population"]);
    assert_eq!(paper.owners, ["Bộ Công an"]);
    assert_eq!(paper.clause, "khoản 2 Điều 4");
    assert!(paper.act.starts_with("Thông tư 07/2023/TT-BNG"));

    let passport = &catalogue.find("2.002352".parse().unwrap()).unwrap().replaced[0];
    assert!(passport.paper.as_deref().unwrap().starts_with("Bản chụp giấy khai sinh"));
    assert!(passport.databases.is_empty(), "the table leaves the database out");
    assert_eq!(passport.owners, ["Bộ Công an", "Bộ Tư pháp"]);
    assert_eq!(passport.clause, "Điểm e khoản 2 Điều 12");
}

#[test]
fn no_row_is_left_without_owner_and_few_without_database() {
    let cleaned = Cleaned::shipped().unwrap();
    let papers: Vec<_> = cleaned.procedures.iter().flat_map(|p| &p.replaced).collect();
    assert!(papers.iter().all(|p| !p.owners.is_empty() && !p.clause.is_empty() && !p.act.is_empty()));
    let without: Vec<u32> = papers.iter().filter(|p| p.databases.is_empty()).map(|p| p.line).collect();
    assert_eq!(without, [701]);
    let unnamed = papers.iter().filter(|p| p.claims.is_empty()).count();
    assert_eq!(unnamed, 8, "the rows whose paper is left out");
}

#[test]
fn databases_are_recognised_in_every_wording() {
    let cleaned = Cleaned::shipped().unwrap();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for database in cleaned.procedures.iter().flat_map(|p| &p.replaced).flat_map(|r| &r.databases) {
        *counts.entry(database).or_default() += 1;
    }
    assert_eq!(counts["business"], 472);
    assert_eq!(counts["land"], 87);
    assert_eq!(counts["vehicle"], 19);
    assert_eq!(counts["population"], 141);
    assert_eq!(counts["civil-status"], 58);
}

#[test]
fn four_procedures_share_one_code_and_all_names_are_kept() {
    let catalogue = &*CATALOGUE;
    let residence = catalogue.find("1.004222".parse().unwrap()).unwrap();
    assert_eq!(residence.other_names.len(), 3);
    assert!(residence.other_names.iter().any(|n| n == "Đăng ký tạm trú"));
}

#[test]
fn population_is_connected_and_business_is_not() {
    let catalogue = &*CATALOGUE;
    let on = day("2026-06-15");
    assert_eq!(catalogue.databases().on("population", on).unwrap().source.as_deref(), Some("population"));
    assert!(!catalogue.databases().on("business", on).unwrap().connected());
    assert!(catalogue.databases().on("population", day("2025-12-31")).is_none(), "in force from 2026-01-01");
}

#[test]
fn a_dossier_keeps_the_version_it_began_with() {
    let catalogue = &*CATALOGUE;
    let code = "1.004873".parse().unwrap();
    let old = catalogue.definition(code, day("2025-12-31")).unwrap().version();
    let new = catalogue.definition(code, day("2026-01-01")).unwrap().version();
    assert_eq!(old.to_string(), "1.004873@2025-07-01");
    assert_eq!(new.to_string(), "1.004873@2026-01-01");
    assert_eq!("1.004873@2025-07-01".parse(), Ok(old));
    let kept = catalogue.version(old).unwrap();
    assert_eq!(kept.requirement("divorce").unwrap().claims().count(), 0, "before data replaced the judgment");
    assert!(catalogue.definition(code, day("2025-06-30")).is_none());
}

#[test]
fn marital_status_confirmation_is_as_decree_123_says() {
    let catalogue = &*CATALOGUE;
    let definition = catalogue.definition("1.004873".parse().unwrap(), day("2026-06-15")).unwrap();
    assert_eq!(definition.term, TermRule::WorkingDays(3), "Decree 123/2015 Art. 22 (3)");
    let minutes: u32 = definition.workflow.steps.iter().map(|s| s.time.working_minutes(480)).sum();
    assert_eq!(minutes, 3 * 480, "the steps fill the term");
    assert_eq!(definition.result.kind, "marital-status-confirmation");
    let groups = definition.form.groups_for("applicant");
    assert!(
        groups.contains(&PersonField::MaritalStatus) && groups.contains(&PersonField::PermanentResidence)
    );
    assert!(!groups.contains(&PersonField::Father), "nothing is read that the form does not need");
}

#[test]
fn marriage_registration_is_about_two_people_on_one_day() {
    let catalogue = &*CATALOGUE;
    let definition = catalogue.definition("1.000894".parse().unwrap(), day("2026-06-15")).unwrap();
    assert_eq!(definition.term, TermRule::SameDay);
    assert_eq!(definition.parties.len(), 2);
    for party in ["applicant", "partner"] {
        let claims: Vec<&str> = definition
            .requirements
            .iter()
            .filter(|r| r.party == party)
            .flat_map(|r| r.claims())
            .map(|(claim, _)| claim)
            .collect();
        assert_eq!(claims, ["identity", "marital-status"], "{party}");
    }
    assert_eq!(definition.parties[1].number_from.as_deref(), Some("partner-number"));
}

#[test]
fn the_steps_of_a_decision_are_kept_as_they_are() {
    let catalogue = &*CATALOGUE;
    let definition = catalogue.definition("1.004944".parse().unwrap(), day("2026-06-15")).unwrap();
    assert_eq!(definition.workflow.source.act.as_deref(), Some("2022/QĐ-UBND"));
    assert_eq!(definition.workflow.steps.len(), 7);
    assert_eq!(definition.workflow.step("examine").unwrap().time, StepTime::WorkingMinutes(960));
    assert_eq!(definition.workflow.after("stamp").unwrap().key, "return");
    assert!(definition.workflow.after("return").is_none());
}
