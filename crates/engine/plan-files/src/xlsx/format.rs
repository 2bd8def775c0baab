//! How a number is shown (ECMA-376 part 1, 18.8.30): as a percentage, a day, with words before and after it.

use crate::error::ReadError;
use crate::xml::{Element, Visitor, walk};
use std::collections::BTreeMap;

/// What a cell's number is shown as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A number, with words before and after it.
    #[default]
    General,
    Number {
        before: String,
        after: String,
    },
    /// Hundredths.
    Percent {
        before: String,
    },
    /// A day.
    Day,
    /// A month of a year.
    Month,
}

/// The formats of a workbook's cell styles.
#[derive(Debug, Default)]
pub(crate) struct Formats {
    custom: BTreeMap<usize, Shown>,
    styles: Vec<usize>,
    in_cells: bool,
}

pub(crate) fn read(xml: &str) -> Result<Formats, ReadError> {
    let mut formats = Formats::default();
    if !xml.is_empty() {
        walk(xml, &mut formats)?;
    }
    Ok(formats)
}

impl Formats {
    /// What numbers of a cell style are shown as.
    pub(crate) fn of_style(&self, style: usize) -> Shown {
        let id = self.styles.get(style).copied().unwrap_or(0);
        match (self.custom.get(&id), id) {
            (Some(shown), _) => shown.clone(),
            (None, 9 | 10) => Shown::Percent { before: String::new() },
            (None, 14..=16 | 22) => Shown::Day,
            (None, 17) => Shown::Month,
            _ => Shown::General,
        }
    }
}

/// Reads a format code: the first of its sections, the words in quotes set apart.
fn of_code(code: &str) -> Shown {
    let mut words = [String::new(), String::new()];
    let mut signs = String::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => {
                let quoted: String = letters.by_ref().take_while(|c| *c != '"').collect();
                words[usize::from(!signs.is_empty())].push_str(&quoted);
            }
            // A colour or condition.
            '[' => {
                let _left_out = letters.by_ref().take_while(|c| *c != ']').count();
            }
            '\\' => {
                let literal = letters.next();
                words[usize::from(!signs.is_empty())].extend(literal);
            }
            '_' | '*' => {
                let _filler = letters.next();
            }
            // Signs that stand for themselves.
            '>' | '<' | '=' | '≥' | '≤' if signs.is_empty() => words[0].push(letter),
            sign => signs.push(sign.to_ascii_lowercase()),
        }
    }
    let [before, after] = words;
    if signs.contains('%') {
        Shown::Percent { before }
    } else if signs.contains('y') || signs.contains('d') {
        if signs.contains('d') { Shown::Day } else { Shown::Month }
    } else if before.is_empty() && after.is_empty() {
        Shown::General
    } else {
        Shown::Number { before, after }
    }
}

impl Visitor for Formats {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError> {
        match element.name() {
            "numFmt" => {
                if let (Some(id), Some(code)) = (element.number("numFmtId"), element.get("formatCode")) {
                    self.custom.insert(id, of_code(&code));
                }
            }
            "cellXfs" => self.in_cells = true,
            "xf" if self.in_cells => self.styles.push(element.number("numFmtId").unwrap_or(0)),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if name == "cellXfs" {
            self.in_cells = false;
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

/// A number as a person sees it, with a decimal comma.
pub(crate) fn show(value: f64, shown: &Shown, from_1904: bool) -> String {
    match shown {
        Shown::General => plain(value),
        Shown::Number { before, after } => format!("{before}{}{after}", plain(value)),
        Shown::Percent { before } => format!("{before}{}%", plain(value * 100.0)),
        Shown::Day => match day(value, from_1904) {
            Some((year, month, day)) => format!("{day:02}/{month:02}/{year}"),
            None => plain(value),
        },
        Shown::Month => match day(value, from_1904) {
            Some((year, month, _)) => format!("Tháng {month}/{year}"),
            None => plain(value),
        },
    }
}

/// At most ten digits, as sheets show them, without the noise of binary fractions.
fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.replace('.', ",")
}

/// Year, month and day of a serial number: days since 30 December 1899, or since 1 January 1904.
fn day(serial: f64, from_1904: bool) -> Option<(i64, i64, i64)> {
    let serial = serial + if from_1904 { 1462.0 } else { 0.0 };
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    // Days since 1 March of the year 0, in eras of 400 years (proleptic Gregorian calendar).
    #[allow(clippy::cast_possible_truncation, reason = "checked above")]
    let days = serial.floor() as i64 - 25_569 + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year, month, of_year - (153 * shifted + 2) / 5 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_seen() {
        let percent = of_code("0.0%");
        assert_eq!(show(0.8, &percent, false), "80%");
        assert_eq!(show(0.995, &percent, false), "99,5%");
        assert_eq!(show(50.0, &of_code("\">\"0"), false), ">50");
        assert_eq!(show(27.0, &of_code("0\" lần\""), false), "27 lần");
        assert_eq!(show(2026.0, &Shown::General, false), "2026");
        assert_eq!(show(45_930.0, &of_code("dd/mm/yyyy"), false), "30/09/2025");
        assert_eq!(show(44_468.0, &of_code("dd/mm/yyyy"), true), "30/09/2025");
        assert_eq!(show(46_357.0, &of_code("mm/yyyy"), false), "Tháng 12/2026");
    }
}
