//! A result is laid out, signed twice, kept and told, once.

use crate::support::{confirmation, migrations, nam, room};
use d06_audit::EntryFilter;
use d06_db::{Direction, PageRequest, Tx};
use d06_events::EventFilter;
use d06_kernel::port::document::{NewResult, ResultIssuer};
use d06_testkit::both;

async fn events(tx: &Tx) -> Vec<d06_events::Event> {
    let filter = EventFilter { kinds: vec!["document.issued".to_owned()], ..EventFilter::default() };
    d06_events::list(tx, &filter, &PageRequest::first(50), Direction::Oldest).await.unwrap().items
}

#[tokio::test]
async fn issuing_twice_is_issuing_once() {
    both(migrations, |t| async move {
        let room = room(&t);
        let result = confirmation(&t.cx);
        room.cabinet.issue(&t.cx, result.clone()).await.unwrap();
        room.cabinet.issue(&t.cx, result.clone()).await.unwrap();
        let tx = t.db.read().await.unwrap();
        let told = events(&tx).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].subject, format!("document:{}", result.document));
        assert!(!told[0].payload.to_string().contains(nam().as_str()), "no personal data in an event");
        let filter =
            EntryFilter { object: Some(format!("document:{}", result.document)), ..EntryFilter::default() };
        let entries = d06_audit::list(&tx, &filter, &PageRequest::first(10)).await.unwrap().items;
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].action, "document.issue");
    })
    .await;
}

#[tokio::test]
async fn two_workers_at_once_issue_one_document() {
    both(migrations, |t| async move {
        let room = room(&t);
        let result = confirmation(&t.cx);
        let (first, second) = tokio::join!(
            room.cabinet.issue(&t.cx, result.clone()),
            room.cabinet.issue(&t.cx, result.clone())
        );
        assert!(first.is_ok() || second.is_ok());
        // Whoever lost a race on the key tries again, as a job does.
        room.cabinet.issue(&t.cx, result).await.unwrap();
        assert_eq!(events(&t.db.read().await.unwrap()).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_signed_leaves_nothing() {
    both(migrations, |t| async move {
        let room = room(&t);
        let unknown_signer = NewResult { approved_by: nam(), ..confirmation(&t.cx) };
        let refused = room.cabinet.issue(&t.cx, unknown_signer).await.unwrap_err();
        assert_eq!(refused.code, "document.signer-unknown");
        let unknown_kind = NewResult { kind: "no-such-kind".to_owned(), ..confirmation(&t.cx) };
        assert_eq!(room.cabinet.issue(&t.cx, unknown_kind).await.unwrap_err().code, "internal");
        assert!(events(&t.db.read().await.unwrap()).await.is_empty());
    })
    .await;
}
