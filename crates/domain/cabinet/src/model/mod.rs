//! Plain types and rules: no SQL, no HTTP.

mod document;
mod kind;

pub use document::{Document, DocumentState};
pub use kind::{ClaimProof, DocumentKind, KindError, Kinds, Words};
