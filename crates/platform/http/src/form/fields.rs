//! The fields of a form, read one by one; what is wrong is collected, not thrown.

use chrono::NaiveDate;
use d06_kernel::person::PartialDate;
use d06_kernel::{FieldProblem, Problem};
use d06_ui::FormView;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Characters in a field at most, unless its reader says otherwise.
const LONGEST: usize = 4000;

/// The fields of a form as they were typed, and what is wrong with them so far.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
}

/// A type that a form is read into.
pub trait FromFields: Sized {
    /// Reads the fields. What is wrong is said to `fields`; `None` if the value cannot be built.
    fn from_fields(fields: &mut Fields) -> Option<Self>;
}

impl Fields {
    /// The fields of pairs.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, problems: Vec::new() }
    }

    pub(crate) fn of_urlencoded(bytes: &[u8]) -> Self {
        Self::new(url::form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// Reads them into a type, or says what is wrong with which field.
    pub fn read<T: FromFields>(mut self) -> Result<T, Problem> {
        match T::from_fields(&mut self) {
            Some(value) if self.problems.is_empty() => Ok(value),
            _ if self.problems.is_empty() => Err(Problem::invalid("input.invalid")),
            _ => Err(Problem::invalid_fields(self.problems)),
        }
    }

    /// What was typed, without the form's token.
    pub fn view(&self) -> FormView {
        self.pairs.iter().filter(|(name, _)| name != crate::csrf::FIELD).cloned().collect()
    }

    /// A field exactly as it was sent.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// All pairs as they were sent, without the form's token.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .filter(|(name, _)| name != crate::csrf::FIELD)
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// All values of a field, blanks left out (checkboxes).
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.pairs.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.raw(name).is_some_and(|value| !value.is_empty())
    }

    /// A text that may be missing; blanks around it are removed, a blank text is none.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.text_up_to(name, LONGEST)
    }

    /// As [`Self::text`], with the most characters it may have (`field.too-long`).
    pub fn text_up_to(&mut self, name: &str, longest: usize) -> Option<String> {
        let text = self.raw(name)?.trim().replace("\r\n", "\n");
        if text.is_empty() {
            return None;
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.refuse(name, "field.control-characters");
            return None;
        }
        if text.chars().count() > longest {
            self.refuse_with(name, "field.too-long", [("longest", longest.to_string())]);
            return None;
        }
        Some(text)
    }

    /// A text that must be there (`field.required`).
    pub fn required(&mut self, name: &str) -> Option<String> {
        self.required_up_to(name, LONGEST)
    }

    /// As [`Self::required`], with the most characters it may have.
    pub fn required_up_to(&mut self, name: &str, longest: usize) -> Option<String> {
        self.present(name, longest, "field.required")
    }

    /// The stable name of what was chosen from a list that must not be left open (`field.choose`). Whether there is such a
    /// thing is for the caller to say.
    pub fn chosen(&mut self, name: &str, longest: usize) -> Option<String> {
        self.present(name, longest, "field.choose")
    }

    /// A text; `code` says that it is missing.
    fn present(&mut self, name: &str, longest: usize, code: &'static str) -> Option<String> {
        let before = self.problems.len();
        let text = self.text_up_to(name, longest);
        if text.is_none() && self.problems.len() == before {
            self.refuse(name, code);
        }
        text
    }

    /// A value that must be there, read from its text; `code` says that it cannot be read.
    pub fn parsed<T: FromStr>(&mut self, name: &str, code: &'static str) -> Option<T> {
        let text = self.required(name)?;
        self.parse(name, &text, code)
    }

    /// A value that may be missing; the inner `None` is a missing one, the outer one that cannot be read.
    pub fn optional<T: FromStr>(&mut self, name: &str, code: &'static str) -> Option<Option<T>> {
        match self.text(name) {
            None => Some(None),
            Some(text) => self.parse(name, &text, code).map(Some),
        }
    }

    /// One of some values that must be chosen (`field.choose`).
    pub fn choice(&mut self, name: &str, of: &[&str]) -> Option<String> {
        match self.raw(name).map(str::to_owned) {
            Some(value) if of.contains(&value.as_str()) => Some(value),
            _ => {
                self.refuse(name, "field.choose");
                None
            }
        }
    }

    /// A day that must be there: one field (`15/06/2026`), or three called `…-day`, `…-month`, `…-year`. A day that
    /// does not exist is refused (`date.not-a-day`), never moved.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        match self.date_text(name) {
            None => {
                self.refuse(name, "field.required");
                None
            }
            Some(text) => self.parse_date(name, &text),
        }
    }

    /// As [`Self::date`], for a day that may be missing; the inner `None` is a missing one.
    pub fn optional_date(&mut self, name: &str) -> Option<Option<NaiveDate>> {
        match self.date_text(name) {
            None => Some(None),
            Some(text) => self.parse_date(name, &text).map(Some),
        }
    }

    /// Says that a field is wrong.
    pub fn refuse(&mut self, name: &str, code: &'static str) {
        self.refuse_with(name, code, []);
    }

    /// Says that a field is wrong, with arguments for the message.
    pub fn refuse_with<const N: usize>(
        &mut self,
        name: &str,
        code: &'static str,
        args: [(&'static str, String); N],
    ) {
        self.problems.push(FieldProblem { field: name.to_owned(), code, args: BTreeMap::from(args) });
    }

    fn parse<T: FromStr>(&mut self, name: &str, text: &str, code: &'static str) -> Option<T> {
        let value = text.parse().ok();
        if value.is_none() {
            self.refuse(name, code);
        }
        value
    }

    fn parse_date(&mut self, name: &str, text: &str) -> Option<NaiveDate> {
        let day = text.parse::<PartialDate>().ok().and_then(PartialDate::day);
        if day.is_none() {
            self.refuse(name, "date.not-a-day");
        }
        day
    }

    fn date_text(&self, name: &str) -> Option<String> {
        let part =
            |suffix: &str| self.raw(&format!("{name}-{suffix}")).map(str::trim).filter(|s| !s.is_empty());
        match (part("day"), part("month"), part("year")) {
            (None, None, None) => {
                self.raw(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
            }
            (day, month, year) => {
                Some(format!("{}/{}/{}", day.unwrap_or("-"), month.unwrap_or("-"), year.unwrap_or("-")))
            }
        }
    }
}

/// A form whose fields the handler reads by itself.
impl FromFields for Fields {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        Some(fields.clone())
    }
}

/// A form without fields: a button.
impl FromFields for () {
    fn from_fields(_: &mut Fields) -> Option<Self> {
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Birth {
        name: String,
        born: NaiveDate,
        copies: u32,
    }

    impl FromFields for Birth {
        fn from_fields(fields: &mut Fields) -> Option<Self> {
            let name = fields.required_up_to("name", 20);
            let born = fields.date("born");
            let copies = fields.parsed("copies", "number.not-whole");
            Some(Self { name: name?, born: born?, copies: copies? })
        }
    }

    fn codes(body: &str) -> Vec<(String, &'static str)> {
        let problem = Fields::of_urlencoded(body.as_bytes()).read::<Birth>().unwrap_err();
        problem.fields.into_iter().map(|field| (field.field, field.code)).collect()
    }

    #[test]
    fn a_good_form_is_read() {
        let fields = Fields::of_urlencoded(
            "csrf=x&name=+Nguy%E1%BB%85n+V%C4%83n+Nam+&born=15%2F06%2F1990&copies=2".as_bytes(),
        );
        assert!(fields.view().value("csrf").is_none());
        let birth: Birth = fields.read().unwrap();
        assert_eq!((birth.name.as_str(), birth.copies), ("Nguyễn Văn Nam", 2));
        assert_eq!(birth.born.to_string(), "1990-06-15");
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        assert_eq!(
            codes("born=30/02/1990&copies=two"),
            [
                ("name".to_owned(), "field.required"),
                ("born".to_owned(), "date.not-a-day"),
                ("copies".to_owned(), "number.not-whole")
            ]
        );
        assert_eq!(
            codes("name=%00&born=1/1/2000&copies=1"),
            [("name".to_owned(), "field.control-characters")]
        );
        assert_eq!(codes("name=aaaaaaaaaaaaaaaaaaaaaaa&born=1/1/2000&copies=1")[0].1, "field.too-long");
    }

    #[test]
    fn a_date_may_come_in_three_fields() {
        let mut fields = Fields::of_urlencoded(
            b"born-day=5&born-month=3&born-year=1985&died-day=31&died-month=02&died-year=2020",
        );
        assert_eq!(fields.date("born").unwrap().to_string(), "1985-03-05");
        assert!(fields.date("died").is_none());
        assert_eq!(fields.optional_date("married"), Some(None));
    }
}
