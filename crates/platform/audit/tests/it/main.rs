//! The log on both databases: what stands, and what an alteration looks like.

#![allow(clippy::unwrap_used, reason = "a test stops where something fails")]

mod flips;
mod log;
mod outside;
mod sequencing;
mod tampering;

use d06_audit::{Entry, SigningKey, append};
use d06_testkit::TestDb;
use serde_json::json;

pub(crate) fn key() -> SigningKey {
    SigningKey::new("dean06/test", &[1; 32]).unwrap()
}

pub(crate) fn entry(n: u64) -> Entry {
    Entry {
        action: "dossier.submit",
        subject: n.is_multiple_of(2).then(|| format!("030{n:09}").parse().unwrap()),
        object: format!("dossier:{n}"),
        unit: Some("H31.10816.01".into()),
        details: json!({ "code": n, "nested": { "b": 1, "a": [1.5, "é"] } }),
    }
}

/// Appends `count` entries, each in a transaction of its own.
pub(crate) async fn fill(t: &TestDb, count: u64) {
    for n in 0..count {
        let tx = t.db.begin().await.unwrap();
        append(&t.cx, &tx, entry(n)).await.unwrap();
        tx.commit().await.unwrap();
        t.clock.advance(chrono::Duration::milliseconds(3));
    }
}
