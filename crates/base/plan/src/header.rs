//! What the columns of a table hold, by the words of its header, in whatever order they stand.

use crate::folded::Folded;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// The number of the item (TT, STT).
    Reference,
    /// The item in words.
    Text,
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
    /// By when.
    Due,
    /// The result or product.
    Product,
    /// Anything else (notes, source documents, progress).
    Other,
}

/// The words of each column, folded; the first row that fits decides.
const WORDS: [(Column, &[&str]); 9] = [
    (Column::Unit, &["don vi tinh", "dvt", "dv tinh"]),
    (Column::Tracking, &["theo doi", "tong hop"]),
    (Column::Coordinating, &["phoi hop"]),
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
            "don vi chu tri",
            "trach nhiem thuc hien",
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
            "ten",
        ],
    ),
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

/// The period a value column is for: `2026` for "Năm 2026", `Quý I/2026` as it stands.
fn period_of(folded: &Folded<'_>) -> Option<String> {
    let year = folded
        .ascii()
        .split(|c: char| !c.is_ascii_digit())
        .find(|part| part.len() == 4 && (part.starts_with("20") || part.starts_with("19")))?;
    if folded.has_any(&["quy", "thang", "6 thang"]) {
        return Some(folded.slice(0, folded.len()).to_owned());
    }
    Some(year.to_owned())
}

/// Reads a header off the front of some rows of cells: the columns, and how many rows the header takes.
pub(crate) fn read(rows: &[&[String]]) -> Option<(Vec<Column>, usize)> {
    let first = rows.first()?;
    let mut columns: Vec<Option<Column>> = first.iter().map(|cell| column_of(cell)).collect();
    let known = columns.iter().flatten().count();
    let filled = first.iter().filter(|cell| !cell.is_empty()).count();
    if known < 2 || known * 3 < filled * 2 || !columns.contains(&Some(Column::Text)) {
        return None;
    }
    let used = 1 + usize::from(rows.get(1).is_some_and(|second| merge_second(&mut columns, second)));
    only_first_text(&mut columns);
    Some((columns.into_iter().map(|column| column.unwrap_or(Column::Other)).collect(), used))
}

/// Adds the second row of a header whose cells stand under a merged cell of the first.
fn merge_second(columns: &mut Vec<Option<Column>>, second: &[String]) -> bool {
    let below: Vec<(usize, Column)> = second
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
        .filter_map(|(i, cell)| Some((i, column_of(cell)?)))
        .collect();
    let filled = second.iter().filter(|cell| !cell.is_empty()).count();
    let is_header = filled > 0 && below.len() == filled && second.first().is_none_or(String::is_empty);
    if is_header {
        columns.resize(columns.len().max(second.len()), None);
        for (i, column) in below {
            columns[i] = Some(column);
        }
    }
    is_header
}

/// A second column of words is a column of values without a period ("MỤC TIÊU" beside "MỤC TIÊU CỤ THỂ").
fn only_first_text(columns: &mut [Option<Column>]) {
    let mut seen = false;
    for column in columns.iter_mut() {
        if *column == Some(Column::Text) {
            if seen {
                *column = Some(Column::Value(String::new()));
            }
            seen = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(rows: &[&[&str]]) -> Option<(Vec<Column>, usize)> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect();
        let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
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
    fn a_row_of_words_is_no_header() {
        assert_eq!(header(&[&["1", "Tuyên truyền về thời gian", "Công an xã"]]), None);
    }
}
