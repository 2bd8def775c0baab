//! A fresh database is a copy of a template, and cheap.

use crate::room::migrations;
use d06_testkit::both;
use std::time::Instant;

#[tokio::test]
async fn a_fresh_pair_of_databases_is_cheap() {
    both(migrations, |_| async {}).await; // makes the templates and, if need be, the cluster
    let start = Instant::now();
    for _ in 0..5 {
        both(migrations, |_| async {}).await;
    }
    let each = start.elapsed() / 5;
    eprintln!("{each:?} for both");
    assert!(each.as_millis() < 1_500, "{each:?}");
}
