//! The databases that replace papers: their names as laws write them, their keys, and whether they are
//! connected here. Dated data: a database that is connected next year becomes a line, not a release.

use super::load::CatalogueError;
use chrono::NaiveDate;
use d06_kernel::text::search_key;
use serde::Deserialize;

/// A national or specialised database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// Stable key: `population`, `business`.
    pub key: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// The ministry that keeps it.
    pub owner: String,
    /// Key of the evidence source that is connected here; `None` if nothing is.
    pub source: Option<String>,
    /// First day of this line.
    pub from: NaiveDate,
    /// First day it no longer holds.
    pub until: Option<NaiveDate>,
    words: Vec<String>,
}

impl Database {
    /// Whether it can be asked here.
    pub fn connected(&self) -> bool {
        self.source.is_some()
    }
}

/// Words by which something is recognised in the wording of laws, with what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Recognised {
    means: String,
    words: Vec<String>,
}

/// All databases, with the words for papers and owners that belong to them.
#[derive(Clone, Debug, Default)]
pub struct DatabaseList {
    databases: Vec<Database>,
    papers: Vec<Recognised>,
    owners: Vec<Recognised>,
}

#[derive(Deserialize)]
struct DatabaseRow {
    key: String,
    name_vi: String,
    name_en: String,
    owner: String,
    source: Option<String>,
    from: NaiveDate,
    until: Option<NaiveDate>,
    words: String,
}

#[derive(Deserialize)]
struct PaperRow {
    claim: String,
    words: String,
}

#[derive(Deserialize)]
struct OwnerRow {
    name: String,
    words: String,
}

fn words_of(cell: &str) -> Vec<String> {
    cell.split('|').map(search_key).filter(|w| !w.is_empty()).collect()
}

/// Whether any of the words stands in the folded text, as whole words.
fn names(folded: &str, words: &[String]) -> bool {
    words.iter().any(|word| {
        folded.match_indices(word.as_str()).any(|(at, _)| {
            let before = folded[..at].chars().next_back();
            let after = folded[at + word.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    })
}

impl DatabaseList {
    /// Reads the three lists.
    pub(super) fn read(databases: &str, papers: &str, owners: &str) -> Result<Self, CatalogueError> {
        let databases = rows::<DatabaseRow>("databases.csv", databases)?
            .into_iter()
            .map(|row| Database {
                key: row.key,
                name_vi: row.name_vi,
                name_en: row.name_en,
                owner: row.owner,
                source: row.source,
                from: row.from,
                until: row.until,
                words: words_of(&row.words),
            })
            .collect();
        let papers = rows::<PaperRow>("papers.csv", papers)?
            .into_iter()
            .map(|row| Recognised { means: row.claim, words: words_of(&row.words) })
            .collect();
        let owners = rows::<OwnerRow>("owners.csv", owners)?
            .into_iter()
            .map(|row| Recognised { means: row.name, words: words_of(&row.words) })
            .collect();
        Ok(Self { databases, papers, owners })
    }

    /// Every line.
    pub fn iter(&self) -> impl Iterator<Item = &Database> {
        self.databases.iter()
    }

    /// The database of a key on a day.
    pub fn on(&self, key: &str, day: NaiveDate) -> Option<&Database> {
        self.databases
            .iter()
            .find(|d| d.key == key && d.from <= day && d.until.is_none_or(|until| day < until))
    }

    /// The keys of the databases that a wording names, in the order of the list, each once.
    pub(super) fn named_in(&self, text: &str) -> Vec<String> {
        let folded = search_key(text);
        let mut keys: Vec<String> = Vec::new();
        for database in self.databases.iter().filter(|d| names(&folded, &d.words)) {
            if !keys.contains(&database.key) {
                keys.push(database.key.clone());
            }
        }
        keys
    }

    /// The claims that the wording of a paper amounts to.
    pub(super) fn claims_in(&self, text: &str) -> Vec<String> {
        recognise(&self.papers, text)
    }

    /// The owners that a wording names.
    pub(super) fn owners_in(&self, text: &str) -> Vec<String> {
        recognise(&self.owners, text)
    }

    /// The owners of some databases, each once.
    pub(super) fn owners_of(&self, keys: &[String]) -> Vec<String> {
        let mut owners: Vec<String> = Vec::new();
        for key in keys {
            if let Some(database) = self.databases.iter().find(|d| d.key == *key)
                && !owners.contains(&database.owner)
            {
                owners.push(database.owner.clone());
            }
        }
        owners
    }
}

fn recognise(list: &[Recognised], text: &str) -> Vec<String> {
    let folded = search_key(text);
    list.iter().filter(|entry| names(&folded, &entry.words)).map(|entry| entry.means.clone()).collect()
}

/// The rows of a small table with a header.
pub(super) fn rows<T: serde::de::DeserializeOwned>(
    file: &'static str,
    text: &str,
) -> Result<Vec<T>, CatalogueError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(|source| CatalogueError::Table { file, source })
}
