//! Automatic numbers of paragraphs (ECMA-376 part 1, 17.9).

use crate::error::ReadError;
use crate::xml::{Element, Visitor, walk};
use std::collections::BTreeMap;

/// Levels that Word has.
const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    start: usize,
    format: String,
    text: String,
    legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new(), legal: false }
    }
}

#[derive(Clone, Debug, Default)]
struct List {
    pattern: usize,
    starts: BTreeMap<usize, usize>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    patterns: BTreeMap<usize, BTreeMap<usize, Level>>,
    lists: BTreeMap<usize, List>,
    counted: BTreeMap<usize, [usize; LEVELS]>,
    begun: BTreeMap<(usize, usize), ()>,
    at: At,
}

/// Where the walk stands.
#[derive(Debug, Default)]
struct At {
    pattern: Option<usize>,
    list: Option<usize>,
    level: Option<usize>,
}

pub(crate) fn read(xml: &str) -> Result<Numbering, ReadError> {
    let mut numbering = Numbering::default();
    if !xml.is_empty() {
        walk(xml, &mut numbering)?;
    }
    Ok(numbering)
}

impl Numbering {
    /// The mark that the next paragraph of a list begins with: `2.1.`, `a)`, `-`.
    pub(crate) fn next(&mut self, list: usize, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let found = self.lists.get(&list)?.clone();
        let of = |n: usize| {
            found
                .levels
                .get(&n)
                .or_else(|| self.patterns.get(&found.pattern)?.get(&n))
                .cloned()
                .unwrap_or_default()
        };
        let levels: Vec<Level> = (0..LEVELS).map(of).collect();
        let counters = self.counted.entry(found.pattern).or_insert([0; LEVELS]);
        if let Some(start) = found.starts.get(&level)
            && self.begun.insert((list, level), ()).is_none()
        {
            counters[level] = start.saturating_sub(1);
        } else if counters[level] == 0 {
            counters[level] = levels[level].start.saturating_sub(1);
        }
        counters[level] = counters[level].saturating_add(1);
        for below in &mut counters[level + 1..] {
            *below = 0;
        }
        // A level above that was never counted shows its first number.
        for above in 0..level {
            if counters[above] == 0 {
                counters[above] = levels[above].start;
            }
        }
        Some(label(&levels, level, counters))
    }
}

/// Puts the numbers into the text of the level: `%1.%2.`.
fn label(levels: &[Level], level: usize, counters: &[usize; LEVELS]) -> String {
    let own = &levels[level];
    if own.format == "none" {
        return String::new();
    }
    if own.format == "bullet" {
        return if own.text.trim() == "+" { "+" } else { "-" }.to_owned();
    }
    let mut out = String::new();
    let mut signs = own.text.chars();
    while let Some(sign) = signs.next() {
        if sign != '%' {
            out.push(sign);
            continue;
        }
        let Some(digit) = signs.next().and_then(|c| c.to_digit(10)).and_then(|d| usize::try_from(d).ok())
        else {
            continue;
        };
        let Some(at) = digit.checked_sub(1).filter(|at| *at < LEVELS) else { continue };
        let format = if own.legal { "decimal" } else { &levels[at].format };
        out.push_str(&number(counters[at], format));
    }
    out.trim().to_owned()
}

/// A number in a format of Word.
fn number(n: usize, format: &str) -> String {
    match format {
        "decimalZero" => format!("{n:02}"),
        "lowerLetter" => letters(n).to_lowercase(),
        "upperLetter" => letters(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperRoman" => roman(n),
        _ => n.to_string(),
    }
}

/// A … Z, AA, BB …, as Word counts.
fn letters(n: usize) -> String {
    let at = n.saturating_sub(1);
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (at / 26 + 1).min(20)).collect()
}

fn roman(mut n: usize) -> String {
    const PARTS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    n = n.min(3999);
    for (value, digit) in PARTS {
        while n >= value {
            out.push_str(digit);
            n -= value;
        }
    }
    out
}

impl Visitor for Numbering {
    fn open(&mut self, element: &Element<'_>) -> Result<(), ReadError> {
        match element.name() {
            "abstractNum" => self.at.pattern = element.number("abstractNumId"),
            "num" => {
                self.at.list = element.number("numId");
                if let Some(list) = self.at.list {
                    self.lists.insert(list, List::default());
                }
            }
            "abstractNumId" => {
                if let (Some(list), Some(pattern)) = (self.list(), element.number("val")) {
                    list.pattern = pattern;
                }
            }
            "lvl" | "lvlOverride" => self.at.level = element.number("ilvl").filter(|level| *level < LEVELS),
            "startOverride" => {
                let level = self.at.level;
                if let (Some(list), Some(level), Some(start)) = (self.list(), level, element.number("val")) {
                    list.starts.insert(level, start);
                }
            }
            "start" => self.level(|level| level.start = element.number("val").unwrap_or(1)),
            "numFmt" => self.level(|level| level.format = element.val().unwrap_or_default()),
            "lvlText" => self.level(|level| level.text = element.val().unwrap_or_default()),
            "isLgl" => self.level(|level| level.legal = true),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "abstractNum" => self.at.pattern = None,
            "num" => self.at.list = None,
            "lvlOverride" => self.at.level = None,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

impl Numbering {
    fn list(&mut self) -> Option<&mut List> {
        self.at.list.and_then(|list| self.lists.get_mut(&list))
    }

    /// Changes the level the walk stands in.
    fn level(&mut self, change: impl FnOnce(&mut Level)) {
        let Some(at) = self.at.level else { return };
        if let Some(pattern) = self.at.pattern {
            change(self.patterns.entry(pattern).or_default().entry(at).or_default());
        } else if let Some(list) = self.list() {
            change(list.levels.entry(at).or_default());
        }
    }
}
