//! What a plan compiles to, in the shape of the JSON that the command writes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A compiled plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compiled {
    /// The document as a whole.
    pub document: Document,
    /// Its targets (mục tiêu, chỉ tiêu), in the order of the document.
    pub targets: Vec<Target>,
    /// Its tasks (nhiệm vụ), in the order of the document.
    pub tasks: Vec<Task>,
    /// What was repaired, assumed or not understood, by line.
    pub warnings: Vec<Warning>,
}

impl Compiled {
    pub(crate) fn new(document: Document) -> Self {
        Self { document, targets: Vec::new(), tasks: Vec::new(), warnings: Vec::new() }
    }
}

/// The document as a whole. What it does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// `plan` (kế hoạch), `directive` (chỉ thị), `decision` (quyết định), `programme` (chương trình),
    /// `notice` (thông báo), `letter` (công văn).
    pub kind: Option<String>,
    /// Number and symbol; begins with `/` where the number was left blank.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The place it was dated at or is about.
    pub place: Option<String>,
    /// Its date: `2025-03-25`, or `2026-06` where the day was left blank.
    pub date: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The time it covers.
    pub period: Period,
}

/// A time from day to day, either end perhaps open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

/// Lines of the source, the first is 1, the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First line.
    pub line_start: u32,
    /// Last line.
    pub line_end: u32,
}

impl Span {
    pub(crate) fn of(line: u32) -> Self {
        Self { line_start: line, line_end: line }
    }

    pub(crate) fn include(&mut self, line: u32) {
        self.line_start = self.line_start.min(line);
        self.line_end = self.line_end.max(line);
    }
}

/// A target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Its number in the plan, group first: `I.2`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The number of its group.
    pub group: String,
    /// The title of its group.
    pub group_title: String,
    /// The target in words.
    pub text: String,
    /// The unit of measurement (đơn vị tính).
    pub unit: String,
    /// The values by period.
    pub values: Vec<TargetValue>,
    /// The units that follow it (đơn vị theo dõi).
    pub tracking: Vec<String>,
    /// Where it stands.
    pub source: Span,
}

/// What is to be reached by the end of a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetValue {
    /// The period as written, without the word: `2026`; empty if the plan names none.
    pub period: String,
    /// The value as written.
    pub raw: String,
    /// `=`, `>`, `>=`, `<` or `<=`; `None` for a value in words.
    pub op: Option<String>,
    /// The number; `None` for a value in words.
    pub value: Option<f64>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its number in the plan, group first: `II.1`, `III.2.2(3)`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The number of its group.
    pub group: String,
    /// The title of its group.
    pub group_title: String,
    /// What is to be done; paragraphs are parted by a line feed.
    pub text: String,
    /// Who leads (chủ trì).
    pub lead: Vec<String>,
    /// Who takes part (phối hợp).
    pub coordinating: Vec<String>,
    /// By when.
    pub due: Due,
    /// The result or product (kết quả, sản phẩm); empty if none is named.
    pub product: String,
    /// Where it stands.
    pub source: Span,
}

/// What sort of time a deadline is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DueKind {
    /// A day.
    Date,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
    /// From one time to another; the end may be open.
    Range,
    /// Again and again (thường xuyên, định kỳ).
    Recurring,
    /// When something has happened (khi có hướng dẫn …).
    Conditional,
    /// None named, or not understood.
    #[default]
    None,
}

impl DueKind {
    /// Every kind, in the order of this declaration.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Range,
        Self::Recurring,
        Self::Conditional,
        Self::None,
    ];

    /// The stable name, as in the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Range => "range",
            Self::Recurring => "recurring",
            Self::Conditional => "conditional",
            Self::None => "none",
        }
    }

    /// The kind of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A deadline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// As written.
    pub raw: String,
    /// What sort of time it is.
    pub kind: DueKind,
    /// First day, where there is one.
    pub from: Option<NaiveDate>,
    /// Last day, where there is one.
    pub to: Option<NaiveDate>,
    /// What it also depends on, as written.
    pub condition: Option<String>,
}

/// What a warning is about; stable, for filters and tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningCode {
    /// A slip of character recognition was repaired.
    SlipRepaired,
    /// A footnote or its mark was set aside.
    Footnote,
    /// A page number or another stray number was taken out of a text.
    StrayNumber,
    /// An address of the web was taken out of the text.
    WebAddress,
    /// The document has no number or date where one belongs.
    DocumentBlank,
    /// A table whose header has no known words.
    TableUnknown,
    /// A column whose header has no known words; its cells are not read.
    ColumnUnknown,
    /// A row that fits nowhere in its table.
    RowUnknown,
    /// A row that carries on the row above it.
    RowJoined,
    /// A row or group had no number of its own; one was given to it.
    NumberAssumed,
    /// A picture was set aside; words in it are not read.
    Picture,
    /// A part that the file hides was left out.
    PartLeftOut,
    /// A value was taken to hold for the periods after it: a merged cell.
    ValueShared,
    /// A value in words.
    ValueInWords,
    /// A target without any value.
    ValueMissing,
    /// A target names several values; the first was taken.
    SeveralValues,
    /// A number in the numbering is missing.
    NumberGap,
    /// A number was written twice.
    NumberRepeated,
    /// The plan says how many items a group has, and it has another number.
    CountDiffers,
    /// The deadline was not understood.
    DueNotUnderstood,
    /// Several times are named; the last was taken.
    SeveralTimes,
    /// The year of a deadline was taken from the plan.
    YearAssumed,
    /// No unit leads the task.
    LeadMissing,
    /// The lead was taken from the words of the task or its group.
    LeadAssumed,
    /// Two names of units stood together without a mark between them.
    UnitsGlued,
    /// "As above" was replaced by what stands above.
    AsAbove,
    /// A label of a task that is not known; kept in its text.
    LabelUnknown,
    /// A paragraph that belongs to no item.
    ParagraphUnassigned,
    /// An item of the body that is direction only, because the plan has a table of tasks.
    GeneralDirection,
    /// Something is given to a unit in the part on organisation; it is not a task of the plan.
    AssignmentNotTaken,
    /// A goal without a number.
    GoalWithoutNumber,
    /// Neither a target nor a task was found.
    NothingFound,
}

impl WarningCode {
    /// Whether words were left that may be a task or a target all the same.
    pub fn leaves_words(self) -> bool {
        matches!(
            self,
            Self::TableUnknown
                | Self::RowUnknown
                | Self::ParagraphUnassigned
                | Self::GeneralDirection
                | Self::AssignmentNotTaken
                | Self::GoalWithoutNumber
        )
    }
}

/// Something a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is about.
    pub code: WarningCode,
    /// The line.
    pub line: u32,
    /// In words, in English; a page shows its own words by the code.
    pub message: String,
}

impl Warning {
    pub(crate) fn new(code: WarningCode, line: u32, message: impl Into<String>) -> Self {
        Self { code, line, message: message.into() }
    }
}
