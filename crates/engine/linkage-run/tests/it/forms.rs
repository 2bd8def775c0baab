//! The same registers in every form give the same links.

use super::{Registers, job, link};
use std::fs;
use std::io::Write;

/// The links without a byte order mark, as text.
fn links(registers: &Registers, out: &str) -> String {
    fs::read_to_string(registers.path(out)).unwrap().trim_start_matches('\u{feff}').to_owned()
}

#[test]
fn every_form_of_input_gives_the_same_links() {
    let registers = Registers::new(400, 250);
    let summary = link(&registers.job("csv.csv")).unwrap();
    assert_eq!((summary.left_rows, summary.right_rows), (400, 250));
    assert!(summary.matched > 100, "{summary:?}");
    let expected = links(&registers, "csv.csv");
    let text = fs::read_to_string(registers.path("land.csv")).unwrap();
    let mut records = csv::Reader::from_reader(text.as_bytes());
    let headers = records.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = records.records().map(Result::unwrap).collect();

    let mut tabs = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    tabs.write_record(&headers).unwrap();
    rows.iter().for_each(|row| tabs.write_record(row).unwrap());
    let tabs = String::from_utf8(tabs.into_inner().unwrap()).unwrap();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(tabs.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    fs::write(registers.path("land.txt"), utf16).unwrap();

    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).unwrap();
    fs::write(registers.path("land.csv.gz"), gz.finish().unwrap()).unwrap();
    fs::write(registers.path("land.csv.zst"), zstd::encode_all(text.as_bytes(), 1).unwrap()).unwrap();

    let objects = rows.iter().map(|row| {
        let fields = headers.iter().zip(row).map(|(header, field)| (header.to_owned(), field.into()));
        serde_json::Value::Object(fields.collect()).to_string()
    });
    fs::write(registers.path("land.jsonl"), objects.collect::<Vec<_>>().join("\n")).unwrap();

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "SỔ ĐỊA CHÍNH XÃ HÀ BẮC").unwrap();
    for (row, record) in std::iter::once(&headers).chain(&rows).enumerate() {
        for (column, text) in record.iter().enumerate() {
            sheet
                .write_string(u32::try_from(row + 2).unwrap(), u16::try_from(column).unwrap(), text)
                .unwrap();
        }
    }
    book.save(registers.path("land.xlsx")).unwrap();

    for form in ["land.txt", "land.csv.gz", "land.csv.zst", "land.jsonl", "land.xlsx"] {
        let mut job = registers.job("links.csv");
        job.right = vec![registers.path(form)];
        link(&job).unwrap();
        assert_eq!(links(&registers, "links.csv"), expected, "{form}");
    }
}

#[test]
fn parquet_written_is_parquet_read_and_several_files_are_one_table() {
    let registers = Registers::new(400, 250);
    link(&registers.job("links.parquet")).unwrap();
    link(&registers.job("links.csv")).unwrap();
    let preview = d06_linkage_run::preview(&registers.path("links.parquet"), 10_000).unwrap();
    let lines = links(&registers, "links.csv").lines().count() - 1;
    assert_eq!(preview.columns[0].codes.len(), lines);
    let expected = "left_id,right_id,person,match_probability,match_weight,decision,explanation";
    assert_eq!(preview.headers.join(","), expected);

    let text = fs::read_to_string(registers.path("land.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    for (name, rows) in [("land-1.csv", &rows[..100]), ("land-2.csv", &rows[100..])] {
        fs::write(registers.path(name), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
    }
    let mut split = job(registers.folder.path(), "split.csv");
    let pattern = registers.path("land-*.csv").display().to_string();
    split.right = d06_linkage_run::expand(&[pattern]).unwrap();
    assert_eq!(split.right.len(), 2);
    assert_eq!(link(&split).unwrap().right_rows, 250);
}
