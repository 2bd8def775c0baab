//! Whatever the data, the work is bounded and nothing panics.

use crate::data::table;
use d06_linkage::{Decision, Role, Silent, Spec, link};
use proptest::prelude::*;

#[test]
fn everyone_is_nguyen_van_hung() {
    let row = |n: usize| vec![n.to_string(), "Nguyễn Văn Hùng".to_owned(), (1940 + n % 60).to_string()];
    let all: Vec<Vec<String>> = (0..6_000).map(row).collect();
    let people = table([Role::Name, Role::Birth], &all);
    let outcome = link(&Spec::default(), &people, &people, &[], &mut Silent).unwrap();
    let most = f64::from(Spec::default().blocking.largest_block) * 6_000.0;
    assert!((outcome.blocking.pairs as f64) < most, "{} pairs", outcome.blocking.pairs);
    assert!(outcome.links.iter().all(|link| link.decision != Decision::Match));
}

#[test]
fn keys_of_the_spec_that_multiply_the_tables_are_bounded() {
    let row = |n: usize| vec![n.to_string(), format!("Nguyễn Văn {n}"), "1980".to_owned()];
    let all: Vec<Vec<String>> = (0..5_000).map(row).collect();
    let people = table([Role::Name, Role::Birth], &all);
    let spec = Spec::parse("[blocking]\nkeys = [[\"birth_year\"]]").unwrap();
    let outcome = link(&spec, &people, &people, &[], &mut Silent).unwrap();
    assert_eq!(outcome.blocking.pairs, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_in_any_column(
        rows in proptest::collection::vec(proptest::collection::vec(any::<String>(), 8), 1..40),
    ) {
        let numbered: Vec<Vec<String>> = rows
            .into_iter()
            .enumerate()
            .map(|(n, texts)| std::iter::once(n.to_string()).chain(texts).collect())
            .collect();
        let roles = [
            Role::Name,
            Role::Birth,
            Role::Sex,
            Role::IdNumber,
            Role::Address,
            Role::Phone,
            Role::Spouse,
            Role::Household,
        ];
        let people = table(roles, &numbered);
        let outcome = link(&Spec::default(), &people, &people, &[], &mut Silent).unwrap();
        prop_assert!(outcome.links.iter().all(|link| (0.0..=1.0).contains(&link.probability)));
        prop_assert!(outcome.links.iter().all(|link| link.weight.is_finite()));
    }
}
