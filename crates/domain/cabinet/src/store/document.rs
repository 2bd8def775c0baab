//! Documents and whose they are.

use super::entity::{ActiveModel, Column, Entity, Model, owner};
use crate::model::Document;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::{Query, SelectStatement};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id};
use d06_kernel::Problem;
use d06_kernel::id::{DocumentId, DossierId, FileId};
use d06_kernel::person::PersonalNumber;
use d06_kernel::time::Moment;

/// Adds a document for its owners.
pub(crate) async fn add(tx: &Tx, document: &Document, owners: &[PersonalNumber]) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(document.id.0),
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
        lookup: Set(document.lookup.clone()),
        superseded_at: Set(document.superseded_at),
        superseded_by: Set(document.superseded_by.map(|id| id.0)),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    let rows = owners.iter().map(|number| owner::ActiveModel {
        document: Set(document.id.0),
        owner: Set(number.as_str().to_owned()),
        kind: Set(document.kind.clone()),
    });
    owner::Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

pub(crate) async fn find(tx: &Tx, id: DocumentId) -> Result<Option<Document>, Problem> {
    Entity::find_by_id(id.0).one(tx).await.or_problem()?.map(from_row).transpose()
}

/// The document behind the secret of its QR code.
pub(crate) async fn find_by_lookup(tx: &Tx, lookup: &str) -> Result<Option<Document>, Problem> {
    Entity::find().filter(Column::Lookup.eq(lookup)).one(tx).await.or_problem()?.map(from_row).transpose()
}

/// Whose a document is.
pub(crate) async fn owners(tx: &Tx, id: DocumentId) -> Result<Vec<PersonalNumber>, Problem> {
    let rows = owner::Entity::find().filter(owner::Column::Document.eq(id.0)).all(tx).await.or_problem()?;
    rows.into_iter().map(|row| row.owner.parse().map_err(Problem::internal)).collect()
}

/// A person's documents, newest first.
pub(crate) async fn list(
    tx: &Tx,
    owner: &PersonalNumber,
    page: &PageRequest,
) -> Result<Page<Document>, Problem> {
    let select = Entity::find().filter(Column::Id.in_subquery(owned(&[*owner], &[])));
    page_by_id(select, Column::Id, |row| row.id, page, Direction::Newest, tx).await?.try_map(from_row)
}

/// A person's documents of some kinds, the last issued first.
pub(crate) async fn list_of_kinds(
    tx: &Tx,
    owner: &PersonalNumber,
    kinds: &[&str],
) -> Result<Vec<Document>, Problem> {
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(owned(&[*owner], kinds)))
        .order_by_desc(Column::IssuedAt)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(from_row).collect()
}

/// Lets `by` take the place of its owners' documents of some kinds that still hold; gives those it replaced.
pub(crate) async fn supersede(
    tx: &Tx,
    by: &Document,
    owners: &[PersonalNumber],
    kinds: &[&str],
) -> Result<Vec<DocumentId>, Problem> {
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let at: Moment = by.issued_at;
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(owned(owners, kinds)))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::RevokedAt.is_null())
        .filter(Column::Id.ne(by.id.0))
        .all(tx)
        .await
        .or_problem()?;
    let ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
    let row =
        ActiveModel { superseded_at: Set(Some(at)), superseded_by: Set(Some(by.id.0)), ..Default::default() };
    let these = Column::Id.is_in(ids.iter().copied());
    Entity::update_many().set(row).filter(these).exec(tx).await.or_problem()?;
    Ok(ids.into_iter().map(DocumentId).collect())
}

/// The ids of documents of some persons, perhaps only of some kinds.
fn owned(owners: &[PersonalNumber], kinds: &[&str]) -> SelectStatement {
    let mut ids = Query::select();
    ids.column(owner::Column::Document)
        .from(owner::Entity)
        .and_where(owner::Column::Owner.is_in(owners.iter().map(PersonalNumber::as_str)));
    if !kinds.is_empty() {
        ids.and_where(owner::Column::Kind.is_in(kinds.iter().copied()));
    }
    ids
}

fn from_row(row: Model) -> Result<Document, Problem> {
    Ok(Document {
        id: DocumentId(row.id),
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
        lookup: row.lookup,
        superseded_at: row.superseded_at,
        superseded_by: row.superseded_by.map(DocumentId),
    })
}
