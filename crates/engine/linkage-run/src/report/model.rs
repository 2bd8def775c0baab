//! What blocking did, and what each level of agreement is worth.

use super::View;
use super::chart::signed;
use super::html::Page;
use crate::explain::locale;
use d06_linkage::explain::Explainer;

pub(super) fn blocking(page: &mut Page, view: &View<'_>) {
    let words = view.words;
    let report = &view.outcome.blocking;
    page.section(&words.text("report-blocking"));
    page.paragraph(&words.text("report-blocking-about"));
    let rows = view.summary.right_rows.max(view.summary.left_rows * u64::from(view.sides.is_dedupe)).max(1);
    let all = view.summary.left_rows as f64 * rows as f64;
    page.facts(&[
        (words.text("report-pairs"), words.number(report.pairs)),
        (words.text("report-pairs-row"), words.decimal(report.pairs as f64 / rows as f64, 1)),
        (
            words.text("report-pairs-all"),
            format!("{} %", words.decimal(report.pairs as f64 * 100.0 / all.max(1.0), 6)),
        ),
        (words.text("report-blocking-recall"), words.decimal(report.recall, 4)),
        (words.text("report-oversize"), words.number(report.oversize_blocks)),
        (words.text("report-cut"), words.number(report.cut_candidates)),
        (words.text("report-keyless"), words.number(report.keyless_people)),
    ]);
    if report.keys.is_empty() {
        page.paragraph(&words.text("summary-no-key"));
    }
    let headers = ["key", "key-pairs", "key-recall"].map(|key| words.text(&format!("report-{key}")));
    let rows: Vec<Vec<String>> = report
        .keys
        .iter()
        .map(|key| {
            vec![key.name.clone(), words.number(key.pairs.round() as u64), words.decimal(key.recall, 4)]
        })
        .collect();
    page.table(&words.text("report-keys"), &headers, &rows);
}

pub(super) fn weights(page: &mut Page, view: &View<'_>) {
    let words = view.words;
    page.section(&words.text("report-weights"));
    page.paragraph(&words.text("report-weights-about"));
    let explainer = Explainer::new();
    let texts: Vec<&str> = view.job.spec.text.iter().map(|text| text.name.as_str()).collect();
    let headers = ["evidence", "m", "u", "bits"].map(|key| words.text(&format!("report-{key}")));
    for comparison in &view.outcome.comparisons {
        let subject = explainer.subject(locale(words), comparison.kind, &texts);
        let levels = comparison.levels.iter().filter(|level| level.key != "missing");
        let rows: Vec<Vec<String>> = levels
            .map(|level| {
                let evidence = d06_linkage::Evidence {
                    kind: comparison.kind,
                    level: &level.key,
                    bits: level.bits() as f32,
                };
                let name = explainer.words(locale(words), &evidence, &texts);
                vec![name, words.decimal(level.m, 5), words.decimal(level.u, 7), signed(words, level.bits())]
            })
            .collect();
        page.table(&subject, &headers, &rows);
    }
}
