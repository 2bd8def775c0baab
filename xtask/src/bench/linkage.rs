//! Linkage beside Splink 5 on DuckDB and beside plain SQL joins, from Parquet to Parquet, on data made by seed.

use crate::bench::{machine, process};
use crate::shell::{self, Outcome};
use process::Measured;
use serde_json::Value;
use std::path::{Path, PathBuf};

const SEED: &str = "7";

/// A set of data and who links it.
struct Row {
    name: &'static str,
    set: &'static str,
    people: &'static str,
    rows: &'static str,
    /// Splink and SQL take part; of the largest set there is not memory enough.
    others: bool,
}

const ROWS: [Row; 4] = [
    Row { name: "100k", set: "land", people: "100000", rows: "50000", others: true },
    Row { name: "1m", set: "land", people: "1000000", rows: "500000", others: true },
    Row { name: "4m6", set: "land", people: "4600000", rows: "1500000", others: false },
    Row { name: "dedupe", set: "beneficiaries", people: "1000000", rows: "1000000", others: true },
];
/// The quickest of so many runs by turns counts, for every program: the machine is not ours alone.
const RUNS: usize = 3;
/// Records looked up one by one.
const LOOKUPS: &str = "2000";

/// Who does a piece of work, and where what it found is.
struct Entrant<'a> {
    name: &'static str,
    job: process::Job<'a>,
    links: &'a str,
}

/// Where programs and data are.
struct Bench {
    data: PathBuf,
    sources: PathBuf,
    python: String,
    lines: Vec<String>,
}

/// Measures everything, or with `--only NAME` one row: `100k`, `1m`, `4m6`, `dedupe`, `one`, `febrl4`, `private`. With
/// `--ours` the other programs stay out.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let only = arguments.iter().position(|word| word == "--only").and_then(|at| arguments.get(at + 1));
    let ours = arguments.iter().any(|word| word == "--ours");
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    let packages = ["--package", "d06-linkage", "--package", "d06-linkage-run"];
    shell::cargo(["build", "--release", "--examples"].into_iter().chain(packages))?;
    let machine = machine::describe();
    let mut bench = Bench::prepare()?;
    for row in ROWS.iter().filter(|row| wanted(row.name)) {
        bench.row(row, ours)?;
    }
    if wanted("febrl4") {
        bench.febrl(ours)?;
    }
    if wanted("one") {
        bench.one()?;
    }
    let private = if wanted("private") { private()? } else { String::new() };
    let table = format!(
        "| work | program | seconds | processor seconds | memory | F1 as decided | best F1 | precision | recall | \
         calibration error |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n{}\n",
        bench.lines.join("\n")
    );
    let results = format!(
        "# Record linkage\n\nWritten by `cargo xtask bench linkage`; what is measured and how is in \
         [README.md](README.md).\n\n{machine}\n{table}{private}"
    );
    if only.is_none() && !ours {
        let path = shell::root().join("bench/linkage/results.md");
        std::fs::write(&path, &results).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    println!("{results}");
    Ok(())
}

impl Bench {
    fn prepare() -> Result<Self, String> {
        let sources = shell::root().join("bench/linkage");
        let venv = shell::target().join("linkage-venv");
        let (wanted, mark) = (sources.join("requirements.txt"), venv.join("requirements.txt"));
        let same = std::fs::read(&wanted).ok().is_some_and(|w| std::fs::read(&mark).is_ok_and(|m| m == w));
        if !same {
            shell::run("python3", ["-m", "venv", &text(&venv)])?;
            shell::run(&text(&venv.join("bin/pip")), ["install", "--quiet", "-r", &text(&wanted)])?;
            std::fs::copy(&wanted, &mark).map_err(|error| error.to_string())?;
        }
        let data = shell::target().join("bench/linkage");
        Ok(Self { data, sources, python: text(&venv.join("bin/python")), lines: Vec::new() })
    }

    fn row(&mut self, row: &Row, ours: bool) -> Outcome {
        let folder = self.data.join(row.name);
        let file = |name: &str| text(&folder.join(format!("{name}.parquet")));
        let (register, people, truth) = (file(row.set), file("people"), file("truth"));
        if !Path::new(&truth).exists() || !Path::new(&register).exists() {
            shell::run(&example("registers"), [row.set, row.people, row.rows, SEED, &text(&folder)])?;
        }
        let is_dedupe = row.set == "beneficiaries";
        let kind = if is_dedupe { "dedupe" } else { "link" };
        let spec = text(&self.sources.join(format!("{}.toml", row.set)));
        let links = file("links");
        let mut words_of_ours = vec![kind, "--quiet", "--spec", &spec, "--out", &links, "--left"];
        if is_dedupe {
            words_of_ours.push(&register);
        } else {
            words_of_ours.extend([people.as_str(), "--right", &register]);
        }
        let (linker, splink, joined) = (example("dean06-link"), file("splink"), file("joined"));
        let by_us = Entrant { name: "dean06", job: (&linker, &words_of_ours), links: &links };
        if ours || !row.others {
            return self.race(row.name, kind, &truth, &[by_us]);
        }
        let (left, right) = (file("people-normal"), file("register-normal"));
        shell::run(&example("normalised"), ["right", &register, &right])?;
        let script = |name: &str| text(&self.sources.join(name));
        let (python, splink_job, sql_join) =
            (self.python.clone(), script("splink_job.py"), script("sql_join.py"));
        let by_splink = |words| Entrant { name: "Splink 5, DuckDB", job: (&python, words), links: &splink };
        if is_dedupe {
            let words = [splink_job.as_str(), kind, &right, &splink];
            return self.race(row.name, kind, &truth, &[by_us, by_splink(&words)]);
        }
        shell::run(&example("normalised"), ["left", &people, &left])?;
        let words = [splink_job.as_str(), kind, &left, &right, &splink];
        let words_of_sql = [sql_join.as_str(), &left, &right, &joined];
        let by_sql = Entrant { name: "SQL joins, DuckDB", job: (&python, &words_of_sql), links: &joined };
        self.race(row.name, kind, &truth, &[by_us, by_splink(&words), by_sql])?;
        if row.name == "1m" {
            self.limit("read the columns, Arrow C++", &["columns", &people, &register])?;
            let pairs = pairs(&words_of_ours, &folder.join("report.html"))?;
            self.limit("compare the pairs, RapidFuzz", &["compare", &left, &right, &pairs])?;
        }
        Ok(())
    }

    /// What the work cannot take less than: seconds that the script itself measured, without its start.
    fn limit(&mut self, program: &str, words: &[&str]) -> Outcome {
        let script = text(&self.sources.join("limit.py"));
        let said =
            shell::output(&self.python, std::iter::once(script.as_str()).chain(words.iter().copied()))?;
        let said: Value = serde_json::from_slice(&said).map_err(|error| error.to_string())?;
        self.lines.push(format!("| 1m: the limit | {program} | {} | | |", said["seconds"]));
        Ok(())
    }

    fn febrl(&mut self, ours: bool) -> Outcome {
        let folder = self.data.join("febrl4");
        let file = |name: &str| text(&folder.join(format!("{name}.parquet")));
        let script = text(&self.sources.join("febrl.py"));
        shell::run(&self.python, [&script, "data", &text(&folder)])?;
        let spec = text(&self.sources.join("febrl4.toml"));
        let (truth, links) = (file("truth"), file("links"));
        let words = [
            "link",
            "--quiet",
            "--spec",
            &spec,
            "--left",
            &file("a"),
            "--right",
            &file("b"),
            "--out",
            &links,
        ];
        let (linker, splink, folder, python) =
            (example("dean06-link"), file("splink"), text(&folder), self.python.clone());
        let by_us = Entrant { name: "dean06", job: (&linker, &words), links: &links };
        let words = [script.as_str(), "splink", &folder, &splink];
        let by_splink = Entrant { name: "Splink 5, DuckDB", job: (&python, &words), links: &splink };
        let all = [by_us, by_splink];
        self.race("febrl4", "link", &truth, if ours { &all[..1] } else { &all })
    }

    /// One record against the largest index.
    fn one(&mut self) -> Outcome {
        let row = &ROWS[2];
        let folder = self.data.join(row.name);
        let file = |name: &str| text(&folder.join(name));
        if !Path::new(&file("truth.parquet")).exists() {
            shell::run(&example("registers"), [row.set, row.people, row.rows, SEED, &text(&folder)])?;
        }
        let spec = text(&self.sources.join("land.toml"));
        let (people, land, index) = (file("people.parquet"), file("land.parquet"), file("people.index"));
        let words = [
            "link", "index", "--quiet", "--spec", &spec, "--left", &people, "--right", &land, "--out", &index,
        ];
        let built = process::measure(&example("dean06-link"), &words)?;
        self.lines.push(line("one: make the index", "dean06", &built, ""));
        let asked = process::measure(&example("lookups"), &[&index, &land, LOOKUPS])?;
        let said: Value = serde_json::from_str(asked.said.trim()).map_err(|error| error.to_string())?;
        let figures = format!(
            " open {} s, p50 {} ms, p99 {} ms |",
            said["open_seconds"], said["p50_ms"], said["p99_ms"]
        );
        self.lines.push(line("one: look up", "dean06", &asked, &figures));
        Ok(())
    }

    /// Runs programs by turns and judges what each found.
    fn race(&mut self, work: &str, kind: &str, truth: &str, entrants: &[Entrant<'_>]) -> Outcome {
        let jobs: Vec<process::Job<'_>> = entrants.iter().map(|entrant| entrant.job).collect();
        let measured = process::by_turns(RUNS, &jobs)?;
        for (Entrant { name, links, .. }, measured) in entrants.iter().zip(&measured) {
            self.judge(work, name, measured, kind, truth, links)?;
        }
        Ok(())
    }

    fn judge(
        &mut self,
        work: &str,
        program: &str,
        measured: &Measured,
        kind: &str,
        truth: &str,
        links: &str,
    ) -> Outcome {
        let script = text(&self.sources.join("score.py"));
        let said = shell::output(&self.python, [&script, kind, truth, links])?;
        let score: Value = serde_json::from_slice(&said).map_err(|error| error.to_string())?;
        let decided = &score["decided"];
        let figures = format!(
            " {} | {} | {} | {} | {} |",
            decided["f1"],
            score["best"]["f1"],
            decided["precision"],
            decided["recall"],
            score["calibration_error"]
        );
        let line = line(work, program, measured, &figures);
        println!("{line}");
        self.lines.push(line);
        Ok(())
    }
}

fn line(work: &str, program: &str, measured: &Measured, figures: &str) -> String {
    let Measured { seconds, processor, memory, .. } = measured;
    format!("| {work} | {program} | {seconds:.2} | {processor:.2} | {} MB |{figures}", memory >> 20)
}

/// What it costs that neither side shows its rows.
fn private() -> Result<String, String> {
    let said = shell::output(&example("private_loss"), ["20000", "10000"])?;
    Ok(format!("\n## Rows that may not be shown\n\n{}", String::from_utf8_lossy(&said)))
}

/// How many pairs our job compares, as its report says.
fn pairs(job: &[&str], report: &Path) -> Result<String, String> {
    const LABEL: &str = "Pairs compared</dt><dd>";
    let shown = text(report);
    let words: Vec<&str> = job.iter().copied().chain(["--lang", "en", "--report", &shown]).collect();
    shell::run(&example("dean06-link"), &words)?;
    let said = std::fs::read_to_string(report).map_err(|error| format!("{shown}: {error}"))?;
    let (_, count) = said.split_once(LABEL).ok_or_else(|| format!("{shown}: no pairs"))?;
    Ok(count.chars().take_while(|c| *c != '<').filter(char::is_ascii_digit).collect())
}

fn example(name: &str) -> String {
    text(&shell::target().join("release/examples").join(name))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
