//! Dates in words: `mồng ba tháng hai năm một chín tám lăm`, `ngày 7 tháng Giêng năm 1950`, `7 March 1985`.
//!
//! The words are read from left to right. A marker (`ngày`, `tháng`, `năm`) opens a part, number words and
//! digits fill it. `năm` is both *year* and *five*: it is the number where a part is open and still empty
//! (`tháng năm`), the marker where a number follows a part that is filled (`tháng năm năm 1985`).

use super::date::{in_digits, only_year};
use super::text::clean;
use super::words::Fnv;
use crate::field::BirthDate;
use serde::Deserialize;
use std::collections::HashMap;

const SHIPPED: &str = include_str!("../../../../../data/linkage/dates.toml");

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Year,
}

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Marker(Part),
    Month(u32),
    Digit(u32),
    Multiplier(u32),
    Number(u32),
    Silent,
    /// `năm`.
    YearOrFive,
    /// The number before is an age.
    Age,
}

/// The table of words and limits.
#[derive(Clone, Debug, Default)]
pub(super) struct DateWords {
    tokens: HashMap<Box<str>, Token, Fnv>,
    last_short_year: u32,
    first_year: u32,
    last_year: u32,
    unknown: Vec<[u16; 3]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    last_short_year: u32,
    first_year: u32,
    last_year: u32,
    unknown: Vec<[u16; 3]>,
    age: Vec<String>,
    day: Vec<String>,
    month: Vec<String>,
    year: Vec<String>,
    months: HashMap<String, u32>,
    digits: HashMap<String, u32>,
    multipliers: HashMap<String, u32>,
    numbers: HashMap<String, u32>,
    silent: Silent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Silent {
    words: Vec<String>,
}

impl DateWords {
    /// The shipped table. Empty if it were damaged, which a test excludes.
    pub(super) fn shipped() -> Self {
        Self::parse(SHIPPED).unwrap_or_default()
    }

    /// Reads a table.
    pub(super) fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut tokens: HashMap<Box<str>, Token, Fnv> = HashMap::default();
        let numbered = [
            (&file.digits, Token::Digit as fn(u32) -> Token),
            (&file.multipliers, Token::Multiplier),
            (&file.numbers, Token::Number),
            (&file.months, Token::Month),
        ];
        for (list, token) in numbered {
            for (word, value) in list {
                tokens.insert(clean(word).folded.into(), token(*value));
            }
        }
        for (list, part) in [(&file.day, Part::Day), (&file.month, Part::Month), (&file.year, Part::Year)] {
            for word in list {
                let word: Box<str> = clean(word).folded.into();
                let five = part == Part::Year && tokens.get(&word) == Some(&Token::Digit(5));
                tokens.insert(word, if five { Token::YearOrFive } else { Token::Marker(part) });
            }
        }
        for (list, token) in [(&file.silent.words, Token::Silent), (&file.age, Token::Age)] {
            tokens.extend(list.iter().map(|word| (clean(word).folded.into(), token)));
        }
        let File { last_short_year, first_year, last_year, unknown, .. } = file;
        Ok(Self { tokens, last_short_year, first_year, last_year, unknown })
    }

    /// A year as it was written, with two or four digits; `None` if it is none.
    pub(super) fn year(&self, value: u32, len: usize) -> Option<u16> {
        let year = match len {
            1 | 2 if value <= self.last_short_year => 2000 + value,
            1 | 2 => 1900 + value,
            4 => value,
            _ => return None,
        };
        (self.first_year..=self.last_year).contains(&year).then(|| u16::try_from(year).ok()).flatten()
    }

    /// Whether a program wrote the date because it knew none.
    pub(super) fn is_unknown(&self, date: BirthDate) -> bool {
        let BirthDate { year, month, day } = date;
        self.unknown.contains(&[day.into(), month.into(), year]) && day > 0
    }
}

/// Reads a date with words.
pub(super) fn read(words: &DateWords, raw: &str) -> Option<BirthDate> {
    let folded = clean(raw).folded;
    let found: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if found.iter().any(|word| words.tokens.get(*word) == Some(&Token::Age)) {
        return lone_year(words, &found);
    }
    let number_word = |word: &&str| {
        matches!(
            words.tokens.get(*word),
            Some(
                Token::Digit(_)
                    | Token::Multiplier(_)
                    | Token::Number(_)
                    | Token::Month(_)
                    | Token::Marker(_)
            )
        )
    };
    if !found.iter().any(number_word) {
        // `sinh năm 1985`, `khoảng 7/3/1985`: the words say nothing more than the digits.
        let start = folded.find(|c: char| c.is_ascii_digit())?;
        let end = folded.rfind(|c: char| c.is_ascii_digit())? + 1;
        return in_digits(words, folded.get(start..end)?).or_else(|| lone_year(words, &found));
    }
    let mut parts = Parts::default();
    for (at, word) in found.iter().enumerate() {
        let follows = found.get(at + 1).is_some_and(|next| is_number(words, next));
        parts.push(words, word, follows);
    }
    parts.finish(words).or_else(|| lone_year(words, &found))
}

fn is_number(words: &DateWords, word: &str) -> bool {
    let counts = |token: &Token| {
        matches!(token, Token::Digit(_) | Token::Multiplier(_) | Token::Number(_) | Token::YearOrFive)
    };
    word.starts_with(|c: char| c.is_ascii_digit()) || words.tokens.get(word).is_some_and(counts)
}

/// The only year among other things.
fn lone_year(words: &DateWords, found: &[&str]) -> Option<BirthDate> {
    let digits = |word: &&&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut years = found.iter().filter(digits).filter_map(|word| words.year(word.parse().ok()?, 4));
    let year = years.next()?;
    years.all(|other| other == year).then(|| only_year(year))
}

/// A number that is being heard.
#[derive(Clone, Copy, Debug, Default)]
struct Heard {
    /// What multipliers have counted.
    counted: u32,
    /// Digits since then.
    digits: u32,
    digit_count: usize,
    any: bool,
}

impl Heard {
    fn push(&mut self, token: Token) {
        self.any = true;
        match token {
            Token::Digit(digit) => {
                self.digits = self.digits.saturating_mul(10).saturating_add(digit);
                self.digit_count += 1;
            }
            Token::Multiplier(times) => {
                let digits = if self.digit_count == 0 { 1 } else { self.digits };
                self.counted = self.counted.saturating_add(digits.saturating_mul(times));
                (self.digits, self.digit_count) = (0, 0);
            }
            Token::Number(number) => self.counted = self.counted.saturating_add(number),
            _ => {}
        }
    }

    fn value(self) -> u32 {
        self.counted.saturating_add(self.digits)
    }
}

#[derive(Default)]
struct Parts {
    day: Heard,
    month: Heard,
    year: Heard,
    open: Option<Part>,
}

impl Parts {
    fn push(&mut self, words: &DateWords, word: &str, number_follows: bool) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.digits(word);
        }
        let Some(token) = words.tokens.get(word).copied() else { return };
        match token {
            Token::Marker(part) => self.open = Some(part),
            Token::Month(month) => {
                self.month = Heard { digits: month, digit_count: 2, any: true, counted: 0 };
                self.open = None;
            }
            Token::YearOrFive => {
                let filled = self.open.is_none_or(|part| self.part(part).any);
                if filled && number_follows && self.open != Some(Part::Year) {
                    self.open = Some(Part::Year);
                } else {
                    self.number(Token::Digit(5));
                }
            }
            token => self.number(token),
        }
    }

    /// A number word belongs to the part that is open; without one, to the first that is empty.
    fn number(&mut self, token: Token) {
        let part = self.open.unwrap_or(Part::Day);
        self.open = Some(part);
        self.part_mut(part).push(token);
    }

    /// Digits are a number of their own: four of them are a year, others the next part that is empty.
    fn digits(&mut self, word: &str) {
        let value = word.parse().unwrap_or(u32::MAX);
        let first_empty = [Part::Day, Part::Month, Part::Year].into_iter().find(|part| !self.part(*part).any);
        let part = match self.open {
            _ if word.len() == 4 => Some(Part::Year),
            Some(part) if !self.part(part).any => Some(part),
            _ => first_empty,
        };
        if let Some(part) = part {
            *self.part_mut(part) = Heard { digits: value, digit_count: word.len(), any: true, counted: 0 };
            self.open = Some(part);
        }
    }

    fn part(&self, part: Part) -> Heard {
        match part {
            Part::Day => self.day,
            Part::Month => self.month,
            Part::Year => self.year,
        }
    }

    fn part_mut(&mut self, part: Part) -> &mut Heard {
        match part {
            Part::Day => &mut self.day,
            Part::Month => &mut self.month,
            Part::Year => &mut self.year,
        }
    }

    fn finish(self, words: &DateWords) -> Option<BirthDate> {
        let within = |heard: Heard, last: u8| {
            u8::try_from(heard.value()).ok().filter(|value| heard.any && *value <= last).unwrap_or(0)
        };
        let len = if self.year.value() < 100 { 2 } else { 4 };
        let year = if self.year.any { words.year(self.year.value(), len).unwrap_or(0) } else { 0 };
        let date = BirthDate { year, month: within(self.month, 12), day: within(self.day, 31) };
        (date.year > 0 || date.month > 0 && date.day > 0).then_some(date)
    }
}

#[cfg(test)]
mod tests {
    use super::super::date::read;
    use super::*;
    use std::sync::LazyLock;

    static WORDS: LazyLock<DateWords> = LazyLock::new(DateWords::shipped);

    #[test]
    fn the_shipped_table_is_sound() {
        let words = DateWords::parse(SHIPPED).unwrap();
        assert_eq!(words.tokens.get("nam"), Some(&Token::YearOrFive));
        assert_eq!(words.year(26, 2), Some(2026));
        assert_eq!(words.year(27, 2), Some(1927));
        assert_eq!(words.year(1200, 4), None);
    }

    #[test]
    fn in_words() {
        for (raw, expected) in [
            ("mồng ba tháng hai năm một chín tám lăm", (1985, 2, 3)),
            ("Mùng 3 tháng Giêng năm 1950", (1950, 1, 3)),
            ("ngày 07 tháng 03 năm 1985", (1985, 3, 7)),
            ("ngày năm tháng năm năm một chín năm lăm", (1955, 5, 5)),
            ("ngày hai mươi mốt tháng mười hai năm một nghìn chín trăm tám mươi lăm", (1985, 12, 21)),
            ("ngày mười lăm tháng tư năm hai nghìn không trăm linh năm", (2005, 4, 15)),
            ("hăm ba tháng chạp năm tám lăm", (1985, 12, 23)),
            ("ngày ba mươi tháng tư năm 1975", (1975, 4, 30)),
            ("ngày mười tháng mười năm 1960", (1960, 10, 10)),
            ("ngay muoi nam thang ba nam 1985", (1985, 3, 15)),
            ("tháng ba năm 1985", (1985, 3, 0)),
            ("tháng 3/1985", (1985, 3, 0)),
            ("tháng năm năm 1985", (1985, 5, 0)),
            ("ngày 7/3 năm 1985", (1985, 3, 7)),
            ("sinh năm 1985", (1985, 0, 0)),
            ("SN: 1985", (1985, 0, 0)),
            ("năm một chín tám lăm", (1985, 0, 0)),
            ("sinh ngày 07/03/1985", (1985, 3, 7)),
            ("khoảng 1950", (1950, 0, 0)),
            ("1950 (khoảng)", (1950, 0, 0)),
            ("Ất Sửu (1985)", (1985, 0, 0)),
            ("7 March 1985", (1985, 3, 7)),
            ("Mar 7, 1985", (1985, 3, 7)),
            ("7-Mar-85", (1985, 3, 7)),
            ("ngày 7 tháng 3 năm 85", (1985, 3, 7)),
        ] {
            let date = read(&WORDS, raw).map(|date| (date.year, date.month, date.day));
            assert_eq!(date, Some(expected), "{raw}");
        }
        for raw in ["không rõ", "năm", "tháng", "chưa có", "65 tuổi", "ất sửu"] {
            assert_eq!(read(&WORDS, raw), None, "{raw}");
        }
    }
}
