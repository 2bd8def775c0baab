//! From a table of raw text to rows.

use super::layout::{Layout, Row, Slot};
use super::rows::Rows;
use super::values::{Reader, code};
use crate::error::{LinkError, Side};
use crate::hash;
use crate::lexicon::Scribe;
use crate::normal::Normaliser;
use crate::progress::Progress;
use crate::spec::{Compare, Role, Spec};
use crate::table::{MISSING, Table};
use rayon::prelude::*;
use std::collections::HashMap;

/// People named by one row at most.
const PEOPLE: usize = 4;
/// Rows filled by one thread at a time.
const FILL: usize = 1 << 13;

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
    if let Some(row) = table.ids.iter().position(str::is_empty) {
        return Err(LinkError::MissingId { side, row });
    }
    let hash = |row: u32| hash::bytes(table.ids.get(row).as_bytes());
    let mut hashes: Vec<u64> = (0..rows as u32).into_par_iter().map(hash).collect();
    hashes.par_sort_unstable();
    let is_twice = |pair: &[u64]| matches!(pair, [one, other] if one == other);
    if !hashes.windows(2).any(is_twice) {
        return Ok(());
    }
    let mut first = HashMap::new();
    let twice = (0..rows as u32).find_map(|row| Some((first.insert(table.ids.get(row), row)?, row)));
    twice.map_or(Ok(()), |(first, second)| {
        Err(LinkError::DuplicateId { side, first: first as usize, second: second as usize })
    })
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
    let mut reader = Reader::new(spec, normaliser, progress, scribe, total);
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
    let (names, addresses) = reader.finish();
    let exact_texts = spec.text.iter().map(|text| text.compare == Compare::Exact).collect();
    let count = owners.len();
    let owners = if several { owners } else { Vec::new() };
    Ok(Rows {
        layout,
        words: words.into(),
        names: names.into(),
        addresses: addresses.into(),
        exact_texts,
        count,
        owners,
    })
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
