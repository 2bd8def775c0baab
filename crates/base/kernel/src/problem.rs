//! What goes wrong, as a value.
//!
//! A [`Problem`] carries a stable code (`dossier.already-decided`) and arguments; the words are chosen at the
//! edge, in the reader's language, under the message id `problem-` + code with dots as hyphens. The kind
//! decides the HTTP status. What a caller may not know is [`ProblemKind::NotFound`], never "forbidden": an
//! address that exists and one that does not answer alike.

use serde::Serialize;
use std::collections::BTreeMap;

/// The class of a problem; the edge maps it to an HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The thing does not exist, or the caller may not know whether it does (404).
    NotFound,
    /// Nobody is signed in (401; a page redirects to sign-in).
    SignInRequired,
    /// The caller is known to see the thing but may not do this to it (403).
    Forbidden,
    /// The input is wrong; `fields` says where (422).
    Invalid,
    /// Somebody or something was faster, or the page was stale (409).
    Conflict,
    /// The input is larger than allowed (413).
    TooLarge,
    /// Too many requests (429).
    TooMany,
    /// Something this depends on does not answer; try again (503).
    Unavailable,
    /// A defect or a broken disk (500). The source goes to the log, never to the reader.
    Internal,
}

/// A problem with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field's name in the form, dotted for nested fields.
    pub field: String,
    /// The stable code of what is wrong (`date.not-a-day`).
    pub code: &'static str,
    /// Arguments of the message.
    pub args: BTreeMap<&'static str, String>,
}

/// What went wrong, with a stable code; see the module documentation.
#[derive(Debug, thiserror::Error)]
#[error("{code}")]
pub struct Problem {
    /// The class.
    pub kind: ProblemKind,
    /// The stable code, lower-case, `noun.what-happened`.
    pub code: &'static str,
    /// Arguments of the message. Never personal data.
    pub args: BTreeMap<&'static str, String>,
    /// What is wrong field by field; empty unless the kind is `Invalid`.
    pub fields: Vec<FieldProblem>,
    /// The cause, for the log only.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Problem {
    /// A problem of a kind with a code.
    pub fn new(kind: ProblemKind, code: &'static str) -> Self {
        Self { kind, code, args: BTreeMap::new(), fields: Vec::new(), source: None }
    }

    /// The thing does not exist or may not be known.
    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "not-found")
    }

    /// The caller sees the thing but may not do this.
    pub fn forbidden() -> Self {
        Self::new(ProblemKind::Forbidden, "forbidden")
    }

    /// Somebody was faster or the page was stale.
    pub fn conflict(code: &'static str) -> Self {
        Self::new(ProblemKind::Conflict, code)
    }

    /// The input is wrong as a whole.
    pub fn invalid(code: &'static str) -> Self {
        Self::new(ProblemKind::Invalid, code)
    }

    /// Fields of the input are wrong.
    pub fn invalid_fields(fields: Vec<FieldProblem>) -> Self {
        Self { fields, ..Self::new(ProblemKind::Invalid, "input.invalid") }
    }

    /// One field of the input is wrong.
    pub fn field(field: impl Into<String>, code: &'static str) -> Self {
        Self::invalid_fields(vec![FieldProblem { field: field.into(), code, args: BTreeMap::new() }])
    }

    /// A dependency does not answer.
    pub fn unavailable(code: &'static str) -> Self {
        Self::new(ProblemKind::Unavailable, code)
    }

    /// A defect, with its cause for the log.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::new(ProblemKind::Internal, "internal") }
    }

    /// Adds a message argument. Never personal data: arguments reach logs.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.args.insert(key, value.to_string());
        self
    }

    /// Adds the cause, for the log.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}
