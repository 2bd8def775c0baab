//! Files to practise with: an invented population, a land register about it with the errors of paper, and the answers.

use super::arguments::SampleArgs;
use super::tell;
use crate::error::RunError;
use crate::output::AtomicFile;
use crate::words::Words;
use d06_kernel::person::Sex;
use d06_synth::register::{City, Land};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::io::BufWriter;
use std::path::Path;

/// The same people for everybody who practises.
const SEED: u64 = 2026;
const PEOPLE: [&str; 7] = [
    "Mã dân cư",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số định danh cá nhân",
    "Số CMND cũ",
    "Nơi thường trú",
];
const LAND: [&str; 6] = ["Số GCN", "Họ tên chủ sử dụng", "Năm sinh", "Số giấy tờ", "Địa chỉ", "Thửa đất"];
const ANSWERS: [&str; 3] = ["left_id", "right_id", "same"];

/// Writes the files.
pub(super) fn sample(arguments: &SampleArgs, words: &Words) -> Result<(), RunError> {
    let folder = &arguments.out;
    std::fs::create_dir_all(folder).map_err(RunError::write(folder))?;
    let city = City::new(SEED, arguments.people);
    let rows = usize::try_from(arguments.rows).unwrap_or(usize::MAX);
    people(&folder.join("dan-cu.csv"), &city)?;
    let answers = land(&folder.join("so-dia-chinh.xlsx"), &city, rows)?;
    write_csv(&folder.join("dap-an.csv"), &ANSWERS, answers)?;
    tell(&words.fill(
        "sample-written",
        &[
            ("people", &words.number(city.people() as u64)),
            ("rows", &words.number(rows as u64)),
            ("path", &folder.display().to_string()),
        ],
    ));
    Ok(())
}

fn person_id(id: u64) -> String {
    format!("DC{:07}", id + 1)
}

fn people(path: &Path, city: &City) -> Result<(), RunError> {
    let rows = (0..city.blocks()).flat_map(|block| city.block(block).residents).map(|person| {
        vec![
            person_id(person.id),
            person.name.clone(),
            person.birth.vietnamese(),
            if person.sex == Sex::Male { "Nam" } else { "Nữ" }.to_owned(),
            person.number.as_str().to_owned(),
            person.old_number().unwrap_or_default(),
            person.address(city),
        ]
    });
    write_csv(path, &PEOPLE, rows)
}

fn write_csv(
    path: &Path,
    headers: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<(), RunError> {
    let file = AtomicFile::create(path)?;
    let fault = file.fault();
    let mut writer = csv::Writer::from_writer(BufWriter::new(file.writer()?));
    let explain = |error: csv::Error| fault.explain(path, &error);
    writer.write_record(headers).map_err(explain)?;
    for row in rows {
        writer.write_record(row).map_err(explain)?;
    }
    writer.flush().map_err(|error| fault.explain(path, &error))?;
    drop(writer);
    file.commit()
}

/// The register with a title above its header, as such files come; the answers are handed back.
fn land(path: &Path, city: &City, rows: usize) -> Result<Vec<Vec<String>>, RunError> {
    let file = AtomicFile::create(path)?;
    let mut answers = Vec::new();
    let fault = |error: XlsxError| RunError::write(path)(std::io::Error::other(error.to_string()));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, "SỔ ĐỊA CHÍNH (dữ liệu bịa để thực hành)", &bold).map_err(fault)?;
    for (column, header) in (0u16..).zip(LAND) {
        sheet.write_string_with_format(2, column, header, &bold).map_err(fault)?;
    }
    let land = Land::new(city, rows);
    let mut at = 2;
    for index in 0..city.blocks() {
        for entry in land.entries(city, &city.block(index)) {
            at += 1;
            let row = entry.row;
            for person in entry.truth {
                answers.push(vec![person_id(person), row.id.clone(), "1".to_owned()]);
            }
            for (column, text) in
                (0u16..).zip([row.id, row.owner, row.birth, row.number, row.address, row.parcel])
            {
                sheet.write_string(at, column, text).map_err(fault)?;
            }
        }
    }
    book.save(file.part()).map_err(fault)?;
    file.commit()?;
    Ok(answers)
}
