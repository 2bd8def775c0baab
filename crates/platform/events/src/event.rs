//! Events and their publication.

use crate::bus::Bus;
use crate::deliver::Delivery;
use crate::entity::event::{ActiveModel, Entity, Model};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::EntityTrait;
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::{EventId, RequestId};
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};

/// Something that has happened, to be told. The payload holds ids and plain facts; what is personal stays
/// with its owner, who is asked for it by id.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// What happened: `dossier.submitted`.
    pub kind: &'static str,
    /// What it happened to: `dossier:<uuid>`.
    pub subject: String,
    /// The unit it concerns, by code.
    pub unit: Option<String>,
    /// What a listener needs to know.
    pub payload: serde_json::Value,
}

/// Something that has happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The event.
    pub id: EventId,
    /// What happened: `dossier.submitted`.
    pub kind: String,
    /// What it happened to: `dossier:<uuid>`.
    pub subject: String,
    /// The unit it concerns, by code.
    pub unit: Option<String>,
    /// What a listener needs to know.
    pub payload: serde_json::Value,
    /// The request that caused it.
    pub request: RequestId,
    /// When.
    pub at: Moment,
}

impl From<Model> for Event {
    fn from(row: Model) -> Self {
        Self {
            id: EventId(row.id),
            kind: row.kind,
            subject: row.subject,
            unit: row.unit,
            payload: row.payload,
            request: RequestId(row.request),
            at: row.at,
        }
    }
}

/// Publishes an event in the caller's transaction: its row, and one job for each subscriber of its kind.
///
/// # Errors
/// The database's.
pub async fn publish(cx: &Cx, tx: &Tx, bus: &Bus, event: NewEvent) -> Result<EventId, Problem> {
    let id: EventId = cx.new_id();
    let row = ActiveModel {
        id: Set(id.0),
        kind: Set(event.kind.to_owned()),
        subject: Set(event.subject),
        unit: Set(event.unit),
        payload: Set(event.payload),
        request: Set(cx.request.0),
        at: Set(cx.now()),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    for subscriber in bus.subscribers_of(event.kind) {
        let delivery = Delivery { event: id, subscriber: subscriber.name().to_owned() };
        d06_jobs::enqueue(cx, tx, &delivery).await?;
    }
    Ok(id)
}
