//! The index as a file, read where it lies.
//!
//! ```text
//! magic and version (8 bytes) · start of the header (8 bytes) · sections, each aligned to 64 bytes · header (JSON)
//! ```
//!
//! Numbers are little-endian. The header names the length and a checksum of both ends of every section, so that a
//! truncated or mixed-up file is refused without reading all of it. The file is written under another name and renamed,
//! and never changed afterwards (docs/adr/0006-one-unsafe-call.md).

use super::{Ids, Index, Model};
use crate::block::{Key, KeyTable};
use crate::compare::{Comparisons, LEVELS};
use crate::error::LinkError;
use crate::hash;
use crate::lexicon::Lexicon;
use crate::model::{Alike, Rarity, Shares, Weights};
use crate::normal::Normaliser;
use crate::outcome::BlockingKey;
use crate::row::{Layout, Rows};
use crate::spec::Spec;
use crate::table::Strings;
use bytemuck::Pod;
use d06_mapped::{Map, Slab};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

const MAGIC: [u8; 8] = *b"D06LINK6";
const ALIGNED: u64 = 64;
/// Bytes at each end of a section that its checksum covers.
const ENDS: usize = 4096;
/// Sections that every index has; the tables of the keys follow.
const FIXED: usize = 14;

#[derive(Serialize, Deserialize)]
struct Header {
    spec: Spec,
    layout: Layout,
    exact_texts: Vec<bool>,
    count: usize,
    comparisons: Comparisons,
    exclusive: bool,
    keys: Vec<BlockingKey>,
    /// Key and shift; the households come last.
    tables: Vec<(Key, u32)>,
    sections: Vec<Section>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Section {
    start: u64,
    /// Values, not bytes.
    len: u64,
    ends: u64,
}

struct Writer {
    file: BufWriter<File>,
    at: u64,
    sections: Vec<Section>,
}

struct Reader {
    map: Arc<Map>,
    sections: std::vec::IntoIter<Section>,
}

fn failed(error: &std::io::Error) -> LinkError {
    LinkError::File(error.to_string())
}

fn ends(bytes: &[u8]) -> u64 {
    let first = bytes.get(..ENDS).unwrap_or(bytes);
    let last = bytes.get(bytes.len().saturating_sub(ENDS)..).unwrap_or_default();
    hash::mix(hash::bytes(first), hash::bytes(last))
}

impl Writer {
    fn put<T: Pod>(&mut self, values: &[T]) -> Result<(), LinkError> {
        let bytes: &[u8] = bytemuck::cast_slice(values);
        let padding = (ALIGNED - self.at % ALIGNED) % ALIGNED;
        let zeros = [0_u8; ALIGNED as usize];
        self.file
            .write_all(zeros.get(..padding as usize).unwrap_or_default())
            .and_then(|()| self.file.write_all(bytes))
            .map_err(|error| failed(&error))?;
        let start = self.at + padding;
        self.sections.push(Section { start, len: values.len() as u64, ends: ends(bytes) });
        self.at = start + bytes.len() as u64;
        Ok(())
    }
}

impl Reader {
    fn take<T: Pod>(&mut self) -> Result<Slab<T>, LinkError> {
        let section = self.sections.next().ok_or(LinkError::Damaged("a section is missing"))?;
        let place = usize::try_from(section.start).ok().zip(usize::try_from(section.len).ok());
        let (start, len) = place.ok_or(LinkError::Damaged("a section is too large"))?;
        let slab = Slab::mapped(&self.map, start, len).ok_or(LinkError::Damaged("a section is cut off"))?;
        if ends(bytemuck::cast_slice(&slab)) != section.ends {
            return Err(LinkError::Damaged("a section has changed"));
        }
        Ok(slab)
    }
}

impl Index {
    /// Writes the index with its model to a file, atomically.
    ///
    /// # Errors
    /// If the index is untrained or the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), LinkError> {
        let model = self.model.as_ref().ok_or(LinkError::Untrained)?;
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = Path::new(&part);
        let written = self
            .write_to(part, model)
            .and_then(|()| std::fs::rename(part, path).map_err(|error| failed(&error)));
        if written.is_err() {
            // What failed matters more than a left-over part.
            let _ = std::fs::remove_file(part);
        }
        written
    }

    fn write_to(&self, path: &Path, model: &Model) -> Result<(), LinkError> {
        let file = File::create(path).map_err(|error| failed(&error))?;
        let mut writer =
            Writer { file: BufWriter::with_capacity(1 << 20, file), at: 16, sections: Vec::new() };
        writer.file.write_all(&[0; 16]).map_err(|error| failed(&error))?;
        let (words, rarity, weights) = (self.lexicon.strings().parts(), &self.rarity, &model.weights);
        writer.put(&self.ids.bytes)?;
        writer.put(&self.ids.starts)?;
        writer.put(words.0)?;
        writer.put(words.1)?;
        writer.put(&self.rows.words)?;
        writer.put(&self.rows.names)?;
        writer.put(&self.rows.addresses)?;
        for logs in [&rarity.exact, &rarity.unmarked, &rarity.surname, &rarity.given, &rarity.birth] {
            writer.put(logs)?;
        }
        writer.put(&[
            rarity.alike.equal,
            rarity.alike.swapped,
            weights.relatives_per_row,
            weights.relatives_of_nobody,
            weights.twins_of_one_sex,
            weights.similar_of_one_sex,
            weights.match_rate,
            weights.rows,
            model.recall,
        ])?;
        let shares = [&weights.m, &weights.u, &weights.namesakes, &weights.relatives];
        let shares = shares.into_iter().flatten().flatten().copied();
        writer.put(&shares.collect::<Vec<f64>>())?;
        for table in model.tables.iter().chain([&model.homes]) {
            writer.put(&table.starts)?;
            writer.put(&table.entries)?;
        }
        let tables = model.tables.iter().chain([&model.homes]);
        let header = Header {
            spec: self.spec.clone(),
            layout: self.rows.layout.clone(),
            exact_texts: self.rows.exact_texts.clone(),
            count: self.rows.count,
            comparisons: weights.comparisons.clone(),
            exclusive: weights.exclusive,
            keys: model.keys.clone(),
            tables: tables.map(|table| (table.key.clone(), table.shift)).collect(),
            sections: writer.sections,
        };
        let header = serde_json::to_vec(&header).map_err(|error| LinkError::File(error.to_string()))?;
        let mut file = writer.file;
        let finish = |file: &mut BufWriter<File>| -> std::io::Result<()> {
            file.write_all(&header)?;
            file.seek(SeekFrom::Start(0))?;
            file.write_all(&MAGIC)?;
            file.write_all(&writer.at.to_le_bytes())?;
            file.flush()?;
            file.get_ref().sync_all()
        };
        finish(&mut file).map_err(|error| failed(&error))
    }

    /// Opens an index file by mapping it into memory. Nothing but its words is read before it is asked for.
    ///
    /// # Errors
    /// If the file cannot be read, or is not an index of this version.
    pub fn open(path: &Path) -> Result<Self, LinkError> {
        if cfg!(target_endian = "big") {
            return Err(LinkError::Damaged("indexes are little-endian"));
        }
        let map = Arc::new(Map::open(path).map_err(|error| failed(&error))?);
        let header: Header = header(map.bytes())?;
        if header.sections.len() != FIXED + 2 * header.tables.len() {
            return Err(LinkError::Damaged("a section is missing"));
        }
        let mut reader = Reader { map, sections: header.sections.into_iter() };
        let ids = Ids { bytes: reader.take()?, starts: reader.take()? };
        let (bytes, starts) = (reader.take::<u8>()?, reader.take::<u64>()?);
        let strings = Strings::from_parts(bytes.to_vec(), starts.to_vec());
        let lexicon = Lexicon::from_strings(&strings.ok_or(LinkError::Damaged("the words are no text"))?);
        let rows = Rows {
            words: reader.take()?,
            names: reader.take()?,
            addresses: reader.take()?,
            layout: header.layout,
            exact_texts: header.exact_texts,
            count: header.count,
            owners: Vec::new(),
        };
        if rows.words.len() != rows.count * rows.layout.stride() || ids.starts.len() != rows.count + 1 {
            return Err(LinkError::Damaged("the rows are not complete"));
        }
        let mut rarity = Rarity {
            exact: reader.take()?,
            unmarked: reader.take()?,
            surname: reader.take()?,
            given: reader.take()?,
            birth: reader.take()?,
            alike: Alike::default(),
        };
        let (numbers, shares) = (reader.take::<f64>()?, reader.take::<f64>()?);
        let weights = weights(header.comparisons, header.exclusive, &shares);
        let (
            Some(mut weights),
            [equal, swapped, of_row, of_nobody, of_twins, of_similar, match_rate, rows_counted, recall],
        ) = (weights, &*numbers)
        else {
            return Err(LinkError::Damaged("the weights are not complete"));
        };
        rarity.alike = Alike { equal: *equal, swapped: *swapped };
        (weights.relatives_per_row, weights.relatives_of_nobody) = (*of_row, *of_nobody);
        (weights.twins_of_one_sex, weights.similar_of_one_sex) = (*of_twins, *of_similar);
        weights.match_rate = *match_rate;
        weights.rows = *rows_counted;
        let mut tables = Vec::with_capacity(header.tables.len());
        for (key, shift) in header.tables {
            if !(1..64).contains(&shift) {
                return Err(LinkError::Damaged("a key is not one"));
            }
            tables.push(KeyTable { key, starts: reader.take()?, entries: reader.take()?, shift });
        }
        let homes = tables.pop().ok_or(LinkError::Damaged("a key is missing"))?;
        Ok(Self {
            spec: header.spec,
            normaliser: Arc::new(Normaliser::new()),
            ids,
            lexicon,
            rows,
            rarity,
            model: Some(Model { weights, tables, homes, keys: header.keys, recall: *recall }),
        })
    }
}

fn header(bytes: &[u8]) -> Result<Header, LinkError> {
    let start = match (bytes.get(..8), bytes.get(8..16).and_then(|start| start.try_into().ok())) {
        (Some(magic), Some(start)) if magic == MAGIC => u64::from_le_bytes(start),
        _ => return Err(LinkError::Damaged("not an index of this version")),
    };
    let header = usize::try_from(start).ok().and_then(|start| bytes.get(start..));
    let header = header.ok_or(LinkError::Damaged("the header is cut off"))?;
    serde_json::from_slice(header).map_err(|_| LinkError::Damaged("the header is not one"))
}

/// The weights from the shares of all levels.
fn weights(comparisons: Comparisons, exclusive: bool, shares: &[f64]) -> Option<Weights> {
    let count = comparisons.0.len();
    let mut groups = shares.chunks_exact(LEVELS).filter_map(|levels| levels.try_into().ok());
    let mut next = || -> Option<Shares> {
        let shares: Shares = groups.by_ref().take(count).collect();
        (shares.len() == count).then_some(shares)
    };
    let mut weights = Weights::guess(comparisons, 1, exclusive);
    (weights.m, weights.u, weights.namesakes, weights.relatives) = (next()?, next()?, next()?, next()?);
    Some(weights)
}
