//! Counters and histograms in the Prometheus text format 0.0.4. Names and labels are static, so that no personal
//! data can become a label and the number of series is bounded by the program.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the histogram's buckets, in seconds.
const BOUNDS: [f64; 11] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0];

/// Counts something that only grows.
#[derive(Clone, Debug, Default)]
pub struct Counter(Arc<AtomicU64>);

impl Counter {
    /// Adds one.
    pub fn increment(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Sorts durations into buckets.
#[derive(Clone, Debug, Default)]
pub struct Histogram(Arc<Buckets>);

#[derive(Debug, Default)]
struct Buckets {
    counts: [AtomicU64; BOUNDS.len()],
    count: AtomicU64,
    microseconds: AtomicU64,
}

impl Histogram {
    /// Records one duration.
    pub fn record(&self, duration: Duration) {
        let seconds = duration.as_secs_f64();
        if let Some(bucket) = BOUNDS.iter().position(|bound| seconds <= *bound) {
            self.0.counts[bucket].fetch_add(1, Ordering::Relaxed);
        }
        self.0.count.fetch_add(1, Ordering::Relaxed);
        let microseconds = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.0.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }
}

/// The metrics of one running platform. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Arc<Mutex<Registry>>);

/// A metric's name and its one label value.
type Key = (&'static str, &'static str);

#[derive(Debug, Default)]
struct Registry {
    counters: BTreeMap<Key, Counter>,
    histograms: BTreeMap<Key, Histogram>,
}

impl Metrics {
    /// The counter `name{kind="label"}`; take it once and keep it.
    pub fn counter(&self, name: &'static str, label: &'static str) -> Counter {
        self.registry().counters.entry((name, label)).or_default().clone()
    }

    /// The histogram `name{kind="label"}` of durations in seconds; take it once and keep it.
    pub fn histogram(&self, name: &'static str, label: &'static str) -> Histogram {
        self.registry().histograms.entry((name, label)).or_default().clone()
    }

    /// Everything in the Prometheus text format.
    pub fn render(&self) -> String {
        let registry = self.registry();
        let mut text = String::new();
        let mut last = "";
        for ((name, label), counter) in &registry.counters {
            if last != *name {
                let _ = writeln!(text, "# TYPE {name} counter");
                last = name;
            }
            let _ = writeln!(text, "{name}{{kind=\"{label}\"}} {}", counter.0.load(Ordering::Relaxed));
        }
        for ((name, label), histogram) in &registry.histograms {
            if last != *name {
                let _ = writeln!(text, "# TYPE {name} histogram");
                last = name;
            }
            render_histogram(&mut text, name, label, &histogram.0);
        }
        text
    }

    fn registry(&self) -> std::sync::MutexGuard<'_, Registry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn render_histogram(text: &mut String, name: &str, label: &str, buckets: &Buckets) {
    let mut below = 0;
    for (bound, count) in BOUNDS.iter().zip(&buckets.counts) {
        below += count.load(Ordering::Relaxed);
        let _ = writeln!(text, "{name}_bucket{{kind=\"{label}\",le=\"{bound}\"}} {below}");
    }
    let count = buckets.count.load(Ordering::Relaxed);
    let seconds = Duration::from_micros(buckets.microseconds.load(Ordering::Relaxed)).as_secs_f64();
    let _ = writeln!(text, "{name}_bucket{{kind=\"{label}\",le=\"+Inf\"}} {count}");
    let _ = writeln!(text, "{name}_sum{{kind=\"{label}\"}} {seconds}");
    let _ = writeln!(text, "{name}_count{{kind=\"{label}\"}} {count}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up() {
        let metrics = Metrics::default();
        let histogram = metrics.histogram("request_seconds", "page");
        for milliseconds in [1, 4, 40, 9_000] {
            histogram.record(Duration::from_millis(milliseconds));
        }
        metrics.counter("requests_total", "page").increment();
        let text = metrics.render();
        for line in [
            "# TYPE requests_total counter",
            "requests_total{kind=\"page\"} 1",
            "request_seconds_bucket{kind=\"page\",le=\"0.005\"} 2",
            "request_seconds_bucket{kind=\"page\",le=\"5\"} 3",
            "request_seconds_bucket{kind=\"page\",le=\"+Inf\"} 4",
            "request_seconds_sum{kind=\"page\"} 9.045",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} not in\n{text}");
        }
    }
}
