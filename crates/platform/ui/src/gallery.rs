//! All components on one page, for those who write pages.

use crate::form::FormView;
use crate::page::Page;
use d06_kernel::Problem;
use serde::Serialize;

/// The gallery.
#[derive(Debug, Serialize)]
pub struct GalleryPage {
    /// A form with something wrong in it.
    pub form: FormView,
    /// A moment to show.
    pub moment: &'static str,
}

impl Page for GalleryPage {
    const TEMPLATE: &'static str = "pages/gallery.html";

    fn samples() -> Vec<Self> {
        let form = FormView::new()
            .with("full_name", "Nguyễn Văn Nam")
            .with("born", "30/02/1990")
            .with("sex", "male")
            .with("copies", "2")
            .refused(&Problem::field("born", "date.not-a-day"));
        vec![Self { form, moment: "2026-06-15T02:05:00Z" }]
    }
}
