//! What a domain brings to the running site. Its tables, texts and subscribers are needed before there is a platform;
//! each domain gives them by functions of its own (`migrations()`, `source()`), and the composition root takes them
//! from there.

use crate::route::Routes;
use d06_jobs::Handler;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// A domain at work: its routes, its jobs and the description of its calls.
pub struct Module {
    /// Its name.
    pub name: &'static str,
    /// Its pages and calls.
    pub routes: Routes,
    /// Its jobs.
    pub handlers: Vec<Arc<dyn Handler>>,
    /// The description of its calls.
    pub openapi: OpenApi,
}

impl std::fmt::Debug for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Module")
            .field("name", &self.name)
            .field("routes", &self.routes)
            .finish_non_exhaustive()
    }
}
