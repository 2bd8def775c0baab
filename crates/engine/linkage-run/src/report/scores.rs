//! How the links are spread over the probabilities.

use super::View;
use super::chart::{AMBER, GREEN, GREY, Stack, histogram};
use super::html::Page;
use d06_linkage::Decision;

const BINS: usize = 20;

pub(super) fn section(page: &mut Page, view: &View<'_>) {
    let words = view.words;
    page.section(&words.text("report-scores"));
    page.paragraph(&words.text("report-scores-about"));
    let labels: Vec<String> = (0..BINS).map(|bin| words.decimal(bin as f64 / BINS as f64, 2)).collect();
    let kinds = [(Decision::Match, GREEN), (Decision::Review, AMBER), (Decision::NonMatch, GREY)];
    let stacks: Vec<Stack> = kinds
        .iter()
        .map(|(decision, colour)| {
            let mut values = vec![0.0; BINS];
            for link in view.outcome.links.iter().filter(|link| link.decision == *decision) {
                let bin = (f64::from(link.probability) * BINS as f64) as usize;
                values[bin.min(BINS - 1)] += 1.0;
            }
            Stack { name: words.text(&format!("decision-{}", decision.as_str())), colour, values }
        })
        .collect();
    let mut headers = vec![words.text("report-probability")];
    headers.extend(stacks.iter().map(|stack| stack.name.clone()));
    let rows: Vec<Vec<String>> = labels
        .iter()
        .enumerate()
        .map(|(bin, label)| {
            let to = words.decimal((bin + 1) as f64 / BINS as f64, 2);
            let counts = stacks.iter().map(|stack| words.number(stack.values[bin] as u64));
            std::iter::once(format!("{label} – {to}")).chain(counts).collect()
        })
        .collect();
    let title = words.text("report-scores-chart");
    page.figure(&histogram(words, &title, &labels, &stacks), &title, &headers, &rows);
}
