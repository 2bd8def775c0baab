//! Records behind the figures of a report, as they were when it was sent.

use super::entity::record::{ActiveModel, Column, Entity};
use crate::model::report::item::ReportId;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use d06_db::{DbResultExt, Tx};
use d06_kernel::port::measure::MeasuredRecord;
use d06_kernel::{Cx, Problem};

/// Rows inserted by one statement.
const AT_ONCE: usize = 500;

/// Takes away what a report had.
pub(crate) async fn clear(tx: &Tx, id: ReportId) -> Result<(), Problem> {
    Entity::delete_many().filter(Column::Report.eq(id.0)).exec(tx).await.or_problem()?;
    Ok(())
}

/// Keeps the records of a figure.
pub(crate) async fn add_all(
    cx: &Cx,
    tx: &Tx,
    id: ReportId,
    figure: &str,
    records: &[MeasuredRecord],
) -> Result<(), Problem> {
    let rows: Vec<_> = (0..)
        .zip(records)
        .map(|(position, record)| ActiveModel {
            id: Set(cx.new_id()),
            report: Set(id.0),
            figure: Set(figure.to_owned()),
            position: Set(position),
            label: Set(record.label.clone()),
            href: Set(record.href.clone()),
            counted: Set(record.counted),
            reason: Set(record.reason.clone()),
        })
        .collect();
    for some in rows.chunks(AT_ONCE) {
        Entity::insert_many(some.to_vec()).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// A page of the records of a figure.
pub(crate) async fn list(
    tx: &Tx,
    id: ReportId,
    figure: &str,
    offset: u64,
    limit: u64,
) -> Result<Vec<MeasuredRecord>, Problem> {
    let found = Entity::find()
        .filter(Column::Report.eq(id.0))
        .filter(Column::Figure.eq(figure))
        .order_by_asc(Column::Position)
        .offset(offset)
        .limit(limit);
    let rows = found.all(tx).await.or_problem()?;
    Ok(rows
        .into_iter()
        .map(|row| MeasuredRecord {
            label: row.label,
            href: row.href,
            counted: row.counted,
            reason: row.reason,
        })
        .collect())
}
