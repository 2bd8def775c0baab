//! Keeping, sharing, losing and collecting contents.

use crate::sample::{docx, pdf, store};
use chrono::Duration;
use d06_files::{Collected, Files, Media, migrations};
use d06_kernel::id::FileId;
use d06_testkit::both;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult,
};
use std::sync::Arc;

fn blobs_on_disk(folder: &std::path::Path) -> usize {
    let shelves = std::fs::read_dir(folder.join("blobs")).map(|d| d.flatten().collect::<Vec<_>>());
    shelves.unwrap_or_default().iter().flat_map(|shelf| std::fs::read_dir(shelf.path()).unwrap()).count()
}

#[tokio::test]
async fn what_is_put_opens_again_and_equal_contents_are_kept_once() {
    both(migrations, |t| async move {
        let (folder, files) = store();
        let tx = t.db.begin().await.unwrap();
        let first = files.put(&t.cx, &tx, &pdf(""), Some(Media::Pdf)).await.unwrap();
        let second = files.put(&t.cx, &tx, &pdf(""), None).await.unwrap();
        let other = files.put(&t.cx, &tx, &docx(&[]), None).await.unwrap();
        let wrong = files.put(&t.cx, &tx, &docx(&[]), Some(Media::Pdf)).await.unwrap_err();
        assert_eq!(wrong.code, "file.kind-forbidden");
        tx.commit().await.unwrap();

        assert_ne!(first.id, second.id);
        assert_eq!(first.sha256, second.sha256);
        assert_eq!(blobs_on_disk(folder.path()), 2);
        let tx = t.db.read().await.unwrap();
        assert_eq!(files.open(&tx, first.id).await.unwrap(), pdf(""));
        assert_eq!(files.open(&tx, other.id).await.unwrap(), docx(&[]));
        assert_eq!(files.get(&tx, other.id).await.unwrap(), other);
        let unknown = files.open(&tx, FileId(uuid::Uuid::nil())).await.unwrap_err();
        assert_eq!(unknown.code, "not-found");
    })
    .await;
}

#[tokio::test]
async fn nothing_readable_is_on_the_disk_and_alterations_show() {
    both(migrations, |t| async move {
        let (folder, files) = store();
        let tx = t.db.begin().await.unwrap();
        let kept = files.put(&t.cx, &tx, &pdf("/Secret(Trần Văn Nam)"), None).await.unwrap();
        tx.commit().await.unwrap();
        let shelf = std::fs::read_dir(folder.path().join("blobs")).unwrap().next().unwrap().unwrap().path();
        let blob = std::fs::read_dir(shelf).unwrap().next().unwrap().unwrap().path();
        let mut bytes = std::fs::read(&blob).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("Catalog"));
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&blob, bytes).unwrap();
        let tx = t.db.read().await.unwrap();
        assert_eq!(files.open(&tx, kept.id).await.unwrap_err().code, "internal");
        std::fs::remove_file(&blob).unwrap();
        assert_eq!(files.open(&tx, kept.id).await.unwrap_err().code, "file.lost");
    })
    .await;
}

#[tokio::test]
async fn a_crash_between_blob_and_row_leaves_only_garbage_that_is_collected() {
    both(migrations, |t| async move {
        let (folder, files) = store();
        // The program dies before its transaction commits: the blob is there, the row is not.
        let tx = t.db.begin().await.unwrap();
        files.put(&t.cx, &tx, &pdf("/Lost true"), None).await.unwrap();
        drop(tx);
        let tx = t.db.begin().await.unwrap();
        let kept = files.put(&t.cx, &tx, &pdf(""), None).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(blobs_on_disk(folder.path()), 2);

        // The disk's clock is the machine's; a young blob may be waiting for its row.
        assert_eq!(files.collect_garbage(&t.cx, &t.db).await.unwrap(), Collected::default());
        t.clock.advance(Duration::days(3650));
        let collected = files.collect_garbage(&t.cx, &t.db).await.unwrap();
        assert_eq!(collected, Collected { blobs: 1, ..Collected::default() });
        assert_eq!(files.open(&t.db.read().await.unwrap(), kept.id).await.unwrap(), pdf(""));

        let tx = t.db.begin().await.unwrap();
        files.forget(&tx, kept.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(files.collect_garbage(&t.cx, &t.db).await.unwrap().blobs, 1);
        assert_eq!(blobs_on_disk(folder.path()), 0);
    })
    .await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_keeps_nothing() {
    both(migrations, |t| async move {
        let files = Files::over(Arc::new(FullDisk(InMemory::new())), &[9; 32]);
        let tx = t.db.begin().await.unwrap();
        let refused = files.put(&t.cx, &tx, &pdf(""), None).await.unwrap_err();
        assert_eq!(refused.code, "file.store-full");
        tx.commit().await.unwrap();
        assert_eq!(files.collect_garbage(&t.cx, &t.db).await.unwrap(), Collected::default());
    })
    .await;
}

/// A store that reads, and has no room.
#[derive(Debug)]
struct FullDisk(InMemory);

impl std::fmt::Display for FullDisk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FullDisk")
    }
}

fn no_room() -> object_store::Error {
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    object_store::Error::Generic { store: "FullDisk", source: Box::new(full) }
}

#[async_trait::async_trait]
impl ObjectStore for FullDisk {
    async fn put_opts(&self, _: &Key, _: PutPayload, _: PutOptions) -> object_store::Result<PutResult> {
        Err(no_room())
    }

    async fn put_multipart_opts(
        &self,
        _: &Key,
        _: PutMultipartOptions,
    ) -> object_store::Result<Box<dyn MultipartUpload>> {
        Err(no_room())
    }

    async fn get_opts(&self, key: &Key, options: GetOptions) -> object_store::Result<GetResult> {
        self.0.get_opts(key, options).await
    }

    fn delete_stream(
        &self,
        keys: futures::stream::BoxStream<'static, object_store::Result<Key>>,
    ) -> futures::stream::BoxStream<'static, object_store::Result<Key>> {
        self.0.delete_stream(keys)
    }

    fn list(
        &self,
        prefix: Option<&Key>,
    ) -> futures::stream::BoxStream<'static, object_store::Result<ObjectMeta>> {
        self.0.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Key>) -> object_store::Result<ListResult> {
        self.0.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, _: &Key, _: &Key, _: CopyOptions) -> object_store::Result<()> {
        Err(no_room())
    }
}
