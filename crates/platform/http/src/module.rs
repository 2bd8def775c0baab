//! What a domain brings to the platform.

use crate::route::Routes;
use d06_db::sea_orm_migration::MigrationTrait;
use d06_events::Subscriber;
use d06_jobs::Handler;
use d06_kernel::Locale;
use d06_ui::Source;
use include_dir::Dir;
use std::sync::Arc;
use utoipa::openapi::OpenApi;

/// A domain: routes, tables, jobs, events, pages, texts and the description of its calls.
pub struct Module {
    /// Its name; its templates live in a folder of this name.
    pub name: &'static str,
    /// Its pages and calls.
    pub routes: Routes,
    /// Its tables.
    pub migrations: Vec<Box<dyn MigrationTrait>>,
    /// Its jobs.
    pub handlers: Vec<Arc<dyn Handler>>,
    /// What it does when something happened elsewhere.
    pub subscribers: Vec<Arc<dyn Subscriber>>,
    /// Its templates.
    pub templates: &'static Dir<'static>,
    /// Its texts.
    pub locales: &'static [(Locale, &'static str)],
    /// The description of its calls.
    pub openapi: OpenApi,
}

impl Module {
    /// Its templates and texts, as the `Ui` wants them.
    pub fn source(&self) -> Source {
        Source { name: self.name, templates: self.templates, locales: self.locales }
    }
}

impl std::fmt::Debug for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Module")
            .field("name", &self.name)
            .field("routes", &self.routes)
            .finish_non_exhaustive()
    }
}
