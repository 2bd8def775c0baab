//! One report: filled anew while it is written, as it was frozen once it is sent.

use crate::deps::Deps;
use crate::model::report::content::{self, Content};
use crate::model::report::item::{Report, ReportId, StepTaken};
use crate::ops::report::chain::{name_holders, own_unit, resource};
use crate::ops::report::fill;
use crate::store::report::{item, step};
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem};

/// A report and what may be done with it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The report.
    pub report: Report,
    /// What it says.
    pub content: Content,
    /// Whether the content is frozen; otherwise it is counted now.
    pub frozen: bool,
    /// Whether the frozen content still has the hash of the audit log; `None` while it is not frozen.
    pub intact: Option<bool>,
    /// The way it has gone.
    pub steps: Vec<StepTaken>,
    /// The reports of the units below for the same period.
    pub below: Vec<Report>,
    /// Whether the reader writes it.
    pub may_write: bool,
    /// Whether the reader receives it.
    pub may_receive: bool,
}

/// The report.
///
/// # Errors
/// "Not found" for one that is none or may not be seen; the database's.
pub async fn run(cx: &Cx, deps: &Deps, id: ReportId) -> Result<Shown, Problem> {
    let (mut report, text, steps, mut below) = {
        let tx = deps.db.read().await?;
        let report = item::get(&tx, id).await?;
        let below = item::of_units_below(&tx, &report.unit, &report.period_key).await?;
        let text = item::content(&tx, id).await?;
        (report, text, step::list(&tx, id).await?, below)
    };
    let _: Permit<act::ViewReport> = deps.authz.permit(cx, &resource(&report))?;
    name_holders(cx, deps, below.iter_mut().chain([&mut report])).await?;
    let frozen = text.filter(|_| !report.state.is_owed());
    let (content, intact) = match &frozen {
        Some(text) => (Content::of_text(text)?, Some(report.hash.as_deref() == Some(&content::hash(text)))),
        None => (fill::run(cx, deps, &report, false).await?.content, None),
    };
    let may_write = deps.authz.may::<act::WriteReport>(cx, &resource(&report));
    let may_receive = deps.authz.may::<act::ReceiveReport>(cx, &resource(&report))
        && report.superior.as_deref() == own_unit(cx).ok();
    Ok(Shown { frozen: frozen.is_some(), report, content, intact, steps, below, may_write, may_receive })
}
