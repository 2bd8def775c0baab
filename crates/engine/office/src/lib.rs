#![doc = include_str!("../README.md")]

mod docx;
mod paper;
mod sheet;

pub use docx::docx;
pub use paper::{Block, Paper, Signatory, Table};
pub use sheet::{Cell, Sheet, xlsx};

/// The file cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("office file: {0}")]
pub struct OfficeError(String);

/// A text without the characters that XML 1.0 cannot hold.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
