//! `d06-testkit-cluster start | url | stop`: the tests' PostgreSQL, by hand or from `cargo xtask test`.

use d06_testkit::{ClusterError, cluster_url, start_cluster, stop_cluster};
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        Some("start") => start_cluster().map(Some),
        Some("url") => cluster_url(),
        Some("stop") => stop_cluster().map(|()| None),
        _ => {
            eprintln!("usage: d06-testkit-cluster start | url | stop");
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
