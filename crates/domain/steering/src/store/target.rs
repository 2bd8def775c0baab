//! Targets and their values.

use super::entity::{target, value};
use crate::model::goal::{Comparison, Goal};
use crate::model::plan::{Place, PlanId, Target, TargetId};
use d06_db::sea_orm::ActiveValue::{NotSet, Set};
use d06_db::sea_orm::sea_query::{Expr, ExprTrait};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::{Cx, Problem};
use std::collections::HashMap;
use uuid::Uuid;

/// Adds the targets of a plan.
pub(crate) async fn add_all(cx: &Cx, tx: &Tx, plan: PlanId, targets: &[Target]) -> Result<(), Problem> {
    if targets.is_empty() {
        return Ok(());
    }
    let rows = targets.iter().map(|target| row(plan, target)).collect::<Result<Vec<_>, _>>()?;
    target::Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    let values: Vec<_> = targets.iter().flat_map(|target| value_rows(cx, target)).collect();
    if !values.is_empty() {
        value::Entity::insert_many(values).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// Makes a target one of a later plan, with the words and values that this has for it.
pub(crate) async fn revise(cx: &Cx, tx: &Tx, plan: PlanId, target: &Target) -> Result<(), Problem> {
    let new = target::ActiveModel { id: NotSet, ..row(plan, target)? };
    let own = target::Column::Id.eq(target.id.0);
    target::Entity::update_many().set(new).filter(own).exec(tx).await.or_problem()?;
    let before = value::Column::Target.eq(target.id.0);
    value::Entity::delete_many().filter(before).exec(tx).await.or_problem()?;
    let values = value_rows(cx, target);
    if !values.is_empty() {
        value::Entity::insert_many(values).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// The targets of a plan, in its order.
pub(crate) async fn list(tx: &Tx, plan: PlanId) -> Result<Vec<Target>, Problem> {
    list_of(tx, &[plan]).await
}

/// The targets of several plans, plan by plan.
pub(crate) async fn list_of(tx: &Tx, plans: &[PlanId]) -> Result<Vec<Target>, Problem> {
    let rows = target::Entity::find()
        .filter(target::Column::Plan.is_in(plans.iter().map(|plan| plan.0)))
        .order_by_asc(target::Column::Plan)
        .order_by_asc(target::Column::Position)
        .all(tx)
        .await
        .or_problem()?;
    let mut goals = goals(tx, rows.iter().map(|row| row.id).collect()).await?;
    rows.into_iter()
        .map(|row| {
            let own = goals.remove(&row.id).unwrap_or_default();
            target_of(row, own)
        })
        .collect()
}

/// A target and the plan it belongs to.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: TargetId) -> Result<(PlanId, Target), Problem> {
    let row = target::Entity::find_by_id(id.0).one(tx).await.or_problem()?.ok_or_else(Problem::not_found)?;
    let plan = PlanId(row.plan);
    let own = goals(tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    Ok((plan, target_of(row, own)?))
}

/// The keys of all measures that targets of the plans in force are bound to, each once.
pub(crate) async fn bound_measures(tx: &Tx, plan: PlanId) -> Result<Vec<String>, Problem> {
    let targets = list(tx, plan).await?;
    let mut keys: Vec<String> = targets.into_iter().filter_map(|target| target.measure).collect();
    keys.sort_unstable();
    keys.dedup();
    Ok(keys)
}

/// Binds a target to a measure, or to none.
///
/// # Errors
/// `target.changed-meanwhile` if somebody else changed it since `version`.
pub(crate) async fn set_measure(
    tx: &Tx,
    id: TargetId,
    measure: Option<&str>,
    version: i64,
) -> Result<(), Problem> {
    let update = target::Entity::update_many()
        .col_expr(target::Column::Measure, Expr::val(measure.map(str::to_owned)))
        .col_expr(target::Column::Version, Expr::col(target::Column::Version).add(1))
        .filter(target::Column::Id.eq(id.0))
        .filter(target::Column::Version.eq(version));
    if update.exec(tx).await.or_problem()?.rows_affected == 0 {
        return Err(Problem::conflict("target.changed-meanwhile"));
    }
    Ok(())
}

async fn goals(tx: &Tx, targets: Vec<Uuid>) -> Result<HashMap<Uuid, Vec<Goal>>, Problem> {
    let rows = value::Entity::find()
        .filter(value::Column::Target.is_in(targets))
        .order_by_asc(value::Column::Target)
        .order_by_asc(value::Column::Position)
        .all(tx)
        .await
        .or_problem()?;
    let mut goals: HashMap<Uuid, Vec<Goal>> = HashMap::new();
    for row in rows {
        goals.entry(row.target).or_default().push(Goal {
            period: row.period,
            raw: row.raw,
            comparison: row.comparison.as_deref().and_then(Comparison::of_operator),
            hundredths: row.hundredths,
        });
    }
    Ok(goals)
}

fn row(plan: PlanId, target: &Target) -> Result<target::ActiveModel, Problem> {
    let place = &target.place;
    Ok(target::ActiveModel {
        id: Set(target.id.0),
        plan: Set(plan.0),
        position: Set(place.position),
        reference: Set(place.reference.clone()),
        group_reference: Set(place.group.clone()),
        group_title: Set(place.group_title.clone()),
        line_start: Set(place.line_start),
        line_end: Set(place.line_end),
        text: Set(target.text.clone()),
        unit: Set(target.unit.clone()),
        tracking: Set(serde_json::to_value(&target.tracking).map_err(Problem::internal)?),
        measure: Set(target.measure.clone()),
        legal: Set(target.legal.clone()),
        version: Set(target.version),
    })
}

fn value_rows(cx: &Cx, target: &Target) -> Vec<value::ActiveModel> {
    let mut rows = Vec::new();
    for (position, goal) in (0..).zip(&target.goals) {
        rows.push(value::ActiveModel {
            id: Set(cx.new_id()),
            target: Set(target.id.0),
            position: Set(position),
            period: Set(goal.period.clone()),
            raw: Set(goal.raw.clone()),
            comparison: Set(goal.comparison.map(|comparison| comparison.sign().to_owned())),
            hundredths: Set(goal.hundredths),
        });
    }
    rows
}

fn target_of(row: target::Model, goals: Vec<Goal>) -> Result<Target, Problem> {
    Ok(Target {
        id: TargetId(row.id),
        place: Place {
            position: row.position,
            reference: row.reference,
            group: row.group_reference,
            group_title: row.group_title,
            line_start: row.line_start,
            line_end: row.line_end,
        },
        text: row.text,
        unit: row.unit,
        goals,
        tracking: serde_json::from_value(row.tracking).map_err(Problem::internal)?,
        measure: row.measure,
        legal: row.legal,
        version: row.version,
    })
}
