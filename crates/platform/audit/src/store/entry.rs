//! Entries as operations wrote them.

use super::entity::{entry, leaf};
use crate::entry::{AuditEntry, EntryFilter};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, Query};
use d06_db::sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id};
use d06_kernel::Problem;
use d06_kernel::time::Moment;
use std::collections::HashMap;
use uuid::Uuid;

pub(crate) async fn add(tx: &Tx, row: AuditEntry, salt: Option<String>) -> Result<(), Problem> {
    let row = entry::ActiveModel {
        id: Set(row.id),
        content: Set(row.content),
        at: Set(row.at),
        action: Set(row.action),
        object: Set(row.object),
        unit: Set(row.unit),
        subject: Set(row.subject.map(|number| number.as_str().to_owned())),
        salt: Set(salt),
        actor: Set(row.actor),
    };
    entry::Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

pub(crate) async fn list(
    tx: &Tx,
    filter: &EntryFilter,
    page: &PageRequest,
) -> Result<Page<AuditEntry>, Problem> {
    let mut select = entry::Entity::find();
    if let Some(subject) = filter.subject {
        select = select.filter(entry::Column::Subject.eq(subject.as_str()));
    }
    let equal = [
        (entry::Column::Object, &filter.object),
        (entry::Column::Action, &filter.action),
        (entry::Column::Unit, &filter.unit),
        (entry::Column::Actor, &filter.actor),
    ];
    for (column, wanted) in equal {
        if let Some(wanted) = wanted {
            select = select.filter(column.eq(wanted));
        }
    }
    // Ids sort by time, and every index ends with the id.
    if let Some(from) = filter.from {
        select = select.filter(entry::Column::Id.gte(first_id_at(from)));
    }
    if let Some(until) = filter.until {
        select = select.filter(entry::Column::Id.lt(first_id_at(until)));
    }
    let rows = page_by_id(select, entry::Column::Id, |row| row.id, page, Direction::Newest, tx).await?;
    Ok(rows.map(read))
}

/// The entry of an id.
pub(crate) async fn find(tx: &Tx, id: Uuid) -> Result<Option<AuditEntry>, Problem> {
    Ok(entry::Entity::find_by_id(id).one(tx).await.or_problem()?.map(read))
}

fn read(row: entry::Model) -> AuditEntry {
    AuditEntry {
        id: row.id,
        at: row.at,
        action: row.action,
        object: row.object,
        unit: row.unit,
        actor: row.actor,
        subject: row.subject.and_then(|number| number.parse().ok()),
        content: row.content,
    }
}

/// Entries without a place. The correlated form lets both databases use the index of places and never read
/// the whole log for it.
fn without_place() -> Select<entry::Entity> {
    let same = Expr::col((leaf::Entity, leaf::Column::Entry)).equals((entry::Entity, entry::Column::Id));
    let place = Query::select().expr(Expr::val(1)).from(leaf::Entity).and_where(same).to_owned();
    entry::Entity::find().filter(Expr::exists(place).not())
}

/// Ids and contents of entries without a place, in the order of their ids, at most `limit`; only entries made
/// `since`, where given.
pub(crate) async fn list_without_place(
    tx: &Tx,
    since: Option<Moment>,
    limit: u64,
) -> Result<Vec<(Uuid, String)>, Problem> {
    let mut select = without_place();
    if let Some(since) = since {
        select = select.filter(entry::Column::Id.gt(first_id_at(since)));
    }
    let rows = select.order_by_asc(entry::Column::Id).limit(limit).all(tx).await.or_problem()?;
    Ok(rows.into_iter().map(|row| (row.id, row.content)).collect())
}

/// How many entries have no place.
pub(crate) async fn count_without_place(tx: &Tx) -> Result<u64, Problem> {
    without_place().count(tx).await.or_problem()
}

/// Everything of some entries, for verification; `None` for a row that cannot be read any more.
pub(crate) async fn find_by_ids(
    tx: &Tx,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Option<StoredEntry>>, Problem> {
    let select = entry::Entity::find().filter(entry::Column::Id.is_in(ids.iter().copied()));
    let mut found = HashMap::new();
    for row in tx.query_all(select.as_query()).await.or_problem()? {
        // A row whose id cannot be read is not the entry of any place: that one is missing.
        if let Ok(id) = row.try_get("", "id") {
            let readable = entry::Model::from_query_result(&row, "").ok();
            found.insert(id, readable.map(StoredEntry::from));
        }
    }
    Ok(found)
}

/// An entry with what lies beside its content.
pub(crate) struct StoredEntry {
    pub(crate) id: Uuid,
    pub(crate) content: String,
    pub(crate) at: Moment,
    pub(crate) action: String,
    pub(crate) object: String,
    pub(crate) unit: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) salt: Option<String>,
    pub(crate) actor: String,
}

impl From<entry::Model> for StoredEntry {
    fn from(row: entry::Model) -> Self {
        Self {
            id: row.id,
            content: row.content,
            at: row.at,
            action: row.action,
            object: row.object,
            unit: row.unit,
            subject: row.subject,
            salt: row.salt,
            actor: row.actor,
        }
    }
}

/// The smallest UUIDv7 of a moment.
fn first_id_at(moment: Moment) -> Uuid {
    let milliseconds = u64::try_from(moment.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid()
}
