//! Lists as offices lay them out are read as they are.

use super::{Registers, link};
use d06_linkage::Spec;
use d06_linkage_run::{Noticed, RunError, preview};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::collections::BTreeSet;
use std::fs;

/// Rows of the people of [`Registers`]: id, name, birth, number, address.
fn people(registers: &Registers, many: usize) -> Vec<[String; 5]> {
    let mut reader = csv::Reader::from_path(registers.path("people.csv")).unwrap();
    let row = |row: csv::StringRecord| std::array::from_fn(|place| row[place].to_owned());
    reader.records().map(|record| row(record.unwrap())).step_by(3).take(many).collect()
}

fn year(birth: &str) -> &str {
    birth.get(birth.len().saturating_sub(4)..).unwrap()
}

fn write(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write_string(row, column, *cell).unwrap();
    }
}

/// The pairs of person and row that match.
fn matches(registers: &Registers, out: &str) -> BTreeSet<(String, String)> {
    let mut reader = csv::Reader::from_path(registers.path(out)).unwrap();
    let records = reader.records().map(Result::unwrap).filter(|record| &record[5] == "match");
    records.map(|record| (record[0].to_owned(), record[1].to_owned())).collect()
}

fn truth(people: &[[String; 5]]) -> BTreeSet<(String, String)> {
    (1..).zip(people).map(|(number, person)| (person[0].clone(), format!("{number}"))).collect()
}

const LIST: &str = r#"
    [columns]
    id = { left = "person_id", right = "STT" }
    name = { left = "name", right = "Họ và tên" }
    birth = { left = "birth", right = "Năm sinh" }
    address = { left = "address", right = "Nơi ở" }
"#;

#[test]
fn a_list_with_titles_parted_headers_groups_and_signatures() {
    let registers = Registers::new(600, 10);
    let people = people(&registers, 120);
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Bìa").unwrap().write_string(0, 0, "BÁO CÁO").unwrap();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 2, "UBND XÃ HÀ BẮC", &Format::new()).unwrap();
    sheet.merge_range(0, 3, 0, 5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &Format::new()).unwrap();
    write(sheet, 2, &["DANH SÁCH NGƯỜI CAO TUỔI NĂM 2026"]);
    sheet.merge_range(4, 2, 4, 3, "Năm sinh", &Format::new()).unwrap();
    write(sheet, 4, &["STT", "Họ và tên", "", "", "Nơi ở", "Mức hưởng"]);
    write(sheet, 5, &["", "", "Nam", "Nữ"]);
    write(sheet, 6, &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]);
    let mut row = 7;
    for (number, [_, name, birth, _, address]) in (1..).zip(&people) {
        if number % 40 == 1 {
            sheet.merge_range(row, 0, row, 5, "Nhóm tiếp theo", &Format::new()).unwrap();
            row += 1;
        }
        let (men, women) = if name.contains(" Thị ") { ("", year(birth)) } else { (year(birth), "") };
        write(sheet, row, &["", name, men, women, address, "500.000"]);
        sheet.write_number(row, 0, f64::from(number)).unwrap();
        row += 1;
    }
    write(sheet, row, &["", "Tổng cộng: 120 người", "", "", "", "60.000.000"]);
    write(sheet, row + 2, &["", "NGƯỜI LẬP", "", "", "CHỦ TỊCH"]);
    book.save(registers.path("list.xlsx")).unwrap();

    let headers = preview(&registers.path("list.xlsx"), 5).unwrap().headers;
    assert_eq!(headers, ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Nơi ở", "Mức hưởng"]);
    let mut job = registers.job("list.csv");
    job.spec = Spec::parse(LIST).unwrap();
    job.right = vec![registers.path("list.xlsx")];
    let summary = link(&job).unwrap();
    assert_eq!(summary.right_rows, 120);
    assert_eq!(summary.noticed, Noticed { passed_over: 5, ..Noticed::default() });
    let (found, truth) = (matches(&registers, "list.csv"), truth(&people));
    assert!(
        found.intersection(&truth).count() >= 115 && found.difference(&truth).count() <= 2,
        "{}",
        found.len()
    );

    // The same list saved as text.
    let mut text = "UBND XÃ;;;;;\r\nDANH SÁCH, NĂM 2026;;;;;\r\n;;;;;\r\nSTT;Họ và tên;Năm sinh;;Nơi ở;Mức\r\n;;Nam;Nữ;;\r\n".to_owned();
    for (number, [_, name, birth, _, address]) in (1..).zip(&people) {
        let (men, women) = if name.contains(" Thị ") { ("", year(birth)) } else { (year(birth), "") };
        text.push_str(&format!("{number};{name};{men};{women};{address};500\r\n"));
    }
    text.push_str(";Tổng cộng: 120 người;;;;\r\n");
    fs::write(registers.path("list.txt"), text).unwrap();
    let mut as_text = job.clone();
    (as_text.right, as_text.out) = (vec![registers.path("list.txt")], registers.path("text.csv"));
    assert_eq!(link(&as_text).unwrap().noticed.passed_over, 1);
    assert_eq!(matches(&registers, "text.csv"), found);
}

#[test]
fn sheets_are_told_chosen_and_put_together() {
    let registers = Registers::new(600, 10);
    let people = people(&registers, 60);
    let mut book = Workbook::new();
    for (name, part) in [("Thôn Đông", 0..30), ("Thôn Đoài", 30..60)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        write(sheet, 0, &["STT", "Họ và tên", "Năm sinh", "Nơi ở"]);
        for (row, place) in (1..).zip(part) {
            let [_, name, birth, _, address] = &people[place];
            write(sheet, row, &[&format!("{}", place + 1), name, birth, address]);
        }
    }
    book.save(registers.path("list.xlsx")).unwrap();
    let mut job = registers.job("list.csv");
    job.spec = Spec::parse(LIST).unwrap();
    job.right = vec![registers.path("list.xlsx")];
    let summary = link(&job).unwrap();
    assert_eq!(summary.right_rows, 30);
    assert_eq!(summary.noticed.sheets, [["Thôn Đông", "Thôn Đoài"]]);

    job.spec = Spec::parse(&format!("sheet = {{ right = [\"Thôn Đoài\", \"Thôn Đông\"] }}\n{LIST}")).unwrap();
    let summary = link(&job).unwrap();
    assert_eq!((summary.right_rows, summary.noticed), (60, Noticed::default()));
    let truth = truth(&people);
    assert!(matches(&registers, "list.csv").intersection(&truth).count() >= 57);

    job.spec = Spec::parse(&format!("sheet = {{ right = \"Thôn Nam\" }}\n{LIST}")).unwrap();
    match link(&job) {
        Err(RunError::NoSheet { sheet, sheets, .. }) => {
            assert_eq!(
                (sheet.as_str(), sheets),
                ("Thôn Nam", vec!["Thôn Đông".to_owned(), "Thôn Đoài".to_owned()])
            );
        }
        other => panic!("{other:?}"),
    }
}

/// Exports are called workbooks whatever they are, and workbooks have stray cells.
#[test]
fn files_are_read_by_what_is_in_them() {
    let registers = Registers::new(600, 10);
    let people = people(&registers, 60);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    write(sheet, 0, &["STT", "Họ và tên", "Năm sinh", "Nơi ở"]);
    // The last cell that a sheet can have.
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let mut page =
        "<html><meta charset=utf-8><table><tr><th>STT<th>Họ v&agrave; tên<th>Năm sinh<th>Nơi ở</tr>"
            .to_owned();
    let mut tabs = "STT\tHọ và tên\tNăm sinh\tNơi ở\r\n".to_owned();
    for (number, [_, name, birth, _, address]) in (1..).zip(&people) {
        write(sheet, number, &[&number.to_string(), name, birth, address]);
        page.push_str(&format!(
            "<tr><td>{number}</td><td>{name}</td><td>{birth}</td><td>{address}</td></tr>"
        ));
        tabs.push_str(&format!("{number}\t{name}\t{birth}\t{address}\r\n"));
    }
    let workbook = book.save_to_buffer().unwrap();
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(tabs.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut answers = BTreeSet::new();
    let files: [(&str, &[u8]); 5] = [
        ("far.xlsx", &workbook),
        ("called.xls", &workbook),
        ("page.xls", page.as_bytes()),
        ("page.html", page.as_bytes()),
        ("tabs.xls", &utf16),
    ];
    for (name, bytes) in files {
        fs::write(registers.path(name), bytes).unwrap();
        let mut job = registers.job("out.csv");
        job.spec = Spec::parse(LIST).unwrap();
        job.right = vec![registers.path(name)];
        let summary = link(&job).unwrap();
        assert!(summary.right_rows == 60 && summary.matched >= 57, "{name}: {summary:?}");
        answers.insert(matches(&registers, "out.csv"));
    }
    assert_eq!(answers.len(), 1);

    let open_quote = "STT,Họ và tên,Năm sinh,Nơi ở\r\n1,Lê An,1990,Thôn Đông\r\n2,\"Lê Bình,1991,Thôn Đoài\r\n3,Lê Chi,1992,\r\n";
    let refused: [(&str, &[u8], &str); 4] = [
        ("torn.xlsx", &workbook[..workbook.len() / 2], "run.workbook"),
        ("noise.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 1, 2], "run.workbook"),
        ("paper.xlsx", b"%PDF-1.7\n\x00\x01", "run.workbook"),
        ("quote.csv", open_quote.as_bytes(), "run.open-quote"),
    ];
    for (name, bytes, code) in refused {
        fs::write(registers.path(name), bytes).unwrap();
        let mut job = registers.job("refused.csv");
        job.spec = Spec::parse(LIST).unwrap();
        job.right = vec![registers.path(name)];
        assert_eq!(link(&job).unwrap_err().code(), code, "{name}");
        assert!(!registers.path("refused.csv").exists());
    }
}

/// Husband and wife in columns of their own: both are found, each by what is said of them.
#[test]
fn a_register_of_marriages_finds_both() {
    let registers = Registers::new(900, 10);
    let people = people(&registers, 200);
    let of = |woman: bool| people.iter().filter(move |person| person[1].contains(" Thị ") == woman);
    let couples: Vec<_> = of(false).zip(of(true)).take(60).collect();
    let mut text =
        "Số;Họ tên chồng;Ngày sinh chồng;Nơi cư trú chồng;Họ tên vợ;Ngày sinh vợ;Nơi cư trú vợ\n".to_owned();
    for (number, (husband, wife)) in (1..).zip(&couples) {
        // Of every fifth husband the register says nothing but the name.
        let (birth, home) =
            if number % 5 == 0 { ("", "") } else { (husband[2].as_str(), husband[4].as_str()) };
        text.push_str(&format!(
            "{number};{};{birth};{home};{};{};{}\n",
            husband[1], wife[1], wife[2], wife[4]
        ));
    }
    fs::write(registers.path("marriages.csv"), text).unwrap();
    let mut job = registers.job("out.csv");
    job.spec = Spec::parse(
        r#"
        [columns]
        id = { left = "person_id", right = "Số" }
        name = { left = "name", right = [["Họ tên chồng"], ["Họ tên vợ"]] }
        birth = { left = "birth", right = [["Ngày sinh chồng"], ["Ngày sinh vợ"]] }
        address = { left = "address", right = [["Nơi cư trú chồng"], ["Nơi cư trú vợ"]] }
        "#,
    )
    .unwrap();
    job.right = vec![registers.path("marriages.csv")];
    link(&job).unwrap();
    let found = matches(&registers, "out.csv");
    let pair = |person: &[String; 5], number: usize| (person[0].clone(), format!("{number}"));
    let wives =
        (1..).zip(&couples).filter(|(number, (_, wife))| found.contains(&pair(wife, *number))).count();
    let husbands =
        (1..).zip(&couples).filter(|(number, (him, _))| found.contains(&pair(him, *number))).count();
    assert!(wives >= couples.len() - 2, "{wives} of {}", couples.len());
    assert!(husbands * 10 >= couples.len() * 8 - 20, "{husbands} of {}", couples.len());
    let all: BTreeSet<_> =
        (1..).zip(&couples).flat_map(|(number, (him, her))| [pair(him, number), pair(her, number)]).collect();
    assert!(found.difference(&all).count() <= 3, "{:?}", found.difference(&all).collect::<Vec<_>>());
}
