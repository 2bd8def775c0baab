//! What the columns of a table hold, by the words of its header, in whatever order they stand.

use crate::folded::Folded;
use crate::numbering::roman;
use crate::source::{Cell, Merged};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// The number of the item (TT, STT).
    Reference,
    /// The item in words.
    Text,
    /// More words of the item: a second column of text.
    MoreText,
    /// The unit of measurement (ĐVT).
    Unit,
    /// The value for a period; empty period if the header names none.
    Value(String),
    /// The units that follow the target.
    Tracking,
    /// Who leads.
    Lead,
    /// Who takes part.
    Coordinating,
    /// From when, beside a column that says by when.
    Begin,
    /// By when.
    Due,
    /// The result or product.
    Product,
    /// Anything else (notes, source documents, progress).
    Other,
}

/// The words of each column, folded; the first row that fits decides.
const WORDS: [(Column, &[&str]); 11] = [
    (Column::Unit, &["don vi tinh", "dvt", "dv tinh", "don vi do"]),
    (Column::Tracking, &["theo doi", "tong hop"]),
    (Column::Coordinating, &["phoi hop", "tham gia"]),
    (Column::Begin, &["bat dau", "tu ngay", "tu thang", "ngay trien khai"]),
    (
        Column::Due,
        &[
            "thoi gian",
            "thoi han",
            "tien do",
            "han hoan thanh",
            "moc thoi gian",
            "lo trinh",
            "thoi diem",
            "ngay hoan thanh",
            "hoan thanh",
            "han xu ly",
            "ket thuc",
            "den ngay",
            "den thang",
        ],
    ),
    (
        Column::Lead,
        &[
            "chu tri",
            "don vi thuc hien",
            "co quan thuc hien",
            "nguoi thuc hien",
            "phu trach",
            "trach nhiem thuc hien",
            "dau moi",
            "soan thao",
            "tham muu",
            "chiu trach nhiem",
            "duoc giao",
            "giao thuc hien",
        ],
    ),
    (Column::Product, &["san pham", "ket qua", "dau ra"]),
    (Column::Other, &["ghi chu", "van ban giao", "can cu", "diem", "cach tinh", "y kien", "kinh phi"]),
    (Column::Reference, &["tt", "stt", "so tt", "so thu tu"]),
    (
        Column::Text,
        &[
            "noi dung",
            "nhiem vu",
            "muc tieu",
            "chi tieu",
            "tieu chi",
            "cong viec",
            "giai phap",
            "hoat dong",
            "dau viec",
            "mo hinh",
            "ten",
        ],
    ),
    (Column::Lead, &["don vi", "co quan", "trach nhiem", "phan cong", "to chuc thuc hien"]),
];

/// What a header cell says its column holds.
pub(crate) fn column_of(cell: &str) -> Option<Column> {
    let folded = Folded::new(cell);
    if folded.len() > 80 {
        return None;
    }
    if let Some(period) = period_of(&folded) {
        return Some(Column::Value(period));
    }
    WORDS.iter().find(|(_, words)| folded.has_any(words)).map(|(column, _)| column.clone())
}

/// The cells of a header that say what their column holds in words nobody knows.
pub(crate) fn unknown<'a>(cells: &'a [Cell], columns: &[Column]) -> impl Iterator<Item = &'a str> {
    let unread = cells.iter().zip(columns).filter(|(_, column)| **column == Column::Other);
    unread.map(|(cell, _)| cell.text.trim()).filter(|text| !text.is_empty() && column_of(text).is_none())
}

/// The period a value column is for: `2026` for "Năm 2026", `Quý I/2026` as it stands.
fn period_of(folded: &Folded<'_>) -> Option<String> {
    let whole = folded.slice(0, folded.len());
    let part_of_year = folded.ascii().strip_prefix("quy ").or_else(|| folded.ascii().strip_prefix("thang "));
    if let Some(number) = part_of_year
        && (number.parse().is_ok_and(|n: u32| n <= 12) || roman(&number.to_ascii_uppercase()).is_some())
    {
        return Some(whole.to_owned());
    }
    if matches!(folded.ascii(), "ca nam" | "6 thang" | "06 thang" | "9 thang" | "09 thang") {
        return Some(whole.to_owned());
    }
    let year = year_of(folded.ascii())?;
    if folded.has_any(&["quy", "thang", "6 thang"]) {
        return Some(whole.to_owned());
    }
    Some(year.to_owned())
}

/// The year that some words name.
fn year_of(words: &str) -> Option<&str> {
    words
        .split(|c: char| !c.is_ascii_digit())
        .find(|part| part.len() == 4 && (part.starts_with("20") || part.starts_with("19")))
}

/// Reads a header off the front of some rows of cells: the columns, and how many rows the header takes.
pub(crate) fn read(rows: &[&[Cell]]) -> Option<(Vec<Column>, usize)> {
    let first = rows.first()?;
    let mut columns: Vec<Option<Column>> = first.iter().map(|cell| column_of(&cell.text)).collect();
    let known = columns.iter().flatten().count();
    let filled = first.iter().filter(|cell| !cell.text.is_empty()).count();
    let has_text = columns.contains(&Some(Column::Text));
    if known < 2 || known * 3 < filled * 2 || !has_text || first.iter().any(|cell| cell.text.len() > 240) {
        return None;
    }
    let mut used = 1;
    while used < 3 && rows.get(used).is_some_and(|below| merge_below(&mut columns, first, below)) {
        used += 1;
    }
    if rows.get(used).is_some_and(|row| counts_columns(row)) {
        used += 1;
    }
    only_first_text(&mut columns, first);
    units_of_values(&mut columns, first);
    without_baseline(&mut columns, first);
    Some((columns.into_iter().map(|column| column.unwrap_or(Column::Other)).collect(), used))
}

/// Adds a row of a header whose cells stand under a merged cell of the row above.
fn merge_below(columns: &mut Vec<Option<Column>>, first: &[Cell], second: &[Cell]) -> bool {
    let filled: Vec<(usize, &Cell)> =
        second.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()).collect();
    // A cell under an open field of the row above: that one is empty, merged, or spans its neighbours.
    let under = |at: usize| {
        let spans =
            |i: usize| first.get(i + 1).is_some_and(|c| c.merged == Merged::Left || c.text.is_empty());
        first.get(at).is_none_or(|cell| cell.text.is_empty()) || spans(at)
    };
    let mut below: Vec<(usize, Column)> =
        filled.iter().filter_map(|(i, cell)| Some((*i, column_of(&cell.text)?))).collect();
    let is_header = !filled.is_empty()
        && below.len() == filled.len()
        && second.first().is_none_or(|cell| cell.text.is_empty())
        && filled.iter().all(|(i, cell)| under(*i) && cell.text.len() < 120);
    if is_header {
        columns.resize(columns.len().max(second.len()), None);
        for (at, column) in &mut below {
            // "Quý I" under "Năm 2026" is the first quarter of 2026.
            let above = columns[..=*at].iter().rev().flatten().find_map(|column| match column {
                Column::Value(period) if period.len() == 4 => Some(period.clone()),
                _ => None,
            });
            if let (Column::Value(period), Some(year)) = (&mut *column, above)
                && year_of(period).is_none()
            {
                let whole = Folded::new(period).ascii() == "ca nam";
                *period = if whole { year } else { format!("{period}/{year}") };
            }
        }
        for (at, column) in below {
            columns[at] = Some(column);
        }
    }
    is_header
}

/// Whether a row only counts the columns: 1, 2, 3 … or A, B, 1, 2 …, with or without brackets.
fn counts_columns(row: &[Cell]) -> bool {
    let bare = |cell: &Cell| cell.text.trim_matches(['(', ')', '[', ']']).to_owned();
    let cells: Vec<String> = row.iter().map(bare).filter(|text| !text.is_empty()).collect();
    let numbers: Vec<u32> = cells.iter().filter_map(|text| text.parse().ok()).collect();
    let letters =
        cells.iter().filter(|text| text.len() == 1 && text.as_bytes()[0].is_ascii_alphabetic()).count();
    cells.len() >= 3
        && numbers.len() >= 2
        && numbers.len() + letters == cells.len()
        && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
        && numbers[0] <= 3
}

/// Further columns of words. In a table of targets the second is a column of values without a period ("MỤC TIÊU"
/// beside "MỤC TIÊU CỤ THỂ"), elsewhere it says more of the item ("Nội dung" beside "Nhiệm vụ").
fn only_first_text(columns: &mut [Option<Column>], header: &[Cell]) {
    let of_tasks =
        columns.iter().flatten().any(|c| matches!(c, Column::Lead | Column::Due | Column::Product));
    let has_values = columns.iter().flatten().any(|c| matches!(c, Column::Value(_)));
    let mut seen = false;
    for (at, column) in columns.iter_mut().enumerate() {
        if *column != Some(Column::Text) {
            continue;
        }
        if seen {
            let words = header.get(at).map(|cell| Folded::new(&cell.text).has_any(&["muc tieu", "chi tieu"]));
            let value = words == Some(true) && !has_values && !of_tasks;
            *column = Some(if value { Column::Value(String::new()) } else { Column::MoreText });
        }
        seen = true;
    }
}

/// "Đơn vị" before the values, with another column for who answers, is the unit of measurement.
fn units_of_values(columns: &mut [Option<Column>], header: &[Cell]) {
    let values = columns.iter().any(|column| matches!(column, Some(Column::Value(_))));
    let leads = columns.iter().filter(|c| matches!(c, Some(Column::Lead | Column::Tracking))).count();
    let bare = |cell: &Cell| Folded::new(&cell.text).ascii() == "don vi";
    let at = header.iter().position(bare).filter(|_| values && !columns.contains(&Some(Column::Unit)));
    if let Some(column) = at.filter(|_| leads > 1).and_then(|at| columns.get_mut(at)) {
        *column = Some(Column::Unit);
    }
}

/// "Thực hiện năm 2025" beside "Kế hoạch năm 2026" tells where things stand, and is no goal.
fn without_baseline(columns: &mut [Option<Column>], header: &[Cell]) {
    let is_value = |column: &Option<Column>| matches!(column, Some(Column::Value(_)));
    let reached = |at: usize| {
        header.get(at).is_some_and(|cell| {
            Folded::new(&cell.text).has_any(&["ket qua", "uoc", "da dat", "hien trang"])
                || Folded::new(&cell.text).starts_with_words("thuc hien")
        })
    };
    let values = columns.iter().filter(|column| is_value(column)).count();
    let baselines: Vec<usize> =
        (0..columns.len()).filter(|at| is_value(&columns[*at]) && reached(*at)).collect();
    if baselines.len() < values {
        for at in baselines {
            columns[at] = Some(Column::Other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(rows: &[&[&str]]) -> Option<(Vec<Column>, usize)> {
        let rows: Vec<Vec<Cell>> =
            rows.iter().map(|row| row.iter().map(|c| Cell::new(*c)).collect()).collect();
        let rows: Vec<&[Cell]> = rows.iter().map(Vec::as_slice).collect();
        read(&rows)
    }

    #[test]
    fn columns_in_any_order() {
        let (columns, used) =
            header(&[&["Thời hạn", "Đơn vị phối hợp", "Cơ quan chủ trì", "Nội dung", "STT"]]).unwrap();
        use Column::*;
        assert_eq!((columns, used), (vec![Due, Coordinating, Lead, Text, Reference], 1));
    }

    #[test]
    fn begin_and_end_stand_apart() {
        let (columns, _) =
            header(&[&["TT", "Nội dung", "Chủ trì", "Thời gian", ""], &["", "", "", "Bắt đầu", "Kết thúc"]])
                .unwrap();
        assert_eq!(columns[3..], [Column::Begin, Column::Due]);
    }

    #[test]
    fn two_rows_with_merged_cells() {
        let (columns, used) = header(&[
            &["TT", "MỤC TIÊU CỤ THỂ", "ĐƠN VỊ TÍNH", "MỤC TIÊU", "", "ĐƠN VỊ THEO DÕI"],
            &["", "", "", "Năm 2026", "Năm 2030", ""],
        ])
        .unwrap();
        assert_eq!(used, 2);
        assert_eq!(columns[3], Column::Value("2026".into()));
        assert_eq!(columns[4], Column::Value("2030".into()));
    }

    #[test]
    fn quarters_under_a_year_and_a_row_of_numbers() {
        let (columns, used) = header(&[
            &["STT", "Nhiệm vụ", "Năm 2026", "", "Cơ quan"],
            &["", "", "Quý I", "Quý II", ""],
            &["(1)", "(2)", "(3)", "(4)", "(5)"],
        ])
        .unwrap();
        assert_eq!(used, 3);
        assert_eq!(columns[3], Column::Value("Quý II/2026".into()));
        assert_eq!(columns[4], Column::Lead);
    }

    #[test]
    fn a_part_of_the_year_beside_the_whole() {
        let (columns, used) = header(&[
            &["STT", "Chỉ tiêu", "Đơn vị", "Giao năm 2026", "", "Đơn vị thực hiện"],
            &["", "", "", "Tháng 12", "Cả năm", ""],
        ])
        .unwrap();
        assert_eq!(used, 2);
        assert_eq!(columns[2], Column::Unit);
        assert_eq!(columns[3], Column::Value("Tháng 12/2026".into()));
        assert_eq!(columns[4], Column::Value("2026".into()));
    }

    #[test]
    fn a_second_column_of_words_and_a_baseline() {
        let (columns, _) =
            header(&[&["TT", "Nhiệm vụ", "Nội dung thực hiện", "Chủ trì", "Thời hạn"]]).unwrap();
        assert_eq!(columns[2], Column::MoreText);
        let (columns, _) = header(&[&["TT", "Chỉ tiêu", "Thực hiện 2025", "Kế hoạch 2026"]]).unwrap();
        assert_eq!(columns[2..], [Column::Other, Column::Value("2026".into())]);
    }

    #[test]
    fn a_row_of_words_is_no_header() {
        assert_eq!(header(&[&["1", "Tuyên truyền về thời gian", "Công an xã"]]), None);
    }
}
