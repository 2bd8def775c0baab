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

fn field_of(label: &str) -> Option<Field> {
    let folded = Folded::new(label);
    let says = |words: &[&str]| folded.has_any(words);
    if says(&["chi tieu", "so luong"]) {
        Some(Field::Target)
    } else if says(&["phoi hop"]) {
        Some(Field::Coordinating)
    } else if says(&["chu tri", "co quan thuc hien", "don vi thuc hien", "dau moi"]) {
        Some(Field::Lead)
    } else if says(&["thoi gian", "thoi han", "tien do", "han hoan thanh", "moc thoi gian"]) {
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
