//! What a revised plan changes: added, dropped, deadline moved, lead changed, words changed, values changed.

use super::compiled_plan::Content;
use serde::Serialize;
use std::collections::BTreeSet;

/// What happened to an item between two versions.
#[allow(clippy::large_enum_variant, reason = "a plan has hundreds of items at most")]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Change {
    /// The later version has it anew.
    Added {
        /// The item.
        #[serde(skip)]
        item: Content,
    },
    /// The later version has it no more.
    Dropped {
        /// The item.
        #[serde(skip)]
        item: Content,
    },
    /// Both have it, and it says something else.
    Changed {
        /// In the earlier version.
        #[serde(skip)]
        before: Content,
        /// In the later version.
        #[serde(skip)]
        after: Content,
        /// What differs.
        fields: Vec<FieldChange>,
    },
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which: `number`, `text`, `lead`, `coordinating`, `due`, `product`, `values`, `tracking`.
    pub field: &'static str,
    /// In the earlier version.
    pub before: String,
    /// In the later version.
    pub after: String,
}

/// Words that two items must share, of all words they have, to be one (0 to 1).
const ALIKE: f64 = 0.5;

/// How much of their words two texts share (0 to 1).
pub fn likeness(a: &str, b: &str) -> f64 {
    shared(&words_of(a), &words_of(b))
}

/// For each item of the one list, the item of the other that it is one with.
pub fn partners(before: &[Content], after: &[Content]) -> Vec<Option<usize>> {
    let words = |items: &[Content]| items.iter().map(|item| words_of(item.text())).collect::<Vec<_>>();
    let (words_before, words_after) = (words(before), words(after));
    let alike = |i: usize, j: usize| -> f64 {
        if std::mem::discriminant(&before[i]) != std::mem::discriminant(&after[j]) {
            return 0.0;
        }
        let same_number = before[i].reference() == after[j].reference();
        shared(&words_before[i], &words_after[j]) + if same_number { 0.2 } else { 0.0 }
    };
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for i in 0..before.len() {
        for j in 0..after.len() {
            let score = alike(i, j);
            if score >= ALIKE {
                pairs.push((score, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut partners: Vec<Option<usize>> = vec![None; before.len()];
    let mut taken = vec![false; after.len()];
    for (_, i, j) in pairs {
        if partners[i].is_none() && !taken[j] {
            partners[i] = Some(j);
            taken[j] = true;
        }
    }
    partners
}

/// Compares two versions. Items are one where their numbers and words agree, else where their words do.
pub fn compare(before: &[Content], after: &[Content]) -> Vec<Change> {
    let partner_before = partners(before, after);
    let mut partner_after: Vec<Option<usize>> = vec![None; after.len()];
    for (i, partner) in partner_before.iter().enumerate() {
        if let Some(j) = partner {
            partner_after[*j] = Some(i);
        }
    }
    let mut changes = Vec::new();
    for (item, partner) in after.iter().zip(&partner_after) {
        match partner {
            None => changes.push(Change::Added { item: item.clone() }),
            Some(i) => {
                let fields = fields(&before[*i], item);
                if !fields.is_empty() {
                    changes.push(Change::Changed { before: before[*i].clone(), after: item.clone(), fields });
                }
            }
        }
    }
    for (item, _) in before.iter().zip(&partner_before).filter(|(_, partner)| partner.is_none()) {
        changes.push(Change::Dropped { item: item.clone() });
    }
    changes
}

fn words_of(text: &str) -> BTreeSet<String> {
    let key = d06_kernel::text::search_key(text);
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The share of words that both have (Jaccard).
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let both = a.intersection(b).count();
    let all = a.len() + b.len() - both;
    #[allow(clippy::cast_precision_loss, reason = "counts of words")]
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

fn fields(before: &Content, after: &Content) -> Vec<FieldChange> {
    let mut found = Vec::new();
    let mut note = |field, before: String, after: String| {
        if squeezed(&before) != squeezed(&after) {
            found.push(FieldChange { field, before, after });
        }
    };
    note("number", before.reference().to_owned(), after.reference().to_owned());
    match (before, after) {
        (Content::Task(a), Content::Task(b)) => {
            note("due", a.due.raw.clone(), b.due.raw.clone());
            note("lead", a.lead.join("; "), b.lead.join("; "));
            note("coordinating", a.coordinating.join("; "), b.coordinating.join("; "));
            note("product", a.product.clone(), b.product.clone());
        }
        (Content::Target(a), Content::Target(b)) => {
            let values = |values: &[d06_plan::TargetValue]| {
                super::compiled_change::value_lines(values).replace('\n', "; ")
            };
            note("values", values(&a.values), values(&b.values));
            note("tracking", a.tracking.join("; "), b.tracking.join("; "));
        }
        _ => {}
    }
    note("text", before.text().to_owned(), after.text().to_owned());
    found
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use d06_plan::{Source, compile};

    fn items(rows: &str) -> Vec<Content> {
        let text = format!("STT\tNhiệm vụ\tChủ trì\tThời gian\n{rows}");
        compile(&Source::from_text(&text).unwrap()).tasks.into_iter().map(Content::Task).collect()
    }

    #[test]
    fn added_dropped_moved_and_handed_over() {
        let before = items(
            "1\tLàm sạch dữ liệu hộ tịch toàn xã\tCông an xã\tQuý I/2026\n\
             2\tCập nhật sổ sức khỏe điện tử\tTrạm Y tế xã\tTháng 5/2026\n\
             3\tTuyên truyền dịch vụ công trực tuyến\tVăn phòng UBND xã\tThường xuyên\n",
        );
        let after = items(
            "1\tTuyên truyền dịch vụ công trực tuyến\tVăn phòng UBND xã\tThường xuyên\n\
             2\tLàm sạch dữ liệu hộ tịch toàn xã\tPhòng Văn hóa\tQuý II/2026\n\
             3\tLắp đặt trạm công dân số\tCông an xã\tNăm 2026\n",
        );
        let changes = compare(&before, &after);
        let named = |change: &Change| match change {
            Change::Added { item } => format!("+{}", item.reference()),
            Change::Dropped { item } => format!("-{}", item.reference()),
            Change::Changed { after, fields, .. } => {
                let fields: Vec<&str> = fields.iter().map(|f| f.field).collect();
                format!("{}:{}", after.reference(), fields.join(","))
            }
        };
        let found: Vec<String> = changes.iter().map(named).collect();
        assert_eq!(found, ["1:number", "2:number,due,lead", "+3", "-2"]);
        assert!(compare(&before, &before).is_empty());
    }
}
