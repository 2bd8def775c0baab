//! Paging by key: the next page begins after the last id seen, so that a page costs the same at any depth and
//! rows added meanwhile neither repeat nor hide others.

use crate::problem::problem;
use d06_kernel::Problem;
use sea_orm::sea_query::IntoIden;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The rows a caller asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// The [`Page::next`] of the page before; absent for the first page.
    pub after: Option<String>,
    /// How many rows; absent for [`PageRequest::USUAL`], cut at [`PageRequest::MOST`].
    pub limit: Option<u64>,
}

impl PageRequest {
    /// Rows on a page when the caller does not say.
    pub const USUAL: u64 = 25;
    /// The most rows on a page.
    pub const MOST: u64 = 200;

    /// The first page with `limit` rows.
    pub fn first(limit: u64) -> Self {
        Self { after: None, limit: Some(limit) }
    }

    /// How many rows to give, from 1 to [`Self::MOST`].
    pub fn limit(&self) -> u64 {
        self.limit.unwrap_or(Self::USUAL).clamp(1, Self::MOST)
    }

    /// The id after which the page begins.
    ///
    /// # Errors
    /// `page.after-unknown` (invalid) when the text is not one that [`Page::next`] gave.
    pub fn after_id(&self) -> Result<Option<Uuid>, Problem> {
        let parse = |text: &String| text.parse().map_err(|_| Problem::invalid("page.after-unknown"));
        self.after.as_ref().map(parse).transpose()
    }
}

/// Some rows and where the next ones begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in order.
    pub items: Vec<T>,
    /// What to send as [`PageRequest::after`]; absent on the last page.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page out of up to `limit + 1` rows: the row too many only tells that there is a next page.
    pub fn of(mut rows: Vec<T>, limit: u64, key: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(key) } else { None };
        Self { items: rows, next }
    }

    /// The same page with each row turned into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }

    /// As [`Page::map`], for a conversion that can fail.
    ///
    /// # Errors
    /// The first failure.
    pub fn try_map<U, E>(self, f: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(f).collect::<Result<_, E>>()?;
        Ok(Page { items, next: self.next })
    }
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Oldest first (UUIDv7 ids sort by the moment they were made).
    Oldest,
    /// Newest first.
    Newest,
}

/// Runs `select` as one page ordered by the UUID column `id`.
///
/// # Errors
/// A wrong [`PageRequest::after`], or the database's error.
pub async fn page_by_id<E, C>(
    select: Select<E>,
    id: C,
    key: impl Fn(&E::Model) -> Uuid,
    request: &PageRequest,
    direction: Direction,
    tx: &impl ConnectionTrait,
) -> Result<Page<E::Model>, Problem>
where
    E: EntityTrait,
    C: ColumnTrait + IntoIden + Copy,
{
    let after = request.after_id()?;
    let select = match (after, direction) {
        (None, _) => select,
        (Some(after), Direction::Oldest) => select.filter(id.gt(after)),
        (Some(after), Direction::Newest) => select.filter(id.lt(after)),
    };
    let select = match direction {
        Direction::Oldest => select.order_by_asc(id),
        Direction::Newest => select.order_by_desc(id),
    };
    let rows = select.limit(request.limit() + 1).all(tx).await.map_err(problem)?;
    Ok(Page::of(rows, request.limit(), |row| key(row).to_string()))
}
