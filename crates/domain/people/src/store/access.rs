//! Access records.

use super::entity::access::{ActiveModel, Column, Entity, Model};
use super::number;
use crate::model::AccessId;
use crate::model::access::{Access, AccessFilter, AskerKind, Outcome};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id};
use d06_kernel::id::DossierId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem};

/// Writes a read down.
pub(crate) async fn add(cx: &Cx, tx: &Tx, access: &Access) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(access.id.0),
        at: Set(access.at),
        subject: Set(access.subject.as_str().to_owned()),
        kind: Set(access.kind.name().to_owned()),
        asker_name: Set(access.asker_name.clone()),
        asker_number: Set(access.asker_number.map(|number| number.as_str().to_owned())),
        account: Set(access.account),
        unit: Set(access.unit.clone()),
        dossier: Set(access.dossier.map(|dossier| dossier.0)),
        reference: Set(access.reference.clone()),
        purpose: Set(access.purpose.clone()),
        legal_basis: Set(access.legal_basis.clone()),
        fields: Set(serde_json::to_value(&access.fields).map_err(Problem::internal)?),
        outcome: Set(access.outcome.name().to_owned()),
        from_cache: Set(access.from_cache),
        request: Set(cx.request.0),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// A read, if there is one of this id.
pub(crate) async fn find(tx: &Tx, id: AccessId) -> Result<Option<Access>, Problem> {
    Entity::find_by_id(id.0).one(tx).await.or_problem()?.map(access).transpose()
}

/// The reads of somebody's data, newest first.
pub(crate) async fn list(
    tx: &Tx,
    subject: PersonalNumber,
    filter: AccessFilter,
    page: &PageRequest,
) -> Result<Page<Access>, Problem> {
    let mut select = Entity::find().filter(Column::Subject.eq(subject.as_str()));
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind.name()));
    }
    page_by_id(select, Column::Id, |row| row.id, page, Direction::Newest, tx).await?.try_map(access)
}

fn access(row: Model) -> Result<Access, Problem> {
    let unknown = || Problem::internal("an access record holds an unknown name");
    Ok(Access {
        id: AccessId(row.id),
        at: row.at,
        subject: number(&row.subject)?,
        kind: AskerKind::from_name(&row.kind).ok_or_else(unknown)?,
        asker_name: row.asker_name,
        asker_number: row.asker_number.as_deref().map(number).transpose()?,
        account: row.account,
        unit: row.unit,
        dossier: row.dossier.map(DossierId),
        reference: row.reference,
        purpose: row.purpose,
        legal_basis: row.legal_basis,
        fields: serde_json::from_value(row.fields).map_err(Problem::internal)?,
        outcome: Outcome::from_name(&row.outcome).ok_or_else(unknown)?,
        from_cache: row.from_cache,
    })
}
