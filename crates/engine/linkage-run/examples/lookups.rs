//! Times single records against an index: `lookups INDEX REGISTER.parquet COUNT`, with the columns of `registers`.
//! Prints a line of JSON: seconds to open, and the 50th and 99th percentile of a lookup in milliseconds.
#![allow(clippy::print_stdout)]

use d06_linkage::{Index, Record, Role};
use d06_linkage_run::preview;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

const ROLES: [(&str, Role); 6] = [
    ("owner", Role::Name),
    ("name", Role::Name),
    ("birth", Role::Birth),
    ("number", Role::IdNumber),
    ("address", Role::Address),
    ("phone", Role::Phone),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, register, count] = arguments.as_slice() else {
        return Err("lookups INDEX REGISTER COUNT".into());
    };
    let rows = preview(Path::new(register), count.parse()?)?;
    let began = Instant::now();
    let index = Index::open(Path::new(index))?;
    let opened = began.elapsed().as_secs_f64();
    let mut times = Vec::new();
    let mut found = 0;
    for row in 0..rows.columns.first().map_or(0, |column| column.codes.len()) {
        let fields = rows.headers.iter().zip(&rows.columns).filter_map(|(header, column)| {
            let (_, role) = ROLES.iter().find(|(name, _)| name == header)?;
            let text = column.get(row);
            (!text.is_empty()).then(|| (*role, text.to_owned()))
        });
        let record = Record { fields: fields.collect() };
        let began = Instant::now();
        found += usize::from(!index.find(&record)?.is_empty());
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    println!(
        "{{\"open_seconds\": {opened:.3}, \"p50_ms\": {:.3}, \"p99_ms\": {:.3}, \"records\": {}, \"found\": {found}}}",
        at(50),
        at(99),
        times.len()
    );
    Ok(())
}
