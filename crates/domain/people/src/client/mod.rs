//! The client of the population database: one signed question, one signed answer, in good time or not at all.

mod answer;
mod breaker;
mod code;
mod question;
mod signature;

use crate::purpose::Asker;
use breaker::Breaker;
use d06_kernel::Cx;
use d06_kernel::port::population::{Answer, LookUp, PersonRecord};
use d06_kernel::time::Moment;
use signature::Key;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Questions under way at once; more wait their turn within the time limit.
const AT_ONCE: usize = 16;
/// The largest answer, in bytes.
const LARGEST: usize = 256 * 1024;
/// When to ask again after a failure, in seconds.
const AGAIN_AFTER: i64 = 60;
/// What is called.
const SERVICE: &str = "dancu/TraCuuThongTinCongDan";

/// Where the population database is and how we authenticate.
#[derive(Clone)]
pub struct ClientSettings {
    /// Origin of the service or of the exchange server before it: `http://127.0.0.1:8602`.
    pub url: String,
    /// Id of our key.
    pub key_id: String,
    /// The shared secret.
    pub key_secret: String,
    /// How long an answer is waited for.
    pub timeout: Duration,
}

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make the client of the population database")]
pub struct ClientError(#[from] reqwest::Error);

/// Why there is no answer that can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Nobody answered in time.
    Timeout,
    /// Nobody answers, or the service says it is out of order.
    Unreachable,
    /// The service turned us away: wrong or expired key, incomplete question.
    Refused,
    /// The answer is malformed, unsigned, of another request or of another person.
    BadAnswer,
    /// Too many failures lately; it was not even asked.
    Resting,
}

impl Failure {
    /// The stable code in [`Answer::Unavailable`].
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::BadAnswer => "bad-answer",
            Self::Resting => "resting",
        }
    }
}

/// What the database says.
pub(crate) struct Reply {
    /// The person, with the groups asked for; `None`: nobody of this number.
    pub(crate) record: Option<PersonRecord>,
    /// When the database stood so.
    pub(crate) as_of: Moment,
}

/// Asks the population database.
pub(crate) struct Client {
    settings: ClientSettings,
    key: Key,
    http: reqwest::Client,
    places: Semaphore,
    breaker: Breaker,
}

impl Client {
    pub(crate) fn new(settings: ClientSettings) -> Result<Self, ClientError> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(settings.timeout)
            .build()?;
        let key = Key { id: settings.key_id.clone(), secret: settings.key_secret.clone() };
        Ok(Self { settings, key, http, places: Semaphore::new(AT_ONCE), breaker: Breaker::default() })
    }

    /// Asks one question.
    pub(crate) async fn ask(&self, cx: &Cx, asker: &Asker, question: &LookUp) -> Result<Reply, Failure> {
        if !self.breaker.admits(cx.now()) {
            return Err(Failure::Resting);
        }
        let asked = tokio::time::timeout(self.settings.timeout, self.exchange(cx, asker, question)).await;
        let reply = asked.unwrap_or(Err(Failure::Timeout));
        match &reply {
            Ok(_) => self.breaker.succeeded(),
            Err(failure) => {
                self.breaker.failed(cx.now());
                tracing::warn!(reason = failure.code(), "the population database gives no answer");
            }
        }
        reply
    }

    async fn exchange(&self, cx: &Cx, asker: &Asker, question: &LookUp) -> Result<Reply, Failure> {
        let _place = self.places.acquire().await.map_err(|_| Failure::Unreachable)?;
        let id = cx.new_id::<uuid::Uuid>().to_string();
        let body = question::write(&id, asker, question).map_err(|_| Failure::BadAnswer)?;
        let signed = self.key.sign(cx.now(), &body).ok_or(Failure::Refused)?;
        let request = self
            .http
            .post(format!("{}/{SERVICE}", self.settings.url.trim_end_matches('/')))
            .header("content-type", "text/xml; charset=utf-8")
            .header("x-khoa", &self.key.id)
            .header("x-thoidiem", &signed.time)
            .header("x-chuky", &signed.signature)
            .body(body);
        let mut response = request.send().await.map_err(|error| failure_of(&error))?;
        match response.status().as_u16() {
            200 => {}
            400..=499 => return Err(Failure::Refused),
            _ => return Err(Failure::Unreachable),
        }
        let signature = response
            .headers()
            .get("x-chuky")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure_of(&error))? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(Failure::BadAnswer);
            }
            bytes.extend_from_slice(&chunk);
        }
        if !self.key.signed(&signed.signature, &bytes, &signature) {
            return Err(Failure::BadAnswer);
        }
        answer::read(&bytes, &id, question).map_err(|_| Failure::BadAnswer)
    }
}

fn failure_of(error: &reqwest::Error) -> Failure {
    if error.is_timeout() { Failure::Timeout } else { Failure::Unreachable }
}

/// The answer of the port for a failure.
pub(crate) fn unavailable(failure: Failure, now: Moment) -> Answer {
    let wait = if failure == Failure::Resting { breaker::REST_SECONDS } else { AGAIN_AFTER };
    Answer::Unavailable { reason: failure.code().to_owned(), retry_at: now + chrono::Duration::seconds(wait) }
}
