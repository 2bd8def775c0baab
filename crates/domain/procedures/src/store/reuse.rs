//! Documents of cabinets that proved something in dossiers.

use super::dossier::{self, Dossier};
use super::entity::reuse::{ActiveModel, Column, Entity};
use chrono::{DateTime, Utc};
use d06_db::sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::{DocumentId, DossierId};
use d06_kernel::{Cx, Problem};
use uuid::Uuid;

/// The most uses that are listed of one document.
const MOST: u64 = 100;

/// A document that proved a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reuse {
    /// The document.
    pub document: DocumentId,
    /// Key of the requirement.
    pub requirement: String,
}

/// Adds uses; does nothing for none.
pub async fn add(cx: &Cx, tx: &Tx, dossier: DossierId, uses: &[Reuse]) -> Result<(), Problem> {
    if uses.is_empty() {
        return Ok(());
    }
    let rows = uses.iter().map(|one| ActiveModel {
        id: Set(cx.new_id::<Uuid>()),
        dossier: Set(dossier.0),
        document: Set(one.document.0),
        requirement: Set(one.requirement.clone()),
        at: Set(cx.now()),
    });
    Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The dossiers in which a document was used, the latest first, at most 100.
pub async fn list_of_document(
    tx: &Tx,
    document: DocumentId,
) -> Result<Vec<(Dossier, DateTime<Utc>)>, Problem> {
    let rows = Entity::find()
        .filter(Column::Document.eq(document.0))
        .order_by_desc(Column::At)
        .limit(MOST)
        .all(tx)
        .await
        .or_problem()?;
    let mut found: Vec<(Dossier, DateTime<Utc>)> = Vec::with_capacity(rows.len());
    for row in rows {
        if found.iter().all(|(dossier, _)| dossier.id.0 != row.dossier) {
            found.push((dossier::get(tx, DossierId(row.dossier)).await?, row.at));
        }
    }
    Ok(found)
}
