//! A form as the reader left it: what was typed and what is wrong with it.

use d06_kernel::{FieldProblem, Problem, ProblemKind};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// What was typed into a form and what is wrong with it. The component macros take it as `form`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormView {
    values: BTreeMap<String, Vec<String>>,
    problems: Vec<FormProblem>,
}

/// One thing that is wrong, with a field or with the form as a whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FormProblem {
    /// The field; `None` for the form as a whole.
    pub field: Option<String>,
    /// The stable code.
    pub code: &'static str,
    /// Arguments of its message.
    pub args: BTreeMap<&'static str, String>,
    /// Which of several things in the field is meant: the name of a file. It is shown, and never logged.
    pub about: Option<String>,
}

impl FormView {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// The form with a value in a field, for a form that arrives filled.
    #[must_use]
    pub fn with(mut self, field: impl Into<String>, value: impl ToString) -> Self {
        self.values.entry(field.into()).or_default().push(value.to_string());
        self
    }

    /// The form with what a problem says is wrong: each of its fields, or the problem itself if it names none.
    #[must_use]
    pub fn refused(mut self, problem: &Problem) -> Self {
        if problem.fields.is_empty() {
            let args = problem.args.clone();
            self.problems.push(FormProblem { field: None, code: problem.code, args, about: None });
        } else {
            self.problems.extend(problem.fields.iter().map(FormProblem::from));
        }
        self
    }

    /// The form with what a problem says is wrong, or the problem itself if the reader cannot mend it by
    /// changing the form (`refuse(problem)?`).
    pub fn refuse(self, problem: Problem) -> Result<Self, Problem> {
        match problem.kind {
            ProblemKind::Invalid | ProblemKind::TooLarge => Ok(self.refused(&problem)),
            _ => Err(problem),
        }
    }

    /// The form with what is wrong with one file of `field`, named so that the reader knows which of several it is;
    /// or the problem itself if another file would not mend it (`refuse_file(…)?`).
    pub fn refuse_file(mut self, field: &str, name: &str, problem: Problem) -> Result<Self, Problem> {
        if !matches!(problem.kind, ProblemKind::Invalid | ProblemKind::TooLarge) || !problem.fields.is_empty()
        {
            return self.refuse(problem);
        }
        let (field, about) = (Some(field.to_owned()), Some(name.to_owned()));
        self.problems.push(FormProblem { field, code: problem.code, args: problem.args, about });
        Ok(self)
    }

    /// The first value of a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.get(field).and_then(|values| values.first()).map(String::as_str)
    }

    /// All values of all fields, as typed.
    pub fn values(&self) -> &BTreeMap<String, Vec<String>> {
        &self.values
    }

    /// What is wrong.
    pub fn problems(&self) -> &[FormProblem] {
        &self.problems
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl From<&FieldProblem> for FormProblem {
    fn from(problem: &FieldProblem) -> Self {
        Self {
            field: Some(problem.field.clone()),
            code: problem.code,
            args: problem.args.clone(),
            about: None,
        }
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for FormView {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut view = Self::default();
        for (field, value) in pairs {
            view.values.entry(field.into()).or_default().push(value.into());
        }
        view
    }
}

/// Templates see `values` (the first value of each field), `all` (every value of each field), `problems` (in
/// order) and `errors` (the first problem of each field).
impl Serialize for FormView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first: BTreeMap<&str, &str> = self
            .values
            .iter()
            .filter_map(|(field, values)| Some((field.as_str(), values.first()?.as_str())))
            .collect();
        let mut errors: BTreeMap<&str, &FormProblem> = BTreeMap::new();
        for problem in &self.problems {
            if let Some(field) = &problem.field {
                errors.entry(field).or_insert(problem);
            }
        }
        let mut view = serializer.serialize_struct("FormView", 4)?;
        view.serialize_field("values", &first)?;
        view.serialize_field("all", &self.values)?;
        view.serialize_field("problems", &self.problems)?;
        view.serialize_field("errors", &errors)?;
        view.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_form_keeps_what_was_typed() {
        let view =
            FormView::new().with("born", "30/02/1990").refused(&Problem::field("born", "date.not-a-day"));
        let json = serde_json::to_value(&view).unwrap();
        assert_eq!(json["values"]["born"], "30/02/1990");
        assert_eq!(json["errors"]["born"]["code"], "date.not-a-day");
    }

    #[test]
    fn a_refused_file_is_named() {
        let problem = Problem::invalid("file.empty");
        let view = FormView::new().refuse_file("file", "a.pdf", problem).unwrap();
        let json = serde_json::to_value(&view).unwrap();
        assert_eq!(json["errors"]["file"]["about"], "a.pdf");
        assert!(FormView::new().refuse_file("file", "a.pdf", Problem::unavailable("x.y")).is_err());
    }

    #[test]
    fn only_what_the_reader_can_mend_stays_on_the_form() {
        assert!(FormView::new().refuse(Problem::invalid("x.y")).is_ok());
        assert!(FormView::new().refuse(Problem::conflict("x.y")).is_err());
    }
}
