//! A unit's desk of reports: its own, those that come to it, and what it was reminded of.

use crate::deps::Deps;
use crate::model::report::item::{Report, ReportId};
use crate::ops::report::chain::{name_holders, own_unit, resource_of_unit};
use crate::store::report::{contact, item, notice};
use d06_authz::{Permit, act};
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};

/// Own reports listed.
const MOST: u64 = 50;
/// Rounds of the units below listed.
const ROUNDS: u64 = 6;
/// Reports of a round on a page.
pub const ON_A_PAGE: u64 = 50;
/// Reminders listed.
const NOTICES: u64 = 5;

/// A reminder.
#[derive(Clone, Debug)]
pub struct Reminded {
    /// The report, if it is among those listed.
    pub report: ReportId,
    /// `7`, `3`, `1`, `overdue` or `by-hand:…`.
    pub stage: String,
    /// When.
    pub at: Moment,
}

/// The reports of one period that come to the unit.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The period.
    pub period_key: String,
    /// Reports in all.
    pub total: i64,
    /// Sent already.
    pub sent: i64,
    /// Owed, and their time has passed.
    pub late: i64,
    /// A page of them: first those that wait for the unit, then those owed.
    pub reports: Vec<Report>,
    /// How many come before the page.
    pub offset: u64,
}

/// The desk.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The unit's code.
    pub unit: String,
    /// The unit's own reports, the latest due first.
    pub own: Vec<Report>,
    /// Reports of the units below by period, the latest due first.
    pub incoming: Vec<Incoming>,
    /// Reminders of reports that are still owed, newest first.
    pub reminders: Vec<Reminded>,
    /// The mailbox reminders go to.
    pub mailbox: Option<String>,
    /// Whether letters are sent at all.
    pub mail_on: bool,
    /// Whether the reader writes the unit's reports.
    pub may_write: bool,
}

/// The desk of the caller's unit.
///
/// # Errors
/// "Not found" for somebody who has no reports to see; the database's.
pub async fn run(cx: &Cx, deps: &Deps) -> Result<Desk, Problem> {
    page(cx, deps, None, 0).await
}

/// The desk with a page of one round further on.
///
/// # Errors
/// As [`run`].
pub async fn page(cx: &Cx, deps: &Deps, period: Option<&str>, offset: u64) -> Result<Desk, Problem> {
    let unit = own_unit(cx)?.to_owned();
    let resource = resource_of_unit(&unit);
    let _: Permit<act::ViewReport> = deps.authz.permit(cx, &resource)?;
    let tx = deps.db.read().await?;
    let reminders = notice::of_unit(&tx, &unit, NOTICES).await?;
    let mut incoming = Vec::new();
    for round in item::rounds(&tx, &unit, cx.now(), ROUNDS).await? {
        let offset = if period == Some(round.period_key.as_str()) { offset } else { 0 };
        incoming.push(Incoming {
            reports: item::of_round(&tx, &unit, &round.period_key, (offset, ON_A_PAGE)).await?,
            total: round.total,
            sent: round.total - round.owed,
            late: round.late,
            offset,
            period_key: round.period_key,
        });
    }
    let mut own = item::of_unit(&tx, &unit, MOST).await?;
    let mailbox = contact::find(&tx, &unit).await?;
    drop(tx);
    let shown = incoming.iter_mut().flat_map(|round| round.reports.iter_mut());
    name_holders(cx, deps, shown.chain(&mut own)).await?;
    Ok(Desk {
        own,
        incoming,
        reminders: reminders
            .into_iter()
            .map(|one| Reminded { report: one.report, stage: one.stage, at: one.at })
            .collect(),
        mailbox,
        mail_on: deps.mail.is_on(),
        may_write: deps.authz.may::<act::WriteReport>(cx, &resource),
        unit,
    })
}

/// Says where the unit is written to; an empty address ends it.
///
/// # Errors
/// `mail.address-wrong`; the database's.
pub async fn set_mailbox(
    cx: &Cx,
    deps: &Deps,
    permit: &Permit<act::WriteReport>,
    address: &str,
) -> Result<(), Problem> {
    let unit = own_unit(cx)?.to_owned();
    if !permit.covers(&unit) {
        return Err(Problem::not_found());
    }
    if !address.is_empty() && !d06_mail::is_address(address) {
        return Err(Problem::field("mailbox", "mail.address-wrong"));
    }
    let tx = deps.db.begin().await?;
    contact::put(&tx, &unit, address).await?;
    let entry = d06_audit::Entry {
        action: "report.set-mailbox",
        subject: None,
        object: format!("unit:{unit}"),
        unit: Some(unit.clone()),
        details: serde_json::json!({ "set": !address.is_empty() }),
    };
    d06_audit::append(cx, &tx, entry).await?;
    tx.commit().await
}

/// Every report of the caller's unit, as the policies see it.
///
/// # Errors
/// "Not found" for somebody who does not write its reports.
pub fn permit_to_write(cx: &Cx, deps: &Deps) -> Result<Permit<act::WriteReport>, Problem> {
    deps.authz.permit(cx, &resource_of_unit(own_unit(cx)?))
}
