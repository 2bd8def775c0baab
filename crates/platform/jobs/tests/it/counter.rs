//! A job that counts, and a handler that is told what to answer.

use d06_jobs::{Handler, Job, JobError, Workers};
use d06_kernel::Cx;
use d06_testkit::TestDb;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

#[derive(Serialize, Deserialize)]
pub struct Count {
    pub by: usize,
}

impl Job for Count {
    const KIND: &'static str = "tests.count";
}

type Answer = Box<dyn Fn(&Cx) -> Result<(), JobError> + Send + Sync>;

/// Counts the runs and the sum of what it was given.
#[derive(Default)]
pub struct Counter {
    pub runs: AtomicUsize,
    pub sum: AtomicUsize,
    answer: Mutex<Option<Answer>>,
}

impl Counter {
    pub fn answers(&self, answer: impl Fn(&Cx) -> Result<(), JobError> + Send + Sync + 'static) {
        *self.answer.lock().unwrap() = Some(Box::new(answer));
    }

    pub fn succeeds(&self) {
        *self.answer.lock().unwrap() = None;
    }

    pub fn runs(&self) -> usize {
        self.runs.load(Ordering::SeqCst)
    }
}

#[async_trait::async_trait]
impl Handler for Counter {
    fn kind(&self) -> &'static str {
        Count::KIND
    }

    async fn run(&self, cx: &Cx, payload: serde_json::Value) -> Result<(), JobError> {
        let count: Count = serde_json::from_value(payload).unwrap();
        self.runs.fetch_add(1, Ordering::SeqCst);
        self.sum.fetch_add(count.by, Ordering::SeqCst);
        self.answer.lock().unwrap().as_ref().map_or(Ok(()), |answer| answer(cx))
    }
}

/// Workers with one counter.
pub fn workers(t: &TestDb) -> (Workers, Arc<Counter>) {
    let counter = Arc::new(Counter::default());
    (Workers::new(t.db.clone(), t.cx.clone(), vec![counter.clone()]), counter)
}

/// Enqueues a count of one and commits.
pub async fn enqueue_one(t: &TestDb) {
    let tx = t.db.begin().await.unwrap();
    d06_jobs::enqueue(&t.cx, &tx, &Count { by: 1 }).await.unwrap();
    tx.commit().await.unwrap();
}
