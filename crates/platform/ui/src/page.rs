//! A page is a struct, its template a file, its words a key.

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

/// One page (or one part of a page that is sent alone): the values its template shows.
///
/// In the template the struct's fields are variables, and `frame` is the [`crate::Frame`]. No field may be
/// called `frame`.
pub trait Page: Serialize {
    /// The template: `procedures/pages/show.html`.
    const TEMPLATE: &'static str;

    /// Examples that show every branch of the template; [`crate::Ui::check`] renders them in both languages.
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// The pages of a crate, as a list to be checked.
#[derive(Debug, Default)]
pub struct Pages(pub(crate) Vec<PageSamples>);

#[derive(Debug)]
pub(crate) struct PageSamples {
    pub(crate) template: &'static str,
    pub(crate) samples: Vec<Value>,
}

impl Pages {
    /// No pages.
    pub fn new() -> Self {
        Self::default()
    }

    /// The list with one more page.
    #[must_use]
    pub fn with<P: Page>(mut self) -> Self {
        let samples = P::samples().iter().map(|sample| Value::from(Serde(sample))).collect();
        self.0.push(PageSamples { template: P::TEMPLATE, samples });
        self
    }
}
