//! Encrypted contents in an object store, by their address.

use crate::cipher::{Keys, Opener};
use d06_kernel::cx::Randomness;
use d06_kernel::time::Moment;
use d06_kernel::{Problem, ProblemKind};
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

/// Where whole files are.
const BLOBS: &str = "blobs";
/// Where the pieces of unfinished uploads are.
const PARTS: &str = "parts";

/// The object store and the keys.
#[derive(Clone, Debug)]
pub(crate) struct Blobs {
    store: Arc<dyn ObjectStore>,
    keys: Keys,
}

/// An object as a listing shows it.
pub(crate) struct Listed {
    key: Key,
    /// When it was written.
    pub(crate) written: Moment,
}

impl Listed {
    /// The last segment of its key: the address of a blob, the name of a part.
    pub(crate) fn name(&self) -> &str {
        self.key.filename().unwrap_or_default()
    }
}

/// A folder as object store. Writes go to a temporary name and are renamed when they are on the disk.
pub(crate) fn local_store(folder: &Path) -> Result<Arc<dyn ObjectStore>, Problem> {
    let unavailable = |error: std::io::Error| Problem::unavailable("file.store-unavailable").caused_by(error);
    std::fs::create_dir_all(folder).map_err(unavailable)?;
    let store = LocalFileSystem::new_with_prefix(folder).map_err(problem)?;
    Ok(Arc::new(store.with_fsync(true)))
}

impl Blobs {
    pub(crate) fn new(store: Arc<dyn ObjectStore>, master: &[u8; 32]) -> Self {
        Self { store, keys: Keys::derived(master) }
    }

    /// The address of a content.
    pub(crate) fn address(&self, content: &[u8]) -> String {
        self.keys.address(content)
    }

    /// When the blob of an address was written, if it is there.
    pub(crate) async fn written(&self, address: &str) -> Result<Option<Moment>, Problem> {
        match self.store.head(&blob_key(address)).await {
            Ok(meta) => Ok(Some(meta.last_modified)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(problem(error)),
        }
    }

    /// Writes a blob, whole or not at all.
    pub(crate) async fn write(
        &self,
        address: &str,
        content: &[u8],
        random: &Randomness,
    ) -> Result<(), Problem> {
        self.put(blob_key(address), address, content, random).await
    }

    /// Writes a piece of an upload under a name of its own.
    pub(crate) async fn write_part(
        &self,
        name: &str,
        content: &[u8],
        random: &Randomness,
    ) -> Result<(), Problem> {
        self.put(part_key(name), name, content, random).await
    }

    /// A piece of an upload.
    pub(crate) async fn read_part(&self, name: &str) -> Result<Vec<u8>, Problem> {
        let sealed =
            self.store.get(&part_key(name)).await.map_err(problem)?.bytes().await.map_err(problem)?;
        self.keys.open(name, &sealed).map_err(Problem::internal)
    }

    /// Removes a piece of an upload; nothing happens when it is gone.
    pub(crate) async fn remove_part(&self, name: &str) -> Result<(), Problem> {
        gone(self.store.delete(&part_key(name)).await)
    }

    /// The content of a blob as it is decrypted, chunk by chunk. A stream that ends with an error gave a beginning
    /// that is right and an end that is missing.
    pub(crate) async fn read(
        &self,
        address: &str,
    ) -> Result<impl Stream<Item = Result<Vec<u8>, Problem>> + Send + use<>, Problem> {
        let sealed =
            self.store.get(&blob_key(address)).await.map_err(problem)?.into_stream().map_err(problem);
        // `None` marks the end, at which the last chunk is opened.
        let sealed = sealed.map(Some).chain(futures::stream::iter([None]));
        let opener = Some(Opener::new(self.keys.clone(), address.to_owned()));
        Ok(sealed.scan(opener, |opener, piece| {
            let plain = match piece {
                Some(Ok(bytes)) => opener.as_mut().map(|o| o.push(&bytes).map_err(Problem::internal)),
                Some(Err(error)) => Some(Err(error)),
                None => opener.take().map(|o| o.finish().map_err(Problem::internal)),
            };
            futures::future::ready(plain)
        }))
    }

    /// Everything that is stored: blobs first, then pieces of uploads.
    pub(crate) async fn list(&self) -> Result<(Vec<Listed>, Vec<Listed>), Problem> {
        Ok((self.list_under(BLOBS).await?, self.list_under(PARTS).await?))
    }

    /// Removes a listed object.
    pub(crate) async fn remove(&self, listed: &Listed) -> Result<(), Problem> {
        gone(self.store.delete(&listed.key).await)
    }

    async fn list_under(&self, folder: &str) -> Result<Vec<Listed>, Problem> {
        let listing = self.store.list(Some(&Key::from(folder)));
        listing
            .map_ok(|meta| Listed { key: meta.location, written: meta.last_modified })
            .map_err(problem)
            .try_collect()
            .await
    }

    async fn put(&self, key: Key, bound: &str, content: &[u8], random: &Randomness) -> Result<(), Problem> {
        let sealed = self.keys.seal(bound, content, random).map_err(Problem::internal)?;
        self.store.put(&key, sealed.into()).await.map_err(problem)?;
        Ok(())
    }
}

/// `blobs/ab/abcdef…`: folders of a manageable size.
fn blob_key(address: &str) -> Key {
    let shelf = address.get(..2).unwrap_or("00");
    Key::from_iter([BLOBS, shelf, address])
}

fn part_key(name: &str) -> Key {
    Key::from_iter([PARTS, name])
}

fn gone(result: object_store::Result<()>) -> Result<(), Problem> {
    match result {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(problem(error)),
    }
}

/// A full disk is said by name, because the reader can do something about it.
fn problem(error: object_store::Error) -> Problem {
    if matches!(error, object_store::Error::NotFound { .. }) {
        return Problem::new(ProblemKind::Internal, "file.lost").caused_by(error);
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(this) = cause {
        let full = this.downcast_ref::<std::io::Error>().is_some_and(|io| {
            matches!(io.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
        });
        if full {
            return Problem::unavailable("file.store-full").caused_by(error);
        }
        cause = this.source();
    }
    Problem::unavailable("file.store-unavailable").caused_by(error)
}
