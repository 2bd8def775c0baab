//! Measures the plan compiler and writes a report in Markdown to standard output: time and memory of each document in
//! each format, a plan of 150 pages, and precision and recall of every field against what people read in the plans.
//!
//! `d06-bench-plans PLANS EXPECTED FILES`: folder of the texts, folder of the expectation files, folder with the same
//! plans in other formats.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program that measures this machine")]

use d06_plan::{Compiled, Source, compile};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Measured this many times; the middle one counts.
const ROUNDS: usize = 9;

fn main() -> Outcome<()> {
    let arguments: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    // Asked to compile one file and say how much memory it took: a process of its own, so that peaks do not mix.
    if let [word, file] = arguments.as_slice()
        && word.as_os_str() == "peak"
    {
        let compiled = compile(&d06_plan_files::read(&std::fs::read(file)?)?);
        println!("{} {}", peak_kilobytes()?, compiled.tasks.len() + compiled.targets.len());
        return Ok(());
    }
    let [plans, expected, files] = arguments.as_slice() else { return Err("PLANS EXPECTED FILES".into()) };
    speed(plans, files)?;
    quality(plans, expected)
}

fn speed(plans: &Path, files: &Path) -> Outcome<()> {
    println!("## Time and memory\n");
    println!(
        "Median of {ROUNDS} runs in one process; memory is the peak of a process that compiles that file only.\n"
    );
    println!("| document | size | read | compile | peak memory | targets | tasks |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    let mut all = listed(plans, &["txt"])?;
    all.extend(listed(files, &["docx", "xlsx", "pdf"])?);
    for path in all {
        let bytes = std::fs::read(&path)?;
        let (read, source) = timed(|| d06_plan_files::read(&bytes))?;
        let (compiled_in, compiled) = timed(|| Ok::<_, std::convert::Infallible>(compile(&source)))?;
        println!(
            "| {} | {} kB | {} | {} | {} MB | {} | {} |",
            name(&path),
            bytes.len() / 1024,
            milliseconds(read),
            milliseconds(compiled_in),
            peak_of(&path)?,
            compiled.targets.len(),
            compiled.tasks.len()
        );
    }
    Ok(())
}

/// Runs something several times; the median time and the last result.
fn timed<T, E: std::error::Error + 'static>(run: impl Fn() -> Result<T, E>) -> Outcome<(Duration, T)> {
    let mut times = Vec::with_capacity(ROUNDS);
    let mut last = None;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        last = Some(run()?);
        times.push(started.elapsed());
    }
    times.sort();
    Ok((times[ROUNDS / 2], last.ok_or("no round")?))
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// The peak of this process (Linux, `VmHWM`).
fn peak_kilobytes() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
}

fn peak_of(path: &Path) -> Outcome<u64> {
    let output = std::process::Command::new(std::env::current_exe()?).arg("peak").arg(path).output()?;
    let text = String::from_utf8(output.stdout)?;
    let kilobytes: u64 = text.split_whitespace().next().ok_or("no answer")?.parse()?;
    Ok(kilobytes.div_ceil(1024))
}

fn listed(folder: &Path, kinds: &[&str]) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kinds.iter().any(|known| kind == *known)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Right, found and expected values of a field.
#[derive(Default)]
struct Count {
    right: usize,
    found: usize,
    expected: usize,
}

fn quality(plans: &Path, expected: &Path) -> Outcome<()> {
    const TASK: [&str; 11] = [
        "ref",
        "line_start",
        "line_end",
        "lead",
        "coordinating",
        "due.kind",
        "due.from",
        "due.to",
        "text (begin)",
        "text (end)",
        "product",
    ];
    const TARGET: [&str; 6] = ["ref", "line_start", "unit", "values, op", "tracking", "text (begin)"];
    println!("\n## Precision and recall\n");
    println!(
        "Against expectation files written by reading the documents. A value that stands empty on both sides is not \
         counted.\n"
    );
    for (kind, fields) in [("targets", TARGET.as_slice()), ("tasks", TASK.as_slice())] {
        println!(
            "\n### {kind}\n\n| field | expected | found | right | precision | recall |\n|---|---:|---:|---:|---:|---:|"
        );
        let mut counts: Vec<Count> = fields.iter().map(|_| Count::default()).collect();
        for path in listed(plans, &["txt"])? {
            let plan = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let file = expected.join(format!("{plan}.{kind}.tsv"));
            let wanted = std::fs::read_to_string(file).unwrap_or_default();
            let compiled = compile(&Source::from_bytes(&std::fs::read(&path)?)?);
            let found = rows(&compiled, kind);
            count(
                &by_reference(wanted.lines().map(str::to_owned)),
                &by_reference(found.into_iter()),
                &mut counts,
            );
        }
        for (field, count) in fields.iter().zip(counts) {
            #[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
            let share = |of: usize| if of == 0 { 1.0 } else { count.right as f64 / of as f64 };
            println!(
                "| {field} | {} | {} | {} | {:.3} | {:.3} |",
                count.expected,
                count.found,
                count.right,
                share(count.found),
                share(count.expected)
            );
        }
    }
    Ok(())
}

fn by_reference(lines: impl Iterator<Item = String>) -> BTreeMap<String, Vec<String>> {
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>())
        .map(|cells| (cells.first().cloned().unwrap_or_default(), cells))
        .collect()
}

fn count(
    wanted: &BTreeMap<String, Vec<String>>,
    found: &BTreeMap<String, Vec<String>>,
    counts: &mut [Count],
) {
    for (i, count) in counts.iter_mut().enumerate() {
        let filled = |rows: &BTreeMap<String, Vec<String>>| {
            rows.values().filter(|cells| cells.get(i).is_some_and(|cell| !cell.is_empty())).count()
        };
        count.expected += filled(wanted);
        count.found += filled(found);
        count.right += wanted
            .iter()
            .filter_map(|(reference, cells)| Some((cells.get(i)?, found.get(reference)?.get(i)?)))
            .filter(|(a, b)| a == b && !a.is_empty())
            .count();
    }
}

/// The items in the form of the expectation files (see their README).
fn rows(compiled: &Compiled, kind: &str) -> Vec<String> {
    if kind == "targets" {
        return compiled.targets.iter().map(target_row).collect();
    }
    compiled.tasks.iter().map(task_row).collect()
}

fn target_row(target: &d06_plan::Target) -> String {
    let value = |v: &d06_plan::TargetValue| match (&v.op, v.value) {
        (Some(op), Some(value)) => format!("{} {op} {value}", v.period),
        _ => format!("{} \"{}\"", v.period, v.raw),
    };
    let values: Vec<String> = target.values.iter().map(value).collect();
    let line = target.source.line_start.to_string();
    let head: String = target.text.chars().take(30).collect();
    [&target.reference, &line, &target.unit, &values.join("|"), &target.tracking.join("|"), head.trim()]
        .join("\t")
}

fn task_row(task: &d06_plan::Task) -> String {
    let day = |day: Option<_>| day.map(|day: d06_plan::Day| day.to_string()).unwrap_or_default();
    let flat = |text: &str| text.replace('\n', " ");
    let head = |text: &str| flat(text).chars().take(30).collect::<String>().trim().to_owned();
    let tail = |text: &str| {
        let text = flat(text);
        let skip = text.chars().count().saturating_sub(30);
        text.chars().skip(skip).collect::<String>().trim().to_owned()
    };
    [
        task.reference.clone(),
        task.source.line_start.to_string(),
        task.source.line_end.to_string(),
        task.lead.join("|"),
        task.coordinating.join("|"),
        task.due.kind.name().to_owned(),
        day(task.due.from),
        day(task.due.to),
        head(&task.text),
        tail(&task.text),
        head(&task.product),
    ]
    .join("\t")
}
