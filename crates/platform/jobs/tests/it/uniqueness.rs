//! One job per key.

use crate::counter::{Count, Counter, workers};
use d06_jobs::{Handler, Job, JobError, Workers, enqueue_unique, migrations};
use d06_kernel::id::JobId;
use d06_kernel::{Cx, Problem};
use d06_testkit::{TestDb, both};
use std::sync::Arc;

async fn ask(t: &TestDb, key: &str) -> JobId {
    let tx = t.db.begin().await.unwrap();
    let id = enqueue_unique(&t.cx, &tx, &Count { by: 1 }, key).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_waiting_job_is_not_doubled() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        assert_eq!(ask(&t, "a").await, ask(&t, "a").await);
        ask(&t, "b").await;
        assert_eq!(workers.run_due().await, 2);
        ask(&t, "a").await;
        assert_eq!(workers.run_due().await, 1);
        assert_eq!(counter.runs(), 3);
    })
    .await;
}

/// Asks for itself while it runs the first time.
struct AsksAgain {
    t: Arc<TestDb>,
    counter: Counter,
}

#[async_trait::async_trait]
impl Handler for AsksAgain {
    fn kind(&self) -> &'static str {
        Count::KIND
    }

    async fn run(&self, cx: &Cx, payload: serde_json::Value) -> Result<(), JobError> {
        if self.counter.runs() == 0 {
            ask(&self.t, "a").await;
        }
        self.counter.run(cx, payload).await
    }
}

#[tokio::test]
async fn asked_for_while_it_runs_it_runs_once_more() {
    both(migrations, |t| async move {
        let t = Arc::new(t);
        let handler = Arc::new(AsksAgain { t: t.clone(), counter: Counter::default() });
        let workers = Workers::new(t.db.clone(), t.cx.clone(), vec![handler.clone()]);
        ask(&t, "a").await;
        assert_eq!(workers.run_due().await, 2);
        assert_eq!(handler.counter.runs(), 2);
        assert_eq!(workers.run_due().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_dead_job_does_not_keep_its_key() {
    both(migrations, |t| async move {
        let (workers, counter) = workers(&t);
        counter.answers(|_| Err(JobError::Dead(Problem::invalid("tests.hopeless"))));
        ask(&t, "a").await;
        assert_eq!(workers.run_due().await, 1);
        counter.succeeds();
        ask(&t, "a").await;
        assert_eq!(workers.run_due().await, 1);
    })
    .await;
}
