//! Pairs as examples, each as a waterfall: what speaks for it, what against.

use super::View;
use super::chart::{signed, waterfall};
use super::html::Page;
use crate::explain::locale;
use d06_linkage::Link;
use d06_linkage::explain::Explainer;

/// Probabilities near which an example is sought.
const WANTED: [f64; 6] = [1.0, 0.9, 0.6, 0.45, 0.2, 0.02];

pub(super) fn section(page: &mut Page, view: &View<'_>) {
    let words = view.words;
    page.section(&words.text("report-examples"));
    page.paragraph(&words.text("report-examples-about"));
    let explainer = Explainer::new();
    let texts: Vec<&str> = view.job.spec.text.iter().map(|text| text.name.as_str()).collect();
    for link in chosen(&view.outcome.links) {
        let evidence = view.outcome.evidence(link);
        let (left, right) = ((view.sides.left)(link.left), (view.sides.right)(link.right));
        let decision = words.text(&format!("decision-{}", link.decision.as_str()));
        let probability = words.decimal(f64::from(link.probability), 3);
        let title = format!("{left} – {right}: {decision}, {probability}");
        page.heading(&title);
        page.paragraph(&explainer.sentence(locale(words), &evidence, &texts));
        let steps = explainer.waterfall(locale(words), 0.0, &evidence, &texts);
        let bars: Vec<(String, f64)> =
            steps.iter().map(|step| (step.words.clone(), f64::from(step.bits))).collect();
        let headers = ["evidence", "bits", "sum"].map(|key| words.text(&format!("report-{key}")));
        let rows: Vec<Vec<String>> = steps
            .iter()
            .map(|step| {
                let bits = signed(words, f64::from(step.bits));
                vec![step.words.clone(), bits, signed(words, f64::from(step.cumulative))]
            })
            .collect();
        page.figure(&waterfall(words, &title, &bars, &words.text("report-weight")), &title, &headers, &rows);
    }
}

/// The links nearest to the wanted probabilities, each pattern once.
fn chosen(links: &[Link]) -> Vec<&Link> {
    let mut found: Vec<&Link> = Vec::new();
    for wanted in WANTED {
        let distance = |link: &Link| (f64::from(link.probability) - wanted).abs();
        let candidates = links.iter().filter(|link| !found.iter().any(|other| other.pattern == link.pattern));
        let nearest = candidates.min_by(|one, other| distance(one).total_cmp(&distance(other)));
        found.extend(nearest.filter(|link| distance(link) < 0.2));
    }
    found
}
