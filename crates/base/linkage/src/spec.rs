//! The link specification: a short TOML file that says which columns are what.
//!
//! ```
//! let spec = d06_linkage::Spec::parse(r#"
//!     [columns]
//!     id = { left = "so_dinh_danh", right = "so_thua" }
//!     name = { left = "ho_ten", right = "ten_chu" }
//!     birth = { left = "ngay_sinh", right = "nam_sinh" }
//!     address = "dia_chi"
//! "#)?;
//! assert_eq!(spec.thresholds.accept, 0.5);
//! # Ok::<(), d06_linkage::LinkError>(())
//! ```

use crate::error::LinkError;
use serde::{Deserialize, Serialize};

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Full name, surname first; may name several people in the right table.
    Name,
    /// Date of birth, or its year.
    Birth,
    /// Sex.
    Sex,
    /// Number on an identity paper, of any age.
    IdNumber,
    /// A second such number, as the former CMND of a person whose personal number is known.
    OldIdNumber,
    /// Address with or without the commune.
    Address,
    /// Code or name of the commune.
    Commune,
    /// Telephone.
    Phone,
    /// Father's name.
    Father,
    /// Mother's name.
    Mother,
    /// Name of husband or wife.
    Spouse,
    /// Number of the household.
    Household,
    /// A column of the spec's own: place in [`Spec::text`].
    Text(u8),
}

/// What to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// Match the right table to the left.
    #[default]
    Link,
    /// Find rows of one table that are the same person.
    Dedupe,
}

/// How many rows may belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cardinality {
    /// A left row is matched at most once, and a right row too.
    OneToOne,
    /// Many right rows may be the same left row (parcels of one owner); each is matched at most once.
    #[default]
    ManyToOne,
    /// Any number on both sides.
    Clusters,
}

/// The whole spec. Everything but the columns may be left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spec {
    /// What to do.
    pub task: Task,
    /// How many rows may belong together.
    pub cardinality: Cardinality,
    /// Which column is what.
    pub columns: Columns,
    /// Further columns to compare.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<TextColumn>,
    /// From which probability what follows.
    pub thresholds: Thresholds,
    /// Which pairs are compared.
    pub blocking: Blocking,
    /// How weights are estimated.
    pub model: ModelSettings,
    /// Which sheets of workbooks are read, one under the other; read by the program, not the engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Headers>,
    /// File of labelled pairs with columns `left_id`, `right_id`, `same`; read by the program, not the engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<String>,
}

/// Which column is what, per role. A role that is left out is not compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// Identifies a row. Without it rows are numbered from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Headers>,
    /// See [`Role::Name`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Headers>,
    /// See [`Role::Birth`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth: Option<Headers>,
    /// See [`Role::Sex`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Headers>,
    /// See [`Role::IdNumber`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_number: Option<Headers>,
    /// See [`Role::OldIdNumber`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_id_number: Option<Headers>,
    /// See [`Role::Address`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Headers>,
    /// See [`Role::Commune`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commune: Option<Headers>,
    /// See [`Role::Phone`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Headers>,
    /// See [`Role::Father`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub father: Option<Headers>,
    /// See [`Role::Mother`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mother: Option<Headers>,
    /// See [`Role::Spouse`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spouse: Option<Headers>,
    /// See [`Role::Household`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub household: Option<Headers>,
}

impl Columns {
    /// The roles that have headers, with them; the id is not a role.
    pub fn roles(&self) -> impl Iterator<Item = (Role, &Headers)> {
        [
            (Role::Name, &self.name),
            (Role::Birth, &self.birth),
            (Role::Sex, &self.sex),
            (Role::IdNumber, &self.id_number),
            (Role::OldIdNumber, &self.old_id_number),
            (Role::Address, &self.address),
            (Role::Commune, &self.commune),
            (Role::Phone, &self.phone),
            (Role::Father, &self.father),
            (Role::Mother, &self.mother),
            (Role::Spouse, &self.spouse),
            (Role::Household, &self.household),
        ]
        .into_iter()
        .filter_map(|(role, headers)| headers.as_ref().map(|headers| (role, headers)))
    }
}

/// The header of a column, the same on both sides or one for each. A list of headers is joined by spaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Headers {
    /// The same on both sides.
    Both(Header),
    /// One side may be missing: then the role is not compared, but may serve another (`old_id_number`).
    Sides {
        /// Header in the left table.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left: Option<Header>,
        /// Header in the right table.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        right: Option<Header>,
    },
}

impl Headers {
    /// What stands in the left table, if anything.
    pub fn left(&self) -> Option<&Header> {
        match self {
            Self::Both(header) => Some(header),
            Self::Sides { left, .. } => left.as_ref(),
        }
    }

    /// What stands in the right table, if anything.
    pub fn right(&self) -> Option<&Header> {
        match self {
            Self::Both(header) => Some(header),
            Self::Sides { right, .. } => right.as_ref(),
        }
    }
}

/// One header, or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Header {
    /// One column.
    One(String),
    /// Several, whose texts are joined by spaces in this order.
    Joined(Vec<String>),
    /// Those of each of two people whom a row of the right table names in columns of their own, as husband and wife
    /// in a register of marriages: `[["Họ tên chồng"], ["Họ tên vợ"]]`.
    People(Vec<Vec<String>>),
}

impl Header {
    /// For every person the headers whose texts are joined; of most there is but one person.
    pub fn people(&self) -> Vec<&[String]> {
        match self {
            Self::One(header) => vec![std::slice::from_ref(header)],
            Self::Joined(headers) => vec![headers],
            Self::People(people) => people.iter().map(Vec::as_slice).collect(),
        }
    }

    /// All headers.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.people().into_iter().flatten()
    }
}

/// A column of the spec's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextColumn {
    /// Its name in reports.
    pub name: String,
    /// Its headers.
    pub column: Headers,
    /// How it is compared.
    #[serde(default)]
    pub compare: Compare,
}

/// How a column of the spec's own is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compare {
    /// Equal, nearly equal (Jaro–Winkler) or different.
    #[default]
    Text,
    /// Equal or different.
    Exact,
}

/// From which probability what follows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// A link is a match from here, 0..=1. With calibrated probabilities one half has the fewest errors.
    #[serde(rename = "match")]
    pub accept: f64,
    /// Below `match` and from here a person decides, 0..=1.
    pub review: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { accept: 0.5, review: 0.1 }
    }
}

/// Which pairs are compared. Left out, keys are chosen by their measured cost and recall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Blocking {
    /// Keys to use in place of the chosen ones, each a list of parts that must all be equal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Vec<KeyPart>>,
    /// Pairs that one right row may cause on average.
    pub pairs_per_row: f64,
    /// Rows of a block from which it is left to finer keys.
    pub largest_block: u32,
}

impl Default for Blocking {
    fn default() -> Self {
        Self { keys: Vec::new(), pairs_per_row: 120.0, largest_block: 1000 }
    }
}

/// One part of a blocking key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPart {
    /// All tokens of the name without marks.
    Name,
    /// First token of the name.
    Surname,
    /// Last token of the name.
    Given,
    /// The tokens between, without marks.
    Middle,
    /// Surname and given name by their sound: initial consonant group and final.
    NameSound,
    /// Date of birth.
    Birth,
    /// Its year.
    BirthYear,
    /// Its day and month, in either order.
    BirthDay,
    /// Sex.
    Sex,
    /// The whole number.
    Number,
    /// Its first half.
    NumberHead,
    /// Its second half.
    NumberTail,
    /// Commune of today.
    Commune,
    /// House number.
    House,
    /// Street or hamlet.
    Street,
    /// Telephone.
    Phone,
    /// Father's name.
    Father,
    /// Mother's name.
    Mother,
    /// Name of husband or wife.
    Spouse,
    /// Household.
    Household,
    /// The column of the spec's own at place 0, 1, …
    Text(u8),
}

/// How weights are estimated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelSettings {
    /// Whether rare names count more than common ones.
    pub term_frequency: bool,
    /// Whether people named by one row lift each other.
    pub joint: bool,
    /// Right rows that the weights are estimated from; twice as many of a table with duplicates.
    pub sample: u32,
    /// Rounds of estimation at most.
    pub rounds: u32,
}

impl Default for ModelSettings {
    fn default() -> Self {
        Self { term_frequency: true, joint: true, sample: 3_000, rounds: 40 }
    }
}

impl Spec {
    /// Reads a spec.
    ///
    /// # Errors
    /// If the text is not TOML of this form, or asks for what cannot be.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let spec: Self = toml::from_str(text).map_err(|error| LinkError::Spec(error.to_string()))?;
        spec.check()?;
        Ok(spec)
    }

    /// Checks what types cannot.
    ///
    /// # Errors
    /// If thresholds are out of order or out of range, or there are too many columns.
    pub fn check(&self) -> Result<(), LinkError> {
        let Thresholds { accept, review } = self.thresholds;
        let contradiction = |what: &str| Err(LinkError::Contradiction(what.to_owned()));
        if !(0.0..=1.0).contains(&accept) || !(0.0..=1.0).contains(&review) {
            return contradiction("thresholds lie between 0 and 1");
        }
        if review > accept {
            return contradiction("thresholds.review is above thresholds.match");
        }
        if self.text.len() > MAX_TEXTS {
            return contradiction("at most six columns of text");
        }
        let sides = self.columns.roles().flat_map(|(_, headers)| [headers.left(), headers.right()]);
        if sides.flatten().any(|header| header.people().len() > 2) {
            return contradiction("a row names at most two people in columns of their own");
        }
        if self.blocking.keys.iter().any(Vec::is_empty) {
            return contradiction("a blocking key needs a part");
        }
        if self.blocking.pairs_per_row.is_nan() || self.blocking.pairs_per_row < 1.0 {
            return contradiction("blocking.pairs_per_row is below 1");
        }
        Ok(())
    }
}

/// Columns of the spec's own at most: sixteen comparisons fit into a pattern.
pub const MAX_TEXTS: usize = 6;
