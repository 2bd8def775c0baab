//! The plan compiler: time and memory of each document in each format, precision and recall of each field. The reports of
//! a city.

use crate::cluster::{Cluster, Kind};
use crate::shell::{self, Outcome};
use crate::tools;

/// Measures and writes `bench/steering/results.md`.
pub(crate) fn run() -> Outcome {
    tools::install()?;
    let root = shell::root();
    let tests = root.join("crates/base/plan/tests");
    let files = shell::target().join("bench/plans");
    let script = root.join("crates/engine/plan-files/tests/producers/produce.py");
    let python = tools::venv().join("bin/python").to_string_lossy().into_owned();
    for plan in plans(&tests.join("plans"))? {
        let words =
            [script.as_path(), plan.as_path(), files.as_path()].map(|p| p.to_string_lossy().into_owned());
        shell::run(&python, words)?;
    }
    // A plan of 150 pages: the longest of the plans, twelve times over.
    let long =
        std::fs::read_to_string(tests.join("plans/ha-bac-2026.txt")).map_err(|e| e.to_string())?.repeat(12);
    std::fs::create_dir_all(files.join("long")).map_err(|e| e.to_string())?;
    let long_text = files.join("long/150-pages.txt");
    std::fs::write(&long_text, long).map_err(|e| e.to_string())?;
    let words =
        [script.as_path(), long_text.as_path(), files.as_path()].map(|p| p.to_string_lossy().into_owned());
    shell::run(&python, words)?;
    let folder = files.to_string_lossy().into_owned();
    for document in plans_of(&files, "docx")? {
        let document = document.to_string_lossy().into_owned();
        shell::run("soffice", ["--headless", "--convert-to", "pdf", "--outdir", &folder, &document])?;
    }
    super::build()?;
    let program = shell::target().join("release/d06-bench-plans").to_string_lossy().into_owned();
    let folders = [tests.join("plans"), tests.join("expected"), files];
    let report = shell::output(&program, folders.map(|path| path.to_string_lossy().into_owned()))?;
    let text = format!(
        "# Steering\n\n`cargo xtask bench steering`\n\n{}\n{}\n{}",
        crate::bench::machine::describe(),
        String::from_utf8_lossy(&report),
        city()?
    );
    let results = root.join("bench/steering/results.md");
    std::fs::create_dir_all(root.join("bench/steering")).map_err(|e| e.to_string())?;
    std::fs::write(&results, text).map_err(|e| e.to_string())?;
    println!("{}", results.display());
    Ok(())
}

/// A city's reports, the chairman's page and the list of tasks, on a PostgreSQL that is as durable as in production.
fn city() -> Result<String, String> {
    let cluster = Cluster::start(Kind::Bench)?;
    let url = cluster.fresh_database("dean06_bench_steering")?;
    let program = shell::target().join("release/d06-bench-reports").to_string_lossy().into_owned();
    let report = shell::output(&program, [url])?;
    Ok(String::from_utf8_lossy(&report).into_owned())
}

fn plans(folder: &std::path::Path) -> Result<Vec<std::path::PathBuf>, String> {
    plans_of(folder, "txt")
}

fn plans_of(folder: &std::path::Path, kind: &str) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    let mut found: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == kind));
    found.sort();
    Ok(found)
}
