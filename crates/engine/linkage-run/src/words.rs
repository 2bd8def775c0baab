//! Words for people at the terminal and readers of reports, Vietnamese first.

use crate::error::RunError;
use d06_linkage::LinkError;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::path::Path;

/// A language of messages and reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Its code, as `vi`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

const VI: [&str; 2] = [include_str!("../locales/vi.ftl"), include_str!("../locales/report.vi.ftl")];
const EN: [&str; 2] = [include_str!("../locales/en.ftl"), include_str!("../locales/report.en.ftl")];

/// The texts of one language.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The texts of a language.
    pub fn new(lang: Lang) -> Self {
        let (sources, id) = match lang {
            Lang::Vi => (VI, "vi"),
            Lang::En => (EN, "en"),
        };
        // Without a language tag numbers would be written in the same way: these texts take words only.
        let mut bundle = FluentBundle::new(id.parse().into_iter().collect());
        bundle.set_use_isolating(false);
        for source in sources {
            // What could be parsed is used; a test holds that all of it can.
            let resource =
                FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A text without places to fill; its key if there is none.
    pub fn text(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// Whether there is such a text.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A text with its places filled.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, FluentValue::from((*value).to_owned()));
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// A whole number with separators: `1.234.567` or `1,234,567`.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let separator = if self.lang == Lang::Vi { '.' } else { ',' };
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// A number with decimals, with the decimal mark of the language.
    pub fn decimal(&self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        if self.lang == Lang::Vi { text.replace('.', ",") } else { text }
    }

    /// A span of time, in seconds or minutes.
    pub fn time(&self, seconds: f64) -> String {
        if seconds < 90.0 {
            return self.fill("time-seconds", &[("n", &self.decimal(seconds, usize::from(seconds < 10.0)))]);
        }
        self.fill("time-minutes", &[("n", &self.decimal(seconds / 60.0, 1))])
    }

    /// An error in words.
    pub fn error(&self, error: &RunError) -> String {
        let key = error.code().replace('.', "-");
        let path = |path: &Path| path.display().to_string();
        let fill = |values: &[(&str, &str)]| self.fill(&key, values);
        match error {
            RunError::NoFile(name) => fill(&[("name", name)]),
            RunError::Read { path: file, source } | RunError::Write { path: file, source } => {
                fill(&[("path", &path(file)), ("detail", &source.to_string())])
            }
            RunError::Form { path: file, form, detail } => {
                fill(&[("path", &path(file)), ("form", form), ("detail", detail)])
            }
            RunError::Workbook { path: file, detail } => fill(&[("path", &path(file)), ("detail", detail)]),
            RunError::OpenQuote { path: file, line } => {
                fill(&[("path", &path(file)), ("line", &self.number(*line))])
            }
            RunError::NoRows(file)
            | RunError::Locked(file)
            | RunError::NothingGuessed(file)
            | RunError::OutputForm(file)
            | RunError::DiskFull(file)
            | RunError::Changed(file)
            | RunError::Busy(file) => fill(&[("path", &path(file))]),
            RunError::NoColumn { path: file, column, headers } => {
                fill(&[("path", &path(file)), ("column", column), ("headers", &headers.join(", "))])
            }
            RunError::NoSheet { path: file, sheet, sheets } => {
                fill(&[("path", &path(file)), ("sheet", sheet), ("sheets", &sheets.join(", "))])
            }
            RunError::TwoColumns { path: file, column } => fill(&[("path", &path(file)), ("column", column)]),
            RunError::TooManyForForm { path: file, most, rows } => fill(&[
                ("path", &path(file)),
                ("most", &self.number(*most as u64)),
                ("rows", &self.number(*rows as u64)),
            ]),
            RunError::Interrupted { folder, done, total } => {
                fill(&[("folder", &path(folder)), ("done", &done.to_string()), ("total", &total.to_string())])
            }
            RunError::Cluster(detail) => fill(&[("detail", detail)]),
            RunError::Field(field) => fill(&[("field", field)]),
            RunError::Unconfirmed => fill(&[]),
            RunError::Engine(error) => self.engine_error(&key, error),
        }
    }

    fn engine_error(&self, key: &str, error: &LinkError) -> String {
        use d06_linkage::error::Side;
        let side = |side: &Side| self.text(if *side == Side::Left { "side-left" } else { "side-right" });
        let row = |row: &usize| self.number(*row as u64 + 1);
        let fill = |values: &[(&str, &str)]| self.fill(key, values);
        match error {
            LinkError::Spec(detail)
            | LinkError::Contradiction(detail)
            | LinkError::UnknownLabel(detail)
            | LinkError::File(detail) => fill(&[("detail", detail)]),
            LinkError::Damaged(detail) => fill(&[("detail", detail)]),
            LinkError::Empty(which) | LinkError::TooManyRows(which) => fill(&[("side", &side(which))]),
            LinkError::MissingId { side: which, row: at } => {
                fill(&[("side", &side(which)), ("row", &row(at))])
            }
            LinkError::DuplicateId { side: which, first, second } => {
                fill(&[("side", &side(which)), ("first", &row(first)), ("second", &row(second))])
            }
            LinkError::Ragged { side: which, column, rows, found } => fill(&[
                ("side", &side(which)),
                ("column", column),
                ("rows", &self.number(*rows as u64)),
                ("found", &self.number(*found as u64)),
            ]),
            LinkError::TooManyPairs { pairs, limit } => {
                fill(&[("pairs", &self.number(*pairs)), ("limit", &self.number(*limit))])
            }
            _ if self.has(key) => fill(&[]),
            other => self.fill("linkage-other", &[("detail", &other.to_string())]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(sources: [&str; 2]) -> BTreeSet<String> {
        for source in sources {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
        let lines = sources.into_iter().flat_map(str::lines);
        lines.filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect()
    }

    #[test]
    fn both_languages_have_the_same_texts() {
        assert_eq!(keys(VI), keys(EN));
    }

    #[test]
    fn numbers_look_as_readers_expect() {
        assert_eq!(Words::new(Lang::Vi).number(1_234_567), "1.234.567");
        assert_eq!(Words::new(Lang::En).decimal(0.5, 2), "0.50");
        assert_eq!(Words::new(Lang::Vi).time(4.25), "4,2 giây");
    }

    #[test]
    fn errors_have_words() {
        let error = RunError::Engine(LinkError::DuplicateId {
            side: d06_linkage::error::Side::Left,
            first: 0,
            second: 1_234,
        });
        for lang in [Lang::Vi, Lang::En] {
            let words = Words::new(lang).error(&error);
            assert!(words.contains("1.235") || words.contains("1,235"), "{words}");
            assert!(!words.contains('{') && !words.starts_with("linkage-"), "{words}");
        }
    }
}
