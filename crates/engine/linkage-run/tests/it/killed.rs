//! A run that is killed goes on where it was, and its output and report are the same to the byte.

use super::{Registers, job, link};
use d06_linkage_run::{Job, Summary};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FOLDER: &str = "DEAN06_TEST_FOLDER";

/// With a report, and people born on the same day by the dozen: blocks that are too large are counted.
fn reported(folder: &Path, name: &str) -> Job {
    let mut job = job(folder, &format!("{name}.parquet"));
    job.report = Some(folder.join(format!("{name}.html")));
    job.spec.blocking.largest_block = 4;
    job
}

/// Not a test of its own: the run that the test below kills.
#[test]
#[ignore = "run by `a_killed_run_goes_on_and_gives_the_same_bytes`"]
fn run_to_be_killed() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    link(&reported(&folder, "killed")).unwrap();
}

#[test]
fn a_killed_run_goes_on_and_gives_the_same_bytes() {
    let registers = Registers::new(3_000, 2_000);
    let whole = link(&reported(registers.folder.path(), "whole")).unwrap();
    assert!(whole.oversize > 0, "{whole:?}");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::run_to_be_killed", "--ignored"])
        .env(FOLDER, registers.folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let kept = registers.path(".killed.parquet.resume/part-000001");
    let began = Instant::now();
    while !kept.exists() && child.try_wait().unwrap().is_none() && began.elapsed() < Duration::from_secs(300)
    {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(kept.exists(), "killed after its second part");
    assert!(!registers.path("killed.parquet").exists(), "nothing under the final name");

    let summary = link(&reported(registers.folder.path(), "killed")).unwrap();
    assert!(summary.resumed >= 2, "{summary:?}");
    assert_eq!(Summary { resumed: 0, ..summary }, whole);
    let bytes = |name| std::fs::read(registers.path(name)).unwrap();
    assert_eq!(bytes("killed.parquet"), bytes("whole.parquet"));
    assert_eq!(bytes("killed.html"), bytes("whole.html"));
    assert!(!registers.names().iter().any(|name| name.starts_with('.')), "{:?}", registers.names());
}
