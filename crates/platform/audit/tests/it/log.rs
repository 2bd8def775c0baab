//! Entries, places, proofs.

use crate::{entry, fill, key};
use d06_audit::{
    Checkpoint, EntryFilter, append, integrate, list, merkle, migrations, prove_consistency, prove_inclusion,
    verify,
};
use d06_db::PageRequest;

#[tokio::test]
async fn a_rolled_back_operation_leaves_no_entry() {
    d06_testkit::both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        append(&t.cx, &tx, entry(0)).await.unwrap();
        drop(tx);
        assert_eq!(integrate(&t.cx, &t.db, &key(), true).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn every_committed_entry_gets_a_place_and_the_log_verifies() {
    d06_testkit::both(migrations, |t| async move {
        fill(&t, 300).await;
        let before = verify(&t.db, &key().public(), None).await.unwrap();
        assert_eq!((before.size, before.waiting, before.is_sound()), (0, 300, true));
        let first = integrate(&t.cx, &t.db, &key(), true).await.unwrap().unwrap();
        fill(&t, 40).await;
        let second = integrate(&t.cx, &t.db, &key(), false).await.unwrap().unwrap();
        assert_eq!((first.size, second.size), (300, 340));
        let published = first.sign(&key());
        let report = verify(&t.db, &key().public(), Some(&published)).await.unwrap();
        assert!(report.is_sound(), "{:?}", report.findings);
        assert_eq!((report.size, report.waiting, report.head), (340, 0, Some(second)));
    })
    .await;
}

#[tokio::test]
async fn entries_found_after_a_stop_are_placed_by_the_first_sweep() {
    d06_testkit::both(migrations, |t| async move {
        fill(&t, 2).await;
        // Stopped for an hour with entries not placed, then another head is signed by the recent sweep alone.
        integrate(&t.cx, &t.db, &key(), true).await.unwrap();
        let tx = t.db.begin().await.unwrap();
        append(&t.cx, &tx, entry(9)).await.unwrap();
        t.clock.advance(chrono::Duration::hours(1));
        tx.commit().await.unwrap();
        fill(&t, 1).await;
        integrate(&t.cx, &t.db, &key(), true).await.unwrap();
        let report = verify(&t.db, &key().public(), None).await.unwrap();
        assert_eq!((report.size, report.waiting), (4, 0));
    })
    .await;
}

#[tokio::test]
async fn proofs_convince_without_the_database() {
    d06_testkit::both(migrations, |t| async move {
        fill(&t, 20).await;
        let old = integrate(&t.cx, &t.db, &key(), true).await.unwrap().unwrap();
        fill(&t, 500).await;
        integrate(&t.cx, &t.db, &key(), false).await.unwrap();
        let tx = t.db.read().await.unwrap();
        let newest = list(&tx, &EntryFilter::default(), &PageRequest::first(7)).await.unwrap();
        for entry in newest.items {
            let proof = prove_inclusion(&tx, &key().public(), entry.id).await.unwrap();
            let head = Checkpoint::open(&proof.checkpoint, &key().public()).unwrap();
            assert_eq!(proof.leaf, merkle::hash_leaf(entry.content.as_bytes()));
            assert!(merkle::verify_inclusion(proof.leaf, proof.place, head.size, &head.root, &proof.path));
        }
        let proof = prove_consistency(&tx, &key().public(), old.size).await.unwrap();
        let head = Checkpoint::open(&proof.checkpoint, &key().public()).unwrap();
        assert!(merkle::verify_consistency((old.size, &old.root), (head.size, &head.root), &proof.path));
    })
    .await;
}

#[tokio::test]
async fn a_person_finds_what_concerns_them_and_the_leaf_does_not_name_them() {
    d06_testkit::both(migrations, |t| async move {
        fill(&t, 4).await;
        let tx = t.db.read().await.unwrap();
        let filter = EntryFilter { subject: Some("030000000002".parse().unwrap()), ..EntryFilter::default() };
        let mine = list(&tx, &filter, &PageRequest::first(10)).await.unwrap().items;
        assert_eq!(mine.iter().map(|entry| entry.object.as_str()).collect::<Vec<_>>(), ["dossier:2"]);
        assert!(!mine[0].content.contains("030000000002"));
    })
    .await;
}
