//! Use cases, one a file.

pub(crate) mod issue_document;
pub(crate) mod list_documents;
pub(crate) mod show_document;
pub(crate) mod verify_document;
