//! `d06-testkit-cluster start | url | stop [--bench]`: the private PostgreSQL of the tests or of the measurements.

use d06_testkit::{ClusterError, ClusterKind, cluster_url, start_cluster, stop_cluster};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bench = arguments.iter().any(|argument| argument == "--bench");
    let kind = if bench { ClusterKind::Bench } else { ClusterKind::Tests };
    let outcome = match arguments.first().map(String::as_str) {
        Some("start") => start_cluster(kind).map(Some),
        Some("url") => cluster_url(kind),
        Some("stop") => stop_cluster(kind).map(|()| None),
        _ => {
            eprintln!("usage: d06-testkit-cluster start | url | stop [--bench]");
            return ExitCode::from(2);
        }
    };
    finish(outcome)
}

#[allow(clippy::print_stdout, reason = "the URL is this program's output")]
fn finish(outcome: Result<Option<String>, ClusterError>) -> ExitCode {
    match outcome {
        Ok(url) => {
            if let Some(url) = url {
                println!("{url}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
