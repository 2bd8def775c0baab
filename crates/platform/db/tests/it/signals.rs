//! A commit wakes listeners; a rollback does not.

use crate::room::migrations;
use d06_testkit::both;
use std::time::Duration;

const SOON: Duration = Duration::from_millis(50);

#[tokio::test]
async fn only_a_commit_is_heard() {
    both(migrations, |t| async move {
        let listener = t.db.listen("rooms");
        let tx = t.db.begin().await.unwrap();
        tx.signal("rooms");
        drop(tx);
        assert!(tokio::time::timeout(SOON, listener.heard()).await.is_err());

        let tx = t.db.begin().await.unwrap();
        tx.signal("rooms");
        tx.commit().await.unwrap();
        // Even a listener that was busy at that moment hears it.
        assert!(tokio::time::timeout(SOON, listener.heard()).await.is_ok());
    })
    .await;
}
