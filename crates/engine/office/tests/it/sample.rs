//! A paper and a sheet.

use d06_office::{Block, Cell, Paper, Sheet, Signatory, Table};

pub(crate) fn paper() -> Paper {
    let paragraph = |text: &str| Block::Paragraph { text: text.to_owned() };
    Paper {
        parent: None,
        agency: "Ủy ban nhân dân xã Hà Bắc".to_owned(),
        number: "     /BC-UBND".to_owned(),
        place: "Hà Bắc".to_owned(),
        date: "ngày 14 tháng 12 năm 2026".to_owned(),
        title: "Báo cáo".to_owned(),
        about: "Kết quả thực hiện Đề án 06 tháng 12 năm 2026".to_owned(),
        to: Some("Ủy ban nhân dân thành phố Hải Phòng".to_owned()),
        blocks: vec![
            Block::Heading { level: 1, text: "I. CÔNG TÁC CHỈ ĐẠO".to_owned() },
            paragraph("Dòng thứ nhất <b>không phải</b> & \"dấu\"\nDòng thứ hai\u{1}"),
            Block::Heading { level: 2, text: "1. Nhóm dịch vụ công".to_owned() },
            Block::Table(Table {
                head: vec!["Chỉ số".to_owned(), "Kỳ này".to_owned()],
                widths: vec![3, 1],
                rows: vec![vec!["Hồ sơ nộp trực tuyến".to_owned(), "66,67 % (2/3)".to_owned()]],
            }),
        ],
        signatory: Signatory {
            authority: vec!["TM. Ủy ban nhân dân".to_owned(), "Chủ tịch".to_owned()],
            name: String::new(),
        },
        recipients: vec!["Ủy ban nhân dân thành phố".to_owned(), "Lưu: VT, CA.".to_owned()],
        proof: Some("SHA-256: abc".to_owned()),
    }
}

pub(crate) fn sheet() -> Sheet {
    let unit = |number: i64, name: &str, numerator, denominator| {
        let at = number + 3;
        vec![
            Cell::Number(number),
            Cell::Text(name.to_owned()),
            Cell::Number(numerator),
            Cell::Number(denominator),
            Cell::Percent(
                format!("=IF(D{at}=0,\"\",C{at}/D{at})"),
                Some(numerator as f64 / denominator as f64),
            ),
        ]
    };
    Sheet {
        name: "Phụ lục 2".to_owned(),
        title: "Phụ lục 2. Hồ sơ nộp trực tuyến".to_owned(),
        note: "Thành phố Hải Phòng".to_owned(),
        head: ["TT", "Đơn vị", "Tử số", "Mẫu số", "Tỷ lệ"].map(str::to_owned).into(),
        widths: vec![6, 40, 12, 12, 10],
        rows: vec![
            unit(1, "=HYPERLINK(\"http://x\")", 1, 1),
            unit(2, "Xã Thanh Hà", 1, 10),
            vec![
                Cell::Empty,
                Cell::Text("Tổng".to_owned()),
                Cell::Formula("=SUM(C4:C5)".to_owned(), 2),
                Cell::Formula("=SUM(D4:D5)".to_owned(), 11),
                Cell::Percent("=IF(D6=0,\"\",C6/D6)".to_owned(), Some(2.0 / 11.0)),
            ],
        ],
        totals: 1,
    }
}
