//! Brings a register to normal form, for other programs to link: `normalised left|right FROM.parquet TO.parquet`.
//!
//! The columns are those of `registers`; the result has one row for each person that a row names, with `unique_id`
//! (`ROW#PERSON` on the right), `name` without marks, `name_marked`, `name_sorted`, `surname`, `given`, `birth_year`,
//! `birth_date`, `sex`, `number`, `old_number`, `phone`, `commune`, `house`, `street`; what is unknown is null.

use arrow_array::builder::{Int32Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use d06_linkage::field::{Address, IdNumber, NameParts, Sex};
use d06_linkage::normal::Normaliser;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use rayon::prelude::*;
use std::error::Error;
use std::fs::File;
use std::sync::Arc;

const TEXTS: [&str; 13] = [
    "unique_id",
    "name",
    "name_marked",
    "name_sorted",
    "surname",
    "given",
    "birth_date",
    "sex",
    "number",
    "old_number",
    "phone",
    "commune",
    "house",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [side, from, to] = arguments.as_slice() else {
        return Err("normalised left|right FROM.parquet TO.parquet".into());
    };
    let mut fields: Vec<Field> = TEXTS.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect();
    fields.push(Field::new("street", DataType::Utf8, true));
    fields.push(Field::new("birth_year", DataType::Int32, true));
    let schema = Arc::new(Schema::new(fields));
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = ArrowWriter::try_new(File::create(to)?, Arc::clone(&schema), Some(properties))?;
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(File::open(from)?)?.with_batch_size(65_536).build()?;
    let normaliser = Normaliser::new();
    for batch in reader {
        let batch = batch?;
        let people: Vec<Person> = (0..batch.num_rows())
            .into_par_iter()
            .flat_map_iter(|row| people(&normaliser, side == "right", &batch, row))
            .collect();
        writer.write(&RecordBatch::try_new(Arc::clone(&schema), columns(&people))?)?;
    }
    writer.close()?;
    Ok(())
}

/// A person in normal form: the texts in their order, the year of birth.
type Person = (Vec<String>, Option<i32>);

fn people(normaliser: &Normaliser, is_right: bool, batch: &RecordBatch, row: usize) -> Vec<Person> {
    let text = |name: &str| -> &str {
        let Some(column) = batch.column_by_name(name) else { return "" };
        let texts = column.as_string::<i32>();
        if texts.is_null(row) { "" } else { texts.value(row) }
    };
    let id = [text("row_id"), text("person_id")].concat();
    let names = normaliser.names(&[text("name"), text("owner")].concat());
    let address = normaliser.address(text("address"), "");
    let names = if names.is_empty() { vec![NameParts::default()] } else { names };
    let several = names.len() > 1;
    names
        .into_iter()
        .enumerate()
        .map(|(place, name)| {
            // What stands for several people is parted by semicolons, in their order.
            let own = |text: &str| match (several, text.contains(';')) {
                (true, true) => text.split(';').nth(place).unwrap_or_default().trim().to_owned(),
                (true, false) if place > 0 => String::new(),
                _ => text.to_owned(),
            };
            let id = if is_right { format!("{id}#{place}") } else { id.clone() };
            let number = normaliser.id_number(&own(text("number")));
            let old = normaliser.id_number(text("old_number"));
            let phone = normaliser.phone(text("phone")).map(|phone| phone.0.to_string()).unwrap_or_default();
            let birth = normaliser.birth(&own(text("birth"))).unwrap_or_default();
            let day = match (birth.year, birth.month, birth.day) {
                (0, ..) | (_, 0, _) | (_, _, 0) => String::new(),
                (year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
            };
            let sex = normaliser.sex(text("sex")).or(name.sex);
            let texts = texts(id, &name, day, sex, number, old, phone, &address);
            (texts, (birth.year > 0).then_some(i32::from(birth.year)))
        })
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "one for each group of columns")]
fn texts(
    id: String,
    name: &NameParts,
    day: String,
    sex: Option<Sex>,
    number: Option<IdNumber>,
    old: Option<IdNumber>,
    phone: String,
    address: &Address,
) -> Vec<String> {
    let mut words: Vec<&str> = name.folded.split(' ').filter(|word| !word.is_empty()).collect();
    let (surname, given) =
        (words.first().copied().unwrap_or_default(), words.last().copied().unwrap_or_default());
    let (surname, given) = (surname.to_owned(), given.to_owned());
    words.sort_unstable();
    let digits = |number: Option<IdNumber>| {
        number.map(|number| String::from_utf8_lossy(number.as_bytes()).into_owned()).unwrap_or_default()
    };
    let sex = sex.map_or("", |sex| if sex == Sex::Male { "m" } else { "f" });
    let commune = address.communes.first().map_or_else(|| address.commune_name.clone(), u32::to_string);
    let street = if address.street.is_empty() { address.hamlet.clone() } else { address.street.clone() };
    vec![
        id,
        name.folded.clone(),
        name.text.clone(),
        words.join(" "),
        surname,
        given,
        day,
        sex.to_owned(),
        digits(number),
        digits(old),
        phone,
        commune,
        address.house.clone(),
        street,
    ]
}

fn columns(people: &[Person]) -> Vec<ArrayRef> {
    let mut arrays: Vec<ArrayRef> = (0..=TEXTS.len())
        .map(|place| {
            let mut builder = StringBuilder::new();
            for (texts, _) in people {
                builder.append_option(texts.get(place).filter(|text| !text.is_empty()));
            }
            Arc::new(builder.finish()) as ArrayRef
        })
        .collect();
    let mut years = Int32Builder::new();
    people.iter().for_each(|(_, year)| years.append_option(*year));
    arrays.push(Arc::new(years.finish()));
    arrays
}
