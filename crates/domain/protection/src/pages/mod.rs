//! Pages: a struct for each template, and handlers that translate between them and the use cases.

pub(crate) mod download;
pub(crate) mod entry;
pub(crate) mod log;
mod view;
