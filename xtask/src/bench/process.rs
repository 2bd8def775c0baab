//! Wall clock, processor time and memory of a program, from `/proc`.

use crate::shell;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_millis(10);
/// Ticks of `/proc/PID/stat` in a second: `USER_HZ`, 100 on every Linux.
const TICKS: f64 = 100.0;

/// What a program needed.
pub(crate) struct Measured {
    /// Wall clock.
    pub(crate) seconds: f64,
    /// Seconds of processors, its own and the system's for it.
    pub(crate) processor: f64,
    /// The most that was ever resident, in bytes: `VmHWM`, which costs the program nothing.
    pub(crate) memory: u64,
    /// What it printed.
    pub(crate) said: String,
}

/// A program with its arguments.
pub(crate) type Job<'a> = (&'a str, &'a [&'a str]);

/// Runs programs by turns, each so often, and tells of the quickest run of each: what slows the machine for a while slows
/// all of them.
pub(crate) fn by_turns(runs: usize, jobs: &[Job<'_>]) -> Result<Vec<Measured>, String> {
    let mut best: Vec<Option<Measured>> = jobs.iter().map(|_| None).collect();
    for _ in 0..runs.max(1) {
        for ((program, arguments), best) in jobs.iter().zip(&mut best) {
            // What ran before has its output on the disk, so that nobody waits for what another wrote.
            shell::run("sync", std::iter::empty::<&str>())?;
            let now = measure(program, arguments)?;
            if best.as_ref().is_none_or(|before| now.seconds < before.seconds) {
                *best = Some(now);
            }
        }
    }
    Ok(best.into_iter().flatten().collect())
}

/// Runs a program to its end, looking every 10 ms at what it used so far.
pub(crate) fn measure(program: &str, arguments: &[&str]) -> Result<Measured, String> {
    let shown = format!("{program} {}", arguments.join(" "));
    let began = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{shown}: {error}"))?;
    let (mut memory, mut processor) = (0, 0.0);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| format!("{shown}: {error}"))? {
            break status;
        }
        memory = most_resident(child.id()).unwrap_or(memory);
        processor = self::processor(child.id()).unwrap_or(processor);
        std::thread::sleep(EVERY);
    };
    let seconds = began.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{shown} ended with {status}"));
    }
    let mut said = String::new();
    if let Some(mut output) = child.stdout.take() {
        std::io::Read::read_to_string(&mut output, &mut said).map_err(|error| error.to_string())?;
    }
    Ok(Measured { seconds, processor, memory, said })
}

fn most_resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// Seconds of processors that a running process has used.
pub(crate) fn processor(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name may hold spaces; fields are counted after its closing parenthesis.
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / TICKS)
}
