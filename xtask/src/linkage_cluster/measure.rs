//! One executor against two, each with one slot, on the same job.

use super::nodes::{Files, Nodes};
use crate::bench::machine;
use crate::shell::{self, Outcome};
use serde_json::Value;
use std::time::Duration;

const ROWS: usize = 8_192;
const RUNS: usize = 3;
const WITHIN: Duration = Duration::from_secs(600);

/// Seconds of the best of some runs.
struct Times {
    /// The whole job, from files to files.
    whole: f64,
    /// The index written for the executors.
    hand_over: f64,
    /// From the first submission to the last answer.
    cluster: f64,
    /// Processor seconds of all executors together.
    processor: f64,
}

/// Measures and records.
pub(super) fn run(files: &Files, port: u16) -> Outcome {
    let machine = machine::describe();
    let mut alone = files.here("alone")?;
    let here = alone.finish(WITHIN)?.as_secs_f64();
    let mut lines = vec![format!("| this machine alone, one thread | {here:.2} | | | | |")];
    let mut one = None;
    for executors in [1_u16, 2] {
        let nodes = Nodes::start(files, port, executors)?;
        let mut best: Option<Times> = None;
        for _ in 0..RUNS {
            let name = format!("with-{executors}");
            let before: f64 = nodes.executors.iter().map(|executor| executor.processor()).sum();
            let mut linked = nodes.link(&name, ROWS)?;
            let whole = linked.finish(WITHIN)?.as_secs_f64();
            let processor = nodes.executors.iter().map(|executor| executor.processor()).sum::<f64>() - before;
            if !linked.is_same(&alone)? {
                return Err(format!(
                    "{executors} executors: links or report differ from those of one machine"
                ));
            }
            let (hand_over, cluster) = times(files, &name)?;
            if best.as_ref().is_none_or(|best| cluster < best.cluster) {
                best = Some(Times { whole, hand_over, cluster, processor });
            }
        }
        let Some(best) = best else { return Err("nothing was measured".to_owned()) };
        let against = one.get_or_insert(best.cluster);
        lines.push(format!(
            "| {executors} executor{} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
            if executors == 1 { "" } else { "s" },
            best.whole,
            best.hand_over,
            best.cluster,
            best.processor,
            *against / best.cluster
        ));
    }
    record(&machine, &lines)
}

fn times(files: &Files, name: &str) -> Result<(f64, f64), String> {
    let path = files.file(&format!("{name}.times.json"));
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let times: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let seconds = |name: &str| times[name].as_f64().ok_or_else(|| format!("{}: no {name}", path.display()));
    Ok((seconds("hand_over")?, seconds("cluster")?))
}

fn record(machine: &str, lines: &[String]) -> Outcome {
    let results = format!(
        "# Linkage on a cluster\n\nWritten by `cargo xtask cluster measure`: 1,000,000 people × 500,000 rows of a land \
         register, {ROWS} rows a piece, each executor with one slot and one thread, all processes on this machine; the \
         best of {RUNS} runs by the time on the cluster. Before and after that time the client reads, trains, decides \
         and writes alone, with one thread. Links and report were compared with those of one machine after every run, \
         byte for byte.\n\n{machine}\n\
         | who links | whole job, s | index handed over, s | on the cluster, s | processor seconds of the executors | \
         times as fast as one |\n|---|--:|--:|--:|--:|--:|\n{}\n",
        lines.join("\n")
    );
    let path = shell::root().join("bench/linkage/cluster.md");
    std::fs::write(&path, &results).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{results}");
    Ok(())
}
