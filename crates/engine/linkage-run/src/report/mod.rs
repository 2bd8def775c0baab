//! The report: one HTML file without anything from the network, in Vietnamese or English, with charts as SVG and a
//! table beside each. It names rows by their ids only, never by what stands in them.

mod chart;
mod examples;
mod html;
mod model;
mod quality;
mod scores;

use crate::error::RunError;
use crate::job::{Job, Summary};
use crate::output::write_text;
use crate::words::Words;
use d06_linkage::Outcome;
use html::Page;
use std::path::Path;

/// How rows are named.
pub(crate) struct Sides<'a> {
    /// Id of a row of the left table.
    pub(crate) left: &'a (dyn Fn(u32) -> &'a str + Sync),
    /// Id of a row of the register; of a dedupe the same table.
    pub(crate) right: &'a (dyn Fn(u32) -> &'a str + Sync),
    /// Whether both sides are one table.
    pub(crate) is_dedupe: bool,
}

/// Everything that a section of the report may look at.
pub(crate) struct View<'a> {
    pub(crate) job: &'a Job,
    pub(crate) outcome: &'a Outcome,
    pub(crate) sides: &'a Sides<'a>,
    pub(crate) summary: &'a Summary,
    pub(crate) words: &'a Words,
}

/// Writes the report.
pub(crate) fn write(path: &Path, view: &View<'_>) -> Result<(), RunError> {
    let words = view.words;
    let mut page = Page::new(words, &words.text("report-title"));
    overview(&mut page, view);
    scores::section(&mut page, view);
    quality::thresholds(&mut page, view);
    quality::calibration(&mut page, view);
    examples::section(&mut page, view);
    model::blocking(&mut page, view);
    model::weights(&mut page, view);
    write_text(path, &page.finish())
}

fn overview(page: &mut Page, view: &View<'_>) {
    let View { summary, words, job, .. } = view;
    page.section(&words.text("report-overview"));
    let names = |files: &[std::path::PathBuf]| {
        let names = files.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        names.collect::<Vec<_>>().join(", ")
    };
    let mut rows = vec![(
        words.text("report-left"),
        format!("{} ({})", words.number(summary.left_rows), names(&job.left)),
    )];
    if view.sides.is_dedupe {
        rows.push((words.text("report-pairs-match"), words.number(summary.matched)));
        rows.push((words.text("report-pairs-review"), words.number(summary.review)));
        rows.push((words.text("report-groups"), words.number(summary.groups)));
    } else {
        let none = summary.right_rows.saturating_sub(summary.matched + summary.review);
        rows.push((
            words.text("report-right"),
            format!("{} ({})", words.number(summary.right_rows), names(&job.right)),
        ));
        for (key, count) in [
            ("report-rows-match", summary.matched),
            ("report-rows-review", summary.review),
            ("report-rows-none", none),
        ] {
            let share = words.decimal(count as f64 * 100.0 / summary.right_rows.max(1) as f64, 1);
            rows.push((words.text(key), format!("{} ({share} %)", words.number(count))));
        }
    }
    let (accept, review) = (job.spec.thresholds.accept, job.spec.thresholds.review);
    rows.push((words.text("report-threshold-match"), words.decimal(accept, 2)));
    rows.push((words.text("report-threshold-review"), words.decimal(review, 2)));
    page.facts(&rows);
}
