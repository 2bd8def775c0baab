//! Work that comes back, once for all servers.

use crate::counter::{Count, Counter};
use chrono::TimeDelta;
use d06_jobs::{Schedule, Workers, migrations};
use d06_testkit::{TestDb, both};
use std::sync::Arc;

fn server(t: &TestDb, counter: &Arc<Counter>) -> Workers {
    let every_minute = Schedule::every(TimeDelta::minutes(1), &Count { by: 1 }).unwrap();
    Workers::new(t.db.clone(), t.cx.clone(), vec![counter.clone()]).schedules(vec![every_minute])
}

#[tokio::test]
async fn two_servers_run_a_schedule_once_per_period() {
    both(migrations, |t| async move {
        let counter = Arc::new(Counter::default());
        let (one, two) = (server(&t, &counter), server(&t, &counter));
        for minute in 1..=3 {
            one.run_due().await;
            two.run_due().await;
            one.run_due().await;
            assert_eq!(counter.runs(), minute);
            t.clock.advance(TimeDelta::minutes(1));
        }
        // What was missed is not made up for.
        t.clock.advance(TimeDelta::days(1));
        one.run_due().await;
        two.run_due().await;
        assert_eq!(counter.runs(), 4);
    })
    .await;
}

#[test]
fn a_schedule_is_not_a_loop() {
    let too_often = Schedule::every(TimeDelta::milliseconds(10), &Count { by: 1 });
    assert_eq!(too_often.unwrap_err().code, "schedule.too-often");
}
