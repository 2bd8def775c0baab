//! The loop: wakes at a commit, shares with other servers, stops politely.

use crate::counter::{Count, Counter, enqueue_one, workers};
use d06_jobs::{Workers, enqueue, migrations, queue_state};
use d06_testkit::both;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

async fn until(condition: impl Fn() -> bool) {
    let wait = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_starts_the_job_at_once() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(workers.run(async { stopped.await.unwrap_or_default() }));
        enqueue_one(&t).await;
        until(|| counter.runs() == 1).await; // it is awake now
        tokio::time::sleep(Duration::from_millis(50)).await;
        let start = Instant::now();
        enqueue_one(&t).await;
        until(|| counter.runs() == 2).await;
        assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
        stop.send(()).unwrap();
        server.await.unwrap();
        assert_eq!(queue_state(&t.db.read().await.unwrap()).await.unwrap(), Default::default());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_share_the_work_and_do_it_once() {
    both(migrations, |t| async move {
        const JOBS: usize = 200;
        let tx = t.db.begin().await.unwrap();
        for _ in 0..JOBS {
            enqueue(&t.cx, &tx, &Count { by: 1 }).await.unwrap();
        }
        tx.commit().await.unwrap();
        let counter = Arc::new(Counter::default());
        let (stop, _) = tokio::sync::broadcast::channel::<()>(1);
        let servers: Vec<_> = (0..3)
            .map(|_| {
                let workers = Workers::new(t.db.clone(), t.cx.clone(), vec![counter.clone()]).concurrency(4);
                let mut stopped = stop.subscribe();
                tokio::spawn(workers.run(async move { stopped.recv().await.unwrap_or_default() }))
            })
            .collect();
        until(|| counter.runs() >= JOBS).await;
        stop.send(()).unwrap();
        for server in servers {
            server.await.unwrap();
        }
        assert_eq!((counter.runs(), counter.sum.load(Ordering::SeqCst)), (JOBS, JOBS));
        assert_eq!(queue_state(&t.db.read().await.unwrap()).await.unwrap(), Default::default());
    })
    .await;
}
