//! Entered figures. A correction is a new row; the rows before it stay.

use super::entity::figure::{ActiveModel, Column, Entity, Model};
use crate::model::figure::{Figure, FigureId, Month};
use crate::model::plan::TargetId;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::Moment;
use std::collections::HashMap;

/// Adds a figure.
///
/// # Errors
/// `figure.changed-meanwhile` if somebody entered the same revision of the same month.
pub(crate) async fn add(tx: &Tx, figure: &Figure) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(figure.id.0),
        target: Set(figure.target.0),
        unit: Set(figure.unit.clone()),
        period: Set(figure.period.to_string()),
        revision: Set(figure.revision),
        numerator: Set(figure.ratio.numerator),
        denominator: Set(figure.ratio.denominator),
        note: Set(figure.note.clone()),
        entered_at: Set(figure.entered_at),
        entered_by: Set(figure.entered_by.clone()),
    };
    let taken = [("steering_figure_target_unit_period_revision_key", "figure.changed-meanwhile")];
    Entity::insert(row).exec_without_returning(tx).await.or_problem_with(&taken)?;
    Ok(())
}

/// The figures of some targets from one month to another, both included, the latest revision of each that was entered by
/// a moment; in the order of target, unit, month.
pub(crate) async fn list(
    tx: &Tx,
    targets: &[TargetId],
    (from, to): (Month, Month),
    as_of: Option<Moment>,
) -> Result<Vec<Figure>, Problem> {
    let all = revisions(tx, targets, (from, to), as_of).await?;
    let mut latest: HashMap<(TargetId, String, Month), Figure> = HashMap::new();
    for figure in all {
        // Rows come in the order of their revisions, so a later one takes the place of an earlier.
        latest.insert((figure.target, figure.unit.clone(), figure.period), figure);
    }
    let mut figures: Vec<Figure> = latest.into_values().collect();
    figures.sort_by(|a, b| (a.target, &a.unit, a.period).cmp(&(b.target, &b.unit, b.period)));
    Ok(figures)
}

/// As [`list`], with every revision, earlier ones first.
pub(crate) async fn revisions(
    tx: &Tx,
    targets: &[TargetId],
    (from, to): (Month, Month),
    as_of: Option<Moment>,
) -> Result<Vec<Figure>, Problem> {
    let mut found = Entity::find()
        .filter(Column::Target.is_in(targets.iter().map(|id| id.0)))
        .filter(Column::Period.gte(from.to_string()))
        .filter(Column::Period.lte(to.to_string()));
    if let Some(moment) = as_of {
        found = found.filter(Column::EnteredAt.lte(moment));
    }
    let rows = found
        .order_by_asc(Column::Target)
        .order_by_asc(Column::Unit)
        .order_by_asc(Column::Period)
        .order_by_asc(Column::Revision)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(figure).collect()
}

fn figure(row: Model) -> Result<Figure, Problem> {
    Ok(Figure {
        id: FigureId(row.id),
        target: TargetId(row.target),
        unit: row.unit,
        period: row.period.parse().map_err(Problem::internal)?,
        revision: row.revision,
        ratio: Ratio { numerator: row.numerator, denominator: row.denominator },
        note: row.note,
        entered_at: row.entered_at,
        entered_by: row.entered_by,
    })
}
