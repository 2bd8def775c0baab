use super::*;
use proptest::prelude::*;

fn names(ledger: &Ledger) -> BTreeSet<Vec<String>> {
    let members = |cluster| {
        let mut members: Vec<String> = ledger.members(cluster).map(str::to_owned).collect();
        members.sort();
        members
    };
    ledger.clusters().map(|(cluster, _)| members(cluster)).filter(|members| members.len() > 1).collect()
}

fn person() -> By {
    By::Person("p".into())
}

fn cluster(ledger: &Ledger, record: &str) -> ClusterId {
    ledger.cluster_of(record).unwrap()
}

#[test]
fn apart_counts_more_than_any_chain_of_links() {
    let mut ledger = Ledger::default();
    ledger.link("a", "b", 0.9, By::Run, 1).unwrap();
    ledger.link("b", "c", 0.8, By::Run, 2).unwrap();
    assert_eq!(cluster(&ledger, "a"), cluster(&ledger, "c"));
    let apart = ledger.apart("a", "c", person(), 3).unwrap();
    assert_eq!(cluster(&ledger, "a"), cluster(&ledger, "b"), "the surer link stays");
    assert_ne!(cluster(&ledger, "b"), cluster(&ledger, "c"));
    assert!(ledger.entries()[apart].effect.is_split());
    assert_eq!(ledger.link("c", "a", 1.0, person(), 4), Err(LedgerError::Contradiction(apart)));
    ledger.undo(apart, person(), 5).unwrap();
    assert_eq!(cluster(&ledger, "a"), cluster(&ledger, "c"));
}

#[test]
fn an_undo_can_be_undone_and_that_too() {
    let mut ledger = Ledger::default();
    let link = ledger.link("a", "b", 0.9, By::Run, 1).unwrap();
    let undo = ledger.undo(link, person(), 2).unwrap();
    assert_ne!(cluster(&ledger, "a"), cluster(&ledger, "b"));
    let redo = ledger.undo(undo, person(), 3).unwrap();
    assert_eq!(cluster(&ledger, "a"), cluster(&ledger, "b"));
    assert!(ledger.holds(link) && !ledger.holds(undo) && ledger.holds(redo));
    ledger.undo(redo, person(), 4).unwrap();
    assert_ne!(cluster(&ledger, "a"), cluster(&ledger, "b"));
    assert!(!ledger.holds(link) && ledger.holds(undo));
    assert_eq!(ledger.undo(link, person(), 5), Err(LedgerError::NotInForce(link)));
    assert_eq!(ledger.undo(99, person(), 5), Err(LedgerError::UnknownEntry(99)));
}

#[test]
fn an_ended_id_leads_on() {
    let mut ledger = Ledger::default();
    let (a, b) = (ledger.add("a"), ledger.add("b"));
    let link = ledger.link("a", "b", 0.9, By::Run, 1).unwrap();
    assert_eq!(cluster(&ledger, "b"), a, "the older id stays");
    assert_eq!(ledger.find(b), [a]);
    ledger.undo(link, person(), 2).unwrap();
    assert_eq!(cluster(&ledger, "a"), a);
    assert_eq!(ledger.find(b), [cluster(&ledger, "b")]);
    assert_ne!(cluster(&ledger, "b"), b, "an ended id is never used again");
    assert!(ledger.find(ClusterId(77)).is_empty());
}

#[test]
fn dependents_are_those_about_the_same_people() {
    let mut ledger = Ledger::default();
    let first = ledger.link("a", "b", 0.9, By::Run, 1).unwrap();
    let elsewhere = ledger.link("x", "y", 0.9, By::Run, 2).unwrap();
    let second = ledger.link("b", "c", 0.9, By::Run, 3).unwrap();
    let apart = ledger.apart("a", "d", person(), 4).unwrap();
    assert_eq!(ledger.dependents(first), [second, apart]);
    assert!(ledger.dependents(elsewhere).is_empty() && ledger.dependents(99).is_empty());
    ledger.undo(second, person(), 5).unwrap();
    assert!(!ledger.dependents(first).contains(&second), "what was undone does not depend");
}

#[test]
fn a_run_keeps_what_people_said() {
    let mut ledger = Ledger::default();
    ledger.run([("a", "b", 0.9), ("c", "d", 0.7)], 1).unwrap();
    ledger.apart("a", "b", person(), 2).unwrap();
    ledger.link("e", "f", 1.0, person(), 3).unwrap();
    let added = ledger.run([("b", "a", 0.9), ("c", "g", 0.8)], 4).unwrap();
    assert_eq!(added.len(), 2, "one link undone, one new, one as before");
    assert_ne!(cluster(&ledger, "a"), cluster(&ledger, "b"));
    assert_ne!(cluster(&ledger, "c"), cluster(&ledger, "d"));
    assert_eq!(cluster(&ledger, "e"), cluster(&ledger, "f"));
    let size = ledger.entries().len();
    assert_eq!(ledger.run([("a", "a", 0.5)], 5), Err(LedgerError::SameRecord("a".into())));
    assert_eq!(ledger.run([("a", "b", f32::NAN)], 5), Err(LedgerError::NotAProbability));
    assert_eq!(ledger.entries().len(), size);
}

#[test]
fn entries_survive_storage() {
    let mut ledger = Ledger::default();
    ledger.link("a", "b", 0.9, By::Run, 1).unwrap();
    ledger.undo(0, person(), 2).unwrap();
    let stored: Vec<String> =
        ledger.entries().iter().map(|entry| serde_json::to_string(entry).unwrap()).collect();
    let read: Vec<Entry> = stored.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Ledger::replay(read).unwrap().entries(), ledger.entries());
}

/// Statements about eight records: a link with a probability, an apart, or an undo.
fn statements() -> impl Strategy<Value = Vec<(u8, u8, u8, u8)>> {
    proptest::collection::vec((0_u8..8, 0_u8..8, 0_u8..10, 0_u8..10), 0..40)
}

fn say(ledger: &mut Ledger, (one, other, what, probability): (u8, u8, u8, u8)) {
    let (one, other) = (one.to_string(), other.to_string());
    let held: Vec<usize> = (0..ledger.entries().len()).filter(|entry| ledger.holds(*entry)).collect();
    let _refused = match what {
        0..6 => ledger.link(&one, &other, f32::from(probability) / 10.0, By::Run, 1),
        6..8 => ledger.apart(&one, &other, person(), 1),
        _ => held
            .get(usize::from(probability) % held.len().max(1))
            .map_or(Ok(0), |e| ledger.undo(*e, person(), 1)),
    };
}

/// The clusters that the statements in force make when they are made in this order, from nothing.
fn full_run(ledger: &Ledger, backwards: bool) -> Ledger {
    let mut order: Vec<usize> = (0..ledger.entries().len()).filter(|entry| ledger.holds(*entry)).collect();
    if backwards {
        order.reverse();
    }
    let mut fresh = Ledger::default();
    for entry in order.into_iter().filter_map(|place| ledger.entries().get(place)) {
        if !matches!(entry.action, Action::Undo { .. }) {
            fresh.append(entry.action.clone(), By::Run, 1).unwrap();
        }
    }
    fresh
}

proptest! {
    #[test]
    fn step_by_step_gives_the_clusters_of_a_full_run(said in statements()) {
        let mut ledger = Ledger::default();
        for statement in said {
            say(&mut ledger, statement);
        }
        prop_assert_eq!(names(&ledger), names(&full_run(&ledger, false)));
        prop_assert_eq!(names(&ledger), names(&full_run(&ledger, true)));
    }

    #[test]
    fn runs_one_after_the_other_give_the_clusters_of_the_last(
        runs in proptest::collection::vec(proptest::collection::vec((0_u8..8, 0_u8..8, 1_u8..10), 0..12), 1..4),
    ) {
        let mut ledger = Ledger::default();
        let mut last = Ledger::default();
        for run in runs {
            let links: Vec<(String, String, f32)> = run
                .into_iter()
                .filter(|(one, other, _)| one != other)
                .map(|(one, other, p)| (one.to_string(), other.to_string(), f32::from(p) / 10.0))
                .collect();
            ledger.run(links.iter().map(|(a, b, p)| (a.as_str(), b.as_str(), *p)), 1).unwrap();
            last = Ledger::default();
            last.run(links.iter().map(|(a, b, p)| (a.as_str(), b.as_str(), *p)), 1).unwrap();
        }
        prop_assert_eq!(names(&ledger), names(&last));
    }

    #[test]
    fn undoing_the_last_statement_restores_the_clusters(said in statements(), last in (0_u8..8, 0_u8..8, 0_u8..8, 0_u8..10)) {
        let mut ledger = Ledger::default();
        for statement in said {
            say(&mut ledger, statement);
        }
        let (before, size) = (names(&ledger), ledger.entries().len());
        say(&mut ledger, last);
        if ledger.entries().len() > size {
            ledger.undo(size, person(), 2).unwrap();
        }
        prop_assert_eq!(names(&ledger), before);
    }

    #[test]
    fn a_replay_gives_the_same_ids(said in statements()) {
        let mut ledger = Ledger::default();
        for statement in said {
            say(&mut ledger, statement);
        }
        let replayed = Ledger::replay(ledger.entries().to_vec()).unwrap();
        prop_assert_eq!(replayed.entries(), ledger.entries());
        for record in 0..8 {
            let record = record.to_string();
            if ledger.cluster_of(&record).is_some_and(|_| replayed.cluster_of(&record).is_some()) {
                prop_assert_eq!(replayed.cluster_of(&record), ledger.cluster_of(&record));
            }
        }
    }

    #[test]
    fn every_record_is_in_the_cluster_that_lists_it(said in statements()) {
        let mut ledger = Ledger::default();
        for statement in said {
            say(&mut ledger, statement);
        }
        let mut counted = 0;
        for (cluster, size) in ledger.clusters() {
            prop_assert_eq!(ledger.members(cluster).count(), size);
            for record in ledger.members(cluster) {
                prop_assert_eq!(ledger.cluster_of(record), Some(cluster));
                counted += 1;
            }
        }
        prop_assert_eq!(counted, ledger.records.len());
    }
}
