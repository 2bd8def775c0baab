//! Every score in words, and as a waterfall.
//!
//! A linkage that cannot say why is a linkage that a steward cannot correct and a court cannot accept. A score
//! is a sum of weights (Fellegi and Sunter, *A Theory for Record Linkage*, JASA 64, 1969): log₂ of how much
//! more often a level of agreement is met among pairs of the same person than among others. So its explanation
//! is exact, not a guess about a black box: the sum of the rows of the [waterfall](Explainer::waterfall) is the
//! weight, and the [sentence](Explainer::sentence) names the same rows in plain words, what speaks for the link
//! first, then what speaks against it, each by its strength.
//!
//! ```
//! use d06_kernel::Locale;
//! use d06_linkage::{Evidence, EvidenceKind, explain::Explainer};
//!
//! let explainer = Explainer::new();
//! let evidence = [
//!     Evidence { kind: EvidenceKind::Name, level: "marks", bits: 8.1 },
//!     Evidence { kind: EvidenceKind::Birth, level: "year_only", bits: 4.2 },
//!     Evidence { kind: EvidenceKind::Number, level: "one_digit", bits: 13.0 },
//! ];
//! assert_eq!(
//!     explainer.sentence(Locale::Vi, &evidence, &[]),
//!     "Số giấy tờ lệch một chữ số; tên giống nhau, chỉ khác dấu; năm sinh trùng, một bên chỉ ghi năm."
//! );
//! ```
//!
//! The words are a table, `data/linkage/evidence.toml`.

mod words;

use crate::outcome::{Evidence, EvidenceKind};
use d06_kernel::Locale;
use words::Phrases;

/// Evidence weaker than this says nothing worth a sentence, in bits.
const SILENT: f32 = 0.25;

/// One row of a waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is compared, as `tên`.
    pub subject: String,
    /// Stable key of the level; empty for the start, rarity and kin.
    pub level: String,
    /// The level in words.
    pub words: String,
    /// Bits for (positive) or against (negative).
    pub bits: f32,
    /// Sum so far.
    pub cumulative: f32,
}

/// Says what evidence means.
#[derive(Clone, Debug, Default)]
pub struct Explainer {
    phrases: Phrases,
}

impl Explainer {
    /// With the words that are shipped.
    pub fn new() -> Self {
        Self { phrases: Phrases::shipped() }
    }

    /// What speaks for a link, then what speaks against it, the strongest first. `texts`: names of the spec's
    /// own columns, by place. It is about what was compared; how many others look alike is left to the waterfall.
    pub fn sentence(&self, locale: Locale, evidence: &[Evidence<'_>], texts: &[&str]) -> String {
        let mut sorted: Vec<&Evidence<'_>> = evidence
            .iter()
            .filter(|e| e.bits.abs() >= SILENT && e.kind != EvidenceKind::Lookalikes)
            .collect();
        sorted.sort_by(|a, b| b.bits.abs().total_cmp(&a.bits.abs()));
        let words_of = |wanted: bool| -> Vec<String> {
            let side = sorted.iter().filter(|evidence| (evidence.bits > 0.0) == wanted);
            side.map(|evidence| self.words(locale, evidence, texts)).collect()
        };
        let (speaks_for, against) = (words_of(true), words_of(false));
        let mut sentence = String::new();
        if speaks_for.is_empty() && against.is_empty() {
            sentence.push_str(&capital(self.phrases.sentence("nothing", locale)));
            sentence.push('.');
        }
        if !speaks_for.is_empty() {
            sentence.push_str(&capital(&speaks_for.join("; ")));
            sentence.push('.');
        }
        if !against.is_empty() {
            let listed = against.join("; ");
            if speaks_for.is_empty() {
                sentence.push_str(&capital(&listed));
            } else {
                sentence.push(' ');
                sentence.push_str(self.phrases.sentence("but", locale));
                sentence.push(' ');
                sentence.push_str(&listed);
            }
            sentence.push('.');
        }
        sentence
    }

    /// Probability and weight in words, as a reader's language writes numbers.
    pub fn total(&self, locale: Locale, probability: f32, weight: f32) -> String {
        let percent = format!("{}%", number(locale, f64::from(probability) * 100.0));
        let template = self.phrases.sentence("total", locale);
        template.replacen("{}", &percent, 1).replacen("{}", &number(locale, f64::from(weight)), 1)
    }

    /// The rows of a waterfall in the order of the evidence, from `start` bits (the prior odds, or 0), and
    /// their running sum.
    pub fn waterfall(
        &self,
        locale: Locale,
        start: f32,
        evidence: &[Evidence<'_>],
        texts: &[&str],
    ) -> Vec<Step> {
        let mut steps = Vec::with_capacity(evidence.len() + 1);
        let mut cumulative = start;
        if start != 0.0 {
            let words = self.phrases.sentence("start", locale).to_owned();
            steps.push(Step { subject: words.clone(), level: String::new(), words, bits: start, cumulative });
        }
        for evidence in evidence {
            cumulative += evidence.bits;
            steps.push(Step {
                subject: self.subject(locale, evidence.kind, texts),
                level: evidence.level.to_owned(),
                words: self.words(locale, evidence, texts),
                bits: evidence.bits,
                cumulative,
            });
        }
        steps
    }

    /// What a kind of evidence is about.
    pub fn subject(&self, locale: Locale, kind: EvidenceKind, texts: &[&str]) -> String {
        match kind {
            EvidenceKind::Text(place) => {
                texts.get(usize::from(place)).map_or_else(|| format!("#{place}"), |name| (*name).to_owned())
            }
            _ => self.phrases.subject(key(kind), locale).to_owned(),
        }
    }

    /// One piece of evidence in words.
    pub fn words(&self, locale: Locale, evidence: &Evidence<'_>, texts: &[&str]) -> String {
        let direction = if evidence.bits >= 0.0 { "for" } else { "against" };
        let level = match evidence.kind {
            EvidenceKind::Rarity | EvidenceKind::Lookalikes | EvidenceKind::Kin => direction,
            _ => evidence.level,
        };
        let subject = self.subject(locale, evidence.kind, texts);
        match self.phrases.level(group(evidence.kind), level, locale) {
            Some(template) => template.replacen("{}", &subject, 1),
            // A level that the table does not know yet: better its key than silence.
            None => format!("{subject}: {level}"),
        }
    }
}

/// The key of a kind in the table.
fn key(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Name => "name",
        EvidenceKind::Birth => "birth",
        EvidenceKind::Sex => "sex",
        EvidenceKind::Number => "number",
        EvidenceKind::Place => "place",
        EvidenceKind::Phone => "phone",
        EvidenceKind::Father => "father",
        EvidenceKind::Mother => "mother",
        EvidenceKind::Spouse => "spouse",
        EvidenceKind::Household => "household",
        EvidenceKind::Text(_) => "text",
        EvidenceKind::Rarity => "rarity",
        EvidenceKind::Lookalikes => "lookalikes",
        EvidenceKind::Kin => "kin",
    }
}

/// The table of levels of a kind: names of relatives are compared like names.
fn group(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Father | EvidenceKind::Mother | EvidenceKind::Spouse => "name",
        kind => key(kind),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// One decimal, with the comma of Vietnamese.
fn number(locale: Locale, value: f64) -> String {
    let text = format!("{value:.1}");
    match locale {
        Locale::Vi => text.replace('.', ","),
        Locale::En => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::guesses;

    const KINDS: [EvidenceKind; 11] = [
        EvidenceKind::Name,
        EvidenceKind::Birth,
        EvidenceKind::Sex,
        EvidenceKind::Number,
        EvidenceKind::Place,
        EvidenceKind::Phone,
        EvidenceKind::Father,
        EvidenceKind::Mother,
        EvidenceKind::Spouse,
        EvidenceKind::Household,
        EvidenceKind::Text(0),
    ];

    #[test]
    fn every_level_of_every_comparison_has_its_words() {
        let explainer = Explainer::new();
        for kind in KINDS {
            for (level, _) in guesses(kind).iter().skip(1) {
                for locale in [Locale::Vi, Locale::En] {
                    let words = explainer.words(locale, &Evidence { kind, level, bits: 1.0 }, &["mã"]);
                    assert!(!words.contains('_') && !words.contains(':') && !words.contains("{}"), "{words}");
                }
            }
        }
    }

    #[test]
    fn no_words_are_left_over() {
        let explainer = Explainer::new();
        for (group, level) in explainer.phrases.levels() {
            let known = KINDS.iter().any(|kind| {
                super::group(*kind) == group && guesses(*kind).iter().any(|(key, _)| *key == level)
            });
            let direction =
                matches!(group, "rarity" | "lookalikes" | "kin") && matches!(level, "for" | "against");
            assert!(known || direction, "{group}.{level} is said of nothing");
        }
    }

    #[test]
    fn what_speaks_against_is_said_too() {
        let explainer = Explainer::new();
        let evidence = [
            Evidence { kind: EvidenceKind::Name, level: "exact", bits: 12.0 },
            Evidence { kind: EvidenceKind::Birth, level: "different", bits: -6.0 },
            Evidence { kind: EvidenceKind::Text(0), level: "near", bits: 2.0 },
            Evidence { kind: EvidenceKind::Sex, level: "exact", bits: 0.1 },
            Evidence { kind: EvidenceKind::Rarity, level: "", bits: -1.5 },
            Evidence { kind: EvidenceKind::Lookalikes, level: "", bits: -2.0 },
        ];
        assert_eq!(
            explainer.sentence(Locale::En, &evidence, &["parcel"]),
            "Name the same; parcel nearly the same. But date of birth different; the values that agree are common."
        );
        assert_eq!(explainer.sentence(Locale::Vi, &evidence[1..2], &[]), "Ngày sinh khác hẳn.");
        assert_eq!(explainer.sentence(Locale::Vi, &[], &[]), "Không có gì để so sánh.");
        assert_eq!(explainer.total(Locale::Vi, 0.984, 21.34), "Xác suất 98,4% (trọng số 21,3 bit)");
    }

    #[test]
    fn a_waterfall_adds_up() {
        let explainer = Explainer::new();
        let evidence = [
            Evidence { kind: EvidenceKind::Name, level: "exact", bits: 12.0 },
            Evidence { kind: EvidenceKind::Birth, level: "different", bits: -6.5 },
            Evidence { kind: EvidenceKind::Kin, level: "", bits: 3.0 },
        ];
        let steps = explainer.waterfall(Locale::Vi, -10.0, &evidence, &[]);
        assert_eq!(steps.len(), 4);
        assert_eq!(steps.iter().map(|step| step.cumulative).collect::<Vec<_>>(), [-10.0, 2.0, -4.5, -1.5]);
        assert_eq!(steps.last().map(|step| step.words.as_str()), Some("người cùng đứng tên cũng khớp"));
        assert_eq!(explainer.waterfall(Locale::Vi, 0.0, &evidence, &[]).len(), 3);
    }
}
