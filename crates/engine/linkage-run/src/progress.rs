//! A line at the terminal that says how far the work is. The time left is told only once it can be known: while rows
//! are linked, from the rate of the rows that are done.

use crate::words::Words;
use d06_linkage::{Progress, Stage};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_millis(200);
/// The rate is trusted from so much of the work on.
const TRUSTED: f64 = 0.04;
const WIDTH: usize = 24;

/// What the terminal is told, and whether the work shall stop.
pub struct Terminal<'a> {
    words: &'a Words,
    stop: Arc<AtomicBool>,
    is_shown: bool,
    last: Option<Instant>,
    /// When linking began, and at which share.
    began: Option<(Instant, f64)>,
    /// Rows linked before the present part, of all; none while the engine reports on a part alone.
    before: Option<(u64, u64)>,
}

impl<'a> Terminal<'a> {
    /// Reports on standard error if it is a terminal and `quiet` is not set.
    pub fn new(words: &'a Words, quiet: bool, stop: Arc<AtomicBool>) -> Self {
        let is_shown = !quiet && std::io::stderr().is_terminal();
        Self { words, stop, is_shown, last: None, began: None, before: None }
    }

    /// Whether the person asked to stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The parts that follow belong to a whole: so many rows of it are linked.
    pub(crate) fn linked(&mut self, done: u64, total: u64) {
        self.before = Some((done, total.max(1)));
        if self.began.is_none() {
            self.began = Some((Instant::now(), done as f64 / total.max(1) as f64));
        }
    }

    /// A stage of the program that the engine knows nothing about.
    pub(crate) fn stage(&mut self, key: &str) {
        self.last = None;
        self.show(key, 0.0, None);
    }

    /// Clears the line.
    pub(crate) fn finish(&mut self) {
        if self.is_shown {
            self.print("\r\u{1b}[K");
        }
    }

    fn print(&self, text: &str) {
        let mut out = std::io::stderr().lock();
        // Nobody to tell when the terminal is gone.
        let _gone = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    fn show(&mut self, key: &str, share: f64, left: Option<String>) {
        if !self.is_shown || self.last.is_some_and(|last| last.elapsed() < EVERY) {
            return;
        }
        self.last = Some(Instant::now());
        let filled = ((share * WIDTH as f64) as usize).min(WIDTH);
        let bar = format!("{}{}", "█".repeat(filled), "·".repeat(WIDTH - filled));
        let left = left.unwrap_or_else(|| self.words.text("progress-unknown"));
        let stage = self.words.text(key);
        self.print(&format!("\r\u{1b}[K{stage:<22} {bar} {:>3.0} %  {left}", share * 100.0));
    }

    fn time_left(&self, share: f64) -> Option<String> {
        let (began, from) = self.began?;
        let done = share - from;
        if done < TRUSTED {
            return None;
        }
        let seconds = began.elapsed().as_secs_f64() * (1.0 - share) / done;
        Some(self.words.fill("progress-left", &[("time", &self.words.time(seconds.max(1.0)))]))
    }
}

impl Progress for Terminal<'_> {
    fn report(&mut self, stage: Stage, done: u64, total: u64) {
        let key = match stage {
            Stage::Normalise => "stage-normalise",
            Stage::Index => "stage-index",
            Stage::Train => "stage-train",
            Stage::Link => "stage-link",
            Stage::Decide => "stage-decide",
        };
        match (stage, self.before) {
            (Stage::Link, Some((before, all))) => {
                let share = ((before + done) as f64 / all as f64).min(1.0);
                let left = self.time_left(share);
                self.show(key, share, left);
            }
            // The register's parts are normalised in between; the bar of the whole stays.
            (Stage::Normalise, Some(_)) => {}
            _ => self.show(key, done as f64 / total.max(1) as f64, None),
        }
    }

    fn is_cancelled(&self) -> bool {
        self.is_stopped()
    }
}
