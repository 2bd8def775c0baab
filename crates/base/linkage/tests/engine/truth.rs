//! What is found, against what is true.

use crate::data::{city, table};
use d06_linkage::{Decision, EvidenceKind, Outcome, Role, Silent, Spec, dedupe, link};

#[test]
fn owners_are_found_in_a_small_city() {
    let data = city(4_000);
    let outcome = link(&Spec::default(), &data.people, &data.land, &[], &mut Silent).unwrap();
    let matches: Vec<_> = outcome.links.iter().filter(|link| link.decision == Decision::Match).collect();
    let right = matches.iter().filter(|link| data.truth.contains(&(link.right, link.left))).count() as f64;
    let (precision, recall) = (right / matches.len() as f64, right / data.truth.len() as f64);
    assert!(precision > 0.97, "precision {precision}");
    assert!(recall > 0.93, "recall {recall}");
    assert!((outcome.match_rate - 0.94).abs() < 0.06, "match rate {}", outcome.match_rate);
}

#[test]
fn the_evidence_adds_up_to_the_weight() {
    let data = city(2_000);
    let outcome = link(&Spec::default(), &data.people, &data.land, &[], &mut Silent).unwrap();
    assert!(outcome.links.len() > 1_000);
    let mut lookalikes = 0;
    for link in &outcome.links {
        let evidence = outcome.evidence(link);
        let sum: f32 = evidence.iter().map(|piece| piece.bits).sum();
        assert!((sum - link.weight).abs() < 0.02, "{sum} of {} bits: {evidence:?}", link.weight);
        lookalikes += usize::from(evidence.iter().any(|piece| piece.kind == EvidenceKind::Lookalikes));
    }
    assert!(lookalikes > 0, "some live with their family, and some share their name");
}

/// Rows: id, name, birth.
fn people(rows: &[[&str; 3]]) -> d06_linkage::Table {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
    table([Role::Name, Role::Birth], &rows)
}

fn names(count: usize) -> Vec<Vec<String>> {
    let surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"];
    let middles = ["Văn", "Thị", "Đức", "Minh", "Thu", "Quang", "Ngọc"];
    let given =
        ["Hòa", "Mai", "Tám", "Hùng", "Lan", "Dũng", "Thủy", "Sơn", "Hạnh", "Bình", "Cường", "Yến", "Tú"];
    let name = |n: usize| format!("{} {} {}", surnames[n % 11], middles[n / 11 % 7], given[n / 77 % 13]);
    let birth = |n: usize| format!("{:02}/{:02}/{}", n % 28 + 1, n / 28 % 12 + 1, 1940 + n * 7 % 70);
    (0..count).map(|n| vec![n.to_string(), name(n), birth(n)]).collect()
}

#[test]
fn copies_are_found_in_one_table() {
    let mut rows = names(900);
    for copy in 0..90 {
        let mut row = rows[copy * 10].clone();
        row[0] = format!("copy-{copy}");
        row[1] = row[1].to_uppercase();
        rows.push(row);
    }
    let table = table([Role::Name, Role::Birth], &rows);
    let spec = Spec::parse("task = \"dedupe\"").unwrap();
    let outcome: Outcome = dedupe(&spec, &table, &[], &mut Silent).unwrap();
    let joined = (0..90_u32).filter(|copy| outcome.clusters[(900 + copy) as usize] == copy * 10).count();
    assert!(joined >= 88, "{joined} of 90 copies joined");
    let alone = outcome.clusters.iter().zip(0_u32..).filter(|(cluster, row)| **cluster == *row).count();
    assert!((900..=905).contains(&alone), "{alone} clusters");
}

#[test]
fn nobody_is_an_answer() {
    let left = table([Role::Name, Role::Birth], &names(500));
    let right = people(&[["a", "Bạch Kim Liên", "03/04/1971"], ["b", "NGUYEN VAN HOA", "01/01/1940"]]);
    let outcome = link(&Spec::default(), &left, &right, &[], &mut Silent).unwrap();
    let matched = |row: u32| outcome.links.iter().any(|l| l.right == row && l.decision == Decision::Match);
    assert!(!matched(0));
}

/// Offices write the first of January where they know the year alone: here every second row, so that some five hundred
/// pairs of namesakes share such a date.
#[test]
fn a_date_that_many_share_says_little_and_a_rare_one_much() {
    let mut rows = names(3_000);
    for (n, row) in rows.iter_mut().enumerate().filter(|(n, _)| n % 2 == 0) {
        row[2] = format!("01/01/{}", 1940 + n / 2 % 7);
    }
    let copied: Vec<usize> = (0..180).map(|copy| copy * 15).collect();
    for of in &copied {
        let copy = vec![format!("copy-{of}"), rows[*of][1].to_uppercase(), rows[*of][2].clone()];
        rows.push(copy);
    }
    let table = table([Role::Name, Role::Birth], &rows);
    let spec = Spec::parse("task = \"dedupe\"").unwrap();
    let outcome: Outcome = dedupe(&spec, &table, &[], &mut Silent).unwrap();
    let joined = |copy: usize, of: usize| outcome.clusters[3_000 + copy] == outcome.clusters[of];
    let rare = copied.iter().enumerate().filter(|(_, of)| **of % 2 == 1);
    let found = rare.clone().filter(|(copy, of)| joined(*copy, **of)).count();
    assert!(found * 100 >= rare.count() * 97, "{found} copies with a whole date are found");
    let right = |link: &&d06_linkage::Link| {
        let of = |row: u32| copied.get((row as usize).wrapping_sub(3_000)).copied().unwrap_or(row as usize);
        of(link.left) == of(link.right)
    };
    let matches: Vec<_> = outcome.links.iter().filter(|link| link.decision == Decision::Match).collect();
    let wrong = matches.iter().filter(|link| !right(link)).count();
    assert!(wrong * 10 <= matches.len(), "{wrong} of {} matches are of namesakes", matches.len());
}
