//! Compares compiled plans with the expectation files.

use d06_plan::{Compiled, Source, Target, Task, compile};
use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) fn compiled(plan: &str) -> Compiled {
    let path = folder("plans").join(format!("{plan}.txt"));
    compile(&Source::from_bytes(&std::fs::read(path).unwrap()).unwrap())
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from("tests").join(name)
}

/// The names of the fields of a task line, for the report.
const TASK_FIELDS: [&str; 11] = [
    "ref",
    "line_start",
    "line_end",
    "lead",
    "coordinating",
    "due",
    "from",
    "to",
    "text",
    "text end",
    "product",
];
const TARGET_FIELDS: [&str; 6] = ["ref", "line_start", "unit", "values", "tracking", "text"];

/// Every field of every item must be as expected; a difference is shown with its field and its reference.
pub(crate) fn assert_as_read(plan: &str) {
    let compiled = compiled(plan);
    let targets = compiled.targets.iter().map(target_line).collect::<Vec<_>>();
    let tasks = compiled.tasks.iter().map(task_line).collect::<Vec<_>>();
    let mut differences = compare(&expected(plan, "targets"), &targets, &TARGET_FIELDS);
    differences.extend(compare(&expected(plan, "tasks"), &tasks, &TASK_FIELDS));
    assert!(differences.is_empty(), "{plan}:\n{}", differences.join("\n"));
}

fn expected(plan: &str, kind: &str) -> Vec<String> {
    let path = folder("expected").join(format!("{plan}.{kind}.tsv"));
    std::fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn compare(expected: &[String], found: &[String], fields: &[&str]) -> Vec<String> {
    let by_ref = |lines: &[String]| -> BTreeMap<String, Vec<String>> {
        let cells = |line: &String| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
        lines.iter().map(|line| (cells(line)[0].clone(), cells(line))).collect()
    };
    let (expected, found) = (by_ref(expected), by_ref(found));
    let mut differences = Vec::new();
    for (reference, wanted) in &expected {
        let Some(got) = found.get(reference) else {
            differences.push(format!("{reference}: missing"));
            continue;
        };
        for (i, field) in fields.iter().enumerate() {
            let (wanted, got) = (wanted.get(i), got.get(i));
            if wanted != got {
                differences.push(format!("{reference} {field}: expected {wanted:?}, found {got:?}"));
            }
        }
    }
    for reference in found.keys().filter(|reference| !expected.contains_key(*reference)) {
        differences.push(format!("{reference}: not in the document"));
    }
    differences
}

fn target_line(target: &Target) -> String {
    let values: Vec<String> = target
        .values
        .iter()
        .map(|v| match (&v.op, v.value) {
            (Some(op), Some(value)) => format!("{} {op} {value}", v.period),
            _ => format!("{} \"{}\"", v.period, v.raw),
        })
        .collect();
    [
        target.reference.clone(),
        target.source.line_start.to_string(),
        target.unit.clone(),
        values.join("|"),
        target.tracking.join("|"),
        head(&target.text),
    ]
    .join("\t")
}

fn task_line(task: &Task) -> String {
    let day = |day: Option<_>| day.map(|day: chrono::NaiveDate| day.to_string()).unwrap_or_default();
    [
        task.reference.clone(),
        task.source.line_start.to_string(),
        task.source.line_end.to_string(),
        task.lead.join("|"),
        task.coordinating.join("|"),
        format!("{:?}", task.due.kind).to_lowercase(),
        day(task.due.from),
        day(task.due.to),
        head(&task.text),
        tail(&task.text),
        head(&task.product),
    ]
    .join("\t")
}

/// The first 30 letters.
fn head(text: &str) -> String {
    text.replace('\n', " ").chars().take(30).collect::<String>().trim().to_owned()
}

/// The last 30 letters.
fn tail(text: &str) -> String {
    let text = text.replace('\n', " ");
    let skip = text.chars().count().saturating_sub(30);
    text.chars().skip(skip).collect::<String>().trim().to_owned()
}

/// Writes what is compiled now in the form of the expectation files, to be compared with the document by eye:
/// `PLAN=ha-bac-2026 cargo test -p d06-plan -- --ignored --nocapture show_as_lines`.
#[test]
#[ignore = "a tool for writing expectation files"]
#[allow(clippy::disallowed_methods, reason = "a tool for the person at the keyboard")]
fn show_as_lines() {
    let plan = std::env::var("PLAN").unwrap();
    let compiled = compiled(&plan);
    for line in compiled.targets.iter().map(target_line).chain(compiled.tasks.iter().map(task_line)) {
        println!("{line}");
    }
}
