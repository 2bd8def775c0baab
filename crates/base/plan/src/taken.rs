//! What a person takes from a line that the compiler left: a duty in the part on organisation, a goal in words, a
//! paragraph under a heading that said nothing.

use crate::clean::{Line, clean, row_text};
use crate::compiled::{Compiled, Due, Span, Target, Task};
use crate::layout::{Region, split};
use crate::outline::without_marker;
use crate::value::first_quantity;
use crate::{Source, document, prose, rows};
use chrono::Datelike;

/// The task that begins in a line if every part of the document is work; else the words of the line, without a lead or
/// a time. `None` if there are no words in the line.
pub fn task_at(source: &Source, line: u32) -> Option<Task> {
    let document = Lines::of(source);
    let text = document.words(line)?;
    Some(document.as_work(line).unwrap_or_else(|| Task {
        reference: line.to_string(),
        group: String::new(),
        group_title: String::new(),
        text,
        lead: Vec::new(),
        coordinating: Vec::new(),
        due: Due::default(),
        product: String::new(),
        source: Span::of(line),
    }))
}

/// The target that the words of a line set, with the first quantity they name, at the place of the item that begins
/// there. `None` if there are no words in the line.
pub fn target_at(source: &Source, line: u32) -> Option<Target> {
    let document = Lines::of(source);
    let text = document.words(line)?;
    let year = document.nothing_yet().document.period.to.map(|day| day.year().to_string());
    let (quantity, unit) = first_quantity(&text).unzip();
    let (reference, group, group_title) = document.as_work(line).map_or_else(
        || (line.to_string(), String::new(), String::new()),
        |item| (item.reference, item.group, item.group_title),
    );
    Some(Target {
        reference,
        group,
        group_title,
        text,
        unit: unit.unwrap_or_default(),
        values: quantity.map(|quantity| quantity.into_value(year.unwrap_or_default())).into_iter().collect(),
        tracking: Vec::new(),
        source: Span::of(line),
    })
}

/// A document as the readers of its parts see it.
struct Lines {
    lines: Vec<Line>,
}

impl Lines {
    fn of(source: &Source) -> Self {
        Self { lines: rows::settle(clean(source, &mut Vec::new())) }
    }

    /// What the head of the document says, and no items.
    fn nothing_yet(&self) -> Compiled {
        Compiled::new(document::read(&self.lines, &mut Vec::new()))
    }

    /// The task that begins in a line if every part of the document is work.
    fn as_work(&self, line: u32) -> Option<Task> {
        let mut out = self.nothing_yet();
        let addressees = prose::addressees(&self.lines, &mut Vec::new());
        for region in split(&self.lines) {
            if let Region::Prose(lines) = region {
                prose::read_as_work(lines, &addressees, &mut out);
            }
        }
        out.tasks.into_iter().find(|task| task.source.line_start == line)
    }

    /// The words of a line, without the number or bullet that it begins with.
    fn words(&self, line: u32) -> Option<String> {
        let found = self.lines.iter().find(|one| one.number == line)?;
        let text = found.cells.as_deref().map_or_else(|| found.text.clone(), row_text);
        let words = without_marker(&text).trim();
        (!words.is_empty()).then(|| words.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "UBND XÃ HÀ BẮC\nKẾ HOẠCH\nTriển khai Đề án 06 năm 2026\n\nI. MỤC ĐÍCH\n\
        1. Tạo chuyển biến trong nhận thức.\n\nII. NHIỆM VỤ\n1. Làm sạch dữ liệu hộ tịch.\n- Chủ trì: Công an xã.\n\n\
        III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng UBND xã phối hợp với Công an xã tổng hợp, báo cáo trước ngày 15/12/2026.\n\
        Các đơn vị làm tốt được khen thưởng.\n";

    #[test]
    fn a_duty_becomes_the_task_that_its_words_are() {
        let source = Source::from_text(PLAN).unwrap();
        let task = task_at(&source, 13).unwrap();
        assert_eq!(
            (task.reference.as_str(), task.lead.as_slice()),
            ("III.1", &["Văn phòng UBND xã".to_owned()][..])
        );
        assert_eq!(task.coordinating, ["Công an xã"]);
        assert_eq!(task.due.to.unwrap().to_string(), "2026-12-15");
        assert!(task.text.starts_with("Văn phòng UBND xã phối hợp"), "{}", task.text);
        // Also what the compiler took for a purpose.
        assert_eq!(task_at(&source, 6).unwrap().text, "Tạo chuyển biến trong nhận thức.");
    }

    #[test]
    fn a_line_that_is_no_item_is_its_words() {
        let source = Source::from_text(PLAN).unwrap();
        let task = task_at(&source, 14).unwrap();
        assert_eq!(
            (task.reference.as_str(), task.text.as_str()),
            ("14", "Các đơn vị làm tốt được khen thưởng.")
        );
        assert!(task_at(&source, 4).is_none() && task_at(&source, 400).is_none());
    }

    #[test]
    fn a_goal_has_the_quantity_that_it_names() {
        let source =
            Source::from_text("KẾ HOẠCH\nnăm 2026\n- Tỷ lệ hồ sơ đúng hạn đạt trên 95%\n- Hài lòng").unwrap();
        let target = target_at(&source, 3).unwrap();
        assert_eq!((target.unit.as_str(), target.values[0].value), ("%", Some(95.0)));
        assert_eq!(target.text, "Tỷ lệ hồ sơ đúng hạn đạt trên 95%");
        assert!(target_at(&source, 4).unwrap().values.is_empty());
        let purpose = target_at(&Source::from_text(PLAN).unwrap(), 6).unwrap();
        assert_eq!((purpose.reference.as_str(), purpose.group_title.as_str()), ("I.1", "MỤC ĐÍCH"));
    }
}
