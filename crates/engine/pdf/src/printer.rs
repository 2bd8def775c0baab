//! The port through which other domains print.

use crate::layout::{self, Laid};
use crate::problem::LayoutError;
use crate::sign::{self, Identity, SigningKeys};
use async_trait::async_trait;
use d06_kernel::port::document::{LetterData, OfficialPrinter, ReceiptData};
use d06_kernel::{Cx, Problem};
use std::sync::Arc;

/// Prints the official forms and seals them as the unit that gives them out. The seal alone: it says that the unit
/// wrote this and that nothing was changed since; the officer's name stands beside it.
#[derive(Clone)]
pub struct Printer {
    keys: Arc<dyn SigningKeys>,
}

/// Whose seal.
struct Seal {
    code: String,
    unit: String,
    above: String,
}

impl Printer {
    /// A printer that finds the seals here.
    pub fn new(keys: Arc<dyn SigningKeys>) -> Self {
        Self { keys }
    }

    async fn print(
        &self,
        cx: &Cx,
        seal: Seal,
        lay_out: impl FnOnce() -> Result<Laid, LayoutError> + Send + 'static,
    ) -> Result<Vec<u8>, Problem> {
        // Laying out takes milliseconds of pure computation; the request threads have others to serve.
        let laid = tokio::task::spawn_blocking(lay_out).await.map_err(Problem::internal)??;
        let place = laid.signature.ok_or_else(|| Problem::internal("the layout left no room for a seal"))?;
        let unit = Identity { name: seal.unit.clone(), organisation: seal.unit };
        let key = self.keys.of_agency(cx, &seal.code, &unit).await?;
        Ok(sign::seal(cx, laid.pdf, &unit, &seal.above, place, &*key).await?)
    }
}

impl std::fmt::Debug for Printer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Printer")
    }
}

#[async_trait]
impl OfficialPrinter for Printer {
    async fn receipt(&self, cx: &Cx, data: &ReceiptData) -> Result<Vec<u8>, Problem> {
        let data = data.clone();
        let seal =
            Seal { code: data.unit_code.clone(), unit: data.unit.clone(), above: data.committee.clone() };
        self.print(cx, seal, move || layout::receipt(&data)).await
    }

    async fn letter(&self, cx: &Cx, data: &LetterData) -> Result<Vec<u8>, Problem> {
        let data = data.clone();
        let seal =
            Seal { code: data.unit_code.clone(), unit: data.unit.clone(), above: data.committee.clone() };
        self.print(cx, seal, move || layout::letter(&data)).await
    }
}
