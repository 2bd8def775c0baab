//! How targets are counted.

use super::entity::shape::{ActiveModel, Column, Entity};
use crate::model::plan::TargetId;
use crate::model::shape::{Accumulation, Shape, TargetShape};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use std::collections::HashMap;

/// How each of some targets is counted, where somebody said so.
pub(crate) async fn list(tx: &Tx, targets: &[TargetId]) -> Result<HashMap<TargetId, TargetShape>, Problem> {
    let ids = targets.iter().map(|id| id.0);
    let rows = Entity::find().filter(Column::Target.is_in(ids)).all(tx).await.or_problem()?;
    rows.into_iter()
        .map(|row| {
            let unknown = || Problem::internal(format!("shape {}", row.shape));
            let shape = TargetShape {
                shape: Shape::from_name(&row.shape).ok_or_else(unknown)?,
                accumulation: Accumulation::from_name(&row.accumulation).ok_or_else(unknown)?,
                numerator: row.numerator,
                denominator: row.denominator,
                units: serde_json::from_value(row.units).map_err(Problem::internal)?,
                version: row.version,
            };
            Ok((TargetId(row.target), shape))
        })
        .collect()
}

/// Says how a target is counted, if that still has the version it was read with (0: nobody said yet).
///
/// # Errors
/// `target.changed-meanwhile`.
pub(crate) async fn put(tx: &Tx, target: TargetId, shape: &TargetShape) -> Result<(), Problem> {
    let row = ActiveModel {
        target: Set(target.0),
        shape: Set(shape.shape.name().to_owned()),
        accumulation: Set(shape.accumulation.name().to_owned()),
        numerator: Set(shape.numerator.clone()),
        denominator: Set(shape.denominator.clone()),
        units: Set(serde_json::to_value(&shape.units).map_err(Problem::internal)?),
        version: Set(shape.version + 1),
    };
    if shape.version == 0 {
        let taken = [("steering_target_shape_pkey", "target.changed-meanwhile")];
        Entity::insert(row).exec_without_returning(tx).await.or_problem_with(&taken)?;
        return Ok(());
    }
    let row = ActiveModel { target: d06_db::sea_orm::ActiveValue::NotSet, ..row };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Target.eq(target.0))
        .filter(Column::Version.eq(shape.version))
        .exec(tx)
        .await
        .or_problem()?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Problem::conflict("target.changed-meanwhile")) }
}
