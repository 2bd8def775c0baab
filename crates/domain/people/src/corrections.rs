//! Takes up requests for correction that were made elsewhere, in the form of a procedure (`correction.requested`).

use crate::model::CorrectionId;
use crate::model::correction::Correction;
use crate::store;
use async_trait::async_trait;
use d06_db::Tx;
use d06_events::{Event, Subscriber};
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem};
use serde::Deserialize;
use serde_json::Value;

/// Opens a request for each `correction.requested`; it has the id of the event, so a second delivery changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct CorrectionDesk;

#[derive(Deserialize)]
struct Requested {
    person: PersonalNumber,
    field: String,
    #[serde(default)]
    held: String,
    text: String,
    #[serde(default)]
    procedure: String,
}

#[async_trait]
impl Subscriber for CorrectionDesk {
    fn name(&self) -> &'static str {
        "people.open-correction"
    }

    fn kinds(&self) -> &[&'static str] {
        &["correction.requested"]
    }

    async fn handle(&self, _: &Cx, tx: &Tx, event: &Event, _: Value) -> Result<(), Problem> {
        let requested = Requested::deserialize(&event.payload).map_err(Problem::internal)?;
        let correction = Correction {
            id: CorrectionId(event.id.0),
            subject: requested.person,
            field: requested.field,
            held: requested.held,
            wanted: requested.text,
            reference: requested.procedure,
            unit: event.unit.clone().unwrap_or_default(),
            opened_at: event.at,
            answer: None,
        };
        store::correction::add(tx, &correction).await
    }
}
