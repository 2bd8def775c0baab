//! Proposals of commendation and criticism.

use super::entity::commendation::{ActiveModel, Column, Entity, Model};
use crate::model::commendation::{Commendation, CommendationId, Kind, Stand};
use d06_db::sea_orm::ActiveValue::{NotSet, Set};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;

/// The most proposals listed.
const MOST: u64 = 200;

/// Adds a proposal.
pub(crate) async fn add(tx: &Tx, one: &Commendation) -> Result<(), Problem> {
    Entity::insert(row(one)?).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// A proposal.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: CommendationId) -> Result<Commendation, Problem> {
    let found = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    commendation(found.ok_or_else(Problem::not_found)?)
}

/// The proposals of an office, newest first.
pub(crate) async fn list(tx: &Tx, office: &str) -> Result<Vec<Commendation>, Problem> {
    let found = Entity::find().filter(Column::Office.eq(office)).order_by_desc(Column::Id).limit(MOST);
    found.all(tx).await.or_problem()?.into_iter().map(commendation).collect()
}

/// Writes a proposal anew, if it still has the version it was read with.
///
/// # Errors
/// `commendation.changed-meanwhile`.
pub(crate) async fn update(tx: &Tx, one: &Commendation) -> Result<(), Problem> {
    let new = ActiveModel { id: NotSet, version: Set(one.version + 1), ..row(one)? };
    let done = Entity::update_many()
        .set(new)
        .filter(Column::Id.eq(one.id.0))
        .filter(Column::Version.eq(one.version))
        .exec(tx)
        .await
        .or_problem()?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Problem::conflict("commendation.changed-meanwhile")) }
}

fn row(one: &Commendation) -> Result<ActiveModel, Problem> {
    let decided = one.decided.clone();
    Ok(ActiveModel {
        id: Set(one.id.0),
        office: Set(one.office.clone()),
        kind: Set(one.kind.name().to_owned()),
        unit: Set(one.unit.clone()),
        from_day: Set(one.from),
        to_day: Set(one.to),
        figures: Set(serde_json::to_value(one.results).map_err(Problem::internal)?),
        text: Set(one.text.clone()),
        state: Set(one.stand.name().to_owned()),
        drafted_at: Set(one.drafted_at),
        drafted_by: Set(one.drafted_by.clone()),
        decided_at: Set(decided.as_ref().map(|(at, _, _)| *at)),
        decided_by: Set(decided.as_ref().map(|(_, by, _)| by.clone())),
        decision: Set(decided.map(|(_, _, words)| words)),
        version: Set(one.version),
    })
}

fn commendation(row: Model) -> Result<Commendation, Problem> {
    let unknown = || Problem::internal(format!("commendation {} {}", row.kind, row.state));
    Ok(Commendation {
        id: CommendationId(row.id),
        kind: Kind::from_name(&row.kind).ok_or_else(unknown)?,
        stand: Stand::from_name(&row.state).ok_or_else(unknown)?,
        office: row.office,
        unit: row.unit,
        from: row.from_day,
        to: row.to_day,
        results: serde_json::from_value(row.figures).map_err(Problem::internal)?,
        text: row.text,
        drafted_at: row.drafted_at,
        drafted_by: row.drafted_by,
        decided: row
            .decided_at
            .map(|at| (at, row.decided_by.unwrap_or_default(), row.decision.unwrap_or_default())),
        version: row.version,
    })
}
