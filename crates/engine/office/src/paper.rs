//! What a paper says.

use serde::Serialize;

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// The heads of the columns.
    pub head: Vec<String>,
    /// Widths of the columns, as shares of their sum.
    pub widths: Vec<u32>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// A block of the body.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Block {
    /// A heading: 1 for a part (`I. …`), 2 for a group within it.
    Heading {
        /// 1 or 2.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        text: String,
    },
    /// A table.
    Table(Table),
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signatory {
    /// Authority and title, line by line: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`.
    pub authority: Vec<String>,
    /// Full name; empty where a person will write it.
    pub name: String,
}

/// A paper in the layout of Decree 30/2020/NĐ-CP, Appendix I.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paper {
    /// The agency above the issuing one; absent for a committee itself.
    pub parent: Option<String>,
    /// The issuing agency.
    pub agency: String,
    /// Number and symbol; the number is given when it is registered: `…/BC-UBND`.
    pub number: String,
    /// Place of issue.
    pub place: String,
    /// The date in words: `ngày 14 tháng 12 năm 2026`.
    pub date: String,
    /// `BÁO CÁO`.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// To whom it is addressed, if to somebody: `Ủy ban nhân dân thành phố`.
    pub to: Option<String>,
    /// The body.
    pub blocks: Vec<Block>,
    /// Who signs.
    pub signatory: Signatory,
    /// Recipients (nơi nhận); the last line names the archive.
    pub recipients: Vec<String>,
    /// A line at the foot that tells how the paper can be checked; absent on drafts.
    pub proof: Option<String>,
}
