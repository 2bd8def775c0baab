//! Reading events: the history of a subject, and numbers for targets.

use crate::entity::event::{Column, Entity};
use crate::event::Event;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id};
use d06_kernel::Problem;
use d06_kernel::time::Moment;

/// Which events; what is not said is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Of one of these kinds.
    pub kinds: Vec<String>,
    /// About this subject, `dossier:<uuid>`.
    pub subject: Option<String>,
    /// Concerning this unit.
    pub unit: Option<String>,
    /// At this moment or later.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
}

impl EventFilter {
    fn select(&self) -> Select<Entity> {
        let mut select = Entity::find();
        if !self.kinds.is_empty() {
            select = select.filter(Column::Kind.is_in(self.kinds.iter().map(String::as_str)));
        }
        if let Some(subject) = &self.subject {
            select = select.filter(Column::Subject.eq(subject.as_str()));
        }
        if let Some(unit) = &self.unit {
            select = select.filter(Column::Unit.eq(unit.as_str()));
        }
        if let Some(from) = self.from {
            select = select.filter(Column::At.gte(from));
        }
        if let Some(until) = self.until {
            select = select.filter(Column::At.lt(until));
        }
        select
    }
}

/// The events, in the order given.
///
/// # Errors
/// A wrong page request, or the database's error.
pub async fn list(
    tx: &Tx,
    filter: &EventFilter,
    request: &PageRequest,
    direction: Direction,
) -> Result<Page<Event>, Problem> {
    let page = page_by_id(filter.select(), Column::Id, |event| event.id, request, direction, tx).await?;
    Ok(page.map(Event::from))
}

/// How many events there are.
///
/// # Errors
/// The database's.
pub async fn count(tx: &Tx, filter: &EventFilter) -> Result<u64, Problem> {
    filter.select().count(tx).await.or_problem()
}
