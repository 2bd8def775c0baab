//! Escaping of values in HTML, for texts and for quoted attributes.

use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Error, Output, State, escape_formatter};

/// Writes a value; in HTML the five characters that could end a text or a quoted attribute are escaped
/// (OWASP cross-site scripting prevention, rules 1 and 2). Slashes stay as they are, so that addresses and dates
/// stay readable.
pub(crate) fn formatter(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Html, Some(text)) if value.kind() == ValueKind::String && !value.is_safe() => {
            write_escaped(out, text)
        }
        _ => escape_formatter(out, state, value),
    }
}

fn write_escaped(out: &mut Output<'_>, text: &str) -> Result<(), Error> {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'\'' => "&#x27;",
            _ => continue,
        };
        out.write_str(&text[written..at])?;
        out.write_str(entity)?;
        written = at + 1;
    }
    out.write_str(&text[written..])?;
    Ok(())
}
