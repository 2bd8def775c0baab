//! Lists of offices, row by row.

use super::*;
use proptest::prelude::*;

fn grid(text: &str) -> Vec<Vec<String>> {
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
    let width = rows.iter().map(Vec::len).max().unwrap();
    let pad = |mut row: Vec<String>| {
        row.resize(width, String::new());
        row
    };
    rows.into_iter().map(pad).collect()
}

/// Headers, and the entries with their values.
fn read(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let grid = grid(text);
    let layout = Layout::find(&grid).unwrap();
    let entries = grid[layout.first()..].iter().filter(|row| filled(row) > 0 && layout.is_entry(row));
    let values = |row: &Vec<String>| {
        (0..layout.columns.len())
            .map(|column| layout.columns[column].1.value(|place| row[place].as_str().into()).into_owned())
            .collect()
    };
    (layout.headers(), entries.map(values).collect())
}

#[test]
fn a_welfare_list_with_years_under_men_and_women() {
    let (headers, entries) = read(
        "UBND XÃ HÀ BẮC||||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|
        PHÒNG VĂN HÓA||||Độc lập - Tự do - Hạnh phúc|

        DANH SÁCH HƯỞNG TRỢ CẤP THÁNG 10 NĂM 2026
        STT|Họ và tên|Năm sinh||Số CCCD|Nơi ở
         | |Nam|Nữ| |
        (1)|(2)|(3)|(4)|(5)|(6)
        I. NGƯỜI CAO TUỔI
        1|NGUYỄN VĂN AN|1940||031040000001|Thôn Đông
        2|Trần Thị Bình||1944||Thôn Đông
        II. NGƯỜI KHUYẾT TẬT
        3|Lê Minh|1980|||
        STT|Họ và tên|Năm sinh||Số CCCD|Nơi ở
        4|Vũ Hà|||031180000001|Thôn Đoài
         |Tổng cộng: 4 người||||2.160.000

         |NGƯỜI LẬP BIỂU||||CHỦ TỊCH",
    );
    assert_eq!(headers, ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Số CCCD", "Nơi ở"]);
    let expected = [
        ["1", "NGUYỄN VĂN AN", "1940", "Nam", "031040000001", "Thôn Đông"],
        ["2", "Trần Thị Bình", "1944", "Nữ", "", "Thôn Đông"],
        ["3", "Lê Minh", "1980", "Nam", "", ""],
        ["4", "Vũ Hà", "", "", "031180000001", "Thôn Đoài"],
    ];
    assert_eq!(entries, expected);
}

#[test]
fn sex_is_marked_and_groups_stand_above() {
    let (headers, entries) = read(
        "|Người được cấp|||Giới tính||Địa chỉ
        TT|Họ tên|Ngày sinh|CCCD|Nam|Nữ|
        1|Lê An|1/2/1990|031090000001|x||Thôn Đông
        2|Lê Bình|1/3/1991|031190000001||x|Thôn Đoài",
    );
    let group = "Người được cấp";
    let expected = [
        "TT",
        &format!("{group} Họ tên"),
        &format!("{group} Ngày sinh"),
        &format!("{group} CCCD"),
        "Giới tính",
        "Địa chỉ",
    ];
    assert_eq!(headers, expected);
    assert_eq!(entries[0][4..], ["Nam", "Thôn Đông"]);
    assert_eq!(entries[1][4..], ["Nữ", "Thôn Đoài"]);
}

#[test]
fn a_plain_table_stays_as_it_is() {
    for text in ["id|name|birth\n1|Lê An|1990\n2|Lê Bình|1991", "Họ và tên|Ngày sinh\nLê An|1990\nLê Bình|"]
    {
        let grid = grid(text);
        let layout = Layout::find(&grid).unwrap();
        assert!(layout.is_plain(), "{text}");
        assert_eq!(layout.headers(), grid[0]);
        assert!(grid[1..].iter().all(|row| layout.is_entry(row)), "{text}");
    }
    // Nothing is known of the headers: 1, 2, 3 may be values.
    let (headers, entries) = read("a|b|c\n1|2|3\n4|5|6");
    assert_eq!((headers.join(""), entries.len()), ("abc".to_owned(), 2));
}

/// Members of a household under one running number, a row with nothing but number and name, a person named Tống.
#[test]
fn sparse_entries_are_entries() {
    let (_, entries) = read(
        "STT|Họ và tên|Ngày sinh|CCCD|Quan hệ|Địa chỉ
        1|Lê An|1960|031060000001|Chủ hộ|Thôn Đông
         |Lê Bình|1990|031090000001|Con|Thôn Đông
         |Lê Chi|2020||Cháu|
        2|Tống Cộng Hòa||||",
    );
    assert_eq!(entries.len(), 4);
    let (_, entries) = read(
        "Họ và tên|Ngày sinh|CCCD|Địa chỉ
        Lê An|1960|031060000001|Thôn Đông
        Tống Số|1961|031060000002|Thôn Đông
        Thôn Đoài|||
        Lê Bình|1962||Thôn Đoài
        Tống Thị Bé|1963||
        Tổng số:|||4",
    );
    let names: Vec<&str> = entries.iter().map(|entry| entry[0].as_str()).collect();
    assert_eq!(names, ["Lê An", "Tống Số", "Lê Bình", "Tống Thị Bé"]);
}

/// What a glance takes for an entry is one.
#[test]
fn a_glance_is_never_wrong() {
    for text in [
        "id|name|birth\n1|Lê An|1990\nid|name|birth\n2||\n|Tổng cộng|2\n3|Lê Bình|",
        "STT|Họ tên|Ngày sinh|CCCD\nI|Khối 10||\n1|Lê An|1990|1\nSTT|Họ tên|Ngày sinh|CCCD\n|Ký||\n2|Lê Bình||",
    ] {
        let grid = grid(text);
        let layout = Layout::find(&grid).unwrap();
        assert!(layout.is_plain());
        let glanced: Vec<bool> = grid[1..]
            .iter()
            .map(|row| layout.is_entry_at_a_glance(|place| row[place].as_bytes(), row.len()))
            .collect();
        for (row, glanced) in grid[1..].iter().zip(&glanced) {
            assert!(!glanced || layout.is_entry(row), "{row:?}");
        }
        assert!(glanced.contains(&true) && glanced.contains(&false));
        let entries: Vec<&Vec<String>> = grid[1..].iter().filter(|row| layout.is_entry(row)).collect();
        assert_eq!(entries.len(), if layout.number.is_some() { 2 } else { 3 }, "{entries:?} {layout:?}");
    }
}

/// Entries that were added have signs for a number; entries of two cells look like a second row of the header.
#[test]
fn odd_entries_are_entries() {
    let (_, entries) = read(
        "STT|Họ và tên|Ngày sinh|CCCD
        I|Thôn Đông||
        1|Lê An|1960|031060000001
        bs|Lê Bình|1961|031060000002
        2|Lê Chi|1962|031060000003
        |Tổng cộng|3|",
    );
    assert_eq!(entries.len(), 3, "{entries:?}");
    let (headers, entries) =
        read("Họ và tên||Giới tính|\nLê Văn|An|Nam|\nTrần Thị|Bình|Nữ|\nVũ|Chi|Nữ|\nĐỗ|Dung|Nữ|");
    assert_eq!((headers, entries.len()), (vec!["Họ và tên".to_owned(), "Giới tính".to_owned()], 4));
}

/// Lists of schools: a name under one header in two columns, groups with Roman numbers.
#[test]
fn names_in_two_columns_and_roman_groups() {
    let (headers, entries) = read(
        "TT|Họ và tên||Ngày sinh|Lớp
        A|B||1|2
        I|Khối 10||||45
        1.|Nguyễn Văn|An|1/2/2010|10A
        2.|Trần Thị|Bình|3/4/2010|10A
        II|Khối 11|||12
        3a|Lê|Chi|5/6/2009|11A
        A|B||1|2
        4|Phạm Thu|Hà|7/8/2009|11A",
    );
    assert_eq!(headers[..4], ["TT", "Họ và tên", "Ngày sinh", "Lớp"]);
    let names: Vec<&str> = entries.iter().map(|entry| entry[1].as_str()).collect();
    assert_eq!(names, ["Nguyễn Văn An", "Trần Thị Bình", "Lê Chi", "Phạm Thu Hà"]);
}

#[test]
fn columns_without_a_header_have_their_letter() {
    let (headers, entries) = read("Họ và tên|Ngày sinh|||\nLê An|1990||x|\nLê Bình|1991||y|");
    assert_eq!(headers, ["Họ và tên", "Ngày sinh", "(D)"]);
    assert_eq!(entries[1], ["Lê Bình", "1991", "y"]);
    assert_eq!([letters(25), letters(26), letters(701), letters(702)], ["Z", "AA", "ZZ", "AAA"]);
}

proptest! {
    /// Whatever the rows are, nothing panics, and every column is made of cells that are there.
    #[test]
    fn any_rows(rows in prop::collection::vec(prop::collection::vec("(|Nam|Nữ|STT|Họ tên|Năm sinh|1|(2)|[a-z ]{0,4})", 0..6), 0..12)) {
        if let Some(layout) = Layout::find(&rows) {
            prop_assert!(layout.first() <= rows.len());
            for row in &rows {
                layout.is_entry(row);
                for column in 0..layout.headers().len() {
                    layout.columns[column].1.value(|place| row.get(place).map_or("", String::as_str).into());
                }
            }
        }
    }
}
