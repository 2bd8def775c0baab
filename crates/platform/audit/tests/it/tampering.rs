//! Somebody with the database in hand.

use crate::{fill, key};
use d06_audit::{Fault, Finding, Report, integrate, migrations, verify};
use d06_db::Db;
use d06_db::sea_orm::ConnectionTrait;
use d06_testkit::TestDb;

async fn execute(db: &Db, sql: &str) {
    let tx = db.begin().await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

/// A log of 300 placed entries in two checkpoints.
async fn filled(t: &TestDb) {
    fill(t, 200).await;
    integrate(&t.cx, &t.db, &key(), true).await.unwrap();
    fill(t, 100).await;
    integrate(&t.cx, &t.db, &key(), false).await.unwrap();
}

async fn faults_after(t: &TestDb, sql: &str) -> Report {
    filled(t).await;
    assert!(verify(&t.db, &key().public(), None).await.unwrap().is_sound());
    execute(&t.db, sql).await;
    verify(&t.db, &key().public(), None).await.unwrap()
}

fn faults(report: &Report) -> Vec<Fault> {
    report.findings.iter().map(|Finding { fault, .. }| *fault).collect()
}

#[tokio::test]
async fn an_altered_text_is_named() {
    d06_testkit::both(migrations, |t| async move {
        let sql = "UPDATE audit_entry SET content = replace(content, '\"code\":5', '\"code\":6') WHERE object = 'dossier:5'";
        let report = faults_after(&t, sql).await;
        // The object stands in both runs of entries.
        assert_eq!(faults(&report), [Fault::Altered, Fault::Altered]);
        assert_eq!(report.findings.iter().map(|f| f.place).collect::<Vec<_>>(), [5, 205]);
        assert!(report.findings.iter().all(|f| f.entry.is_some()));
    })
    .await;
}

#[tokio::test]
async fn a_column_that_contradicts_the_text_is_named() {
    d06_testkit::both(migrations, |t| async move {
        let report =
            faults_after(&t, "UPDATE audit_entry SET subject = '031000000000' WHERE object = 'dossier:150'")
                .await;
        assert_eq!(faults(&report), [Fault::ColumnAltered]);
    })
    .await;
}

#[tokio::test]
async fn an_erased_subject_is_no_fault() {
    d06_testkit::both(migrations, |t| async move {
        let sql = "UPDATE audit_entry SET subject = NULL, salt = NULL WHERE object = 'dossier:150'";
        let report = faults_after(&t, sql).await;
        assert!(report.is_sound());
        // But it is told: whoever erased it without a request has hidden it from the person it concerns.
        assert_eq!(report.erased.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_removed_entry_is_named() {
    d06_testkit::both(migrations, |t| async move {
        let report = faults_after(&t, "DELETE FROM audit_entry WHERE object = 'dossier:150'").await;
        assert_eq!(faults(&report), [Fault::Removed]);
    })
    .await;
}

#[tokio::test]
async fn an_entry_removed_with_its_place_breaks_the_signed_root() {
    d06_testkit::both(migrations, |t| async move {
        let report = faults_after(&t, "DELETE FROM audit_leaf WHERE place = 150").await;
        assert!(faults(&report).contains(&Fault::PlaceRemoved), "{report:?}");
        assert!(faults(&report).contains(&Fault::RootDiffers), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn an_entry_rewritten_with_its_hash_breaks_the_signed_root() {
    d06_testkit::both(migrations, |t| async move {
        filled(&t).await;
        let tx = t.db.read().await.unwrap();
        let content = d06_audit::list(
            &tx,
            &d06_audit::EntryFilter { object: Some("dossier:150".into()), ..Default::default() },
            &d06_db::PageRequest::first(1),
        )
        .await
        .unwrap()
        .items
        .remove(0)
        .content
        .replace("150", "151");
        drop(tx);
        let hash = hex::encode(d06_audit::merkle::hash_leaf(content.as_bytes()));
        let literal = if t.db.backend() == d06_db::Backend::Sqlite {
            format!("x'{hash}'")
        } else {
            format!("'\\x{hash}'")
        };
        execute(&t.db, &format!("UPDATE audit_entry SET content = '{content}', object = 'dossier:151' WHERE object = 'dossier:150'")).await;
        execute(&t.db, &format!("UPDATE audit_leaf SET hash = {literal} WHERE place = 150")).await;
        let report = verify(&t.db, &key().public(), None).await.unwrap();
        let found = faults(&report);
        assert!(found.contains(&Fault::RootDiffers), "{report:?}");
        let named = report.findings.iter().find(|finding| finding.fault == Fault::PlaceAltered).unwrap();
        assert_eq!((named.place, named.entry.is_some()), (150, true));
    })
    .await;
}

#[tokio::test]
async fn two_places_exchanged_break_the_signed_root() {
    d06_testkit::both(migrations, |t| async move {
        let report = faults_after(&t, "UPDATE audit_leaf SET place = place + 1000 WHERE place = 10;
            UPDATE audit_leaf SET place = 10 WHERE place = 11; UPDATE audit_leaf SET place = 11 WHERE place = 1010").await;
        assert!(faults(&report).contains(&Fault::RootDiffers), "{report:?}");
        let moved = report.findings.iter().filter(|finding| finding.fault == Fault::PlaceAltered);
        assert_eq!(moved.map(|finding| finding.place).collect::<Vec<_>>(), [10, 11]);
    })
    .await;
}

#[tokio::test]
async fn a_removed_entry_with_its_place_is_named_and_the_others_are_not() {
    d06_testkit::both(migrations, |t| async move {
        let sql = "DELETE FROM audit_entry WHERE id = (SELECT entry FROM audit_leaf WHERE place = 150);
            DELETE FROM audit_leaf WHERE place = 150";
        let report = faults_after(&t, sql).await;
        let placed = report.findings.iter().filter(|finding| finding.fault == Fault::PlaceRemoved);
        assert_eq!(placed.map(|finding| finding.place).collect::<Vec<_>>(), [150]);
        assert!(!faults(&report).contains(&Fault::PlaceAltered), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn a_place_far_away_does_not_keep_verification_busy() {
    d06_testkit::both(migrations, |t| async move {
        let sql = "UPDATE audit_leaf SET place = 9000000000000000000 WHERE place = 299";
        let report = faults_after(&t, sql).await;
        assert_eq!(faults(&report), [Fault::PlaceRemoved, Fault::RootDiffers, Fault::CheckpointRemoved]);
    })
    .await;
}

#[tokio::test]
async fn an_entry_slipped_in_is_seen() {
    d06_testkit::both(migrations, |t| async move {
        let sql = "INSERT INTO audit_leaf (place, entry, hash)
            SELECT 300, (SELECT id FROM audit_entry WHERE id NOT IN (SELECT entry FROM audit_leaf)), hash
            FROM audit_leaf WHERE place = 0";
        filled(&t).await;
        fill(&t, 1).await;
        execute(&t.db, sql).await;
        let report = verify(&t.db, &key().public(), None).await.unwrap();
        assert!(faults(&report).contains(&Fault::CheckpointRemoved), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn a_log_cut_short_is_seen_with_its_checkpoint_and_with_a_published_one() {
    d06_testkit::both(migrations, |t| async move {
        fill(&t, 20).await;
        integrate(&t.cx, &t.db, &key(), true).await.unwrap();
        fill(&t, 10).await;
        let published = integrate(&t.cx, &t.db, &key(), false).await.unwrap().unwrap().sign(&key());
        execute(&t.db, "DELETE FROM audit_checkpoint WHERE size = 30").await;
        let report = verify(&t.db, &key().public(), None).await.unwrap();
        assert_eq!(faults(&report), [Fault::CheckpointRemoved]);
        execute(
            &t.db,
            "DELETE FROM audit_entry WHERE id IN (SELECT entry FROM audit_leaf WHERE place >= 20);
            DELETE FROM audit_leaf WHERE place >= 20",
        )
        .await;
        let report = verify(&t.db, &key().public(), Some(&published)).await.unwrap();
        assert!(faults(&report).contains(&Fault::PublishedDiffers), "{report:?}");
    })
    .await;
}

#[tokio::test]
async fn a_forged_checkpoint_is_named() {
    d06_testkit::both(migrations, |t| async move {
        let report =
            faults_after(&t, "UPDATE audit_checkpoint SET note = replace(note, 'dean06', 'dean07')").await;
        assert!(faults(&report).contains(&Fault::CheckpointForged));
    })
    .await;
}
