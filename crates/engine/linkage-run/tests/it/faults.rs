//! What is wrong is said, and nothing is left under the final name.

use super::{Registers, link};
use d06_linkage::{LinkError, Spec};
use d06_linkage_run::{Lang, RunError, Words};
use std::fs;

fn refused(registers: &Registers, change: impl FnOnce(&mut d06_linkage_run::Job)) -> RunError {
    let mut job = registers.job("links.parquet");
    change(&mut job);
    let before = registers.names();
    let error = link(&job).unwrap_err();
    assert_eq!(registers.names(), before, "nothing is left behind after: {error}");
    for lang in [Lang::Vi, Lang::En] {
        let words = Words::new(lang).error(&error);
        assert!(!words.contains("{ $") && !words.starts_with(&error.code().replace('.', "-")), "{words}");
    }
    error
}

#[test]
fn wrong_columns_are_named_with_those_there_are() {
    let registers = Registers::new(300, 200);
    let error = refused(&registers, |job| {
        job.spec = Spec::parse("[columns]\nname = { left = \"name\", right = \"chủ đất\" }").unwrap();
    });
    assert_eq!(error.exit_code(), 5);
    let words = Words::new(Lang::Vi).error(&error);
    assert!(words.contains("chủ đất") && words.contains("owner, birth"), "{words}");
}

#[test]
fn an_id_that_is_missing_or_twice_is_told_by_its_row() {
    let registers = Registers::new(300, 200);
    let text = fs::read_to_string(registers.path("land.csv")).unwrap();
    fs::write(registers.path("land.csv"), text.replacen("QSD00000001", "QSD00000000", 1)).unwrap();
    let error = refused(&registers, |_| ());
    assert!(matches!(error, RunError::Engine(LinkError::DuplicateId { first: 0, second: 1, .. })), "{error}");
    fs::write(registers.path("land.csv"), text.replacen("QSD00000005", "", 1)).unwrap();
    let error = refused(&registers, |_| ());
    assert!(matches!(error, RunError::Engine(LinkError::MissingId { row: 5, .. })), "{error}");
}

#[test]
fn an_id_twice_in_different_parts_is_found() {
    let registers = Registers::new(300, 200);
    let text = fs::read_to_string(registers.path("land.csv")).unwrap();
    fs::write(registers.path("land.csv"), text.replacen("QSD00000190", "QSD00000003", 1)).unwrap();
    let error = refused(&registers, |job| job.sizes.part = 50);
    assert!(
        matches!(error, RunError::Engine(LinkError::DuplicateId { first: 3, second: 190, .. })),
        "{error}"
    );
}

#[test]
fn empty_and_absent_files_are_told() {
    let registers = Registers::new(300, 200);
    for (contents, code) in [("", "run.no-rows"), ("row_id,owner,birth,number,address\n", "linkage.empty")] {
        fs::write(registers.path("land.csv"), contents).unwrap();
        let error = refused(&registers, |_| ());
        assert_eq!((error.code(), error.exit_code()), (code, 3));
    }
    fs::remove_file(registers.path("land.csv")).unwrap();
    let error = refused(&registers, |_| ());
    assert_eq!(error.code(), "run.no-file");
    fs::write(registers.path("land.parquet"), b"PAR1 and then nothing").unwrap();
    let error = refused(&registers, |job| job.right = vec![registers.path("land.parquet")]);
    assert_eq!(error.code(), "run.form");
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_the_work() {
    let registers = Registers::new(300, 200);
    let error = refused(&registers, |job| job.out = registers.path("links.doc"));
    assert_eq!((error.code(), error.exit_code()), ("run.output-form", 4));
    let error = refused(&registers, |job| job.out = registers.path("nowhere/links.csv"));
    assert_eq!(error.exit_code(), 4);
}

#[test]
fn bytes_that_are_no_utf8_are_read_as_the_old_encoding_they_are() {
    let registers = Registers::new(300, 200);
    let text = fs::read(registers.path("land.csv")).unwrap();
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    // `Nguyễn Văn Hùng` in TCVN3.
    lines.insert(1, b"TCVN3,Nguy\xd4n V\xa8n H\xefng,1970,,,");
    fs::write(registers.path("land.csv"), lines.join(&b'\n')).unwrap();
    let summary = link(&registers.job("links.csv")).unwrap();
    assert_eq!((summary.noticed.recoded, summary.right_rows), (1, 201));
}

#[test]
fn a_column_of_one_value_tells_nobody_apart_and_does_no_harm() {
    let registers = Registers::new(300, 200);
    let text = fs::read_to_string(registers.path("land.csv")).unwrap();
    let same: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(number, line)| format!("{line},{}", if number == 0 { "province" } else { "Hải Phòng" }))
        .collect();
    fs::write(registers.path("land.csv"), same.join("\n")).unwrap();
    let people = fs::read_to_string(registers.path("people.csv")).unwrap();
    let people: Vec<String> = people
        .lines()
        .enumerate()
        .map(|(number, line)| format!("{line},{}", if number == 0 { "province" } else { "Hải Phòng" }))
        .collect();
    fs::write(registers.path("people.csv"), people.join("\n")).unwrap();
    let plain = link(&registers.job("plain.csv")).unwrap();
    let mut job = registers.job("links.csv");
    let more = format!("{}\n[[text]]\nname = \"province\"\ncolumn = \"province\"\n", super::SPEC);
    job.spec = Spec::parse(&more).unwrap();
    let summary = link(&job).unwrap();
    let difference = summary.matched.abs_diff(plain.matched);
    assert!(difference <= plain.matched / 20 + 2, "{summary:?} beside {plain:?}");
}

#[test]
fn rows_that_are_all_alike_are_not_compared_and_that_is_told() {
    let registers = Registers::new(300, 200);
    let people = fs::read_to_string(registers.path("people.csv")).unwrap();
    let alike = |from: usize, count: usize| -> String {
        let row = |n: usize| format!("A{n},Nguyễn Văn Hùng,01/01/1980,,\n");
        (from..from + count).map(row).collect()
    };
    let words = Words::new(Lang::En);
    let told = |text: String| {
        fs::write(registers.path("people.csv"), text).unwrap();
        let mut job = registers.job("pairs.csv");
        job.right.clear();
        let mut terminal = d06_linkage_run::Terminal::new(&words, true, std::sync::Arc::default());
        let summary = d06_linkage_run::dedupe(&job, &words, &mut terminal).unwrap();
        (summary.told(&job, &words, std::time::Duration::ZERO).join("\n"), summary)
    };
    let header = people.lines().next().unwrap();
    let (text, summary) = told(format!("{header}\n{}", alike(0, 6_000)));
    assert_eq!((summary.keys, summary.matched), (0, 0));
    assert!(text.contains("No pair was compared") && text.contains("largest_block"), "{text}");
    let (text, summary) = told(format!("{people}{}", alike(0, 6_000)));
    assert!(summary.keys == 0 || summary.oversize + summary.keyless >= 6_000, "{summary:?}");
    assert!(text.contains("wholly alike") || text.contains("compared with nobody"), "{text}");
    let (text, summary) = told(people.clone());
    assert!(summary.keys > 0 && summary.oversize + summary.keyless == 0, "{summary:?}");
    assert_eq!(text.lines().count(), 3, "{text}");
}
