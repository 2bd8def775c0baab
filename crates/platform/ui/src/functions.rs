//! What templates can call: words, dates, numbers, addresses, the hidden field of a form.

use crate::assets::Assets;
use crate::format;
use crate::texts::Texts;
use chrono::{DateTime, NaiveDateTime};
use d06_kernel::Locale;
use d06_kernel::person::PartialDate;
use d06_kernel::time::Moment;
use fluent_bundle::{FluentArgs, FluentValue};
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most decimals `number` shows unless the template says otherwise.
const DECIMALS: usize = 2;

/// Gives an environment the functions of one language.
pub(crate) fn add(
    environment: &mut Environment<'static>,
    locale: Locale,
    texts: Arc<Texts>,
    assets: Arc<Assets>,
) {
    let own = texts.clone();
    environment.add_function("t", move |id: &str, arguments: Kwargs| text(&own, locale, id, &arguments));
    let own = texts.clone();
    environment.add_function("has_text", move |id: &str| own.has(locale, id));
    environment.add_function("problem", move |problem: &Value| problem_text(&texts, locale, problem));
    environment.add_function("date", move |value: &Value| date(locale, value));
    environment.add_function("datetime", move |value: &Value| datetime(locale, value));
    environment.add_function("time", move |value: &Value| time(locale, value));
    environment
        .add_function("number", move |value: &Value, arguments: Kwargs| number(locale, value, &arguments));
    environment
        .add_function("money", move |value: &Value| whole(value).map(|dong| format::money(locale, dong)));
    environment.add_function("url", |path: &str, query: Kwargs| url(path, &query));
    environment.add_function("asset", move |name: &str| {
        assets.href(name).ok_or_else(|| wrong(format!("no asset is called {name}")))
    });
    environment.add_function("csrf", csrf);
    environment.add_function("nonce", |state: &State<'_, '_>| of_frame(state, "nonce"));
    environment.add_global("locale", locale.tag());
}

fn text(texts: &Texts, locale: Locale, id: &str, arguments: &Kwargs) -> Result<String, Error> {
    let mut fluent = FluentArgs::new();
    for name in arguments.args() {
        let value: &Value = arguments.get(name)?;
        fluent.set(name.to_owned(), fluent_value(value));
    }
    Ok(texts.text(locale, id, &fluent))
}

fn fluent_value(value: &Value) -> FluentValue<'static> {
    if value.kind() == ValueKind::Number
        && let Ok(number) = f64::try_from(value.clone())
    {
        return FluentValue::from(number);
    }
    value
        .as_str()
        .map_or_else(|| FluentValue::from(value.to_string()), |text| FluentValue::from(text.to_owned()))
}

/// The words of a problem given as `{code, args}`; with `about`, the thing that it is about comes first.
fn problem_text(texts: &Texts, locale: Locale, problem: &Value) -> Result<String, Error> {
    let code = problem.get_attr("code")?;
    let code = code.as_str().ok_or_else(|| wrong("a problem has a code"))?;
    let arguments = problem.get_attr("args")?;
    let mut values = BTreeMap::new();
    if arguments.kind() == ValueKind::Map {
        for key in arguments.try_iter()? {
            values.insert(key.to_string(), arguments.get_item(&key)?.to_string());
        }
    }
    let fallback = || texts.plain(locale, "problem-input-invalid");
    let words = texts.code(locale, code, &values).unwrap_or_else(fallback);
    let about = problem.get_attr("about")?;
    Ok(about.as_str().map_or(words.clone(), |about| format!("{about}: {words}")))
}

fn date(locale: Locale, value: &Value) -> Result<String, Error> {
    let text = words_of(value, "date")?;
    if let Ok(moment) = text.parse::<Moment>() {
        return Ok(format::date(locale, d06_kernel::time::local_date(moment)));
    }
    let known: PartialDate = text.parse().map_err(|_| wrong("`date` takes a date or a moment"))?;
    Ok(format::partial_date(locale, known))
}

fn datetime(locale: Locale, value: &Value) -> Result<String, Error> {
    let text = words_of(value, "datetime")?;
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(format::datetime(locale, moment.to_utc()));
    }
    let civil: NaiveDateTime = text.parse().map_err(|_| wrong("`datetime` takes a moment"))?;
    Ok(format::local_datetime(locale, civil))
}

/// The element for a moment: what a program reads, to the second (HTML allows milliseconds at most), and what a person
/// reads.
fn time(locale: Locale, value: &Value) -> Result<Value, Error> {
    let moment: Moment = words_of(value, "time")?.parse().map_err(|_| wrong("`time` takes a moment"))?;
    let machine = moment.format("%Y-%m-%dT%H:%M:%SZ");
    let words = format::datetime(locale, moment);
    Ok(Value::from_safe_string(format!(r#"<time datetime="{machine}">{words}</time>"#)))
}

fn number(locale: Locale, value: &Value, arguments: &Kwargs) -> Result<String, Error> {
    let decimals: Option<usize> = arguments.get("decimals")?;
    arguments.assert_all_used()?;
    if let Ok(whole) = whole(value) {
        return Ok(format::integer(locale, whole));
    }
    let number = f64::try_from(value.clone()).map_err(|_| wrong("`number` takes a number"))?;
    Ok(format::number(locale, number, decimals.unwrap_or(DECIMALS)))
}

fn whole(value: &Value) -> Result<i64, Error> {
    if value.is_integer() { i64::try_from(value.clone()) } else { Err(wrong("a whole number is wanted")) }
}

/// An address: path and encoded query; a `none` value is left out.
fn url(path: &str, query: &Kwargs) -> Result<String, Error> {
    let mut pairs = Vec::new();
    for name in query.args() {
        let value: &Value = query.get(name)?;
        if !value.is_none() && !value.is_undefined() {
            pairs.push(format!("{}={}", encode(name), encode(&value.to_string())));
        }
    }
    if pairs.is_empty() { Ok(path.to_owned()) } else { Ok(format!("{path}?{}", pairs.join("&"))) }
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The hidden field every form with method `post` carries.
fn csrf(state: &State<'_, '_>) -> Result<Value, Error> {
    let token = of_frame(state, "csrf")?;
    let token: String =
        token.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    Ok(Value::from_safe_string(format!(r#"<input type="hidden" name="csrf" value="{token}">"#)))
}

fn of_frame(state: &State<'_, '_>, field: &str) -> Result<String, Error> {
    let frame = state.lookup("frame").ok_or_else(|| wrong("the page has no frame"))?;
    Ok(frame.get_attr(field)?.to_string())
}

fn words_of<'a>(value: &'a Value, function: &str) -> Result<&'a str, Error> {
    value.as_str().ok_or_else(|| wrong(format!("`{function}` takes a text")))
}

fn wrong(reason: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(locale: Locale) -> Environment<'static> {
        let texts = Texts::merge([
            (
                "a",
                Locale::Vi,
                "hello = Chào { $name }\nproblem-a-b = Sai { $what }\nproblem-input-invalid = Sai",
            ),
            (
                "a",
                Locale::En,
                "hello = Hello { $name }\nproblem-a-b = Wrong { $what }\nproblem-input-invalid = Wrong",
            ),
        ])
        .unwrap();
        let mut environment = Environment::new();
        environment.set_formatter(crate::escape::formatter);
        add(&mut environment, locale, Arc::new(texts), Arc::new(Assets::embedded().unwrap()));
        environment
    }

    fn render(source: &str, values: Value) -> String {
        environment(Locale::Vi).render_named_str("test.html", source, values).unwrap()
    }

    #[test]
    fn words_are_escaped_also_within_attributes() {
        let html = render(
            r#"<a title="{{ t("hello", name=name) }}">"#,
            minijinja::context! { name => "\"><script>" },
        );
        assert_eq!(html, r#"<a title="Chào &quot;&gt;&lt;script&gt;">"#);
    }

    #[test]
    fn a_moment_is_told_to_programs_and_to_people() {
        let html = render("{{ time(at) }}", minijinja::context! { at => "2026-06-14T18:05:09.123456Z" });
        assert_eq!(html, r#"<time datetime="2026-06-14T18:05:09Z">01:05 ngày 15/06/2026</time>"#);
    }

    #[test]
    fn dates_and_numbers_are_formatted() {
        let values = minijinja::context! { moment => "2026-06-14T18:05:00Z", half => 1234.5 };
        assert_eq!(
            render("{{ date(moment) }} {{ number(half) }} {{ number(1234) }}", values),
            "15/06/2026 1.234,5 1.234"
        );
    }

    #[test]
    fn addresses_are_encoded() {
        let html = render(r#"{{ url("/procedures", q="khai sinh", page=none) }}"#, Value::UNDEFINED);
        assert_eq!(html, "/procedures?q=khai%20sinh");
    }

    #[test]
    fn the_token_reaches_forms_inside_macros() {
        let source = "{% macro m() %}{{ csrf() }}{% endmacro %}{{ m() }}";
        let html = render(source, minijinja::context! { frame => minijinja::context! { csrf => "abc" } });
        assert_eq!(html, r#"<input type="hidden" name="csrf" value="abc">"#);
    }

    #[test]
    fn problems_find_their_words() {
        let problem = minijinja::context! { code => "a.b", args => minijinja::context! { what => "ngày" } };
        assert_eq!(render("{{ problem(p) }}", minijinja::context! { p => problem }), "Sai ngày");
    }
}
