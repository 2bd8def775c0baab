//! Words in two languages that come from data, and explanations that become words at the edge.

use d06_kernel::Locale;
use serde::{Deserialize, Serialize};

/// A label from a definition file, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The label in the reader's language.
    pub fn of(&self, locale: Locale) -> &str {
        match locale {
            Locale::Vi => &self.vi,
            Locale::En => &self.en,
        }
    }
}

/// Why something is as it is: a stable code (Fluent message id `explanation-` + code with dots as hyphens)
/// and its arguments. Never personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The stable code, `requirement.not-held`.
    pub code: String,
    /// Arguments of the message, by name.
    pub args: Vec<(String, String)>,
}

impl Explanation {
    /// An explanation without arguments.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), args: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// The value of an argument.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}
