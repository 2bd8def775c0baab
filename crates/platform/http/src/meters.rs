//! Counts answers and their durations.

use d06_telemetry::{Counter, Histogram, Metrics};
use std::time::Duration;

/// Classes of status codes.
const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

/// The meters of the web edge, taken once from the registry.
#[derive(Debug)]
pub(crate) struct Meters {
    answers: [Counter; CLASSES.len()],
    duration: Histogram,
}

impl Meters {
    pub(crate) fn new(metrics: &Metrics) -> Self {
        Self {
            answers: CLASSES.map(|class| metrics.counter("d06_http_answers_total", class)),
            duration: metrics.histogram("d06_http_answer_seconds", "all"),
        }
    }

    /// Records an answer of a class.
    pub(crate) fn answered(&self, class: &str, took: Duration) {
        if let Some(counter) = CLASSES.iter().position(|known| *known == class).map(|at| &self.answers[at]) {
            counter.increment();
        }
        self.duration.record(took);
    }
}
