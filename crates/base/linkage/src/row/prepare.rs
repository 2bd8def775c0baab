//! From a table of raw text to rows: every distinct value is normalised once, in parallel.

use super::address::AddressWords;
use super::layout::{Layout, Row, Slot};
use super::name::NameWords;
use crate::error::{LinkError, Side};
use crate::field::{BirthDate, IdNumber, NameParts, Sex};
use crate::hash;
use crate::lexicon::Scribe;
use crate::normal::Normaliser;
use crate::progress::{Progress, Stage};
use crate::spec::{Compare, Role, Spec};
use crate::table::{Column, MISSING, Strings, Table};
use d06_mapped::Slab;
use rayon::prelude::*;
use std::collections::HashMap;

/// People named by one row at most.
const PEOPLE: usize = 4;
/// Values normalised between two reports of progress.
const WAVE: usize = 1 << 17;
/// Values normalised by one thread at a time.
const CHUNK: usize = 1 << 12;
/// Rows filled by one thread at a time.
const FILL: usize = 1 << 13;

/// Rows of a table; of a right table one per person that is named.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    pub(crate) layout: Layout,
    /// Stride words per row.
    pub(crate) words: Slab<u32>,
    /// Distinct names; the first is empty.
    pub(crate) names: Slab<[u32; 8]>,
    /// Distinct addresses; the first is empty.
    pub(crate) addresses: Slab<[u32; 8]>,
    /// Which columns of the spec's own are compared for equality only.
    pub(crate) exact_texts: Vec<bool>,
    /// How many rows.
    pub(crate) count: usize,
    /// Per person the row of the table, and which person of it. Empty if every row is one person.
    pub(crate) owners: Vec<(u32, u8)>,
}

/// What a table becomes while its columns are read.
struct Reader<'a, 's> {
    spec: &'a Spec,
    normaliser: &'a Normaliser,
    progress: &'a mut dyn Progress,
    scribe: &'a mut Scribe<'s>,
    names: Interner,
    addresses: Interner,
    done: u64,
    total: u64,
}

/// Gives equal values one number, from 1.
struct Interner {
    values: Vec<[u32; 8]>,
    numbers: HashMap<u64, u32, hash::PassThrough>,
}

/// The values of one column per code. Of what is said of one person, a value for each of two (`1970; 1972`).
enum Values {
    /// Of the whole row.
    Shared(Slot, Vec<u32>),
    SharedWide(Slot, Vec<u64>),
    One(Slot, Vec<[u32; 2]>),
    Wide(Slot, Vec<[u64; 2]>),
    /// Per row, not per code.
    Rows(Slot, Vec<u32>),
}

/// The people of the distinct values of a name column.
#[derive(Default)]
struct People {
    /// Name number and sex.
    people: Vec<(u32, u32)>,
    /// Where those of a code end.
    ends: Vec<u32>,
}

impl People {
    fn of(&self, code: u32) -> &[(u32, u32)] {
        let end = self.ends.get(code as usize).copied().unwrap_or(0) as usize;
        let start =
            code.checked_sub(1).and_then(|before| self.ends.get(before as usize)).copied().unwrap_or(0);
        self.people.get(start as usize..end).unwrap_or_default()
    }
}

/// The left rows: one person each, the first that is named.
pub(crate) fn prepare_left(
    spec: &Spec,
    table: &Table,
    normaliser: &Normaliser,
    scribe: &mut Scribe<'_>,
    progress: &mut dyn Progress,
) -> Result<Rows, LinkError> {
    check(table, Side::Left)?;
    prepare(spec, table, normaliser, scribe, progress, false)
}

/// The right people.
pub(crate) fn prepare_right(
    spec: &Spec,
    table: &Table,
    normaliser: &Normaliser,
    scribe: &mut Scribe<'_>,
    progress: &mut dyn Progress,
) -> Result<Rows, LinkError> {
    check(table, Side::Right)?;
    prepare(spec, table, normaliser, scribe, progress, true)
}

/// Refuses tables that cannot be linked.
fn check(table: &Table, side: Side) -> Result<(), LinkError> {
    let rows = table.len();
    if rows == 0 {
        return Err(LinkError::Empty(side));
    }
    if rows >= MISSING as usize / PEOPLE {
        return Err(LinkError::TooManyRows(side));
    }
    for (role, column) in &table.columns {
        if column.codes.len() != rows {
            let column_name = format!("{role:?}");
            return Err(LinkError::Ragged { side, column: column_name, rows, found: column.codes.len() });
        }
    }
    let mut hashes: Vec<(u64, u32)> = (0..rows as u32)
        .into_par_iter()
        .map(|row| (hash::bytes(table.ids.get(row).as_bytes()), row))
        .collect();
    if let Some(row) = table.ids.iter().position(str::is_empty) {
        return Err(LinkError::MissingId { side, row });
    }
    hashes.par_sort_unstable();
    let twice = hashes.windows(2).find_map(|pair| match pair {
        [(one, first), (two, second)] if one == two && table.ids.get(*first) == table.ids.get(*second) => {
            Some((*first as usize, *second as usize))
        }
        _ => None,
    });
    twice.map_or(Ok(()), |(first, second)| Err(LinkError::DuplicateId { side, first, second }))
}

fn prepare(
    spec: &Spec,
    table: &Table,
    normaliser: &Normaliser,
    scribe: &mut Scribe<'_>,
    progress: &mut dyn Progress,
    several: bool,
) -> Result<Rows, LinkError> {
    let total = table.columns.iter().map(|(_, column)| column.values.len() as u64).sum();
    let mut reader = Reader {
        spec,
        normaliser,
        progress,
        scribe,
        names: Interner::new(),
        addresses: Interner::new(),
        done: 0,
        total,
    };
    let mut people = None;
    let mut values = Vec::new();
    for (role, column) in &table.columns {
        match role {
            Role::Name => people = Some((reader.people(&column.values)?, column)),
            Role::Commune if table.column(Role::Address).is_some() => {}
            _ => values.push((reader.values(*role, column, table)?, column)),
        }
    }
    let layout = Layout::of(table.columns.iter().map(|(role, _)| *role), several);
    let named = people.as_ref();
    let owners = owners(table.len(), several, |row| {
        named.map_or(1, |(people, column)| people.of(code(column, row)).len())
    });
    let stride = layout.stride();
    let mut words = vec![0; owners.len() * stride];
    let chunks = words.par_chunks_mut((stride * FILL).max(1)).zip(owners.par_chunks(FILL));
    chunks.for_each(|(words, owners)| {
        for (words, (row, person)) in words.chunks_exact_mut(stride.max(1)).zip(owners) {
            let (row, person) = (*row as usize, usize::from(*person));
            for (value, column) in &values {
                value.fill(&layout, words, code(column, row), row, person);
            }
            if let Some((people, column)) = named {
                fill_name(&layout, words, people.of(code(column, row)), person);
            }
        }
    });
    let (names, addresses) = (reader.names.values.into(), reader.addresses.values.into());
    let exact_texts = spec.text.iter().map(|text| text.compare == Compare::Exact).collect();
    let count = owners.len();
    let owners = if several { owners } else { Vec::new() };
    Ok(Rows { layout, words: words.into(), names, addresses, exact_texts, count, owners })
}

fn code(column: &Column, row: usize) -> u32 {
    column.codes.get(row).copied().unwrap_or(MISSING)
}

fn owners(rows: usize, several: bool, named: impl Fn(usize) -> usize) -> Vec<(u32, u8)> {
    let mut owners = Vec::with_capacity(rows);
    for row in 0..rows {
        let people = if several { named(row).clamp(1, PEOPLE) } else { 1 };
        owners.extend((0..people as u8).map(|person| (row as u32, person)));
    }
    owners
}

/// Name, and what the naming of several people tells: sex, and who is beside whom.
fn fill_name(layout: &Layout, words: &mut [u32], people: &[(u32, u32)], person: usize) {
    let Some((name, sex)) = people.get(person) else { return };
    layout.set(words, Slot::Name, *name);
    if layout.has(Slot::Sex)
        && *sex != 0
        && (person > 0 || (Row { words: &*words, layout }).get(Slot::Sex) == 0)
    {
        layout.set(words, Slot::Sex, *sex);
    }
    if people.len() == 2
        && let Some((other, _)) = people.get(1 - person.min(1))
        && (Row { words: &*words, layout }).get(Slot::Spouse) == 0
    {
        layout.set(words, Slot::Spouse, *other);
    }
}

impl Values {
    fn fill(&self, layout: &Layout, words: &mut [u32], code: u32, row: usize, person: usize) {
        let code = code as usize;
        match self {
            Self::Shared(slot, values) => layout.set(words, *slot, values.get(code).copied().unwrap_or(0)),
            Self::SharedWide(slot, values) => {
                layout.set_wide(words, *slot, values.get(code).copied().unwrap_or(0));
            }
            Self::One(slot, values) => {
                let of_both = values.get(code).copied().unwrap_or_default();
                layout.set(words, *slot, of_both.get(person).copied().unwrap_or(0));
            }
            Self::Wide(slot, values) => {
                let of_both = values.get(code).copied().unwrap_or_default();
                layout.set_wide(words, *slot, of_both.get(person).copied().unwrap_or(0));
            }
            Self::Rows(slot, values) => {
                layout.set(words, *slot, values.get(row).copied().unwrap_or(0));
            }
        }
    }
}

impl Reader<'_, '_> {
    /// Normalises distinct values in parallel and takes the results in order.
    fn each<T: Send>(
        &mut self,
        values: &Strings,
        normalise: impl Fn(&Normaliser, &str) -> T + Sync,
        mut take: impl FnMut(&mut Self, T),
    ) -> Result<(), LinkError> {
        let normaliser = self.normaliser;
        let count = values.len();
        for start in (0..count).step_by(WAVE) {
            let end = (start + WAVE).min(count);
            let one = |place: usize| normalise(normaliser, values.get(place as u32));
            if end - start <= CHUNK {
                (start..end).for_each(|place| take(self, one(place)));
            } else {
                let wave: Vec<Vec<T>> = (start..end)
                    .step_by(CHUNK)
                    .collect::<Vec<_>>()
                    .into_par_iter()
                    .map(|from| (from..(from + CHUNK).min(end)).map(one).collect())
                    .collect();
                wave.into_iter().flatten().for_each(|value| take(self, value));
            }
            self.done += (end - start) as u64;
            self.progress.report(Stage::Normalise, self.done, self.total);
            if self.progress.is_cancelled() {
                return Err(LinkError::Cancelled);
            }
        }
        Ok(())
    }

    fn people(&mut self, values: &Strings) -> Result<People, LinkError> {
        let mut people = People::default();
        self.each(values, Normaliser::names, |reader, names| {
            for name in &names {
                people.people.push((reader.name(name), sex_word(name.sex.or_else(|| sex_of(name)))));
            }
            people.ends.push(people.people.len() as u32);
        })?;
        Ok(people)
    }

    fn name(&mut self, name: &NameParts) -> u32 {
        let words = NameWords::new(name, self.scribe);
        if words.len() == 0 { 0 } else { self.names.number(words.0) }
    }

    fn values(&mut self, role: Role, column: &Column, table: &Table) -> Result<Values, LinkError> {
        let mut words = Vec::with_capacity(column.values.len());
        let values = &column.values;
        Ok(match role {
            Role::Birth => {
                let mut births = Vec::with_capacity(values.len());
                let birth = |n: &Normaliser, raw: &str| two(raw, |part| n.birth(part).map_or(0, birth_word));
                self.each(values, birth, |_, both| births.push(both))?;
                Values::One(Slot::Birth, births)
            }
            Role::Sex => {
                let mut sexes = Vec::with_capacity(values.len());
                let sex = |n: &Normaliser, raw: &str| two(raw, |part| sex_word(n.sex(part)));
                self.each(values, sex, |_, both| sexes.push(both))?;
                Values::One(Slot::Sex, sexes)
            }
            Role::IdNumber | Role::OldIdNumber => {
                let mut wide = Vec::with_capacity(values.len());
                let number = |n: &Normaliser, raw: &str| {
                    two(raw, |part| n.id_number(part).map_or(0, |number: IdNumber| digits(number.as_bytes())))
                };
                self.each(values, number, |_, both| wide.push(both))?;
                Values::Wide(if role == Role::IdNumber { Slot::Number } else { Slot::OldNumber }, wide)
            }
            Role::Phone => {
                let mut wide = Vec::with_capacity(values.len());
                let phone = |n: &Normaliser, raw: &str| {
                    n.phone(raw).map_or(0, |p| digits(p.0.to_string().as_bytes()))
                };
                self.each(values, phone, |_, word| wide.push(word))?;
                Values::SharedWide(Slot::Phone, wide)
            }
            Role::Address => self.addresses(column, table.column(Role::Commune))?,
            Role::Commune => self.addresses(&Column::default(), Some(column))?,
            Role::Household => {
                self.each(values, |n, raw| exact_word(&n.text(raw)), |_, word| words.push(word))?;
                Values::Shared(Slot::Household, words)
            }
            Role::Text(place) => {
                self.texts(values, self.spec.text.get(usize::from(place)).map(|t| t.compare), &mut words)?;
                Values::Shared(Slot::Text(place), words)
            }
            Role::Name | Role::Father | Role::Mother | Role::Spouse => {
                self.each(values, Normaliser::names, |reader, names| {
                    words.push(names.first().map_or(0, |name| reader.name(name)));
                })?;
                let slot = match role {
                    Role::Father => Slot::Father,
                    Role::Mother => Slot::Mother,
                    _ => Slot::Spouse,
                };
                Values::Shared(slot, words)
            }
        })
    }

    fn texts(
        &mut self,
        values: &Strings,
        compare: Option<Compare>,
        words: &mut Vec<u32>,
    ) -> Result<(), LinkError> {
        if compare == Some(Compare::Exact) {
            return self.each(values, |n, raw| exact_word(&n.text(raw)), |_, word| words.push(word));
        }
        self.each(values, Normaliser::text, |reader, text| {
            let name = NameParts { folded: text.clone(), text, ..NameParts::default() };
            words.push(reader.name(&name));
        })
    }

    /// Distinct pairs of address and commune.
    fn addresses(&mut self, address: &Column, commune: Option<&Column>) -> Result<Values, LinkError> {
        let rows = address.codes.len().max(commune.map_or(0, |commune| commune.codes.len()));
        let mut places: HashMap<u64, u32, hash::PassThrough> = HashMap::default();
        let mut pairs = Vec::new();
        let mut of_row = Vec::with_capacity(rows);
        for row in 0..rows {
            let pair = (code(address, row), commune.map_or(MISSING, |commune| code(commune, row)));
            let key = hash::mix(u64::from(pair.0) << 32 | u64::from(pair.1), 3);
            of_row.push(*places.entry(key).or_insert_with(|| {
                pairs.push(pair);
                pairs.len() as u32 - 1
            }));
        }
        let normaliser = self.normaliser;
        let mut numbers = Vec::with_capacity(pairs.len());
        for wave in pairs.chunks(WAVE) {
            let normal: Vec<_> = wave
                .par_iter()
                .with_min_len(CHUNK)
                .map(|(place, in_commune)| {
                    let commune = commune.map_or("", |commune| commune.values.get(*in_commune));
                    normaliser.address(address.values.get(*place), commune)
                })
                .collect();
            for address in &normal {
                let words = AddressWords::new(address, self.scribe);
                numbers.push(if words.is_empty() { 0 } else { self.addresses.number(words.0) });
            }
            self.progress.report(Stage::Normalise, self.done, self.total);
            if self.progress.is_cancelled() {
                return Err(LinkError::Cancelled);
            }
        }
        self.done += address.values.len() as u64;
        let of_row = of_row.iter().map(|pair| numbers.get(*pair as usize).copied().unwrap_or(0)).collect();
        Ok(Values::Rows(Slot::Address, of_row))
    }
}

impl Interner {
    fn new() -> Self {
        Self { values: vec![[0; 8]], numbers: HashMap::default() }
    }

    fn number(&mut self, value: [u32; 8]) -> u32 {
        let hash = value.iter().fold(0, |state, word| hash::mix(state, (*word).into()));
        *self.numbers.entry(hash).or_insert_with(|| {
            self.values.push(value);
            self.values.len() as u32 - 1
        })
    }
}

/// The sex that a second token tells: Thị of women, Văn of men. Nearly always right, which is what the model measures.
fn sex_of(name: &NameParts) -> Option<Sex> {
    let mut tokens = name.folded.split(' ');
    let (_surname, second, _given) = (tokens.next()?, tokens.next()?, tokens.next()?);
    match second {
        "thi" => Some(Sex::Female),
        "van" => Some(Sex::Male),
        _ => None,
    }
}

/// The values of two people in one field, parted by a semicolon; the second is empty if there is one.
fn two<T: Default>(raw: &str, read: impl Fn(&str) -> T) -> [T; 2] {
    match raw.split_once(';') {
        Some((first, second)) => [read(first), read(second)],
        None => [read(raw), T::default()],
    }
}

fn birth_word(birth: BirthDate) -> u32 {
    u32::from(birth.year) << 9 | u32::from(birth.month & 15) << 5 | u32::from(birth.day & 31)
}

fn sex_word(sex: Option<Sex>) -> u32 {
    sex.map_or(0, |sex| sex as u32 + 1)
}

/// A number for a text of which only equality counts; two texts share one once in four billion.
fn exact_word(text: &str) -> u32 {
    if text.is_empty() { 0 } else { (hash::bytes(text.as_bytes()) as u32).max(1) }
}

/// Up to fifteen characters in four bits each from the lowest, their number in the highest four. Letters share
/// six values, which is enough to tell two numbers of the same series apart by their digits.
fn digits(text: &[u8]) -> u64 {
    let text = text.get(..15).unwrap_or(text);
    let nibbles = text.iter().enumerate().fold(0, |word, (place, byte)| {
        let nibble = if byte.is_ascii_digit() { byte - b'0' } else { 10 + byte % 6 };
        word | u64::from(nibble) << (4 * place)
    });
    nibbles | (text.len() as u64) << 60
}

impl Rows {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The row of the table that names a person, and which of its people that is.
    pub(crate) fn owner(&self, person: usize) -> (u32, u8) {
        self.owners.get(person).copied().unwrap_or((person as u32, 0))
    }

    /// The first person of a row of the table.
    pub(crate) fn first_person(&self, row: usize) -> usize {
        if self.owners.is_empty() {
            row
        } else {
            self.owners.partition_point(|(owner, _)| (*owner as usize) < row)
        }
    }

    /// Whether a column of the spec's own is compared for equality only.
    pub(crate) fn exact_text(&self, place: u8) -> bool {
        self.exact_texts.get(usize::from(place)).copied().unwrap_or(false)
    }

    /// One row.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> Row<'_> {
        let stride = self.layout.stride();
        let words = self.words.get(row * stride..(row + 1) * stride).unwrap_or_default();
        Row { words, layout: &self.layout }
    }

    /// Reads a little of a row, so that it is on its way from memory when it is needed. Memory answers many questions
    /// in the time of one, if they are asked together.
    #[inline]
    pub(crate) fn touch_row(&self, row: u32) -> u32 {
        let start = row as usize * self.layout.stride();
        let end = start + self.layout.stride().saturating_sub(1);
        let word = |place: usize| self.words.get(place).copied().unwrap_or(0);
        word(start) ^ word(end)
    }

    /// The same for the name and the address of a row.
    #[inline]
    pub(crate) fn touch_values(&self, row: u32) -> u32 {
        let row = self.row(row as usize);
        let name = self.names.get(row.get(Slot::Name) as usize).map_or(0, |words| words[0] ^ words[7]);
        let address =
            self.addresses.get(row.get(Slot::Address) as usize).map_or(0, |words| words[0] ^ words[7]);
        name ^ address
    }

    /// A name; empty if there is none of that number.
    #[inline]
    pub(crate) fn name(&self, number: u32) -> NameWords {
        NameWords(self.names.get(number as usize).copied().unwrap_or_default())
    }

    /// An address; empty if there is none of that number.
    #[inline]
    pub(crate) fn address(&self, number: u32) -> AddressWords {
        AddressWords(self.addresses.get(number as usize).copied().unwrap_or_default())
    }
}
