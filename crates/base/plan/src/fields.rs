//! Labelled bullets under a task: "- Cơ quan chủ trì: Sở Tư pháp."

use crate::folded::Folded;

/// What a labelled bullet says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Who leads.
    Lead,
    /// Who takes part.
    Coordinating,
    /// By when.
    Due,
    /// The product.
    Product,
    /// What is to be reached, with a number.
    Target,
    /// What it is for.
    Goal,
}

/// The label of a bullet and what follows its colon.
pub(crate) fn labelled(text: &str) -> Option<(Field, &str)> {
    let (label, value) = label_of(text)?;
    Some((field_of(label)?, value))
}

/// The words before the colon, if they are short enough to be a label, and the words after it.
pub(crate) fn label_of(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once(':')?;
    (label.chars().count() <= 60 && !value.trim().is_empty()).then(|| (label.trim(), value.trim()))
}

/// A text parted at the labels inside it: "Làm sạch dữ liệu. Chủ trì: Công an xã; thời gian: Quý I/2026" and the same
/// in brackets at its end. What stands before the first label comes first, without a field.
pub(crate) fn parted(text: &str) -> (String, Vec<(Field, String)>) {
    let mut head = String::new();
    let mut fields: Vec<(Field, String)> = Vec::new();
    let (plain, inner) = bracketed(text).unwrap_or((text, ""));
    for (part, in_brackets) in [(plain, false), (inner, true)] {
        for piece in pieces(part) {
            let said = label_of(piece).and_then(|(label, value)| Some((inline_field(label)?, value)));
            match (said, fields.last_mut()) {
                (Some((field, value)), _) => fields.push((field, value.trim().to_owned())),
                (None, Some((_, value))) => value.push_str(piece),
                (None, None) if in_brackets => head.push_str(&format!("({part})")),
                (None, None) => head.push_str(piece),
            }
        }
    }
    (head.trim().to_owned(), fields)
}

/// The words in brackets at the end of a text, if a label stands in them.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let body = text.trim_end().trim_end_matches(['.', ';']).strip_suffix(')')?;
    let open = body.rfind('(')?;
    let inner = body.get(open + 1..)?;
    pieces(inner)
        .any(|p| label_of(p).is_some_and(|(label, _)| inline_field(label).is_some()))
        .then(|| (text.get(..open).unwrap_or_default(), inner))
}

/// Sentences and parts between semicolons, each with the mark that ends it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .char_indices()
            .find(|(at, c)| *c == ';' || (matches!(c, '.' | '\n') && rest[at + 1..].starts_with([' ', '\n'])))
            .map_or(rest.len(), |(at, c)| at + c.len_utf8());
        let (piece, tail) = rest.split_at(end);
        rest = tail;
        Some(piece)
    })
}

/// The field of a label inside a text: only those that a plan puts there.
fn inline_field(label: &str) -> Option<Field> {
    let short = label.split_whitespace().count() <= 7;
    let field = field_of(label.trim_start_matches(['-', '+', '(', ' ']))?;
    (short && matches!(field, Field::Lead | Field::Coordinating | Field::Due | Field::Product))
        .then_some(field)
}

/// Whether a line without a bullet is a labelled one all the same: "Cơ quan chủ trì: Sở Tư pháp".
pub(crate) fn is_label_line(text: &str) -> bool {
    let Some((label, _)) = label_of(text) else { return false };
    label.starts_with(char::is_uppercase) && inline_field(label).is_some()
}

fn field_of(label: &str) -> Option<Field> {
    let folded = Folded::new(label);
    let says = |words: &[&str]| folded.has_any(words);
    if says(&["chi tieu", "so luong"]) {
        Some(Field::Target)
    } else if says(&["phoi hop", "tham gia"]) && !says(&["chu tri"]) {
        Some(Field::Coordinating)
    } else if says(&[
        "chu tri",
        "co quan thuc hien",
        "don vi thuc hien",
        "dau moi",
        "phan cong",
        "phu trach",
        "nguoi thuc hien",
        "co quan tham muu",
        "don vi tham muu",
        "trach nhiem thuc hien",
    ]) {
        Some(Field::Lead)
    } else if says(&[
        "thoi gian",
        "thoi han",
        "tien do",
        "han hoan thanh",
        "moc thoi gian",
        "hoan thanh",
        "lo trinh",
        "han cuoi",
    ]) {
        Some(Field::Due)
    } else if says(&["san pham", "ket qua"]) {
        Some(Field::Product)
    } else if says(&["muc tieu", "yeu cau"]) {
        Some(Field::Goal)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_inside_a_text() {
        let (head, fields) = parted(
            "Làm sạch dữ liệu. Chủ trì: Công an xã; phối hợp: UBND xã; Trạm Y tế. Thời hạn: Quý I/2026.",
        );
        assert_eq!(head, "Làm sạch dữ liệu.");
        let said: Vec<(Field, &str)> = fields.iter().map(|(f, v)| (*f, v.as_str())).collect();
        assert_eq!(
            said,
            [
                (Field::Lead, "Công an xã;"),
                (Field::Coordinating, "UBND xã; Trạm Y tế."),
                (Field::Due, "Quý I/2026.")
            ]
        );
        let (head, fields) = parted("Tuyên truyền (Đơn vị chủ trì: Công an xã; thời gian: thường xuyên).");
        assert_eq!((head.as_str(), fields.len()), ("Tuyên truyền", 2));
        assert_eq!(parted("Báo cáo: theo mẫu (nếu có).").1, []);
        assert!(is_label_line("Cơ quan chủ trì: Sở Tư pháp") && !is_label_line("thời gian: sớm"));
    }

    #[test]
    fn labels_in_their_variants() {
        let of = |text| labelled(text).map(|(field, _)| field);
        assert_eq!(labelled("Cơ quan chủ trì: Sở Tư pháp."), Some((Field::Lead, "Sở Tư pháp.")));
        assert_eq!(of("Đơn vị chủ trì tham mưu chuyên đề Đề án 06/Thành phố: Công an"), Some(Field::Lead));
        assert_eq!(of("Cơ quan thực hiện: Công an thành phố."), Some(Field::Lead));
        assert_eq!(of("Thời gian thực hiện: Thường xuyên."), Some(Field::Due));
        assert_eq!(of("Chỉ tiêu thực hiện: phấn đấu 80%"), Some(Field::Target));
        assert_eq!(of("100% lãnh đạo được truyền thông"), None);
    }
}
