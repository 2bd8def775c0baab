//! Obstacles.

use super::entity::obstacle::{ActiveModel, Column, Entity, Model};
use crate::model::obstacle::{About, Answer, Obstacle, ObstacleId, Outcome};
use crate::model::plan::PlanId;
use chrono::NaiveDate;
use d06_db::sea_orm::ActiveValue::{NotSet, Set};
use d06_db::sea_orm::sea_query::{Expr, ExprTrait};
use d06_db::sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use uuid::Uuid;

/// Which obstacles; what is not said is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ObstacleFilter {
    /// Of these plans.
    pub(crate) plans: Vec<PlanId>,
    /// Raised by this unit.
    pub(crate) unit: Option<String>,
    /// To be answered by this unit.
    pub(crate) addressee: Option<String>,
    /// Answered, or not.
    pub(crate) answered: Option<bool>,
    /// To be answered before this day.
    pub(crate) due_before: Option<NaiveDate>,
}

impl ObstacleFilter {
    fn select(&self) -> Select<Entity> {
        let mut select = Entity::find().filter(Column::Plan.is_in(self.plans.iter().map(|plan| plan.0)));
        if let Some(unit) = &self.unit {
            select = select.filter(Column::Unit.eq(unit.as_str()));
        }
        if let Some(addressee) = &self.addressee {
            select = select.filter(Column::Addressee.eq(addressee.as_str()));
        }
        if let Some(answered) = self.answered {
            let at = Column::AnsweredAt;
            select = select.filter(if answered { at.is_not_null() } else { at.is_null() });
        }
        if let Some(day) = self.due_before {
            select = select.filter(Column::DueOn.lt(day));
        }
        select
    }
}

/// Adds an obstacle.
pub(crate) async fn add(tx: &Tx, obstacle: &Obstacle) -> Result<(), Problem> {
    let answer = obstacle.answer.as_ref();
    let row = ActiveModel {
        id: Set(obstacle.id.0),
        plan: Set(obstacle.plan.0),
        about_kind: Set(obstacle.about.kind().to_owned()),
        about: Set(obstacle.about.id()),
        reference: Set(obstacle.reference.clone()),
        unit: Set(obstacle.unit.clone()),
        addressee: Set(obstacle.addressee.clone()),
        text: Set(obstacle.text.clone()),
        proposal: Set(obstacle.proposal.clone()),
        raised_at: Set(obstacle.raised_at),
        raised_by: Set(obstacle.raised_by.clone()),
        due_on: Set(obstacle.due_on),
        level: Set(obstacle.level),
        answer: Set(answer.map(|answer| answer.text.clone())),
        outcome: Set(answer.map(|answer| answer.outcome.name().to_owned())),
        answered_at: Set(answer.map(|answer| answer.at)),
        answered_by: Set(answer.map(|answer| answer.by.clone())),
        version: Set(obstacle.version),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// An obstacle.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: ObstacleId) -> Result<Obstacle, Problem> {
    let row = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    obstacle(row.ok_or_else(Problem::not_found)?)
}

/// The obstacles of a filter: those to be answered first come first.
pub(crate) async fn list(
    tx: &Tx,
    filter: &ObstacleFilter,
    offset: u64,
    limit: u64,
) -> Result<Vec<Obstacle>, Problem> {
    let open_first = Expr::col(Column::AnsweredAt).is_null();
    let found = filter
        .select()
        .order_by_desc(open_first)
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .offset(offset)
        .limit(limit);
    found.all(tx).await.or_problem()?.into_iter().map(obstacle).collect()
}

/// How many obstacles a filter finds.
pub(crate) async fn count(tx: &Tx, filter: &ObstacleFilter) -> Result<u64, Problem> {
    filter.select().count(tx).await.or_problem()
}

/// The obstacles to some assignments or targets, newest first.
pub(crate) async fn list_about(tx: &Tx, about: &[Uuid]) -> Result<Vec<Obstacle>, Problem> {
    let found = Entity::find().filter(Column::About.is_in(about.iter().copied())).order_by_desc(Column::Id);
    found.all(tx).await.or_problem()?.into_iter().map(obstacle).collect()
}

/// Writes an obstacle anew, if it still has the version it was read with.
///
/// # Errors
/// `obstacle.changed-meanwhile`.
pub(crate) async fn update(tx: &Tx, obstacle: &Obstacle) -> Result<(), Problem> {
    let answer = obstacle.answer.as_ref();
    let row = ActiveModel {
        addressee: Set(obstacle.addressee.clone()),
        due_on: Set(obstacle.due_on),
        level: Set(obstacle.level),
        answer: Set(answer.map(|answer| answer.text.clone())),
        outcome: Set(answer.map(|answer| answer.outcome.name().to_owned())),
        answered_at: Set(answer.map(|answer| answer.at)),
        answered_by: Set(answer.map(|answer| answer.by.clone())),
        version: Set(obstacle.version + 1),
        ..ActiveModel::default()
    };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(obstacle.id.0))
        .filter(Column::Version.eq(obstacle.version))
        .exec(tx)
        .await
        .or_problem()?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Problem::conflict("obstacle.changed-meanwhile")) }
}

/// Makes the obstacles to some assignments or targets those of a later plan, where what they are about has a new
/// reference, or is something else.
pub(crate) async fn carry(
    tx: &Tx,
    from: &[Uuid],
    plan: PlanId,
    reference: &str,
    to: Option<About>,
) -> Result<(), Problem> {
    let new = ActiveModel {
        plan: Set(plan.0),
        reference: Set(reference.to_owned()),
        about: to.map_or(NotSet, |about| Set(about.id())),
        ..ActiveModel::default()
    };
    let update = Entity::update_many().set(new).filter(Column::About.is_in(from.iter().copied()));
    update.exec(tx).await.or_problem()?;
    Ok(())
}

fn obstacle(row: Model) -> Result<Obstacle, Problem> {
    let about = About::of(&row.about_kind, row.about);
    let answer = match (row.answer, row.outcome.as_deref().and_then(Outcome::from_name), row.answered_at) {
        (Some(text), Some(outcome), Some(at)) => {
            Some(Answer { text, outcome, at, by: row.answered_by.unwrap_or_default() })
        }
        _ => None,
    };
    Ok(Obstacle {
        id: ObstacleId(row.id),
        plan: PlanId(row.plan),
        about: about.ok_or_else(|| Problem::internal(format!("obstacle to {}", row.about_kind)))?,
        reference: row.reference,
        unit: row.unit,
        addressee: row.addressee,
        text: row.text,
        proposal: row.proposal,
        raised_at: row.raised_at,
        raised_by: row.raised_by,
        due_on: row.due_on,
        level: row.level,
        answer,
        version: row.version,
    })
}
