//! Plans of other localities in layouts of the genre, each against what a person reads in it.

use d06_plan::{Compiled, Source, compile};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from("tests/genre")
}

/// The items and the warnings in the form of the expectation files.
fn lines(plan: &Compiled) -> Vec<String> {
    let day = |day: Option<d06_plan::Day>| day.map(|d| d.to_string()).unwrap_or_default();
    let targets = plan.targets.iter().map(|target| {
        let values: Vec<String> = target
            .values
            .iter()
            .map(|v| match (&v.op, v.value) {
                (Some(op), Some(value)) => format!("{} {op} {value}", v.period),
                _ => format!("{} \"{}\"", v.period, v.raw),
            })
            .collect();
        [&*target.reference, &values.join("; "), &target.unit, &target.tracking.join("; ")].join(" | ")
    });
    let tasks = plan.tasks.iter().map(|task| {
        let due = &task.due;
        [
            &*task.reference,
            &task.lead.join("; "),
            &task.coordinating.join("; "),
            due.kind.name(),
            &day(due.from),
            &day(due.to),
            &task.product,
        ]
        .join(" | ")
    });
    targets.chain(tasks).collect()
}

fn warnings(plan: &Compiled) -> Vec<String> {
    let code = |warning: &d06_plan::Warning| serde_json::to_value(warning.code).unwrap();
    plan.warnings.iter().map(|w| format!("! {} {}", w.line, code(w).as_str().unwrap())).collect()
}

#[test]
fn every_locality_compiles_to_what_a_person_reads() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        count += 1;
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let plan = compile(&Source::from_bytes(&std::fs::read(&path).unwrap()).unwrap());
        let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap();
        let (told, items): (Vec<&str>, Vec<&str>) = expected.lines().partition(|line| line.starts_with('!'));
        let found = lines(&plan);
        for (at, wanted) in items.iter().enumerate() {
            let got = found.get(at).map(String::as_str).unwrap_or("nothing");
            if got.trim_end() != wanted.trim_end() {
                wrong.push(format!("{name}: expected {wanted}\n    found    {got}"));
            }
        }
        wrong.extend(found.iter().skip(items.len()).map(|extra| format!("{name}: not in the plan: {extra}")));
        let given = warnings(&plan);
        wrong.extend(
            told.iter().filter(|w| !given.contains(&(**w).to_owned())).map(|w| format!("{name}: {w}")),
        );
    }
    assert!(count >= 6);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn heads_of_letters_in_their_variants() {
    let document = |name: &str| {
        let text = std::fs::read(folder().join(name)).unwrap();
        compile(&Source::from_bytes(&text).unwrap()).document
    };
    let beside = document("phuong-hai-cot-dau.txt");
    assert_eq!(beside.number.as_deref(), Some("47/KH-UBND"));
    assert_eq!(beside.issuer.as_deref(), Some("ỦY BAN NHÂN DÂN PHƯỜNG ĐÔNG KINH"));
    assert_eq!((beside.place.as_deref(), beside.date.as_deref()), (Some("Đông Kinh"), Some("2026-02-06")));
    assert_eq!(beside.title.as_deref(), Some("Triển khai Đề án 06 trên địa bàn phường Đông Kinh năm 2026"));
    let below = document("tinh-phan-va-bang-gach.txt");
    assert_eq!((below.place.as_deref(), below.date.as_deref()), (Some("Lâm Đồng"), Some("2026-01-15")));
    let annexed = document("xa-giai-doan.txt");
    assert_eq!((annexed.kind.as_deref(), annexed.number.as_deref()), (Some("plan"), Some("15/QĐ-UBND")));
    assert_eq!(annexed.period.to.map(|day| day.to_string()).as_deref(), Some("2030-12-31"));
}
