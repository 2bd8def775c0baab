//! The door: admits a question, gets an answer, records the read, and only then lets the answer out.

use crate::cache::Cache;
use crate::claims::RuleError;
use crate::client::{Client, ClientError, ClientSettings, Reply, unavailable};
use crate::model::AccessId;
use crate::model::access::{Access, Outcome, field_name};
use crate::model::record::held;
use crate::purpose::{Asker, Purposes};
use crate::store;
use async_trait::async_trait;
use d06_audit::Entry;
use d06_authz::Authz;
use d06_db::Db;
use d06_events::{Bus, NewEvent};
use d06_http::Outages;
use d06_kernel::port::population::{Answer, LookUp, PopulationDirectory};
use d06_kernel::{Cx, Problem};
use serde_json::json;
use std::sync::Arc;

/// The text that every page shows while the database does not answer.
const OUTAGE: &str = "outage-population";

/// The only door to population data; see the crate's documentation.
pub struct Door {
    client: Client,
    cache: Cache,
    purposes: Purposes,
    authz: Arc<Authz>,
    db: Db,
    bus: Bus,
    /// Code of the People's Committee this installation serves; asks where no official does.
    office: String,
    /// Where it says that the database does not answer.
    outages: Outages,
}

/// The door cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The client of the population database.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The list of purposes.
    #[error(transparent)]
    Rules(#[from] RuleError),
}

impl Door {
    /// A door to the database of `settings`, which records into `db` for the People's Committee `office`.
    ///
    /// # Errors
    /// A client that cannot be made, or a malformed list of purposes.
    pub fn new(
        settings: ClientSettings,
        db: Db,
        bus: Bus,
        authz: Arc<Authz>,
        office: impl Into<String>,
    ) -> Result<Self, DoorError> {
        Ok(Self {
            client: Client::new(settings)?,
            cache: Cache::default(),
            purposes: Purposes::shipped()?,
            authz,
            db,
            bus,
            office: office.into(),
            outages: Outages::default(),
        })
    }

    /// The same door, which tells `outages` when the database falls silent and when it answers again.
    #[must_use]
    pub fn telling(self, outages: Outages) -> Self {
        Self { outages, ..self }
    }

    /// Answers a question, with the id of the access record that was written for it.
    pub(crate) async fn read(
        &self,
        cx: &Cx,
        question: &LookUp,
    ) -> Result<(Answer, Option<AccessId>), Problem> {
        let asker = self.purposes.admit(cx, &self.authz, &self.office, question)?;
        let (reply, from_cache) = match self.cache.find(question, cx.now()) {
            Some(reply) => (reply, true),
            None => match self.client.ask(cx, &asker, question).await {
                Ok(reply) => {
                    self.outages.end(OUTAGE);
                    (reply, false)
                }
                Err(failure) => {
                    self.outages.begin(OUTAGE, cx.now());
                    return Ok((unavailable(failure, cx.now()), None));
                }
            },
        };
        let id = self.record(cx, asker, question, &reply, from_cache).await?;
        if !from_cache {
            self.cache.keep(question, &reply, cx.now());
        }
        let Reply { record, as_of } = reply;
        let answer = match record {
            Some(record) => Answer::Found { record: Box::new(record), as_of },
            None => Answer::Unknown,
        };
        Ok((answer, Some(id)))
    }

    /// Writes down the read, in a transaction of its own. If this fails, the answer stays inside.
    async fn record(
        &self,
        cx: &Cx,
        asker: Asker,
        question: &LookUp,
        reply: &Reply,
        from_cache: bool,
    ) -> Result<AccessId, Problem> {
        let outcome = if reply.record.is_some() { Outcome::Found } else { Outcome::Unknown };
        let access = Access {
            id: cx.new_id(),
            at: cx.now(),
            subject: question.subject,
            kind: asker.kind,
            asker_name: asker.name,
            asker_number: asker.number,
            account: asker.account,
            unit: asker.unit,
            dossier: question.purpose.dossier,
            reference: question.purpose.reference.clone(),
            purpose: question.purpose.code.clone(),
            legal_basis: question.purpose.legal_basis.clone(),
            fields: reply.record.as_ref().map(held).unwrap_or_default(),
            outcome,
            from_cache,
        };
        let fields: Vec<String> = access.fields.iter().copied().map(field_name).collect();
        let details = json!({
            "purpose": access.purpose,
            "dossier": access.dossier,
            "legal-basis": access.legal_basis,
            "fields": fields,
            "outcome": outcome.name(),
            "from-cache": from_cache,
        });
        let tx = self.db.begin().await?;
        store::access::add(cx, &tx, &access).await?;
        let entry = Entry {
            action: "population.read",
            subject: Some(access.subject),
            object: format!("access:{}", access.id),
            unit: Some(access.unit.clone()),
            details: details.clone(),
        };
        d06_audit::append(cx, &tx, entry).await?;
        let event = NewEvent {
            kind: "population.read",
            subject: format!("access:{}", access.id),
            unit: Some(access.unit),
            payload: details,
        };
        d06_events::publish(cx, &tx, &self.bus, event).await?;
        tx.commit().await?;
        Ok(access.id)
    }
}

#[async_trait]
impl PopulationDirectory for Door {
    async fn look_up(&self, cx: &Cx, question: LookUp) -> Result<Answer, Problem> {
        self.read(cx, &question).await.map(|(answer, _)| answer)
    }
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").field("office", &self.office).finish_non_exhaustive()
    }
}
