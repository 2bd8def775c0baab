//! A short memory of answers, so that one page does not ask the same thing ten times. In memory only; a read
//! answered from here is recorded like any other.

use crate::client::Reply;
use crate::model::record::only;
use chrono::Duration;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::population::{LookUp, PersonField, PersonRecord};
use d06_kernel::time::Moment;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

/// How long an answer is remembered, in seconds.
const SECONDS: i64 = 60;
/// How many answers are remembered.
const MOST: usize = 10_000;

struct Held {
    fields: BTreeSet<PersonField>,
    record: Option<PersonRecord>,
    as_of: Moment,
    until: Moment,
}

/// The memory.
#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<PersonalNumber, Held>>);

impl Cache {
    /// The answer to a question, if all its groups are remembered.
    pub(crate) fn find(&self, question: &LookUp, now: Moment) -> Option<Reply> {
        let held = self.lock();
        let held = held.get(&question.subject).filter(|held| held.until > now)?;
        if !question.fields.is_subset(&held.fields) {
            return None;
        }
        let record = held.record.clone().map(|record| only(record, &question.fields));
        Some(Reply { record, as_of: held.as_of })
    }

    /// Remembers an answer.
    pub(crate) fn keep(&self, question: &LookUp, reply: &Reply, now: Moment) {
        let mut held = self.lock();
        if held.len() >= MOST {
            held.retain(|_, held| held.until > now);
        }
        if held.len() < MOST {
            let fields = question.fields.clone();
            let until = now + Duration::seconds(SECONDS);
            held.insert(
                question.subject,
                Held { fields, record: reply.record.clone(), as_of: reply.as_of, until },
            );
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PersonalNumber, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
