//! Precision and recall at every threshold, and calibration where people have judged pairs.

use super::View;
use super::chart::{AMBER, BLUE, GREEN, GREY, Line, lines};
use super::html::Page;
use crate::job::judged;
use d06_linkage::quality::{Effect, Estimate, calibration as curve, draw, effects};

/// The thresholds shown.
const SHOWN: [f64; 13] = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
/// Pairs proposed for review.
const REVIEW: usize = 200;
const BINS: usize = 10;

pub(super) fn thresholds(page: &mut Page, view: &View<'_>) {
    let words = view.words;
    page.section(&words.text("report-thresholds"));
    page.paragraph(&words.text("report-thresholds-about"));
    let probabilities: Vec<f32> = view.outcome.links.iter().map(|link| link.probability).collect();
    let expected: f64 = probabilities.iter().map(|p| f64::from(*p)).sum();
    let recall = view.outcome.blocking.recall;
    // What blocking missed is no link; its number follows from the recall of the keys.
    let unseen = if recall > 0.0 { expected * (1.0 - recall) / recall } else { 0.0 };
    let set = view.job.spec.thresholds;
    let mut at: Vec<f64> = SHOWN.into_iter().chain([set.accept, set.review]).collect();
    at.sort_by(f64::total_cmp);
    at.dedup();
    let table = effects(&probabilities, unseen, &at);
    let point =
        |effect: &Effect, estimate: Estimate| [effect.threshold, estimate.value, estimate.low, estimate.high];
    let line = |name: &str, colour, dashes, of: fn(&Effect) -> Estimate| Line {
        name: words.text(name),
        colour,
        dashes,
        points: table.iter().map(|effect| point(effect, of(effect))).collect(),
    };
    let drawn = [
        line("report-precision", BLUE, "", |effect| effect.precision),
        line("report-recall", AMBER, "9 5", |effect| effect.recall),
        line("report-f1", GREEN, "2 4", |effect| Estimate {
            value: effect.f1,
            low: effect.f1,
            high: effect.f1,
        }),
    ];
    let lowest = table.iter().map(|effect| effect.precision.low.min(effect.recall.low)).fold(1.0, f64::min);
    // The axis begins where something is to be seen.
    let from = ((lowest - 0.02) * 10.0).floor().max(0.0) / 10.0;
    let from = if lowest > 0.92 { 0.9 } else { from };
    let headers = ["threshold", "matches", "precision", "recall", "f1", "false", "missed"];
    let headers: Vec<String> = headers.iter().map(|key| words.text(&format!("report-{key}"))).collect();
    let share = |estimate: Estimate| {
        let [value, low, high] =
            [estimate.value, estimate.low, estimate.high].map(|part| words.decimal(part, 4));
        format!("{value} ({low} – {high})")
    };
    let rows: Vec<Vec<String>> = table
        .iter()
        .map(|effect| {
            let is_set = (effect.threshold - set.accept).abs() < 1e-9;
            let mark = if is_set { " ★" } else { "" };
            vec![
                format!("{}{mark}", words.decimal(effect.threshold, 2)),
                words.number(effect.matches),
                share(effect.precision),
                share(effect.recall),
                words.decimal(effect.f1, 4),
                words.number(effect.false_matches.round() as u64),
                words.number(effect.missed.round() as u64),
            ]
        })
        .collect();
    let title = words.text("report-thresholds-chart");
    page.figure(&lines(words, &title, from, &[set.review, set.accept], &drawn), &title, &headers, &rows);
    review(page, view, &probabilities);
}

/// Which pairs to look at, and how many of each kind.
fn review(page: &mut Page, view: &View<'_>, probabilities: &[f32]) {
    let words = view.words;
    let set = view.job.spec.thresholds;
    let sample = draw(probabilities, &[set.review, set.accept], REVIEW, 1);
    page.heading(&words.text("report-review"));
    page.paragraph(&words.text("report-review-about"));
    let headers = ["probability", "links", "expected", "to-review"];
    let headers: Vec<String> = headers.iter().map(|key| words.text(&format!("report-{key}"))).collect();
    let rows: Vec<Vec<String>> = sample
        .strata
        .iter()
        .enumerate()
        .filter(|(_, stratum)| stratum.links > 0)
        .map(|(place, stratum)| {
            let picks = sample.picks.iter().filter(|pick| pick.stratum == place).count();
            vec![
                format!("{} – {}", words.decimal(stratum.from, 3), words.decimal(stratum.to, 3)),
                words.number(stratum.links),
                words.number(stratum.expected.round() as u64),
                words.number(picks as u64),
            ]
        })
        .collect();
    page.table(&words.text("report-review"), &headers, &rows);
}

pub(super) fn calibration(page: &mut Page, view: &View<'_>) {
    let words = view.words;
    page.section(&words.text("report-calibration"));
    let judged = judged(view);
    if judged.is_empty() {
        page.paragraph(&words.text("report-calibration-none"));
        return;
    }
    page.paragraph(&words.text("report-calibration-about"));
    let found = curve(&judged, BINS);
    let error = words.decimal(found.error, 4);
    page.facts(&[
        (words.text("report-calibration-error"), error),
        (words.text("report-labels"), words.number(judged.len() as u64)),
    ]);
    let drawn = [
        Line {
            name: words.text("report-seen"),
            colour: BLUE,
            dashes: "",
            points: found.bins.iter().map(|bin| [bin.believed, bin.seen, bin.low, bin.high]).collect(),
        },
        Line {
            name: words.text("report-ideal"),
            colour: GREY,
            dashes: "2 4",
            points: vec![[0.0; 4], [1.0; 4]],
        },
    ];
    let headers = ["believed", "seen", "labels"].map(|key| words.text(&format!("report-{key}")));
    let rows: Vec<Vec<String>> = found
        .bins
        .iter()
        .map(|bin| {
            let [believed, seen, low, high] =
                [bin.believed, bin.seen, bin.low, bin.high].map(|p| words.decimal(p, 3));
            vec![believed, format!("{seen} ({low} – {high})"), words.number(bin.labels as u64)]
        })
        .collect();
    let title = words.text("report-calibration-chart");
    page.figure(&lines(words, &title, 0.0, &[], &drawn), &title, &headers, &rows);
}
