//! The appendix of Resolution 66.7/2025/NQ-CP: for each procedure, which paper must no longer be asked for
//! and which database replaces it. The published table has slips; they are mended here and each mending is
//! reported, so that nobody takes our reading for the wording of the law.

use super::Procedure;
use super::database::{DatabaseList, rows};
use super::load::CatalogueError;
use crate::model::ProcedureCode;
use d06_kernel::text::{nfc, search_key};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// A paper that data replaces in one procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacedPaper {
    /// The paper in the wording of the law; `None` where the table leaves it out.
    pub paper: Option<String>,
    /// The claims the paper amounts to: `identity`, `birth-registration`.
    pub claims: Vec<String>,
    /// Keys of the databases that replace it; empty where the table names none.
    pub databases: Vec<String>,
    /// The ministries that keep them.
    pub owners: Vec<String>,
    /// The act that asked for the paper.
    pub act: String,
    /// The clause of that act; empty where the table leaves it out.
    pub clause: String,
    /// Whether data replaces only a part of what the paper says ("thay thế 1 phần").
    pub partly: bool,
    /// Line in the published table, counted from 1 with the header.
    pub line: u32,
}

/// A slip of the published table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// The cells stand one column too far to the left, because one is missing.
    ShiftedCells,
    /// The row stands there twice.
    RepeatedRow,
    /// The same procedure under another wording of its name.
    NameVariant,
    /// Another procedure under the same code.
    OtherNameUnderCode,
    /// A database is written otherwise than in its official name.
    DatabaseVariant,
    /// The owner cell holds something else than a ministry, or writes it otherwise.
    OwnerVariant,
    /// Spaces, line breaks, stray punctuation or decomposed letters.
    Spacing,
}

/// A slip with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipAt {
    /// Line in the published table, counted from 1 with the header.
    pub line: u32,
    /// What was mended.
    pub slip: Slip,
}

/// The table after mending.
#[derive(Clone, Debug)]
pub struct Cleaned {
    /// Rows of the table.
    pub rows: usize,
    /// The procedures, by code.
    pub procedures: Vec<Procedure>,
    /// What was mended.
    pub slips: Vec<SlipAt>,
}

#[derive(Clone, Deserialize, PartialEq, Eq, Hash)]
struct Row {
    ma_tthc: String,
    ten_tthc: String,
    thanh_phan_ho_so_thay_the: String,
    co_so_du_lieu: String,
    bo_chu_quan: String,
    van_ban_quy_pham: String,
    dieu_khoan: String,
}

impl Row {
    fn cells(&mut self) -> [&mut String; 7] {
        [
            &mut self.ma_tthc,
            &mut self.ten_tthc,
            &mut self.thanh_phan_ho_so_thay_the,
            &mut self.co_so_du_lieu,
            &mut self.bo_chu_quan,
            &mut self.van_ban_quy_pham,
            &mut self.dieu_khoan,
        ]
    }

    /// Tidies spaces, decomposed letters and stray punctuation at the ends; whether anything changed.
    fn tidy(&mut self) -> bool {
        let mut changed = false;
        for cell in self.cells() {
            let tidied = nfc(cell).trim_end_matches(['.', ';', ',', ':']).trim_start_matches("- ").to_owned();
            changed |= tidied != *cell;
            *cell = tidied;
        }
        changed
    }

    /// Puts cells that stand one column too far to the left where they belong; whether there were any. The
    /// clause then stands in the act's column and its own is empty. The missing cell is the paper if a
    /// database stands in its place, else the database.
    fn unshift(&mut self) -> bool {
        let clause_like = ["khoan", "diem", "dieu", "mau", "muc"];
        let act = search_key(&self.van_ban_quy_pham);
        if !self.dieu_khoan.is_empty() || !clause_like.iter().any(|word| act.starts_with(word)) {
            return false;
        }
        self.dieu_khoan = std::mem::take(&mut self.van_ban_quy_pham);
        self.van_ban_quy_pham = std::mem::take(&mut self.bo_chu_quan);
        self.bo_chu_quan = std::mem::take(&mut self.co_so_du_lieu);
        if is_database_name(&self.thanh_phan_ho_so_thay_the) {
            self.co_so_du_lieu = std::mem::take(&mut self.thanh_phan_ho_so_thay_the);
        }
        true
    }
}

fn is_database_name(text: &str) -> bool {
    let folded = search_key(text);
    folded.starts_with("co so du lieu") || folded.starts_with("csdl")
}

/// The name without the word "Thủ tục" before it: two wordings that differ in no more are one name.
fn name_key(name: &str) -> String {
    let folded = search_key(name);
    folded.strip_prefix("thu tuc ").unwrap_or(&folded).to_owned()
}

/// Reads and mends the table.
pub(super) fn read(table: &str, lists: &DatabaseList) -> Result<Cleaned, CatalogueError> {
    let raw: Vec<Row> = rows("replaced_papers.csv", table)?;
    let mut slips = Vec::new();
    let mut seen: HashSet<Row> = HashSet::new();
    let mut procedures: BTreeMap<ProcedureCode, Procedure> = BTreeMap::new();
    let count = raw.len();
    for (line, mut row) in (2..).zip(raw) {
        let mut note = |slip| slips.push(SlipAt { line, slip });
        if row.tidy() {
            note(Slip::Spacing);
        }
        if row.unshift() {
            note(Slip::ShiftedCells);
        }
        if !seen.insert(row.clone()) {
            note(Slip::RepeatedRow);
            continue;
        }
        let paper = replaced_paper(&row, line, lists, &mut note);
        let code =
            row.ma_tthc.parse().map_err(|_| CatalogueError::Code { line, text: row.ma_tthc.clone() })?;
        let procedure = procedures.entry(code).or_insert_with(|| Procedure {
            code,
            name: row.ten_tthc.clone(),
            other_names: Vec::new(),
            replaced: Vec::new(),
        });
        if let Some(slip) = take_name(procedure, &row.ten_tthc) {
            note(slip);
        }
        procedure.replaced.push(paper);
    }
    Ok(Cleaned { rows: count, procedures: procedures.into_values().collect(), slips })
}

/// Adds a wording of the name; the slip it is, if it is not the one already known.
fn take_name(procedure: &mut Procedure, name: &str) -> Option<Slip> {
    if procedure.name == name {
        None
    } else if name_key(&procedure.name) == name_key(name) {
        Some(Slip::NameVariant)
    } else {
        if !procedure.other_names.iter().any(|n| n == name) {
            procedure.other_names.push(name.to_owned());
        }
        Some(Slip::OtherNameUnderCode)
    }
}

fn replaced_paper(row: &Row, line: u32, lists: &DatabaseList, note: &mut impl FnMut(Slip)) -> ReplacedPaper {
    let databases = lists.named_in(&row.co_so_du_lieu);
    let official = databases
        .iter()
        .all(|key| lists.iter().any(|d| d.key == *key && row.co_so_du_lieu.contains(&d.name_vi)));
    if !official || databases.is_empty() {
        note(Slip::DatabaseVariant);
    }
    let mut owners = lists.owners_in(&row.bo_chu_quan);
    if owners.is_empty() {
        owners = lists.owners_of(&databases);
        note(Slip::OwnerVariant);
    } else if owners.iter().any(|owner| !row.bo_chu_quan.contains(owner.as_str())) {
        note(Slip::OwnerVariant);
    }
    let paper = Some(row.thanh_phan_ho_so_thay_the.clone()).filter(|p| !p.is_empty());
    let partly = [&row.thanh_phan_ho_so_thay_the, &row.co_so_du_lieu]
        .iter()
        .any(|cell| search_key(cell).contains("thay the 1 phan"));
    ReplacedPaper {
        claims: paper.as_deref().map_or_else(Vec::new, |p| lists.claims_in(p)),
        paper,
        databases,
        owners,
        act: row.van_ban_quy_pham.clone(),
        clause: row.dieu_khoan.clone(),
        partly,
        line,
    }
}
