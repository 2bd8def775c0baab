//! What cannot be linked is refused with a code.

use crate::data::table;
use d06_linkage::{Column, Label, LinkError, Progress, Role, Silent, Spec, Stage, Table, link};

fn rows(rows: &[[&str; 2]]) -> Table {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    table([Role::Name], &rows)
}

fn code(left: &Table, right: &Table) -> &'static str {
    link(&Spec::default(), left, right, &[], &mut Silent).unwrap_err().code()
}

#[test]
fn tables_that_cannot_be_linked() {
    let good = rows(&[["1", "Nguyễn Văn Hòa"], ["2", "Trần Thị Mai"]]);
    assert_eq!(code(&Table::default(), &good), "linkage.empty");
    assert_eq!(code(&good, &Table::default()), "linkage.empty");
    assert_eq!(code(&rows(&[["1", "A"], ["1", "B"]]), &good), "linkage.duplicate-id");
    assert_eq!(code(&good, &rows(&[["1", "A"], ["", "B"]])), "linkage.missing-id");
    let mut ragged = good.clone();
    ragged.columns.push((Role::Birth, Column::default()));
    assert_eq!(code(&ragged, &good), "linkage.ragged");
    let only_sex =
        Table { ids: ["1"].into_iter().collect(), columns: vec![(Role::Sex, ["Nam"].into_iter().collect())] };
    assert_eq!(code(&only_sex, &only_sex), "linkage.nothing-to-compare");
}

#[test]
fn a_label_of_nobody() {
    let good = rows(&[["1", "Nguyễn Văn Hòa"], ["2", "Trần Thị Mai"]]);
    let label = Label { left: "1".into(), right: "9".into(), same: true };
    let refused = link(&Spec::default(), &good, &good, &[label], &mut Silent).unwrap_err();
    assert_eq!(refused, LinkError::UnknownLabel("9".into()));
}

struct Impatient(Stage);

impl Progress for Impatient {
    fn report(&mut self, stage: Stage, _done: u64, _total: u64) {
        self.0 = stage;
    }

    fn is_cancelled(&self) -> bool {
        self.0 >= Stage::Train
    }
}

#[test]
fn cancelling_stops_the_work() {
    let good = rows(&[["1", "Nguyễn Văn Hòa"], ["2", "Trần Thị Mai"]]);
    let refused = link(&Spec::default(), &good, &good, &[], &mut Impatient(Stage::Normalise));
    assert_eq!(refused.unwrap_err(), LinkError::Cancelled);
}

#[test]
fn specs_that_contradict_themselves() {
    for (text, code) in [
        ("task = \"guess\"", "linkage.spec"),
        ("[thresholds]\nmatch = 2.0", "linkage.spec-contradiction"),
        ("[thresholds]\nmatch = 0.2\nreview = 0.4", "linkage.spec-contradiction"),
        ("[blocking]\nkeys = [[]]", "linkage.spec-contradiction"),
        ("[columns]\nnmae = \"x\"", "linkage.spec"),
    ] {
        assert_eq!(Spec::parse(text).unwrap_err().code(), code, "{text}");
    }
}
