//! What can go wrong, each with a stable code.

/// Why a linkage was refused. [`LinkError::code`] is stable; words for people are chosen at the edge.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The spec is not TOML of the expected form.
    #[error("the spec cannot be read: {0}")]
    Spec(String),
    /// The spec asks for something that cannot be.
    #[error("the spec is contradictory: {0}")]
    Contradiction(String),
    /// A table has no rows.
    #[error("the {0} table has no rows")]
    Empty(Side),
    /// The columns of a table differ in length.
    #[error("the {side} table has {rows} rows, but its column {column} has {found}")]
    Ragged {
        /// Which table.
        side: Side,
        /// Which column, by its role.
        column: String,
        /// Rows of the table: the number of ids.
        rows: usize,
        /// Rows of the column.
        found: usize,
    },
    /// More rows than a table may have (2³² − 2).
    #[error("the {0} table has too many rows")]
    TooManyRows(Side),
    /// A row has no id.
    #[error("row {row} of the {side} table has no id")]
    MissingId {
        /// Which table.
        side: Side,
        /// Zero-based row.
        row: usize,
    },
    /// Two rows have the same id.
    #[error("rows {first} and {second} of the {side} table have the same id")]
    DuplicateId {
        /// Which table.
        side: Side,
        /// Zero-based row.
        first: usize,
        /// Zero-based row.
        second: usize,
    },
    /// No role has a column on both sides, or no common column tells people apart.
    #[error("the tables have no column in common that tells people apart")]
    NothingToCompare,
    /// The blocking keys of the spec would compare too many pairs.
    #[error("the blocking keys would compare {pairs} pairs; at most {limit} are allowed")]
    TooManyPairs {
        /// Pairs that would be compared.
        pairs: u64,
        /// The bound in force.
        limit: u64,
    },
    /// The index has not been trained, so it knows no weights.
    #[error("the index holds no trained model")]
    Untrained,
    /// A label names an id that is in neither table.
    #[error("label {0} names an unknown id")]
    UnknownLabel(String),
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The index file could not be read or written.
    #[error("index file: {0}")]
    File(String),
    /// The file is not an index, is damaged, or of another version.
    #[error("not a usable index file: {0}")]
    Damaged(&'static str),
}

impl LinkError {
    /// Stable code of the error, for programs and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Spec(_) => "linkage.spec",
            Self::Contradiction(_) => "linkage.spec-contradiction",
            Self::Empty(_) => "linkage.empty",
            Self::Ragged { .. } => "linkage.ragged",
            Self::TooManyRows(_) => "linkage.too-many-rows",
            Self::MissingId { .. } => "linkage.missing-id",
            Self::DuplicateId { .. } => "linkage.duplicate-id",
            Self::NothingToCompare => "linkage.nothing-to-compare",
            Self::TooManyPairs { .. } => "linkage.too-many-pairs",
            Self::Untrained => "linkage.untrained",
            Self::UnknownLabel(_) => "linkage.unknown-label",
            Self::Cancelled => "linkage.cancelled",
            Self::File(_) => "linkage.file",
            Self::Damaged(_) => "linkage.damaged-index",
        }
    }
}

/// One of the two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The reference, or the only table of a dedupe.
    Left,
    /// The register to be matched.
    Right,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Left => "left",
            Self::Right => "right",
        })
    }
}
