//! By which calendar and rules the due times of open dossiers were last reckoned.

use super::entity::reckoning::{ActiveModel, Column, Entity};
use chrono::{DateTime, Utc};
use d06_db::sea_orm::sea_query::OnConflict;
use d06_db::sea_orm::{ActiveValue::Set, EntityTrait};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;

/// The one row.
const DEADLINES: &str = "deadlines";

/// The fingerprint kept; `None` before the first reckoning.
pub async fn find(tx: &Tx) -> Result<Option<String>, Problem> {
    let row = Entity::find_by_id(DEADLINES.to_owned()).one(tx).await.or_problem()?;
    Ok(row.map(|row| row.fingerprint))
}

/// Keeps the fingerprint.
pub async fn keep(tx: &Tx, fingerprint: &str, at: DateTime<Utc>) -> Result<(), Problem> {
    let row = ActiveModel {
        name: Set(DEADLINES.to_owned()),
        fingerprint: Set(fingerprint.to_owned()),
        at: Set(at),
    };
    let again = OnConflict::column(Column::Name).update_columns([Column::Fingerprint, Column::At]).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}
