//! The filter of the pages of tasks in their address, which can be kept as a bookmark.

use crate::model::assignment::{Standing, State};
use crate::ops::list_work::WorkFilter;
use d06_kernel::person::PartialDate;
use d06_ui::FormView;
use std::collections::BTreeMap;

/// The ways to look at tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// A list, paged.
    #[default]
    List,
    /// Columns by state.
    Board,
    /// The days of a month.
    Calendar,
    /// Bars along a line of time.
    Timeline,
}

impl View {
    /// Every way.
    pub(crate) const ALL: [Self; 4] = [Self::List, Self::Board, Self::Calendar, Self::Timeline];

    /// The stable name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Board => "board",
            Self::Calendar => "calendar",
            Self::Timeline => "timeline",
        }
    }

    /// The way that an address names.
    pub(crate) fn of(query: &Query) -> Self {
        let asked = query.get("view").map(String::as_str);
        Self::ALL.into_iter().find(|view| Some(view.name()) == asked).unwrap_or_default()
    }
}

/// The query of an address.
pub(crate) type Query = BTreeMap<String, String>;

/// Fields of the filter, in the order of the address.
const FIELDS: [&str; 10] = ["plan", "unit", "state", "risk", "from", "to", "q", "mine", "unclear", "sort"];

/// What an address asks for. A field that cannot be read asks for nothing.
pub(crate) fn of_query(query: &Query) -> WorkFilter {
    let text =
        |name: &str| query.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let day = |name: &str| text(name)?.parse::<PartialDate>().ok()?.day();
    let risk = text("risk");
    WorkFilter {
        plan: text("plan"),
        unit: text("unit"),
        mine: text("mine").is_some(),
        state: text("state").as_deref().and_then(State::from_name),
        standing: Standing::ALL.into_iter().find(|standing| Some(standing.name()) == risk.as_deref()),
        due_from: day("from"),
        due_to: day("to"),
        words: text("q"),
        unclear: text("unclear").is_some(),
        plan_order: text("sort").as_deref() == Some("plan"),
    }
}

/// The filter as the form shows it.
pub(crate) fn form(query: &Query) -> FormView {
    let known = query.iter().filter(|(name, value)| FIELDS.contains(&name.as_str()) && !value.is_empty());
    known.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The address of the tasks with this filter and some fields set anew (an empty value takes a field away).
pub(crate) fn address(query: &Query, set: &[(&str, &str)]) -> String {
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for name in FIELDS.into_iter().chain(["view", "month", "offset"]) {
        let value = match set.iter().find(|(field, _)| *field == name) {
            Some((_, value)) => value,
            // A page or a month of another filter says nothing.
            None if matches!(name, "offset" | "month") => "",
            None => query.get(name).map_or("", String::as_str),
        };
        if !value.is_empty() {
            fields.push((name, value));
        }
    }
    let mut address = "/steering/tasks".to_owned();
    for (at, (name, value)) in fields.into_iter().enumerate() {
        address.push(if at == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.extend(value.bytes().map(encoded));
    }
    address
}

/// A byte as it stands in an address (RFC 3986 §2.3).
fn encoded(byte: u8) -> String {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_address_is_the_filter() {
        let query =
            query(&[("unit", "H31.10816.02"), ("risk", "overdue"), ("q", "số hóa"), ("offset", "50")]);
        let filter = of_query(&query);
        assert_eq!(
            (filter.unit.as_deref(), filter.standing),
            (Some("H31.10816.02"), Some(Standing::Overdue))
        );
        let kept = address(&query, &[("view", "board")]);
        assert_eq!(kept, "/steering/tasks?unit=H31.10816.02&risk=overdue&q=s%E1%BB%91%20h%C3%B3a&view=board");
        assert_eq!(address(&query, &[("unit", ""), ("risk", ""), ("q", "")]), "/steering/tasks");
    }

    #[test]
    fn what_cannot_be_read_asks_for_nothing() {
        let filter = of_query(&query(&[("state", "x"), ("risk", "y"), ("from", "31/02/2026"), ("q", "  ")]));
        assert_eq!(filter, WorkFilter::default());
    }
}
