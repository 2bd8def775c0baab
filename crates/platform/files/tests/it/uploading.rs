//! Uploads that stop, go on, race and expire.

use crate::sample::{pdf, store};
use chrono::Duration;
use d06_files::{NewUpload, migrations};
use d06_testkit::both;

fn new(size: usize) -> NewUpload {
    NewUpload { owner: "nam".to_owned(), name: "đơn.pdf".to_owned(), size: size as u64 }
}

#[tokio::test]
async fn goes_on_where_it_stopped_and_finishes_once() {
    both(migrations, |t| async move {
        let (_folder, files) = store();
        let content = pdf("");
        let tx = t.db.begin().await.unwrap();
        let upload = files.create_upload(&t.cx, &tx, &new(content.len())).await.unwrap();
        tx.commit().await.unwrap();

        files.append(&t.cx, &t.db, upload.id, "nam", 0, &content[..40]).await.unwrap();
        let early = files.assemble(&t.cx, &t.db, upload.id, "nam").await.unwrap_err();
        assert_eq!(early.code, "upload.incomplete");
        // The answer was lost; the client asks where the upload stands and sends the rest.
        let again = files.append(&t.cx, &t.db, upload.id, "nam", 0, &content[..40]).await.unwrap_err();
        assert_eq!((again.code, again.args["received"].as_str()), ("upload.offset-mismatch", "40"));
        let tx = t.db.read().await.unwrap();
        let stands = files.get_upload(&t.cx, &tx, upload.id, "nam").await.unwrap().received;
        drop(tx);
        assert_eq!(stands, 40);
        let whole = files.append(&t.cx, &t.db, upload.id, "nam", 40, &content[40..]).await.unwrap();
        assert!(whole.is_complete());

        let prepared = files.assemble(&t.cx, &t.db, upload.id, "nam").await.unwrap();
        let tx = t.db.begin().await.unwrap();
        let file = files.finish(&t.cx, &tx, upload.id, "nam", &prepared).await.unwrap();
        let twice = files.finish(&t.cx, &tx, upload.id, "nam", &prepared).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(file, twice);
        assert_eq!(files.open(&t.db.read().await.unwrap(), file.id).await.unwrap(), content);
        t.clock.advance(Duration::days(3650));
        assert_eq!(files.collect_garbage(&t.cx, &t.db).await.unwrap().parts, 2);
    })
    .await;
}

#[tokio::test]
async fn belongs_to_its_owner_for_a_time() {
    both(migrations, |t| async move {
        let (_folder, files) = store();
        let tx = t.db.begin().await.unwrap();
        let upload = files.create_upload(&t.cx, &tx, &new(10)).await.unwrap();
        tx.commit().await.unwrap();
        let another = files.append(&t.cx, &t.db, upload.id, "hoa", 0, b"x").await.unwrap_err();
        assert_eq!(another.code, "not-found");
        let over = files.append(&t.cx, &t.db, upload.id, "nam", 0, b"eleven bytes").await.unwrap_err();
        assert_eq!(over.code, "upload.longer-than-announced");
        files.append(&t.cx, &t.db, upload.id, "nam", 0, b"four").await.unwrap();
        t.clock.advance(Duration::days(8));
        let late = files.append(&t.cx, &t.db, upload.id, "nam", 4, b"more").await.unwrap_err();
        assert_eq!(late.code, "not-found");
        t.clock.advance(Duration::days(3650));
        let collected = files.collect_garbage(&t.cx, &t.db).await.unwrap();
        assert_eq!((collected.uploads, collected.parts), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn of_two_that_send_at_once_one_wins_and_nothing_is_mixed() {
    both(migrations, |t| async move {
        let (_folder, files) = store();
        let content = pdf("");
        let tx = t.db.begin().await.unwrap();
        let upload = files.create_upload(&t.cx, &tx, &new(content.len())).await.unwrap();
        tx.commit().await.unwrap();
        let send = || files.append(&t.cx, &t.db, upload.id, "nam", 0, &content);
        let (first, second) = tokio::join!(send(), send());
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1);
        files.assemble(&t.cx, &t.db, upload.id, "nam").await.unwrap();
        files.abandon_upload(&t.cx, &t.db, upload.id, "nam").await.unwrap();
        let gone = files.assemble(&t.cx, &t.db, upload.id, "nam").await.unwrap_err();
        assert_eq!(gone.code, "not-found");
    })
    .await;
}

#[tokio::test]
async fn bad_announcements_are_refused_at_once() {
    both(migrations, |t| async move {
        let (_folder, files) = store();
        let tx = t.db.begin().await.unwrap();
        for (name, size, code) in [
            ("a.pdf", 0, "file.empty"),
            ("a.pdf", u64::MAX, "file.too-large"),
            ("../../a.pdf", 10, "file.name-invalid"),
            ("a\0.pdf", 10, "file.name-invalid"),
        ] {
            let new = NewUpload { owner: "nam".to_owned(), name: name.to_owned(), size };
            assert_eq!(files.create_upload(&t.cx, &tx, &new).await.unwrap_err().code, code);
        }
    })
    .await;
}
