//! What was measured, as a section of the recorded results.

use crate::citizen::Steps;
use crate::latency::Latencies;
use crate::timetable::Outcome;
use std::fmt;
use std::time::Duration;

/// The figures of one database.
pub(crate) struct Report {
    pub(crate) database: &'static str,
    pub(crate) people: usize,
    pub(crate) first_answer: Duration,
    pub(crate) rest_mib: u64,
    pub(crate) after_mib: u64,
    pub(crate) prepared: Duration,
    pub(crate) steps: Steps,
    pub(crate) submitted: Outcome,
    pub(crate) pages: Outcome,
    /// Processor time of the program and its stand-ins: preparing, submitting, reading.
    pub(crate) cpu_seconds: [f64; 3],
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [_, submitting, reading] = self.cpu_seconds;
        writeln!(f, "## {}\n", self.database)?;
        writeln!(f, "| what | to reach | measured |\n|---|---|---|")?;
        let first = self.first_answer.as_millis();
        writeln!(f, "| start to first answer, {} people loaded | 1,000 ms | {first} ms |", self.people)?;
        writeln!(f, "| memory at rest | 150 MiB | {} MiB |", self.rest_mib)?;
        let rate = self.submitted.rate;
        writeln!(f, "| submissions a second | {rate} | {:.1} |", self.submitted.reached())?;
        writeln!(f, "| submissions, p99 | 150 ms | {:.1} ms |", self.submitted.good.quantile(0.99))?;
        writeln!(f, "| signed-in pages a second | {} | {:.1} |", self.pages.rate, self.pages.reached())?;
        writeln!(f, "| signed-in pages, p99 | 50 ms | {:.1} ms |", self.pages.good.quantile(0.99))?;
        writeln!(f, "| wrong or failed answers | 0 | {} |\n", self.submitted.bad + self.pages.bad)?;
        for first in [&self.submitted.first_bad, &self.pages.first_bad].into_iter().flatten() {
            writeln!(f, "First failure: `{first}`\n")?;
        }
        writeln!(
            f,
            "Memory after all submissions: {} MiB. Processor time of the program with both stand-ins: \
            {:.2} ms a submission, {:.2} ms a page.\n",
            self.after_mib,
            each(submitting, &self.submitted),
            each(reading, &self.pages)
        )?;
        let drafts = self.submitted.good.len();
        writeln!(
            f,
            "Preparing {drafts} drafts, 16 people at once, took {:.1} s.\n",
            self.prepared.as_secs_f64()
        )?;
        writeln!(f, "| request | count | p50 ms | p95 ms | p99 ms | max ms |\n|---|---|---|---|---|---|")?;
        let steps = &self.steps;
        row(f, "sign in, 5 requests (as fast as it goes)", &steps.sign_in)?;
        row(f, "open a draft (as fast as it goes)", &steps.open)?;
        row(f, "read its form (as fast as it goes)", &steps.form)?;
        row(f, "save it (as fast as it goes)", &steps.save)?;
        row(f, "review it (as fast as it goes)", &steps.review)?;
        row(f, "submit (by timetable)", &self.submitted.good)?;
        row(f, "signed-in page (by timetable)", &self.pages.good)
    }
}

#[allow(clippy::cast_precision_loss)]
fn each(seconds: f64, outcome: &Outcome) -> f64 {
    seconds * 1e3 / (outcome.good.len() + outcome.bad).max(1) as f64
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, latencies: &Latencies) -> fmt::Result {
    let q = |q| latencies.quantile(q);
    let count = latencies.len();
    writeln!(f, "| {name} | {count} | {:.1} | {:.1} | {:.1} | {:.1} |", q(0.5), q(0.95), q(0.99), q(1.0))
}
