//! Documents.

use super::entity::{ActiveModel, Column, Entity, Model};
use crate::model::Document;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id};
use d06_kernel::Problem;
use d06_kernel::id::{DocumentId, DossierId, FileId};
use d06_kernel::person::PersonalNumber;

pub(crate) async fn add(tx: &Tx, document: &Document) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(document.id.0),
        owner: Set(document.owner.as_str().to_owned()),
        kind: Set(document.kind.clone()),
        number: Set(document.number.clone()),
        unit: Set(document.unit.clone()),
        dossier: Set(document.dossier.0),
        file: Set(document.file.0),
        sha256: Set(document.sha256.clone()),
        fields: Set(serde_json::to_value(&document.fields).map_err(Problem::internal)?),
        issued_at: Set(document.issued_at),
        valid_until: Set(document.valid_until),
        revoked_at: Set(document.revoked_at),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

pub(crate) async fn find(tx: &Tx, id: DocumentId) -> Result<Option<Document>, Problem> {
    Entity::find_by_id(id.0).one(tx).await.or_problem()?.map(from_row).transpose()
}

/// A person's documents, newest first.
pub(crate) async fn list(
    tx: &Tx,
    owner: &PersonalNumber,
    page: &PageRequest,
) -> Result<Page<Document>, Problem> {
    let select = Entity::find().filter(Column::Owner.eq(owner.as_str()));
    page_by_id(select, Column::Id, |row| row.id, page, Direction::Newest, tx).await?.try_map(from_row)
}

/// A person's documents of some kinds, the last issued first.
pub(crate) async fn list_of_kinds(
    tx: &Tx,
    owner: &PersonalNumber,
    kinds: &[&str],
) -> Result<Vec<Document>, Problem> {
    let rows = Entity::find()
        .filter(Column::Owner.eq(owner.as_str()))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .order_by_desc(Column::IssuedAt)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: Model) -> Result<Document, Problem> {
    Ok(Document {
        id: DocumentId(row.id),
        owner: row.owner.parse().map_err(Problem::internal)?,
        kind: row.kind,
        number: row.number,
        unit: row.unit,
        dossier: DossierId(row.dossier),
        file: FileId(row.file),
        sha256: row.sha256,
        fields: serde_json::from_value(row.fields).map_err(Problem::internal)?,
        issued_at: row.issued_at,
        valid_until: row.valid_until,
        revoked_at: row.revoked_at,
    })
}
