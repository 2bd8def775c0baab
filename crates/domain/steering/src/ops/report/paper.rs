//! A report as a paper of the office and as its appendices. The words are those of official papers, which are written in
//! Vietnamese whatever the reader's language.

use crate::model::report::content::{Content, ListLine};
use crate::model::report::cycle::Cycle;
use crate::model::report::figure::{Figure, Kind, Origin};
use crate::model::report::item::Report;
use crate::model::report::words::GROUPS;
use chrono::{Datelike, Duration};
use d06_kernel::Locale;
use d06_kernel::port::measure::Ratio;
use d06_kernel::time::{local, local_date};
use d06_office::{Block, Cell, Paper, Sheet, Signatory, Table};
use d06_ui::format;

/// Titles of the five groups.
const GROUP_TITLES: [&str; 5] = [
    "1. Nhóm phục vụ giải quyết thủ tục hành chính, dịch vụ công trực tuyến",
    "2. Nhóm phục vụ phát triển kinh tế - xã hội",
    "3. Nhóm phục vụ công dân số",
    "4. Nhóm hoàn thiện hệ sinh thái, kết nối, khai thác dữ liệu dân cư",
    "5. Nhóm phục vụ chỉ đạo, điều hành",
];

/// A unit's share of a figure, for the appendix.
#[derive(Clone, Debug)]
pub(super) struct UnitRow {
    /// The figure's key.
    pub(super) key: String,
    /// The unit's name.
    pub(super) unit: String,
    /// Numerator and denominator.
    pub(super) counts: (i64, i64),
}

/// What a report is called.
pub(super) fn subject(report: &Report) -> String {
    let due = local_date(report.due_at - Duration::minutes(1));
    match report.cycle {
        Cycle::Monthly => format!("Kết quả thực hiện Đề án 06 tháng {} năm {}", due.month(), due.year()),
        Cycle::HalfYear => format!("Kết quả thực hiện Đề án 06 sáu tháng đầu năm {}", due.year()),
        Cycle::Yearly => format!("Kết quả thực hiện Đề án 06 năm {}", due.year()),
        Cycle::AdHoc => report.subject.clone().unwrap_or_default(),
    }
}

/// The paper. `superior` is the name of the unit above.
pub(super) fn paper(report: &Report, content: &Content, superior: Option<String>, frozen: bool) -> Paper {
    let place = report.unit_name.rsplit_once("xã ").or(report.unit_name.rsplit_once("thành phố "));
    let place = place.map_or(report.unit_name.as_str(), |(_, name)| name).to_owned();
    let at = local(report.locked_at.or(report.sent_at).unwrap_or(content.as_of));
    let mut recipients: Vec<String> = superior.iter().cloned().collect();
    recipients.push("Lưu: VT, CA.".to_owned());
    Paper {
        parent: None,
        agency: name_on_one_line(&report.unit_name),
        number: "     /BC-UBND".to_owned(),
        place,
        date: d06_pdf::vietnamese_date(at),
        title: "Báo cáo".to_owned(),
        about: subject(report),
        to: superior,
        blocks: blocks(content),
        signatory: Signatory {
            authority: vec!["TM. Ủy ban nhân dân".to_owned(), "Chủ tịch".to_owned()],
            name: String::new(),
        },
        recipients,
        proof: report.hash.as_ref().filter(|_| frozen).map(|hash| {
            format!("Số liệu cố định lúc {}. SHA-256: {hash}", local(content.as_of).format("%H:%M %d/%m/%Y"))
        }),
    }
}

/// The name of an agency whose place is not torn apart where the line breaks.
fn name_on_one_line(agency: &str) -> String {
    const COMMITTEE: &str = "Ủy ban nhân dân ";
    match agency.strip_prefix(COMMITTEE) {
        Some(place) => format!("{COMMITTEE}{}", place.replace(' ', "\u{a0}")),
        None => agency.to_owned(),
    }
}

fn blocks(content: &Content) -> Vec<Block> {
    let mut all = Vec::new();
    let span = format!(
        "Số liệu từ ngày {} đến ngày {}, tính lúc {}.",
        content.from.format("%d/%m/%Y"),
        content.to.format("%d/%m/%Y"),
        local(content.as_of).format("%H:%M ngày %d/%m/%Y"),
    );
    all.push(paragraph(&span));
    if !content.absent.is_empty() {
        let names: Vec<&str> = content.absent.iter().map(|one| one.unit.as_str()).collect();
        all.push(paragraph(&format!("Chưa có số liệu của {} đơn vị: {}.", names.len(), names.join("; "))));
    }
    all.push(heading(1, "I. CÔNG TÁC CHỈ ĐẠO"));
    documents(&mut all, &content.documents);
    words(&mut all, content, "documents");
    all.push(heading(1, "II. KẾT QUẢ THỰC HIỆN"));
    for (group, title) in GROUPS.into_iter().zip(GROUP_TITLES) {
        all.push(heading(2, title));
        let before = all.len();
        figures(&mut all, content, group);
        words(&mut all, content, group);
        if all.len() == before {
            all.push(paragraph("Trong kỳ chưa có số liệu."));
        }
    }
    if content.figures.iter().any(|figure| figure.group == "targets") {
        all.push(heading(2, "6. Chỉ tiêu khác của kế hoạch"));
        figures(&mut all, content, "targets");
    }
    all.push(heading(2, "Tình hình thực hiện nhiệm vụ"));
    figures(&mut all, content, "tasks");
    all.push(heading(1, "III. TỒN TẠI, KHÓ KHĂN, NGUYÊN NHÂN"));
    all.push(heading(2, "1. Nhiệm vụ quá hạn"));
    own_and_below(&mut all, TASKS, &content.overdue, content.overdue_below(), "nhiệm vụ quá hạn");
    all.push(heading(2, "2. Khó khăn, vướng mắc"));
    figures(&mut all, content, "obstacles");
    own_and_below(
        &mut all,
        OBSTACLES,
        &content.obstacles,
        content.obstacles_below(),
        "khó khăn, vướng mắc chưa được giải quyết",
    );
    words(&mut all, content, "shortcomings");
    all.push(heading(1, "IV. NHIỆM VỤ THÁNG TỚI"));
    lines(&mut all, TASKS, &content.next, "Không có nhiệm vụ đến hạn trong tháng tới.");
    words(&mut all, content, "next");
    all.push(heading(1, "V. KIẾN NGHỊ, ĐỀ XUẤT"));
    lines(&mut all, OBSTACLES, &content.proposals, "Không có kiến nghị.");
    words(&mut all, content, "proposals");
    all
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.to_owned() }
}

fn words(all: &mut Vec<Block>, content: &Content, passage: &str) {
    let text = content.words.get(passage);
    if !text.is_empty() {
        all.push(paragraph(text));
    }
}

/// What is asked of a task: who has it, by when.
const TASKS: [&str; 2] = ["Đơn vị, người thực hiện", "Thời hạn"];
/// What is asked of an obstacle: who can remove it, by when.
const OBSTACLES: [&str; 2] = ["Đơn vị giải quyết", "Hạn trả lời"];

fn documents(all: &mut Vec<Block>, list: &[ListLine]) {
    if list.is_empty() {
        all.push(paragraph("Trong kỳ không ban hành văn bản mới."));
        return;
    }
    let rows = list.iter().map(|line| vec![line.reference.clone(), line.text.clone(), line.due.clone()]);
    all.push(Block::Table(Table {
        head: ["Số", "Nội dung", "Ngày đưa vào hệ thống"].map(str::to_owned).into(),
        widths: vec![3, 11, 4],
        rows: rows.collect(),
    }));
}

fn lines(all: &mut Vec<Block>, [who, due]: [&str; 2], list: &[ListLine], empty: &str) {
    if list.is_empty() {
        all.push(paragraph(empty));
        return;
    }
    let rows = list
        .iter()
        .map(|line| vec![line.reference.clone(), line.text.clone(), line.who.clone(), line.due.clone()]);
    all.push(Block::Table(Table {
        head: ["Số", "Nội dung", who, due].map(str::to_owned).into(),
        widths: vec![2, 9, 4, 3],
        rows: rows.collect(),
    }));
}

/// The unit's own lines, and how many lie with the units below.
fn own_and_below(all: &mut Vec<Block>, asked: [&str; 2], own: &[ListLine], below: u64, what: &str) {
    if below == 0 || !own.is_empty() {
        lines(all, asked, own, &format!("Không có {what}."));
    }
    if below > 0 {
        all.push(paragraph(&format!("{below} {what} thuộc các đơn vị cấp dưới.")));
    }
}

fn figures(all: &mut Vec<Block>, content: &Content, group: &str) {
    let rows: Vec<Vec<String>> =
        content.figures.iter().filter(|figure| figure.group == group).map(row).collect();
    if rows.is_empty() {
        return;
    }
    all.push(Block::Table(Table {
        head: ["Chỉ số", "Kỳ này", "Chỉ tiêu", "Kỳ trước"].map(str::to_owned).into(),
        widths: vec![8, 4, 4, 3],
        rows,
    }));
}

fn row(figure: &Figure) -> Vec<String> {
    let shown = |value: Option<f64>| match (value, figure.kind) {
        (None, _) => "–".to_owned(),
        (Some(value), kind) => {
            format!(
                "{}{}",
                format::number(Locale::Vi, value, 2),
                if kind.is_percent() { "\u{a0}%" } else { "" }
            )
        }
    };
    let now = match (figure.value, figure.kind) {
        (Some(value), kind) if kind.has_denominator() && value.denominator > 0 => {
            let part = |count: i64| format::integer(Locale::Vi, count);
            format!("{} ({}/{})", shown(figure.shown()), part(value.numerator), part(value.denominator))
        }
        _ => shown(figure.shown()),
    };
    let before = figure.previous.and_then(|value| crate::model::report::figure::shown(figure.kind, value));
    let goal = figure.goal.as_ref().map(|goal| format!("{} – {}", goal.reference, goal.raw));
    vec![figure.name.clone(), now, goal.unwrap_or_else(|| "–".to_owned()), shown(before)]
}

/// The appendices: the figures, and for a sum what each unit reports, with totals as formulas.
pub(super) fn sheets(report: &Report, content: &Content, units: &[UnitRow]) -> Vec<Sheet> {
    let note = format!(
        "{}, số liệu từ {} đến {}",
        report.unit_name,
        content.from.format("%d/%m/%Y"),
        content.to.format("%d/%m/%Y"),
    );
    let head = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut rows = Vec::new();
    for (place, figure) in (0..).zip(&content.figures) {
        // The table begins in row 4.
        let at = place + 4;
        let value = figure.value;
        rows.push(vec![
            Cell::Number(place + 1),
            Cell::Text(figure.name.clone()),
            value.map_or(Cell::Empty, |value| Cell::Number(value.numerator)),
            match (value, figure.kind) {
                (Some(value), kind) if kind.has_denominator() => Cell::Number(value.denominator),
                _ => Cell::Empty,
            },
            value.map_or(Cell::Empty, |value| result(figure.kind, at, value)),
            Cell::Text(figure.goal.as_ref().map(|goal| goal.raw.clone()).unwrap_or_default()),
        ]);
    }
    let mut sheets = vec![Sheet {
        name: "Phụ lục I".to_owned(),
        title: format!("Phụ lục I. Số liệu: {}", subject(report)),
        note: note.clone(),
        head: head(&["TT", "Chỉ số", "Tử số hoặc số lượng", "Mẫu số", "Tỷ lệ", "Chỉ tiêu"]),
        widths: vec![6, 56, 16, 14, 12, 22],
        rows,
        totals: 0,
    }];
    let summed = content.figures.iter().filter(|figure| matches!(figure.origin, Origin::Units { .. }));
    for (place, figure) in (2..).zip(summed) {
        sheets.push(unit_sheet(place, figure, units, &note));
    }
    sheets
}

/// What each unit reports of one figure; the total is a formula over the parts.
fn unit_sheet(place: usize, figure: &Figure, units: &[UnitRow], note: &str) -> Sheet {
    let of = units.iter().filter(|unit| unit.key == figure.key);
    let has_parts = figure.kind.has_denominator();
    let share_of = |at: i64, (numerator, denominator): (i64, i64)| {
        result(figure.kind, at, Ratio { numerator, denominator })
    };
    let mut total = (0, 0);
    let mut rows = Vec::new();
    for unit in of {
        total = (total.0 + unit.counts.0, total.1 + unit.counts.1);
        let number = i64::try_from(rows.len()).unwrap_or(0);
        rows.push(vec![
            Cell::Number(number + 1),
            Cell::Text(unit.unit.clone()),
            Cell::Number(unit.counts.0),
            if has_parts { Cell::Number(unit.counts.1) } else { Cell::Empty },
            share_of(number + 4, unit.counts),
        ]);
    }
    let last = i64::try_from(rows.len()).unwrap_or(0) + 3;
    let sum = |column: &str, total: i64| {
        if last > 3 {
            Cell::Formula(format!("=SUM({column}4:{column}{last})"), total)
        } else {
            Cell::Number(0)
        }
    };
    rows.push(vec![
        Cell::Empty,
        Cell::Text("Tổng".to_owned()),
        sum("C", total.0),
        if has_parts { sum("D", total.1) } else { Cell::Empty },
        share_of(last + 1, total),
    ]);
    Sheet {
        name: format!("Phụ lục {place}"),
        title: format!("Phụ lục {place}. {}", figure.name),
        note: note.to_owned(),
        head: ["TT", "Đơn vị", "Tử số hoặc số lượng", "Mẫu số", "Tỷ lệ"].map(str::to_owned).into(),
        widths: vec![6, 48, 16, 14, 12],
        rows,
        totals: 1,
    }
}

/// What row `at` comes to, as a formula over its numerator in C and its denominator in D.
fn result(kind: Kind, at: i64, value: Ratio) -> Cell {
    let (n, d) = (value.numerator as f64, value.denominator as f64);
    let some = |result: f64| (value.denominator != 0).then_some(result);
    match kind {
        Kind::Count => Cell::Empty,
        Kind::Ratio => Cell::Percent(format!("=IF(D{at}=0,\"\",C{at}/D{at})"), some(n / d)),
        Kind::Multiple => Cell::Times(format!("=IF(D{at}=0,\"\",C{at}/D{at})"), some(n / d)),
        Kind::Reduction => Cell::Percent(format!("=IF(D{at}=0,\"\",(D{at}-C{at})/D{at})"), some((d - n) / d)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(own: usize, below: u64) -> Vec<String> {
        let mut all = Vec::new();
        own_and_below(&mut all, TASKS, &vec![ListLine::default(); own], below, "nhiệm vụ quá hạn");
        let text = |block| match block {
            Block::Paragraph { text } => text,
            Block::Table(table) => format!("{} rows", table.rows.len()),
            Block::Heading { .. } => "heading".to_owned(),
        };
        all.into_iter().map(text).collect()
    }

    #[test]
    fn nothing_is_said_to_be_missing_that_lies_with_the_units_below() {
        let below = "3 nhiệm vụ quá hạn thuộc các đơn vị cấp dưới.";
        assert_eq!(texts(0, 0), ["Không có nhiệm vụ quá hạn."]);
        assert_eq!(texts(2, 0), ["2 rows"]);
        assert_eq!(texts(0, 3), [below]);
        assert_eq!(texts(2, 3), ["2 rows", below]);
    }
}
