//! Reminders of reports.

use super::entity::notice::{ActiveModel, Column, Entity};
use super::entity::report;
use crate::model::report::item::{Report, ReportId, State};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use d06_db::sea_orm::{ConnectionTrait, EntityTrait};
use d06_db::{DbResultExt, Tx};
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};

/// A reminder of a report that is still owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// The report.
    pub(crate) report: ReportId,
    /// `7`, `3`, `1`, `overdue` or `by-hand:…`.
    pub(crate) stage: String,
    /// When.
    pub(crate) at: Moment,
}

/// Adds a reminder unless this report was reminded at this stage already; says whether it is new.
pub(crate) async fn add(cx: &Cx, tx: &Tx, report: &Report, stage: &str) -> Result<bool, Problem> {
    let row = ActiveModel {
        id: Set(cx.new_id()),
        report: Set(report.id.0),
        unit: Set(report.unit.clone()),
        stage: Set(stage.to_owned()),
        at: Set(cx.now()),
    };
    let again = OnConflict::columns([Column::Report, Column::Stage]).do_nothing().to_owned();
    let added = Entity::insert(row).on_conflict(again).exec_without_returning(tx).await.or_problem()?;
    Ok(added > 0)
}

/// The latest reminders of reports that a unit still owes, newest first.
pub(crate) async fn of_unit(tx: &Tx, unit: &str, most: u64) -> Result<Vec<Notice>, Problem> {
    let of = |column: Column| (Entity, column);
    let mut query = Query::select();
    query
        .column(of(Column::Report))
        .column(of(Column::Stage))
        .column(of(Column::At))
        .from(Entity)
        .inner_join(
            report::Entity,
            Expr::col((report::Entity, report::Column::Id)).equals(of(Column::Report)),
        )
        .and_where(Expr::col(of(Column::Unit)).eq(unit))
        .and_where(
            Expr::col((report::Entity, report::Column::State))
                .is_in([State::Draft.name(), State::Returned.name()]),
        )
        .order_by(of(Column::At), d06_db::sea_orm::Order::Desc)
        .limit(most);
    let rows = tx.query_all(&query).await.or_problem()?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(Notice {
            report: ReportId(row.try_get("", "report").or_problem()?),
            stage: row.try_get("", "stage").or_problem()?,
            at: row.try_get("", "at").or_problem()?,
        });
    }
    Ok(all)
}
