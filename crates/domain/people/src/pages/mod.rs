//! The pages of this domain.

pub(crate) mod access;
pub(crate) mod correction;
mod view;

use crate::deps::Deps;
use d06_db::PageRequest;
use d06_http::{Fields, FromFields};
use d06_kernel::Cx;
use serde::Deserialize;

/// Rows on a page.
const ROWS: u64 = 25;

/// Where a list begins.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct After {
    after: Option<String>,
}

impl After {
    fn page(&self) -> PageRequest {
        PageRequest { after: self.after.clone(), limit: Some(ROWS) }
    }
}

/// The form by which an office answers.
#[derive(Debug)]
pub(crate) struct ReplyForm {
    upheld: bool,
    text: String,
}

impl FromFields for ReplyForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let upheld = fields.choice("upheld", &["yes", "no"]);
        let text = fields.required_up_to("text", crate::model::dispute::LONGEST);
        Some(Self { upheld: upheld? == "yes", text: text? })
    }
}

/// Name of a unit; its code where the tree does not know it (any more).
async fn unit_name(cx: &Cx, deps: &Deps, code: &str) -> String {
    deps.units.get(cx, code).await.map_or_else(|_| code.to_owned(), |unit| unit.name)
}
