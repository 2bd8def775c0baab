//! Evidence.

use super::entity::evidence::{ActiveModel, Column, Entity, Model};
use crate::model::evidence::{Evidence, EvidenceFile, EvidenceId};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::id::FileId;
use uuid::Uuid;

/// Adds a piece of evidence.
pub(crate) async fn add(tx: &Tx, evidence: &Evidence) -> Result<(), Problem> {
    let file = evidence.file.as_ref();
    let row = ActiveModel {
        id: Set(evidence.id.0),
        owner: Set(evidence.owner),
        description: Set(evidence.description.clone()),
        number: Set(evidence.number.clone()),
        quantity: Set(evidence.quantity),
        file: Set(file.map(|file| file.id.0)),
        file_name: Set(file.map(|file| file.name.clone())),
        size: Set(file.map(|file| file.size)),
        added_at: Set(evidence.added_at),
        added_by: Set(evidence.added_by.clone()),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// A piece of evidence.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: EvidenceId) -> Result<Evidence, Problem> {
    let row = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    row.map(evidence).ok_or_else(Problem::not_found)
}

/// The evidence of some owners, oldest first.
pub(crate) async fn list(tx: &Tx, owners: &[Uuid]) -> Result<Vec<Evidence>, Problem> {
    let found = Entity::find().filter(Column::Owner.is_in(owners.iter().copied())).order_by_asc(Column::Id);
    Ok(found.all(tx).await.or_problem()?.into_iter().map(evidence).collect())
}

/// Makes the evidence of some owners that of another.
pub(crate) async fn carry(tx: &Tx, from: &[Uuid], to: Uuid) -> Result<(), Problem> {
    let update = Entity::update_many()
        .set(ActiveModel { owner: Set(to), ..ActiveModel::default() })
        .filter(Column::Owner.is_in(from.iter().copied()));
    update.exec(tx).await.or_problem()?;
    Ok(())
}

/// Takes a piece of evidence away.
pub(crate) async fn remove(tx: &Tx, id: EvidenceId) -> Result<(), Problem> {
    Entity::delete_by_id(id.0).exec(tx).await.or_problem()?;
    Ok(())
}

fn evidence(row: Model) -> Evidence {
    let file = row.file.zip(row.file_name).map(|(id, name)| EvidenceFile {
        id: FileId(id),
        name,
        size: row.size.unwrap_or(0),
    });
    Evidence {
        id: EvidenceId(row.id),
        owner: row.owner,
        description: row.description,
        number: row.number,
        quantity: row.quantity,
        file,
        added_at: row.added_at,
        added_by: row.added_by,
    }
}
