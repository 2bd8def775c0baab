//! Delivering one event to one subscriber.

use crate::bus::Bus;
use crate::entity::{delivery, event};
use crate::event::Event;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::EntityTrait;
use d06_db::{Db, DbResultExt, Tx};
use d06_jobs::{Handler, Job, JobError};
use d06_kernel::id::EventId;
use d06_kernel::{Cx, Problem, ProblemKind};
use serde::{Deserialize, Serialize};

/// The job of telling one subscriber of one event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// The event.
    pub event: EventId,
    /// The subscriber's name.
    pub subscriber: String,
}

impl Job for Delivery {
    const KIND: &'static str = "event.deliver";
}

/// Two workers recorded the same delivery; the second is rolled back.
const DELIVERED_TWICE: &str = "event.delivered-already";

/// Does [`Delivery`] jobs.
pub(crate) struct Deliverer {
    db: Db,
    bus: Bus,
}

impl Deliverer {
    pub(crate) fn new(db: Db, bus: Bus) -> Self {
        Self { db, bus }
    }

    /// The event, unless the subscriber has handled it already.
    async fn undelivered(&self, delivery: &Delivery) -> Result<Option<Event>, Problem> {
        let tx = self.db.read().await?;
        let key = (delivery.event.0, delivery.subscriber.clone());
        if delivery::Entity::find_by_id(key).one(&tx).await.or_problem()?.is_some() {
            return Ok(None);
        }
        let row = event::Entity::find_by_id(delivery.event.0).one(&tx).await.or_problem()?;
        row.map(Event::from).map(Some).ok_or_else(|| Problem::invalid("event.unknown"))
    }

    async fn deliver(&self, cx: &Cx, delivery: Delivery) -> Result<(), Problem> {
        let Some(event) = self.undelivered(&delivery).await? else { return Ok(()) };
        let subscriber = self.bus.subscriber(&delivery.subscriber);
        let subscriber = subscriber.ok_or_else(|| Problem::invalid("event.subscriber-unknown"))?;
        let prepared = subscriber.prepare(cx, &event).await?;
        let tx = self.db.begin().await?;
        record(cx, &tx, &delivery).await?;
        subscriber.handle(cx, &tx, &event, prepared).await?;
        tx.commit().await
    }
}

#[async_trait::async_trait]
impl Handler for Deliverer {
    fn kind(&self) -> &'static str {
        Delivery::KIND
    }

    async fn run(&self, cx: &Cx, payload: serde_json::Value) -> Result<(), JobError> {
        let delivery: Delivery =
            serde_json::from_value(payload).map_err(|error| JobError::Dead(Problem::internal(error)))?;
        match self.deliver(cx, delivery).await {
            Err(problem) if problem.code == DELIVERED_TWICE => Ok(()),
            // A subscriber that no longer exists, or an event that never did, will not come back.
            Err(problem) if problem.kind == ProblemKind::Invalid && problem.code.starts_with("event.") => {
                Err(JobError::Dead(problem))
            }
            outcome => outcome.map_err(JobError::Retry),
        }
    }
}

/// Records the delivery first, so that a second worker waits here or fails, before the subscriber writes
/// anything.
async fn record(cx: &Cx, tx: &Tx, delivery: &Delivery) -> Result<(), Problem> {
    let row = delivery::ActiveModel {
        event: Set(delivery.event.0),
        subscriber: Set(delivery.subscriber.clone()),
        at: Set(cx.now()),
    };
    let inserted = delivery::Entity::insert(row).exec_without_returning(tx).await;
    inserted.or_problem_with(&[("events_delivery_pkey", DELIVERED_TWICE)])?;
    Ok(())
}
