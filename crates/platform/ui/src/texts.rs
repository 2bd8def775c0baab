//! Every word the platform shows, by message id and language (Fluent).
//!
//! A text is plain text: it never carries mark-up, and templates escape it like any other value.

use crate::format;
use d06_kernel::{Locale, Problem, ProblemKind};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use unic_langid::LanguageIdentifier;

/// The most decimals a number in a text has.
const TEXT_DECIMALS: usize = 3;

/// Both languages, Vietnamese first.
pub const LOCALES: [Locale; 2] = [Locale::Vi, Locale::En];

/// A defect in the texts, found when they are merged.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// A file does not follow the Fluent syntax.
    #[error("texts of {origin} in {locale}: {reason}")]
    Syntax {
        /// Where the file comes from.
        origin: String,
        /// Its language.
        locale: &'static str,
        /// What the parser says.
        reason: String,
    },
    /// Two files define one message.
    #[error("message {id} is defined twice in {locale}, the second time by {origin}")]
    Duplicate {
        /// The message id.
        id: String,
        /// The language.
        locale: &'static str,
        /// Where the second definition comes from.
        origin: String,
    },
}

/// The texts of one language.
struct Language {
    bundle: FluentBundle<FluentResource>,
    arguments: BTreeMap<String, BTreeSet<String>>,
}

/// All texts.
pub struct Texts {
    vi: Language,
    en: Language,
    missing: Mutex<BTreeSet<String>>,
}

impl Texts {
    /// Merges files of texts: where each comes from, its language, its content.
    pub fn merge<'a>(files: impl IntoIterator<Item = (&'a str, Locale, &'a str)>) -> Result<Self, TextError> {
        let mut texts = Self {
            vi: Language::empty(Locale::Vi),
            en: Language::empty(Locale::En),
            missing: Mutex::default(),
        };
        for (origin, locale, source) in files {
            match locale {
                Locale::Vi => texts.vi.add(origin, locale, source)?,
                Locale::En => texts.en.add(origin, locale, source)?,
            }
        }
        Ok(texts)
    }

    /// The text of a message. A message that is missing shows its id, is logged and is kept for
    /// [`Self::missing`]; tests make sure that this does not happen.
    pub fn text(&self, locale: Locale, id: &str, arguments: &FluentArgs<'_>) -> String {
        if let Some(text) = self.find(locale, id, arguments) {
            return text;
        }
        tracing::error!(message = id, locale = locale.tag(), "text is missing");
        self.note(format!("{id} ({})", locale.tag()));
        id.to_owned()
    }

    /// The text of a message without arguments.
    pub fn plain(&self, locale: Locale, id: &str) -> String {
        self.text(locale, id, &FluentArgs::new())
    }

    /// The text of a message with arguments given as texts; those that are numbers count as numbers.
    pub fn with_arguments<K: AsRef<str>, V: AsRef<str>>(
        &self,
        locale: Locale,
        id: &str,
        arguments: &BTreeMap<K, V>,
    ) -> String {
        self.text(locale, id, &fluent_arguments(arguments))
    }

    /// The text of a message, if there is one and all its arguments are given.
    pub fn find(&self, locale: Locale, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let bundle = &self.language(locale).bundle;
        let pattern = bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
        if let Some(error) = errors.first() {
            tracing::error!(message = id, locale = locale.tag(), %error, "text is incomplete");
            self.note(format!("{id} ({}): {error}", locale.tag()));
        }
        Some(text.into_owned())
    }

    /// What a problem says to the reader: the text of its code, else the text of its kind.
    pub fn problem(&self, locale: Locale, problem: &Problem) -> String {
        self.code(locale, problem.code, &problem.args)
            .unwrap_or_else(|| self.plain(locale, kind_message(problem.kind)))
    }

    /// The text of a problem code, if there is one.
    pub fn code<K: AsRef<str>, V: AsRef<str>>(
        &self,
        locale: Locale,
        code: &str,
        arguments: &BTreeMap<K, V>,
    ) -> Option<String> {
        let text = self.find(locale, &problem_message(code), &fluent_arguments(arguments));
        if text.is_none() {
            self.note(format!("{} ({})", problem_message(code), locale.tag()));
        }
        text
    }

    /// Whether a message exists in a language.
    pub fn has(&self, locale: Locale, id: &str) -> bool {
        self.language(locale).arguments.contains_key(id)
    }

    /// What was asked for and is not there, since the start.
    pub fn missing(&self) -> Vec<String> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Messages that one language has and the other lacks, or that take other arguments there.
    pub fn differences(&self) -> Vec<String> {
        let ids: BTreeSet<&String> = self.vi.arguments.keys().chain(self.en.arguments.keys()).collect();
        let mut found = Vec::new();
        for id in ids {
            match (self.vi.arguments.get(id), self.en.arguments.get(id)) {
                (Some(vi), Some(en)) if vi == en => {}
                (Some(vi), Some(en)) => {
                    found.push(format!("{id}: arguments {vi:?} in vi, {en:?} in en"));
                }
                (None, _) => found.push(format!("{id}: missing in vi")),
                (_, None) => found.push(format!("{id}: missing in en")),
            }
        }
        found
    }

    fn language(&self, locale: Locale) -> &Language {
        match locale {
            Locale::Vi => &self.vi,
            Locale::En => &self.en,
        }
    }

    fn note(&self, what: String) {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(what);
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("messages", &self.vi.arguments.len()).finish_non_exhaustive()
    }
}

impl Language {
    fn empty(locale: Locale) -> Self {
        let language: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Marks that isolate directions would be noise: both languages run from left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::Vi => |value, _| number_text(Locale::Vi, value),
            Locale::En => |value, _| number_text(Locale::En, value),
        }));
        Self { bundle, arguments: BTreeMap::new() }
    }

    fn add(&mut self, origin: &str, locale: Locale, source: &str) -> Result<(), TextError> {
        let resource =
            FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| TextError::Syntax {
                origin: origin.to_owned(),
                locale: locale.tag(),
                reason: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            })?;
        for (id, arguments) in crate::arguments::of_messages(&resource) {
            if self.arguments.insert(id.clone(), arguments).is_some() {
                return Err(TextError::Duplicate { id, locale: locale.tag(), origin: origin.to_owned() });
            }
        }
        self.bundle.add_resource_overriding(resource);
        Ok(())
    }
}

/// The message id of a problem code: `dossier.already-decided` → `problem-dossier-already-decided`.
pub fn problem_message(code: &str) -> String {
    format!("problem-{}", code.replace('.', "-"))
}

/// An argument of a message: a number if it is one, so that plurals work.
pub fn argument(value: &str) -> FluentValue<'static> {
    let numeric = value.len() <= 15 && !value.starts_with('0') && value.bytes().all(|b| b.is_ascii_digit());
    match value.parse::<i64>() {
        Ok(number) if numeric || value == "0" => FluentValue::from(number),
        _ => FluentValue::from(value.to_owned()),
    }
}

fn fluent_arguments<K: AsRef<str>, V: AsRef<str>>(arguments: &BTreeMap<K, V>) -> FluentArgs<'static> {
    let mut fluent = FluentArgs::with_capacity(arguments.len());
    for (key, value) in arguments {
        fluent.set(key.as_ref().to_owned(), argument(value.as_ref()));
    }
    fluent
}

fn kind_message(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::NotFound => "problem-not-found",
        ProblemKind::SignInRequired => "problem-sign-in-required",
        ProblemKind::Forbidden => "problem-forbidden",
        ProblemKind::Invalid => "problem-input-invalid",
        ProblemKind::Conflict => "problem-conflict",
        ProblemKind::TooLarge => "problem-too-large",
        ProblemKind::TooMany => "problem-too-many",
        ProblemKind::Unavailable => "problem-unavailable",
        ProblemKind::Internal => "problem-internal",
    }
}

fn number_text(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(format::number(locale, number.value, TEXT_DECIMALS)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Texts {
        Texts::merge([
            ("a", Locale::Vi, "hello = Chào { $name }\ncount = { $n } hồ sơ"),
            ("a", Locale::En, "hello = Hello { $name }\ncount = { $n ->\n   [one] one dossier\n  *[other] { $n } dossiers\n }"),
        ])
        .unwrap()
    }

    #[test]
    fn texts_take_arguments_and_plurals() {
        let texts = texts();
        let mut arguments = FluentArgs::new();
        arguments.set("n", argument("1234"));
        assert_eq!(texts.text(Locale::Vi, "count", &arguments), "1.234 hồ sơ");
        assert_eq!(texts.text(Locale::En, "count", &arguments), "1,234 dossiers");
        arguments.set("n", argument("1"));
        assert_eq!(texts.text(Locale::En, "count", &arguments), "one dossier");
        assert!(texts.missing().is_empty());
        assert!(texts.differences().is_empty());
    }

    #[test]
    fn a_missing_text_or_argument_is_noted() {
        let texts = texts();
        assert_eq!(texts.plain(Locale::Vi, "nothing"), "nothing");
        texts.plain(Locale::En, "hello");
        assert_eq!(texts.missing().len(), 2);
    }

    #[test]
    fn a_number_with_leading_zeros_stays_as_it_is() {
        assert!(matches!(argument("030085001234"), FluentValue::String(_)));
    }

    #[test]
    fn a_message_is_defined_once() {
        let twice = [("a", Locale::Vi, "x = 1"), ("b", Locale::Vi, "x = 2")];
        assert!(matches!(Texts::merge(twice), Err(TextError::Duplicate { .. })));
    }
}
