//! Numbers of dossiers: never twice, and none lost while the server runs.

use crate::scene::migrations;
use chrono::NaiveDate;
use d06_procedures::numbers::{Number, Numbers};
use d06_testkit::TestDb;
use futures::future::join_all;

const AGENCY: &str = "H31.10816";

fn day(of: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, of).unwrap()
}

async fn take(t: &TestDb, numbers: &Numbers) -> Number {
    numbers.take(&t.db, AGENCY, day(15)).await.unwrap()
}

fn tail(number: &Number) -> String {
    number.code().unwrap().tail().to_owned()
}

#[tokio::test]
async fn two_servers_that_take_at_once_share_no_number() {
    d06_testkit::both(migrations, |t| async move {
        let servers = [Numbers::default(), Numbers::default()];
        let taken = join_all((0..60).map(|at| take(&t, &servers[at % 2]))).await;
        let mut tails: Vec<String> = taken.iter().map(tail).collect();
        tails.sort_unstable();
        tails.dedup();
        assert_eq!(tails.len(), 60);
    })
    .await;
}

#[tokio::test]
async fn what_no_dossier_used_goes_to_the_next() {
    d06_testkit::both(migrations, |t| async move {
        let numbers = Numbers::default();
        let taken = join_all((0..8).map(|_| take(&t, &numbers))).await;
        let (kept, given_back): (Vec<_>, Vec<_>) =
            taken.into_iter().partition(|one| tail(one).as_str() > "0003");
        kept.into_iter().for_each(Number::spend);
        assert_eq!(given_back.len(), 3);
        drop(given_back);
        for wanted in ["0001", "0002", "0003"] {
            let next = take(&t, &numbers).await;
            assert_eq!(tail(&next), wanted);
            next.spend();
        }
        assert!(tail(&take(&t, &numbers).await).as_str() > "0008", "what was spent does not come back");
    })
    .await;
}

#[tokio::test]
async fn one_after_the_other_leaves_no_gap_not_even_when_the_server_starts_anew() {
    d06_testkit::both(migrations, |t| async move {
        for wanted in ["0001", "0002", "0003"] {
            let number = take(&t, &Numbers::default()).await;
            assert_eq!(tail(&number), wanted);
            number.spend();
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_day_begins_with_one() {
    d06_testkit::both(migrations, |t| async move {
        let numbers = Numbers::default();
        let evening = join_all((0..5).map(|_| take(&t, &numbers))).await;
        let morning = numbers.take(&t.db, AGENCY, day(16)).await.unwrap();
        assert_eq!(tail(&morning), "0001");
        drop(evening);
        assert_eq!(
            tail(&take(&t, &numbers).await),
            "0001",
            "a late one of the day before finds its own series"
        );
    })
    .await;
}
