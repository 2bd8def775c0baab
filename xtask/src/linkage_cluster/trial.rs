//! The answer of a cluster is that of one machine, also when an executor is killed in the middle.

use super::nodes::{Files, Nodes};
use crate::shell::Outcome;
use std::time::Duration;

/// Rows of a piece: small, so that there is a middle to be killed in.
const ROWS: usize = 4_096;
/// Pieces that the victim has linked before it is killed.
const BEFORE: usize = 3;
/// In which each run must be done.
const WITHIN: Duration = Duration::from_secs(300);

/// Runs the trial.
pub(super) fn run(files: &Files, port: u16) -> Outcome {
    let mut alone = files.here("alone")?;
    let took = alone.finish(WITHIN)?;
    println!("cluster: this machine alone: {:.1} s", took.as_secs_f64());

    let mut nodes = Nodes::start(files, port, 2)?;
    let mut two = nodes.link("two", ROWS)?;
    let took = two.finish(WITHIN)?;
    let linked: Vec<usize> = nodes.executors.iter().map(|executor| executor.pieces()).collect();
    println!("cluster: two executors: {:.1} s, pieces linked by each: {linked:?}", took.as_secs_f64());
    let pieces: usize = linked.iter().sum();
    if linked.contains(&0) {
        return Err(format!("one of the executors linked nothing\n{}", nodes.said()));
    }
    same(two.is_same(&alone)?, "two executors")?;

    let mut killed = nodes.link("killed", ROWS)?;
    let (victim, before) = match nodes.executors.last_mut() {
        Some(victim) => (victim, linked.last().copied().unwrap_or_default()),
        None => return Err("no executor".to_owned()),
    };
    victim.until("linked piece", before + BEFORE)?;
    victim.kill()?;
    let lost = victim.pieces() - before;
    let took = killed.finish(WITHIN)?;
    let again = nodes.executors.iter().map(|executor| executor.pieces()).sum::<usize>() - 2 * pieces;
    println!(
        "cluster: one of two executors killed after {lost} pieces: {:.1} s, {again} pieces linked again",
        took.as_secs_f64()
    );
    if lost == 0 || lost >= pieces || again < lost {
        return Err("the executor was not killed in the middle".to_owned());
    }
    same(killed.is_same(&alone)?, "one of two executors killed")?;
    println!("cluster: links and reports are byte for byte those of one machine");
    Ok(())
}

fn same(is_same: bool, what: &str) -> Outcome {
    if is_same { Ok(()) } else { Err(format!("{what}: links or report differ from those of one machine")) }
}
