//! Reminds those who still owe a report: by rule some days before, once more when it is overdue, and by hand. A
//! reminder is a notice in the page and a letter to the office's mailbox, each once for a stage.

use crate::deps::Deps;
use crate::model::report::item::{Report, ReportId};
use crate::ops::report::chain::resource;
use crate::store::report::{contact, item, notice, step};
use chrono::{NaiveTime, TimeDelta};
use d06_audit::Entry;
use d06_authz::{Permit, act};
use d06_db::Tx;
use d06_jobs::{Handler, Job, JobError};
use d06_kernel::time::{Moment, from_local, local, local_date};
use d06_kernel::{Cx, Problem};
use d06_mail::NewLetter;
use serde::{Deserialize, Serialize};

/// The stage after the last day.
pub const OVERDUE: &str = "overdue";

/// The reports of one period to one unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Round {
    /// The period.
    pub period_key: String,
    /// The unit they go to; none for the top of the chain.
    pub superior: Option<String>,
}

/// The job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemindReports {
    /// Which reports.
    pub round: Round,
    /// `7`, `3`, `1` or `overdue`.
    pub stage: String,
}

impl Job for RemindReports {
    const KIND: &'static str = "steering.remind-reports";
}

/// Does the job.
pub struct Reminder {
    deps: Deps,
}

impl Reminder {
    /// Reminds through these neighbours.
    pub fn new(deps: Deps) -> Self {
        Self { deps }
    }
}

#[async_trait::async_trait]
impl Handler for Reminder {
    fn kind(&self) -> &'static str {
        RemindReports::KIND
    }

    async fn run(&self, cx: &Cx, payload: serde_json::Value) -> Result<(), JobError> {
        let job: RemindReports =
            serde_json::from_value(payload).map_err(|error| JobError::Dead(Problem::internal(error)))?;
        run(cx, &self.deps, &job).await?;
        Ok(())
    }
}

/// Enqueues the reminders of a round: at eight in the morning, so many days before the last day, and when it is due.
/// Days that have passed are left out.
pub(crate) async fn plan(
    cx: &Cx,
    tx: &Tx,
    round: &Round,
    due_at: Moment,
    days: &[i64],
) -> Result<(), Problem> {
    // A report due at midnight is to be sent on the day before.
    let last_day = local_date(due_at - TimeDelta::minutes(1));
    let morning = from_local(last_day.and_time(NaiveTime::MIN)) + TimeDelta::hours(8);
    let stages = days.iter().map(|before| (morning - TimeDelta::days(*before), before.to_string()));
    for (at, stage) in stages.chain([(due_at, OVERDUE.to_owned())]) {
        if at > cx.now() {
            d06_jobs::enqueue_at(cx, tx, &RemindReports { round: round.clone(), stage }, at).await?;
        }
    }
    Ok(())
}

/// Reminds all who owe; returns how many were reminded for the first time at this stage.
///
/// # Errors
/// The database's.
pub async fn run(cx: &Cx, deps: &Deps, job: &RemindReports) -> Result<usize, Problem> {
    let tx = deps.db.begin().await?;
    let owed = item::owed(&tx, job.round.superior.as_deref(), &job.round.period_key).await?;
    let mut reminded = 0;
    for report in &owed {
        reminded += usize::from(one(cx, deps, &tx, report, &job.stage).await?);
    }
    tx.commit().await?;
    Ok(reminded)
}

/// Reminds one unit now, because somebody asks for it.
///
/// # Errors
/// `report.not-owed` for a report that was sent; "not found" without a permit for it; the database's.
pub async fn by_hand(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::ReceiveReport>,
    id: ReportId,
) -> Result<(), Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let report = item::get(&tx, id).await?;
    if !report.state.is_owed() {
        return Err(Problem::conflict("report.not-owed"));
    }
    // One reminder by hand in an hour is enough, whoever presses the button.
    let stage = format!("by-hand:{}", local(cx.now()).format("%Y-%m-%dT%H"));
    if one(cx, deps, &tx, &report, &stage).await? {
        step::add(cx, &tx, id, "remind", None).await?;
        let entry = Entry {
            action: "report.remind",
            subject: None,
            object: format!("report:{id}"),
            unit: report.superior.clone(),
            details: serde_json::json!({ "unit": report.unit }),
        };
        d06_audit::append(cx, &tx, entry).await?;
    }
    tx.commit().await
}

/// Reminds of one report, if it was not at this stage already.
async fn one(cx: &Cx, deps: &Deps, tx: &Tx, report: &Report, stage: &str) -> Result<bool, Problem> {
    if !notice::add(cx, tx, report, stage).await? {
        return Ok(false);
    }
    if let Some(to) = contact::find(tx, &report.unit).await? {
        deps.mail.post(cx, tx, letter(deps, report, stage, to)).await?;
    }
    Ok(true)
}

/// The letter: which report, by when, where. In Vietnamese first, then in English, since an office's mailbox has no
/// language of its own.
fn letter(deps: &Deps, report: &Report, stage: &str, to: String) -> NewLetter {
    let last = local(report.due_at - TimeDelta::minutes(1)).format("%H:%M %d/%m/%Y");
    let link = format!("{}/steering/reports/{}", deps.base_url, report.id);
    let days = format!("{} – {}", report.from.format("%d/%m/%Y"), report.to.format("%d/%m/%Y"));
    let late = stage == OVERDUE;
    let subject = if late {
        format!("Báo cáo Đề án 06 đã quá hạn ({days})")
    } else {
        format!("Nhắc báo cáo Đề án 06, hạn cuối {last} ({days})")
    };
    let text = format!(
        "{unit}\n\n{vi} Kỳ báo cáo: {days}. Hạn cuối: {last}.\nMở báo cáo: {link}\n\n{en} Period: {days}. Last \
         moment: {last}.\nOpen the report: {link}\n",
        unit = report.unit_name,
        vi = if late {
            "Báo cáo đã quá hạn và chưa được gửi."
        } else {
            "Báo cáo chưa được gửi."
        },
        en = if late { "The report is overdue." } else { "The report has not been sent." },
    );
    NewLetter { key: format!("report:{}:{stage}", report.id), to, subject, text }
}

/// The report a reminder by hand is about, and the caller's permit.
///
/// # Errors
/// "Not found" for a report that is none, or that the caller may not see.
pub async fn permit(
    cx: &Cx,
    deps: &Deps,
    id: ReportId,
) -> Result<(Report, Permit<act::ReceiveReport>), Problem> {
    let report = {
        let tx = deps.db.read().await?;
        item::get(&tx, id).await?
    };
    let permit = deps.authz.permit(cx, &resource(&report))?;
    Ok((report, permit))
}
