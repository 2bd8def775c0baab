//! The port through which other domains print.

use crate::layout;
use async_trait::async_trait;
use d06_kernel::port::document::{LetterData, OfficialPrinter, ReceiptData};
use d06_kernel::{Cx, Problem};

/// Prints the official forms. Holds nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Printer;

#[async_trait]
impl OfficialPrinter for Printer {
    async fn receipt(&self, _: &Cx, data: &ReceiptData) -> Result<Vec<u8>, Problem> {
        let data = data.clone();
        // Laying out takes milliseconds of pure computation; the request threads have others to serve.
        let laid = tokio::task::spawn_blocking(move || layout::receipt(&data)).await;
        Ok(laid.map_err(Problem::internal)??.pdf)
    }

    async fn letter(&self, _: &Cx, data: &LetterData) -> Result<Vec<u8>, Problem> {
        let data = data.clone();
        let laid = tokio::task::spawn_blocking(move || layout::letter(&data)).await;
        Ok(laid.map_err(Problem::internal)??.pdf)
    }
}
