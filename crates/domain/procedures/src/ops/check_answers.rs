//! Checks what is filled in against the form of the definition. All that is wrong is told at once.

use crate::model::definition::{Applies, FieldDef, FieldKind, ProcedureDefinition};
use crate::store::draft::Answers;
use d06_kernel::person::{PartialDate, PersonalNumber};
use d06_kernel::text::nfc;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, FieldProblem, Problem};
use std::collections::BTreeMap;

/// Longest name, in characters.
const LONGEST_NAME: usize = 200;
/// Longest electronic mail address (RFC 5321 §4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;
/// What a confirmation holds when it is given.
pub const CONFIRMED: &str = "yes";

/// The answers as they are kept with a dossier: composed (NFC), trimmed, without fields that the case does not need.
///
/// # Errors
/// `input.invalid` with a problem for each wrong field.
pub fn run(cx: &Cx, definition: &ProcedureDefinition, typed: &Answers) -> Result<Answers, Problem> {
    let mut kept = Answers::new();
    let mut wrong = Vec::new();
    for field in definition.form.fields() {
        if field.when.as_ref().is_some_and(|when| when.applies(typed) != Applies::Yes) {
            continue;
        }
        let value = nfc(typed.get(&field.key).map(String::as_str).unwrap_or_default().trim());
        match check(cx, field, &value) {
            Ok(()) if value.is_empty() => {}
            Ok(()) => {
                kept.insert(field.key.clone(), value);
            }
            Err((code, args)) => wrong.push(FieldProblem { field: field.key.clone(), code, args }),
        }
    }
    if wrong.is_empty() { Ok(kept) } else { Err(Problem::invalid_fields(wrong)) }
}

type Wrong = (&'static str, BTreeMap<&'static str, String>);

fn wrong(code: &'static str) -> Wrong {
    (code, BTreeMap::new())
}

fn too_long(max: usize) -> Wrong {
    ("answer.longer-than", BTreeMap::from([("max", max.to_string())]))
}

fn check(cx: &Cx, field: &FieldDef, value: &str) -> Result<(), Wrong> {
    if value.is_empty() {
        return if field.required { Err(wrong("field.required")) } else { Ok(()) };
    }
    let length = value.chars().count();
    match &field.kind {
        FieldKind::Name if length > LONGEST_NAME => Err(too_long(LONGEST_NAME)),
        FieldKind::Name if !is_name(value) => Err(wrong("answer.not-a-name")),
        FieldKind::Line { max } | FieldKind::Lines { max } if length > *max => Err(too_long(*max)),
        FieldKind::Line { .. } | FieldKind::Lines { .. } if has_markup(value) => Err(wrong("answer.markup")),
        FieldKind::Line { .. } if value.chars().any(char::is_control) => Err(wrong("answer.not-one-line")),
        FieldKind::PersonalNumber if value.parse::<PersonalNumber>().is_err() => {
            Err(wrong("answer.not-a-personal-number"))
        }
        FieldKind::Date { past } => date(cx, value, *past),
        FieldKind::Choice { choices } if choices.iter().all(|c| c.value != value) => {
            Err(wrong("answer.not-a-choice"))
        }
        FieldKind::Phone if !is_phone(value) => Err(wrong("answer.not-a-phone")),
        FieldKind::Email if !is_email(value) => Err(wrong("answer.not-an-email")),
        FieldKind::Confirmation if value != CONFIRMED => Err(wrong("answer.not-confirmed")),
        FieldKind::Count { min, max } => count(value, *min, *max),
        FieldKind::Name
        | FieldKind::Line { .. }
        | FieldKind::Lines { .. }
        | FieldKind::PersonalNumber
        | FieldKind::Choice { .. }
        | FieldKind::Phone
        | FieldKind::Email
        | FieldKind::Confirmation => Ok(()),
    }
}

/// Whether the text holds a tag of HTML or XML. "Tuổi < 18" holds none.
fn has_markup(value: &str) -> bool {
    let starts_tag = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
    value.match_indices('<').any(|(at, _)| value[at + 1..].starts_with(starts_tag))
}

/// Letters of any script with the signs that names carry; no digits and no mark-up.
fn is_name(value: &str) -> bool {
    value.chars().any(char::is_alphabetic)
        && value.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.' | ','))
}

fn date(cx: &Cx, value: &str, past: bool) -> Result<(), Wrong> {
    let date: PartialDate = value.parse().map_err(|_| wrong("date.not-a-day"))?;
    let begins = date.earliest().ok_or_else(|| wrong("date.not-a-day"))?;
    if past && begins > local_date(cx.now()) { Err(wrong("answer.date-in-future")) } else { Ok(()) }
}

/// Nine to fifteen digits (ITU-T E.164), written with spaces, points, dashes or a leading plus.
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let rest = value.strip_prefix('+').unwrap_or(value);
    (9..=15).contains(&digits) && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-'))
}

fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | ',');
    value.len() <= LONGEST_EMAIL
        && !local.is_empty()
        && local.chars().all(|c| plain(c) && c != '@')
        && domain.contains('.')
        && domain
            .split('.')
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

fn count(value: &str, min: u32, max: u32) -> Result<(), Wrong> {
    let number: u32 = value.parse().map_err(|_| wrong("answer.not-a-number"))?;
    if (min..=max).contains(&number) {
        return Ok(());
    }
    Err(("answer.out-of-range", BTreeMap::from([("min", min.to_string()), ("max", max.to_string())])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_take_marks_and_no_mark_up() {
        assert!(is_name("Nguyễn Thị Hường"));
        assert!(is_name("H'Hen Niê"));
        assert!(!is_name("<b>Nam</b>"));
        assert!(!is_name("Nam 2"));
        assert!(!is_name("..."));
    }

    #[test]
    fn tags_are_told_from_signs() {
        assert!(has_markup("<script>alert(1)</script>"));
        assert!(has_markup("thôn 2</b>"));
        assert!(!has_markup("trẻ em < 6 tuổi, > 3 tuổi"));
        assert!(!has_markup("a <"));
    }

    #[test]
    fn phones_and_addresses_are_told_from_what_is_none() {
        assert!(is_phone("0912 345 678"));
        assert!(is_phone("+84 912.345.678"));
        assert!(!is_phone("0912"));
        assert!(!is_phone("0912345678<script>"));
        assert!(is_email("nam.nguyen@xa-habac.gov.vn"));
        assert!(!is_email("nam@local"));
        assert!(!is_email("nam nguyen@x.vn"));
    }
}
