//! The sequencer at work.

use crate::{entry, fill, key};
use d06_audit::{Sequencer, append, migrations, verify};
use d06_testkit::both;
use std::time::Duration;
use tokio::sync::oneshot;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_place_every_entry_once_and_stop_with_nothing_waiting() {
    both(migrations, |t| async move {
        fill(&t, 30).await;
        let mut servers = Vec::new();
        let mut stops = Vec::new();
        for _ in 0..2 {
            let (stop, stopped) = oneshot::channel::<()>();
            let sequencer = Sequencer::new(t.cx.clone(), t.db.clone(), key());
            servers.push(tokio::spawn(sequencer.run(async { stopped.await.unwrap_or_default() })));
            stops.push(stop);
        }
        for n in 0..50 {
            let tx = t.db.begin().await.unwrap();
            append(&t.cx, &tx, entry(n)).await.unwrap();
            tx.commit().await.unwrap();
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        for stop in stops {
            stop.send(()).unwrap();
        }
        for server in servers {
            server.await.unwrap();
        }
        let report = verify(&t.db, &key().public(), None).await.unwrap();
        assert!(report.is_sound(), "{:?}", report.findings);
        assert_eq!((report.size, report.waiting), (80, 0));
    })
    .await;
}
