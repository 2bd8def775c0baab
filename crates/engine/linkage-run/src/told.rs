//! What a job came to, in words for the person at the terminal.

use crate::job::{Job, Summary};
use crate::words::Words;
use std::time::Duration;

impl Summary {
    /// Lines for the person who ran the job: what was read, what was found, what was left out, what was written.
    pub fn told(&self, job: &Job, words: &Words, took: Duration) -> Vec<String> {
        let is_dedupe = job.right.is_empty();
        let number = |n: u64| words.number(n);
        let mut lines = Vec::new();
        let mut say = |key: &str, values: &[(&str, String)]| {
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            lines.push(words.fill(key, &values));
        };
        let left = ("left", number(self.left_rows));
        if is_dedupe {
            say("summary-read-one", &[left]);
        } else {
            say("summary-read", &[left, ("right", number(self.right_rows))]);
        }
        if self.resumed > 0 {
            say("progress-resumed", &[("done", number(self.resumed as u64))]);
        }
        let noticed = &self.noticed;
        for sheets in &noticed.sheets {
            if let Some((read, others)) = sheets.split_first() {
                say("summary-sheet", &[("sheet", read.clone()), ("others", others.join(", "))]);
            }
        }
        if noticed.passed_over > 0 {
            say("summary-passed-over", &[("n", number(noticed.passed_over))]);
        }
        if noticed.recoded > 0 {
            say("summary-recoded", &[("n", number(noticed.recoded))]);
        }
        if self.labels > 0 {
            say("summary-labels", &[("n", number(self.labels as u64))]);
        }
        let (matched, review) = (("matched", number(self.matched)), ("review", number(self.review)));
        if is_dedupe {
            say("summary-groups", &[matched, review, ("groups", number(self.groups))]);
        } else {
            let none = self.right_rows.saturating_sub(self.matched + self.review);
            say("summary-links", &[matched, review, ("none", number(none))]);
        }
        if self.keys == 0 {
            say("summary-no-key", &[]);
        } else if self.keyless > 0 {
            say("summary-keyless", &[("n", number(self.keyless))]);
        }
        if self.oversize > 0 {
            let most = number(job.spec.blocking.largest_block.into());
            say("summary-oversize", &[("n", number(self.oversize)), ("most", most)]);
        }
        let (path, time) = (job.out.display().to_string(), words.time(took.as_secs_f64()));
        say("summary-written", &[("rows", number(self.links)), ("path", path), ("time", time)]);
        if let Some(report) = &job.report {
            say("summary-report", &[("path", report.display().to_string())]);
        }
        lines
    }
}
