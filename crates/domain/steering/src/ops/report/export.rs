//! A report as files: `.docx` to go on editing, PDF in the layout of Decree 30/2020, appendices as `.xlsx`.

use crate::deps::Deps;
use crate::model::report::figure::Origin;
use crate::model::report::item::ReportId;
use crate::ops::report::paper::{UnitRow, paper, sheets, subject};
use crate::ops::report::show::{self, Shown};
use crate::store::report::figure::{self, Parts};
use d06_kernel::time::local;
use d06_kernel::{Cx, Problem};

/// Rows of units read at once.
const AT_ONCE: u64 = 1_000;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Editable text.
    Docx,
    /// For reading and signing.
    Pdf,
    /// Appendices with formulas.
    Xlsx,
}

/// A file of a report.
#[derive(Clone, Debug)]
pub struct Exported {
    /// A name for it, without its ending: `bao-cao-H31.10816-monthly-2026-12`.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Makes the file, from the frozen content if there is one.
///
/// # Errors
/// As [`show::run`]; a defect of the layout.
pub async fn run(cx: &Cx, deps: &Deps, id: ReportId, format: Format) -> Result<Exported, Problem> {
    let shown = show::run(cx, deps, id).await?;
    let superior = match &shown.report.superior {
        Some(code) => Some(deps.units.get(cx, code).await?.name),
        None => None,
    };
    let units = if format == Format::Xlsx { unit_rows(deps, &shown).await? } else { Vec::new() };
    let name = format!("bao-cao-{}-{}", shown.report.unit, shown.report.period_key.replace(':', "-"));
    // Laying out is pure computation; the request threads have others to serve.
    let made = tokio::task::spawn_blocking(move || make(&shown, superior, &units, format));
    Ok(Exported { name, bytes: made.await.map_err(Problem::internal)?? })
}

fn make(
    shown: &Shown,
    superior: Option<String>,
    units: &[UnitRow],
    format: Format,
) -> Result<Vec<u8>, Problem> {
    let Shown { report, content, frozen, .. } = shown;
    match format {
        Format::Docx => {
            d06_office::docx(&paper(report, content, superior, *frozen)).map_err(Problem::internal)
        }
        Format::Xlsx => d06_office::xlsx(&sheets(report, content, units)).map_err(Problem::internal),
        Format::Pdf => {
            let paper = paper(report, content, superior, *frozen);
            let ident = format!("{} {}", report.id, subject(report));
            Ok(d06_pdf::report(&paper, &ident, local(content.as_of)).map_err(Problem::internal)?.pdf)
        }
    }
}

/// What each unit reports of the figures that are sums.
async fn unit_rows(deps: &Deps, shown: &Shown) -> Result<Vec<UnitRow>, Problem> {
    let report = &shown.report;
    let of = if shown.frozen {
        Parts::Of(report.id)
    } else {
        Parts::Ready { superior: &report.unit, period_key: &report.period_key }
    };
    let tx = deps.db.read().await?;
    let mut rows = Vec::new();
    let summed = shown.content.figures.iter().filter(|figure| matches!(figure.origin, Origin::Units { .. }));
    for figure in summed {
        let mut offset = 0;
        loop {
            let parts = figure::parts(&tx, &figure.key, of, offset, AT_ONCE).await?;
            offset += parts.len() as u64;
            let last = (parts.len() as u64) < AT_ONCE;
            rows.extend(parts.into_iter().map(|part| UnitRow {
                key: figure.key.clone(),
                unit: part.unit_name,
                counts: (part.value.numerator, part.value.denominator),
            }));
            if last {
                break;
            }
        }
    }
    Ok(rows)
}
