//! Values of targets: "80", ">50", "27", "Theo chỉ tiêu được giao"; and quantities inside a sentence.

use crate::compiled::TargetValue;
use crate::folded::Folded;

/// Words and signs of comparison before a number, longest first, and their operator.
const OPERATORS: [(&str, &str); 20] = [
    (">=", ">="),
    ("<=", "<="),
    ("≥", ">="),
    ("≤", "<="),
    (">", ">"),
    ("<", "<"),
    ("=", "="),
    ("toi thieu", ">="),
    ("it nhat", ">="),
    ("khong thap hon", ">="),
    ("khong duoi", ">="),
    ("tren", ">"),
    ("hon", ">"),
    ("toi da", "<="),
    ("khong qua", "<="),
    ("khong vuot qua", "<="),
    ("duoi", "<"),
    ("dat", "="),
    ("phan dau", "="),
    ("tu", ">="),
];

/// Reads the value of a table cell. A value in words has neither operator nor number.
pub fn parse_value(period: &str, raw: &str) -> TargetValue {
    let mut value = TargetValue { period: period.to_owned(), raw: raw.to_owned(), op: None, value: None };
    let (op, rest) = operator(raw);
    let Some((number, used)) = number_at(rest) else { return value };
    let tail = rest.get(used..).unwrap_or_default().trim();
    let tail = tail.trim_start_matches('%').trim();
    let (beyond, _) = or_beyond(Folded::new(tail).ascii());
    // Of "25-30" the lower end is what has to be reached.
    let beyond = beyond.or(goes_up_to(tail).then_some(">="));
    if beyond.is_none() && tail.chars().count() > 20 {
        return value;
    }
    value.op = Some(beyond.or(op).unwrap_or("=").to_owned());
    value.value = Some(number);
    value
}

/// Whether a value is a range: "25-30", "80 đến 85%".
pub(crate) fn is_range(raw: &str) -> bool {
    let (_, rest) = operator(raw);
    number_at(rest).is_some_and(|(_, used)| goes_up_to(rest[used..].trim_start_matches('%').trim()))
}

/// Whether the words after a number go on to a second one.
fn goes_up_to(tail: &str) -> bool {
    let to = ["-", "–", "đến "].iter().find_map(|sign| tail.strip_prefix(sign));
    to.is_some_and(|to| to.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// A quantity found in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quantity {
    /// The words with their comparison: "Tối thiểu 80%".
    pub(crate) raw: String,
    pub(crate) op: &'static str,
    pub(crate) value: f64,
}

impl Quantity {
    /// As the value for a period.
    pub(crate) fn into_value(self, period: String) -> TargetValue {
        TargetValue { period, raw: self.raw, op: Some(self.op.to_owned()), value: Some(self.value) }
    }
}

/// The percentages named in a sentence, in order.
pub(crate) fn percentages(text: &str) -> Vec<Quantity> {
    let folded = Folded::new(text);
    let ascii = folded.ascii();
    let mut found = Vec::new();
    for (at, _) in ascii.match_indices('%') {
        let head = ascii.get(..at).unwrap_or_default().trim_end();
        let digits =
            head.bytes().rev().take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')).count();
        let start = head.len() - digits;
        let Some((value, _)) = number_at(head.get(start..).unwrap_or_default()) else { continue };
        let before = head.get(..start).unwrap_or_default().trim_end();
        let word = OPERATORS
            .iter()
            .filter(|(word, _)| word.is_ascii() && ends_with_word(before, word))
            .max_by_key(|(word, _)| word.len());
        let begin = word.map_or(start, |(word, _)| before.len() - word.len());
        let (after, end) = or_beyond(ascii.get(at + 1..).unwrap_or_default());
        let op = after.or(word.map(|(_, op)| *op)).unwrap_or("=");
        found.push(Quantity { raw: folded.slice(begin, at + 1 + end).to_owned(), op, value });
    }
    found
}

/// The operator of the words after a number ("90% trở lên"), and where they end.
fn or_beyond(after: &str) -> (Option<&'static str>, usize) {
    let blanks = after.len() - after.trim_start().len();
    [("tro len", ">="), ("tro xuong", "<=")]
        .into_iter()
        .find(|(words, _)| Folded::new(&after[blanks..]).starts_with_words(words))
        .map_or((None, 0), |(words, op)| (Some(op), blanks + words.len()))
}

/// What goals are counted in, folded, the longest first where one begins another.
const COUNTED: [&str; 34] = [
    "tai khoan",
    "mo hinh",
    "thu tuc hanh chinh",
    "thu tuc",
    "dich vu cong",
    "dich vu",
    "co so du lieu",
    "csdl",
    "he thong",
    "nen tang",
    "co so",
    "diem",
    "lop",
    "ho so",
    "nguoi",
    "cong dan",
    "can bo",
    "hoc vien",
    "doanh nghiep",
    "hop tac xa",
    "ho kinh doanh",
    "ho gia dinh",
    "san pham",
    "van ban",
    "cuoc",
    "tin bai",
    "the can cuoc",
    "giao dich",
    "lan grdp",
    "lan",
    "phut",
    "ty dong",
    "trieu dong",
    "thon",
];

/// The first quantity that a sentence names, with its unit: a share, else a number of things.
pub(crate) fn first_quantity(text: &str) -> Option<(Quantity, String)> {
    let share = percentages(text).into_iter().next().map(|share| (share, "%".to_owned()));
    share.or_else(|| counted(text))
}

/// A number of things named in a sentence, with what is counted: "Phấn đấu cấp 1.500 tài khoản định danh".
fn counted(text: &str) -> Option<(Quantity, String)> {
    let folded = Folded::new(text);
    let ascii = folded.ascii();
    let mut at = 0;
    while let Some(found) = ascii.get(at..)?.find(|c: char| c.is_ascii_digit()) {
        let start = at + found;
        let Some((value, used)) = ascii.get(start..).and_then(number_at) else {
            at = start + 1;
            continue;
        };
        let end = start + used;
        at = end.max(start + 1);
        let free = |byte: Option<u8>| byte.is_none_or(|b| b == b' ' || b == b'(');
        let before = start.checked_sub(1).and_then(|i| ascii.as_bytes().get(i)).copied();
        if !free(before) || ascii.as_bytes().get(end) != Some(&b' ') {
            continue;
        }
        let rest = ascii.get(end + 1..)?;
        let Some(unit) = COUNTED.iter().find(|unit| {
            rest.starts_with(**unit)
                && rest.as_bytes().get(unit.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
        }) else {
            continue;
        };
        let lead_in = ascii.get(start.saturating_sub(30)..start).unwrap_or_default();
        let word = OPERATORS
            .iter()
            .filter(|(word, _)| word.is_ascii())
            .filter_map(|(word, op)| Some((Folded::new(lead_in).find_words(word, 0)?, word.len(), *op)))
            .max_by_key(|(at, length, _)| at + length);
        let op = word.map_or("=", |(_, _, op)| op);
        let raw = folded.slice(start, end).to_owned();
        let unit = folded.slice(end + 1, end + 1 + unit.len()).to_owned();
        return Some((Quantity { raw, op, value }, unit));
    }
    None
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|head| {
        !word.starts_with(|c: char| c.is_ascii_alphabetic())
            || !head.ends_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// The operator a value begins with, and what follows it.
fn operator(raw: &str) -> (Option<&'static str>, &str) {
    let raw = raw.trim();
    let folded = Folded::new(raw);
    for (word, op) in OPERATORS {
        let is_sign = !word.starts_with(|c: char| c.is_ascii_alphabetic());
        if let Some(rest) = raw.strip_prefix(word).filter(|_| is_sign) {
            return (Some(op), rest.trim_start());
        }
        if !is_sign && folded.starts_with_words(word) {
            return (Some(op), folded.slice(word.len(), folded.len()));
        }
    }
    (None, raw)
}

/// The number a text begins with, in Vietnamese notation (1.234,5), and how many bytes it takes.
fn number_at(text: &str) -> Option<(f64, usize)> {
    let used = text.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
    let shown = text.get(..used)?.trim_end_matches(['.', ',']);
    shown.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
    let plain = if shown.contains(',') {
        shown.replace('.', "").replace(',', ".")
    } else if is_grouped(shown) {
        shown.replace('.', "")
    } else {
        shown.to_owned()
    };
    Some((plain.parse().ok()?, shown.len()))
}

/// Whether dots part thousands: 1.234.567.
fn is_grouped(shown: &str) -> bool {
    let mut parts = shown.split('.');
    parts.next().is_some_and(|head| (1..=3).contains(&head.len()))
        && shown.contains('.')
        && parts.all(|part| part.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(raw: &str) -> (Option<String>, Option<f64>) {
        let value = parse_value("2026", raw);
        assert_eq!(value.raw, raw);
        (value.op, value.value)
    }

    #[test]
    fn cells_of_value_columns() {
        let is = |op: &str, value| (Some(op.to_owned()), Some(value));
        assert_eq!(parsed("80"), is("=", 80.0));
        assert_eq!(parsed(">50"), is(">", 50.0));
        assert_eq!(parsed("≥ 99,5%"), is(">=", 99.5));
        assert_eq!(parsed("Tối thiểu 1.200"), is(">=", 1200.0));
        assert_eq!(parsed("Trên 95%"), is(">", 95.0));
        assert_eq!(parsed("90% trở lên"), is(">=", 90.0));
        assert_eq!(parsed("25-30"), is(">=", 25.0));
        assert!(is_range("80% – 85%") && !is_range("80%") && !is_range("-"));
        assert_eq!(parsed("5% trở xuống"), is("<=", 5.0));
        assert_eq!(parsed("Theo chỉ tiêu được giao"), (None, None));
        assert_eq!(parsed(""), (None, None));
        assert_eq!(parsed("<"), (None, None));
    }

    #[test]
    fn quantities_inside_a_sentence() {
        let found = percentages("Tối thiểu 90% người dân hài lòng, trong đó đất đai đạt tối thiểu 85%.");
        assert_eq!(found[0], Quantity { raw: "Tối thiểu 90%".into(), op: ">=", value: 90.0 });
        assert_eq!(found[1].value, 85.0);
        let found = percentages("Tỷ lệ số hóa đạt 95% trở lên.");
        assert_eq!(found, [Quantity { raw: "đạt 95% trở lên".into(), op: ">=", value: 95.0 }]);
        assert!(percentages("năm 2025 và 14 mô hình").is_empty());
        let (count, unit) = counted("Năm 2026 xây dựng tối thiểu 05 mô hình điểm").unwrap();
        assert_eq!((count.op, count.value, unit.as_str()), (">=", 5.0, "mô hình"));
        assert_eq!(counted("Thực hiện Đề án 06 theo Quyết định 766/QĐ-TTg năm 2022"), None);
    }
}
