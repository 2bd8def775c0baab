//! Pairs that people have judged: `left_id`, `right_id`, `same`.

use crate::error::RunError;
use crate::input::open;
use d06_kernel::text::search_key;
use d06_linkage::{Label, Spec};
use std::path::Path;

const COLUMNS: [&str; 3] = ["left_id", "right_id", "same"];

/// The labels of a spec; none if it names no file.
pub(super) fn read(spec: &Spec) -> Result<Vec<Label>, RunError> {
    let Some(path) = spec.labels.as_ref().map(Path::new) else { return Ok(Vec::new()) };
    let mut file = open(path, None)?;
    let headers = file.headers().to_vec();
    let place = |column: &str| {
        headers.iter().position(|header| header == column).ok_or_else(|| RunError::NoColumn {
            path: path.to_owned(),
            column: column.to_owned(),
            headers: headers.clone(),
        })
    };
    let places = COLUMNS.into_iter().map(place).collect::<Result<Vec<usize>, RunError>>()?;
    file.choose(&places)?;
    let mut labels = Vec::new();
    while let Some(columns) = file.next(usize::MAX)? {
        let [left, right, same] = columns.as_slice() else { continue };
        labels.extend((0..left.codes.len()).map(|row| Label {
            left: left.get(row).to_owned(),
            right: right.get(row).to_owned(),
            same: is_yes(same.get(row)),
        }));
    }
    Ok(labels)
}

fn is_yes(text: &str) -> bool {
    matches!(search_key(text).as_str(), "1" | "true" | "yes" | "y" | "co" | "dung" | "x" | "same" | "match")
}
