//! The head that is kept outside the database.

use crate::{fill, key};
use d06_audit::{Fault, Outside, Sequencer, migrations, verify};
use d06_db::sea_orm::ConnectionTrait;
use d06_testkit::{TestDb, both};

/// Lets the sequencer work once, as a start and a stop of the program do.
async fn work(t: &TestDb, outside: &Outside) {
    let sequencer = Sequencer::new(t.cx.clone(), t.db.clone(), key()).publishing(outside.clone());
    sequencer.run(std::future::ready(())).await;
}

#[tokio::test]
async fn a_database_set_back_contradicts_the_head_outside_and_does_not_overwrite_it() {
    both(migrations, |t| async move {
        let folder = tempfile::tempdir().unwrap();
        let outside = Outside::at(folder.path().join("checkpoint"));
        assert_eq!(outside.read().unwrap(), None);
        fill(&t, 300).await;
        work(&t, &outside).await;
        let first = outside.read().unwrap().unwrap();
        fill(&t, 40).await;
        work(&t, &outside).await;
        let kept = outside.read().unwrap().unwrap();
        assert_ne!(first, kept);
        assert!(verify(&t.db, &key().public(), Some(&kept)).await.unwrap().is_sound());

        // Back to what the database was at 300 entries (44 hashes of 32 bytes in the second tile), and on from there.
        let tx = t.db.begin().await.unwrap();
        for sql in [
            "DELETE FROM audit_entry WHERE id IN (SELECT entry FROM audit_leaf WHERE place >= 300)",
            "DELETE FROM audit_leaf WHERE place >= 300",
            "DELETE FROM audit_checkpoint WHERE size > 300",
            "UPDATE audit_tile SET hashes = substr(hashes, 1, 1408) WHERE level = 0 AND number = 1",
        ] {
            tx.execute_unprepared(sql).await.unwrap();
        }
        tx.commit().await.unwrap();
        fill(&t, 60).await;
        work(&t, &outside).await;
        assert_eq!(outside.read().unwrap().unwrap(), kept, "the evidence stays");
        let report = verify(&t.db, &key().public(), Some(&kept)).await.unwrap();
        assert!(report.findings.iter().any(|finding| finding.fault == Fault::PublishedDiffers), "{report:?}");
    })
    .await;
}
