//! Writes synthetic registers as Parquet, with the truth apart, for measurements:
//! `registers SET PEOPLE ROWS SEED FOLDER`, where SET is `land`, `insurance` or `beneficiaries`.
//!
//! `FOLDER/people.parquet` is the population (not for `beneficiaries`), `FOLDER/SET.parquet` the register,
//! `FOLDER/truth.parquet` the pairs `left_id`, `right_id` (for `beneficiaries` `id`, `person`).
#![allow(clippy::print_stdout)]

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use d06_kernel::person::Sex;
use d06_synth::register::{Beneficiaries, Block, City, Entry, Insurance, Land};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

type Outcome<T> = Result<T, Box<dyn Error>>;

const PEOPLE: [&str; 11] = [
    "person_id",
    "name",
    "birth",
    "sex",
    "number",
    "old_number",
    "address",
    "phone",
    "father",
    "mother",
    "spouse",
];
const LAND: [&str; 6] = ["row_id", "owner", "birth", "number", "address", "parcel"];
const PERSONS: [&str; 8] = ["row_id", "name", "birth", "sex", "number", "address", "phone", "guardian"];

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [set, people, rows, seed, folder] = arguments.as_slice() else {
        return Err("registers SET PEOPLE ROWS SEED FOLDER".into());
    };
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let city = City::new(seed.parse()?, people.parse()?);
    let rows = rows.parse()?;
    let mut population = match set.as_str() {
        "beneficiaries" => None,
        _ => Some(Sheet::create(&folder, "people", &PEOPLE)?),
    };
    let truth_columns = if population.is_some() { ["left_id", "right_id"] } else { ["person", "id"] };
    let mut truth = Sheet::create(&folder, "truth", &truth_columns)?;
    let columns: &[&str] = if set == "land" { &LAND } else { &PERSONS };
    let mut register = Sheet::create(&folder, set, columns)?;
    for index in 0..city.blocks() {
        let block = city.block(index);
        if let Some(sheet) = &mut population {
            write_people(sheet, &city, &block)?;
        }
        for Entry { row, truth: who } in rows_of(set, &city, rows, &block)? {
            for id in who {
                truth.push(&[&person_id(id), &row[0]])?;
            }
            register.push(&row.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
    }
    for sheet in population.into_iter().chain([truth, register]) {
        sheet.finish()?;
    }
    Ok(())
}

fn person_id(id: u64) -> String {
    format!("P{id:08}")
}

fn write_people(sheet: &mut Sheet, city: &City, block: &Block) -> Outcome<()> {
    for person in &block.residents {
        let spouse = person.spouse.and_then(|spouse| block.residents.get(spouse));
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        sheet.push(&[
            &person_id(person.id),
            &person.name,
            &person.birth.vietnamese(),
            if person.sex == Sex::Male { "Nam" } else { "Nữ" },
            person.number.as_str(),
            &person.old_number().unwrap_or_default(),
            &person.address(city),
            &text(&person.phone),
            &text(&person.father),
            &text(&person.mother),
            spouse.map_or("", |spouse| &spouse.name),
        ])?;
    }
    Ok(())
}

/// The rows of one block, as texts in the order of the columns.
fn rows_of(set: &str, city: &City, rows: usize, block: &Block) -> Outcome<Vec<Entry<Vec<String>>>> {
    fn texts<R>(entries: Vec<Entry<R>>, columns: impl Fn(R) -> Vec<String>) -> Vec<Entry<Vec<String>>> {
        entries.into_iter().map(|entry| Entry { row: columns(entry.row), truth: entry.truth }).collect()
    }
    Ok(match set {
        "land" => texts(Land::new(city, rows).entries(city, block), |row| {
            vec![row.id, row.owner, row.birth, row.number, row.address, row.parcel]
        }),
        "insurance" => texts(Insurance::new(city, rows).entries(city, block), |row| {
            vec![row.id, row.name, row.birth, row.sex, row.number, row.address, row.phone, row.guardian]
        }),
        "beneficiaries" => texts(Beneficiaries::new(city, rows).entries(city, block), |row| {
            vec![row.id, row.name, row.birth, row.sex, row.number, row.address, row.phone, String::new()]
        }),
        other => return Err(format!("no set {other}").into()),
    })
}

/// A Parquet file of texts; empty ones are null.
struct Sheet {
    writer: ArrowWriter<File>,
    schema: Arc<Schema>,
    columns: Vec<StringBuilder>,
    rows: usize,
}

impl Sheet {
    fn create(folder: &Path, name: &str, columns: &[&str]) -> Outcome<Self> {
        let fields: Vec<Field> = columns.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = File::create(folder.join(format!("{name}.parquet")))?;
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))?;
        Ok(Self { writer, schema, columns: columns.iter().map(|_| StringBuilder::new()).collect(), rows: 0 })
    }

    fn push(&mut self, row: &[&str]) -> Outcome<()> {
        for (column, text) in self.columns.iter_mut().zip(row) {
            column.append_option(Some(*text).filter(|text| !text.is_empty()));
        }
        self.rows += 1;
        if self.rows.is_multiple_of(65_536) { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Outcome<()> {
        let arrays = self.columns.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef);
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays.collect())?;
        Ok(self.writer.write(&batch)?)
    }

    fn finish(mut self) -> Outcome<()> {
        self.flush()?;
        self.writer.close()?;
        Ok(())
    }
}
