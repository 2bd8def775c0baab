//! Steps that reports have taken.

use super::entity::step::{ActiveModel, Column, Entity};
use crate::model::report::item::{ReportId, StepTaken};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::{Cx, Problem};

/// Adds a step, by whoever acts.
pub(crate) async fn add(
    cx: &Cx,
    tx: &Tx,
    report: ReportId,
    step: &str,
    comment: Option<String>,
) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(cx.new_id()),
        report: Set(report.0),
        at: Set(cx.now()),
        step: Set(step.to_owned()),
        actor: Set(cx.principal().map(|person| person.name.clone()).unwrap_or_default()),
        comment: Set(comment),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// Adds one step to many reports, by whoever acts.
pub(crate) async fn add_to_all(cx: &Cx, tx: &Tx, reports: &[ReportId], step: &str) -> Result<(), Problem> {
    let actor = cx.principal().map(|person| person.name.clone()).unwrap_or_default();
    for some in reports.chunks(500) {
        let rows = some.iter().map(|report| ActiveModel {
            id: Set(cx.new_id()),
            report: Set(report.0),
            at: Set(cx.now()),
            step: Set(step.to_owned()),
            actor: Set(actor.clone()),
            comment: Set(None),
        });
        Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// The steps of a report, oldest first.
pub(crate) async fn list(tx: &Tx, report: ReportId) -> Result<Vec<StepTaken>, Problem> {
    let found =
        Entity::find().filter(Column::Report.eq(report.0)).order_by_asc(Column::At).order_by_asc(Column::Id);
    let rows = found.all(tx).await.or_problem()?;
    Ok(rows
        .into_iter()
        .map(|row| StepTaken { step: row.step, by: row.actor, at: row.at, comment: row.comment })
        .collect())
}
