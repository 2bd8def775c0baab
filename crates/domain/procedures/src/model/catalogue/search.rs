//! Finding a procedure by what somebody typed: code, words with or without diacritics, slips of the fingers,
//! keystrokes that an input method left behind (`ddang ky ket hoon`).
//!
//! Every word of the query is compared with every word that occurs in a name (a few thousand short words),
//! and a procedure's score is the share of the query's weight that its words explain; a rare word weighs
//! more. A word typed with diacritics wants exactly these diacritics; a word without accepts any.

use super::Procedure;
use super::typing::{Slips, distance, without_keystrokes};
use d06_kernel::text::{nfc, old_tone_position, search_key};
use std::collections::BTreeMap;

/// A procedure that matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Place of the procedure in the catalogue's list.
    pub position: usize,
    /// How well it matches, 0–1; 2 for a code.
    pub score: f32,
}

/// Least share of the query's weight that a hit explains.
const LEAST_SHARE: f32 = 0.6;
/// Least share of the query's words that a hit explains: both of two, two of three.
const LEAST_WORDS: f32 = 0.65;
/// A word counts as explained from this worth on.
const EXPLAINED: f32 = 0.5;
/// What a word is worth that differs only in its diacritics from what was typed with diacritics.
const OTHER_MARKS: f32 = 0.4;
/// What a word is worth of which the query's last word is the beginning.
const BEGINNING: f32 = 0.85;
/// What a word is worth with one slip.
const ONE_SLIP: f32 = 0.75;
/// What a long word is worth with two slips.
const TWO_SLIPS: f32 = 0.6;
/// Queries longer than this are cut, in characters.
const LONGEST_QUERY: usize = 200;

/// One word of the vocabulary: folded, with the procedures whose names hold it.
#[derive(Clone, Debug, Default)]
struct Entry {
    /// Its folded letters.
    letters: Vec<char>,
    /// Spellings with diacritics and the procedures that hold each.
    spellings: BTreeMap<String, Vec<u32>>,
    /// All procedures that hold it.
    holders: Vec<u32>,
    /// Weight: rarer is heavier.
    weight: f32,
}

/// How much of a query a procedure explains.
#[derive(Clone, Copy, Debug, Default)]
struct Explained {
    weight: f32,
    words: usize,
}

/// The index of all names.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    vocabulary: Vec<Entry>,
    codes: Vec<String>,
    /// Folded names, for whole phrases and for lengths.
    names: Vec<String>,
}

/// The words of a text: lower case, tone marks in one position.
fn words(text: &str) -> Vec<String> {
    let plain = old_tone_position(&nfc(text)).to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

impl SearchIndex {
    /// An index of these procedures, by their place in the list.
    pub(super) fn of(procedures: &[Procedure]) -> Self {
        let mut vocabulary: BTreeMap<String, Entry> = BTreeMap::new();
        for (position, procedure) in (0..).zip(procedures) {
            for name in std::iter::once(&procedure.name).chain(&procedure.other_names) {
                for word in words(name) {
                    let folded = search_key(&word);
                    let entry = vocabulary.entry(folded).or_default();
                    push_new(&mut entry.holders, position);
                    push_new(entry.spellings.entry(word).or_default(), position);
                }
            }
        }
        let count = procedures.len() as f32;
        let vocabulary = vocabulary.into_iter().map(|(folded, mut entry)| {
            entry.letters = folded.chars().collect();
            entry.weight = weight(count, entry.holders.len());
            entry
        });
        Self {
            vocabulary: vocabulary.collect(),
            codes: procedures.iter().map(|p| digits(p.code.as_str())).collect(),
            names: procedures.iter().map(|p| search_key(&p.name)).collect(),
        }
    }

    /// The best `limit` procedures for what was typed; none for an empty query.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let query: String = query.chars().take(LONGEST_QUERY).collect();
        let mut hits = self.by_code(&query);
        if hits.is_empty() {
            hits = self.by_words(&query);
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.position.cmp(&b.position)));
        hits.truncate(limit);
        hits
    }

    /// Procedures whose code is, or begins with, the digits typed: `1.004873`, `1004873`, `004873`.
    fn by_code(&self, query: &str) -> Vec<Hit> {
        let typed = digits(query);
        let is_code =
            typed.len() >= 4 && query.chars().all(|c| c.is_ascii_digit() || c == '.' || c.is_whitespace());
        let matches = |code: &&String| code.starts_with(&typed) || code.get(1..) == Some(typed.as_str());
        if !is_code {
            return Vec::new();
        }
        let found = self.codes.iter().enumerate().filter(|(_, code)| matches(code));
        found.map(|(position, _)| Hit { position, score: 2.0 }).collect()
    }

    fn by_words(&self, query: &str) -> Vec<Hit> {
        let typed = words(query);
        let mut explained = vec![Explained::default(); self.names.len()];
        let mut total = 0.0;
        for (at, word) in typed.iter().enumerate() {
            total += self.explain(word, at + 1 == typed.len(), &mut explained);
        }
        if total <= 0.0 {
            return Vec::new();
        }
        let phrase = search_key(query);
        let least_words = typed.len() as f32 * LEAST_WORDS;
        let enough = |e: &Explained| e.weight / total >= LEAST_SHARE && e.words as f32 >= least_words;
        let hits = explained.iter().enumerate().filter(|(_, e)| enough(e));
        hits.map(|(position, e)| Hit { position, score: e.weight / total + self.bonus(position, &phrase) })
            .collect()
    }

    /// A whole phrase counts more than its words scattered; of equal matches the shorter name is meant.
    fn bonus(&self, position: usize, phrase: &str) -> f32 {
        let name = &self.names[position];
        let whole = if name.contains(phrase) { 0.3 } else { 0.0 };
        whole + 0.2 * (phrase.len() as f32 / name.len().max(1) as f32).min(1.0)
    }

    /// Adds to each procedure what its best word is worth for a typed word; returns the typed word's weight.
    fn explain(&self, word: &str, last: bool, explained: &mut [Explained]) -> f32 {
        let typed = Typed::new(word, &self.vocabulary);
        let mut best = vec![0.0_f32; explained.len()];
        let mut weight = 0.0_f32;
        let mut raise = |holders: &[u32], worth: f32| {
            for holder in holders {
                let slot = &mut best[*holder as usize];
                *slot = slot.max(worth);
            }
        };
        for entry in &self.vocabulary {
            for (worth, holders) in typed.matches(entry, last) {
                weight = weight.max(entry.weight * worth);
                raise(holders, worth);
            }
        }
        let weight = if weight > 0.0 { weight } else { unknown_weight(explained.len()) };
        for (sum, worth) in explained.iter_mut().zip(best) {
            sum.weight += worth * weight;
            sum.words += usize::from(worth >= EXPLAINED);
        }
        weight
    }
}

/// A word as typed, with what it may have been meant to be.
struct Typed<'a> {
    word: &'a str,
    folded: Vec<char>,
    /// The same without the keystrokes of an input method; `None` if there are none.
    meant: Option<Vec<char>>,
    /// It was typed with diacritics.
    marked: bool,
    /// It was typed with diacritics and occurs exactly so: no slip is looked for.
    sure: bool,
}

impl<'a> Typed<'a> {
    fn new(word: &'a str, vocabulary: &[Entry]) -> Self {
        let folded = search_key(word);
        let meant = without_keystrokes(&folded).map(|m| m.chars().collect());
        let marked = folded != word;
        let sure = marked && vocabulary.iter().any(|e| e.spellings.contains_key(word));
        Self { marked, sure, folded: folded.chars().collect(), meant, word }
    }

    /// What a word of the vocabulary is worth for this one, 0–1, and for which procedures.
    fn matches<'e>(&self, entry: &'e Entry, last: bool) -> Vec<(f32, &'e [u32])> {
        let all = entry.holders.as_slice();
        let meant = self.meant.as_ref().is_some_and(|m| *m == entry.letters);
        if entry.letters == self.folded && self.marked {
            let exact = entry.spellings.get(self.word).map_or(&[][..], Vec::as_slice);
            vec![(OTHER_MARKS, all), (1.0, exact)]
        } else if entry.letters == self.folded || meant {
            vec![(1.0, all)]
        } else if last && self.folded.len() >= 2 && entry.letters.starts_with(&self.folded) {
            vec![(BEGINNING, all)]
        } else {
            self.slipped(entry)
        }
    }

    /// The same with slips of the fingers. A word typed with diacritics is compared with its diacritics, so
    /// that `hôn` is not taken for `con`.
    fn slipped<'e>(&self, entry: &'e Entry) -> Vec<(f32, &'e [u32])> {
        if self.sure {
            return Vec::new();
        }
        let allowed = Slips::allowed_for(&self.folded);
        let Some(slips) = distance(&self.folded, &entry.letters, allowed) else { return Vec::new() };
        if !self.marked {
            return vec![(slip_worth(slips), &entry.holders)];
        }
        let typed: Vec<char> = self.word.chars().collect();
        let spellings =
            entry.spellings.iter().map(|(s, holders)| (s.chars().collect::<Vec<char>>(), holders));
        spellings
            .filter_map(|(s, holders)| Some((slip_worth(distance(&typed, &s, allowed)?), holders.as_slice())))
            .collect()
    }
}

fn slip_worth(slips: usize) -> f32 {
    match slips {
        0 => 1.0,
        1 => ONE_SLIP,
        _ => TWO_SLIPS,
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn weight(count: f32, holders: usize) -> f32 {
    (1.0 + count / holders.max(1) as f32).ln()
}

/// Weight of a word that occurs nowhere: it speaks against every procedure, but not more than a common word.
fn unknown_weight(count: usize) -> f32 {
    weight(count as f32, count.div_ceil(20))
}

fn push_new(list: &mut Vec<u32>, position: u32) {
    if list.last() != Some(&position) {
        list.push(position);
    }
}
