//! What a person can do to an item under review: correct, merge with the next, split in two.

use super::compiled_plan::Content;
use d06_kernel::Problem;
use d06_plan::{Period, TargetValue, parse_due, parse_value, split_units};

/// What a person wrote in place of what the compiler read. Fields that the kind of item lacks are left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// The number in the plan.
    pub reference: String,
    /// The words.
    pub text: String,
    /// Who leads a task or follows a target, one a line.
    pub units: String,
    /// Who takes part, one a line.
    pub coordinating: String,
    /// By when, in the words of the plan.
    pub due: String,
    /// The product.
    pub product: String,
    /// The unit of measurement.
    pub unit: String,
    /// Values of a target, one a line: `2026: >50`.
    pub values: String,
}

/// Applies a correction.
///
/// # Errors
/// `compiled.due-not-understood` for a deadline that names no time.
pub fn corrected(before: &Content, correction: Correction, period: &Period) -> Result<Content, Problem> {
    let mut content = before.clone();
    match &mut content {
        Content::Task(task) => {
            if correction.due != task.due.raw {
                let mut warnings = Vec::new();
                let due = parse_due(&correction.due, year_of(period), 0, &mut warnings);
                if !due.raw.is_empty() && due.kind == d06_plan::DueKind::None {
                    return Err(Problem::field("due", "compiled.due-not-understood"));
                }
                task.due = due;
            }
            task.reference = correction.reference;
            task.text = correction.text;
            task.lead = by_line(&correction.units);
            task.coordinating = by_line(&correction.coordinating);
            task.product = correction.product;
        }
        Content::Target(target) => {
            target.reference = correction.reference;
            target.text = correction.text;
            target.tracking = by_line(&correction.units);
            target.unit = correction.unit;
            target.values = correction.values.lines().filter_map(value_of_line).collect();
        }
    }
    Ok(content)
}

/// Units, one a line, each line perhaps a list.
fn by_line(text: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for unit in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        for unit in split_units(unit, 0, &mut Vec::new()) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    units
}

/// `2026: >50`; a line without a colon is a value without a period.
fn value_of_line(line: &str) -> Option<TargetValue> {
    let line = line.trim();
    let (period, raw) = line.split_once(':').unwrap_or(("", line));
    (!raw.trim().is_empty()).then(|| parse_value(period.trim(), raw.trim()))
}

/// The values of a target as the form shows them.
pub fn value_lines(values: &[TargetValue]) -> String {
    let line = |value: &TargetValue| match value.period.as_str() {
        "" => value.raw.clone(),
        period => format!("{period}: {}", value.raw),
    };
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn year_of(period: &Period) -> Option<i32> {
    use chrono::Datelike;
    let (from, to) = (period.from?, period.to?);
    (from.year() == to.year()).then(|| from.year())
}

/// Puts an item and the one after it together: words follow each other, units are joined, and what the first lacks
/// the second gives.
///
/// # Errors
/// `compiled.kinds-differ`: a target and a task cannot be one.
pub fn merged(first: &Content, second: &Content) -> Result<Content, Problem> {
    let join =
        |a: &str, b: &str| if a.is_empty() || b.is_empty() { format!("{a}{b}") } else { format!("{a}\n{b}") };
    match (first.clone(), second.clone()) {
        (Content::Task(mut one), Content::Task(other)) => {
            one.text = join(&one.text, &other.text);
            add(&mut one.lead, other.lead);
            add(&mut one.coordinating, other.coordinating);
            one.product = join(&one.product, &other.product);
            if one.due.raw.is_empty() {
                one.due = other.due;
            }
            one.source.line_start = one.source.line_start.min(other.source.line_start);
            one.source.line_end = one.source.line_end.max(other.source.line_end);
            Ok(Content::Task(one))
        }
        (Content::Target(mut one), Content::Target(other)) => {
            one.text = join(&one.text, &other.text);
            add(&mut one.tracking, other.tracking);
            if one.unit.is_empty() {
                one.unit = other.unit;
            }
            if one.values.is_empty() {
                one.values = other.values;
            }
            one.source.line_start = one.source.line_start.min(other.source.line_start);
            one.source.line_end = one.source.line_end.max(other.source.line_end);
            Ok(Content::Target(one))
        }
        _ => Err(Problem::invalid("compiled.kinds-differ")),
    }
}

fn add(units: &mut Vec<String>, more: Vec<String>) {
    for unit in more {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
}

/// Splits an item in two at the first empty line of the text that a person wrote. The second takes everything else
/// from the first, and a number below the first's.
///
/// # Errors
/// `compiled.split-where`: no empty line, or nothing on one side of it.
pub fn split(before: &Content, text: &str) -> Result<(Content, Content), Problem> {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len());
    let (head, tail) = (lines[..at].join("\n"), lines.get(at..).unwrap_or_default().join("\n"));
    let (head, tail) = (head.trim().to_owned(), tail.trim().to_owned());
    if head.is_empty() || tail.is_empty() {
        return Err(Problem::field("split", "compiled.split-where"));
    }
    let (mut first, mut second) = (before.clone(), before.clone());
    for (content, text, number) in [(&mut first, head, 1), (&mut second, tail, 2)] {
        match content {
            Content::Target(target) => {
                target.text = text;
                target.reference = format!("{}.{number}", target.reference);
            }
            Content::Task(task) => {
                task.text = text;
                task.reference = format!("{}.{number}", task.reference);
            }
        }
    }
    Ok((first, second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use d06_plan::{DueKind, Source, compile};

    fn tasks() -> Vec<Content> {
        let text = "STT\tNhiệm vụ\tChủ trì\tThời gian\n1\tLàm sạch dữ liệu. Báo cáo kết quả.\tCông an xã\tQuý I/2026\n\
                    2\tTuyên truyền\tVăn phòng UBND xã\tThường xuyên\n";
        compile(&Source::from_text(text).unwrap()).tasks.into_iter().map(Content::Task).collect()
    }

    #[test]
    fn a_correction_is_read_like_the_plan() {
        let all = tasks();
        let correction = Correction {
            reference: "1".into(),
            text: "Làm sạch".into(),
            units: "Công an xã\nTrạm Y tế xã; UBND xã".into(),
            due: "Trước 30/9/2026".into(),
            ..Correction::default()
        };
        let Content::Task(task) = corrected(&all[0], correction.clone(), &Period::default()).unwrap() else {
            panic!("a task stays a task")
        };
        assert_eq!(task.lead, ["Công an xã", "Trạm Y tế xã", "UBND xã"]);
        assert_eq!((task.due.kind, task.due.to.unwrap().to_string()), (DueKind::Date, "2026-09-30".into()));
        let wrong = Correction { due: "khi nào đó".into(), ..correction };
        assert!(corrected(&all[0], Correction { due: "xong".into(), ..wrong }, &Period::default()).is_err());
    }

    #[test]
    fn merging_loses_nothing_and_splitting_parts_it_again() {
        let all = tasks();
        let Content::Task(both) = merged(&all[0], &all[1]).unwrap() else { panic!("a task stays a task") };
        assert_eq!(both.lead, ["Công an xã", "Văn phòng UBND xã"]);
        assert_eq!((both.source.line_start, both.source.line_end), (2, 3));
        let (first, second) = split(&Content::Task(both), "Làm sạch\n\nTuyên truyền").unwrap();
        assert_eq!((first.reference(), first.text()), ("1.1", "Làm sạch"));
        assert_eq!((second.reference(), second.text()), ("1.2", "Tuyên truyền"));
        assert!(split(&first, "không có dòng trống").is_err());
    }
}
