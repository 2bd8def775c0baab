//! What a linkage answers.

use serde::{Deserialize, Serialize};
use std::ops::AddAssign;

/// What follows from the probability of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The same person.
    Match,
    /// A person decides.
    Review,
    /// Not the same person, or a better one was found.
    NonMatch,
}

impl Decision {
    /// The word in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Review => "review",
            Self::NonMatch => "non_match",
        }
    }
}

/// A candidate pair that is worth showing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Row of the left table.
    pub left: u32,
    /// Row of the right table.
    pub right: u32,
    /// Which of the people that the right row names, from 0 (`ông A và bà B`: A is 0, B is 1).
    pub person: u8,
    /// What follows.
    pub decision: Decision,
    /// Probability that they are the same person, given all candidates of the right row.
    pub probability: f32,
    /// Match weight in bits: log₂ of the likelihood ratio, without the prior.
    pub weight: f32,
    /// Part of the weight that comes from how rare the agreeing values are, in bits.
    pub rarity: f32,
    /// Part of the weight that comes from the other people named by the same row, in bits.
    pub kin: f32,
    /// Level of every comparison, four bits each, in the order of [`Outcome::comparisons`].
    pub pattern: u64,
}

/// What some rows were linked to, and what was done for it. Those of several parts of a register are put together in
/// the order of their rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// By row, then by falling probability.
    pub links: Vec<Link>,
    /// What was done for them.
    pub effort: Effort,
}

impl AddAssign for Linked {
    fn add_assign(&mut self, more: Self) {
        if self.links.is_empty() {
            self.links = more.links;
        } else {
            self.links.extend(more.links);
        }
        self.effort += more.effort;
    }
}

/// What linking took, for the report; see [`BlockingReport`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    /// Pairs compared.
    pub pairs: u64,
    /// Blocks that were too large to be searched.
    pub oversize: u64,
    /// Candidates that did not fit into the bound.
    pub cut: u64,
    /// People of whom no key could be made.
    pub keyless: u64,
}

impl AddAssign for Effort {
    fn add_assign(&mut self, more: Self) {
        self.pairs += more.pairs;
        self.oversize += more.oversize;
        self.cut += more.cut;
        self.keyless += more.keyless;
    }
}

/// What a piece of evidence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// The name.
    Name,
    /// Date of birth.
    Birth,
    /// Sex.
    Sex,
    /// Personal number or former number.
    Number,
    /// Commune and address.
    Place,
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
    /// A column of the spec's own, by its place in the list.
    Text(u8),
    /// How rare the agreeing values are.
    Rarity,
    /// How much likelier somebody else agrees in this way than field by field: relatives, namesakes.
    Lookalikes,
    /// The other people named by the same row.
    Kin,
}

/// One piece of evidence for or against a link.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Evidence<'a> {
    /// What it is about.
    pub kind: EvidenceKind,
    /// Stable key of the level, as `exact`, `year_only`, `missing`; empty for rarity, lookalikes and kin.
    pub level: &'a str,
    /// Bits for (positive) or against (negative).
    pub bits: f32,
}

/// One comparison of the model: its levels with the probabilities that were estimated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What is compared.
    pub kind: EvidenceKind,
    /// The levels; the place of a level is its code in the pattern. Level 0 is `missing`.
    pub levels: Vec<Level>,
}

/// One level of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Stable key.
    pub key: String,
    /// Probability of the level among pairs of the same person.
    pub m: f64,
    /// Probability of the level among pairs of different people.
    pub u: f64,
}

impl Level {
    /// Bits that the level adds.
    pub fn bits(&self) -> f64 {
        (self.m / self.u).log2()
    }
}

/// What blocking did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BlockingReport {
    /// The keys used, in the order they are tried.
    pub keys: Vec<BlockingKey>,
    /// Pairs compared.
    pub pairs: u64,
    /// Blocks that were too large and were left to finer keys.
    pub oversize_blocks: u64,
    /// Candidates that the bound per row cut off; their weight counts as unknown others.
    pub cut_candidates: u64,
    /// People of whom no key could be made, since values are missing: they were compared with nobody.
    pub keyless_people: u64,
    /// Estimated share of true pairs that at least one key finds.
    pub recall: f64,
}

/// One blocking key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BlockingKey {
    /// Its parts, as `name+birth_year`.
    pub name: String,
    /// Pairs it yields, estimated before the run.
    pub pairs: f64,
    /// Estimated share of true pairs it finds.
    pub recall: f64,
}

/// How often a pattern of levels was met among the candidates, for quality estimates and the report.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PatternCount {
    /// The pattern.
    pub pattern: u64,
    /// Candidate pairs with it.
    pub pairs: u64,
}

/// Less is no evidence, in bits.
const NEGLIGIBLE: f32 = 0.005;

/// The answer of a whole run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Links worth showing, by right row, person, then falling probability, then left row.
    pub links: Vec<Link>,
    /// Per row of the table its cluster, named by the smallest row in it. Only of a dedupe or
    /// `cardinality = "clusters"`.
    pub clusters: Vec<u32>,
    /// The model that was used.
    pub comparisons: Vec<Comparison>,
    /// Estimated share of right people who are in the left table.
    pub match_rate: f64,
    /// What blocking did.
    pub blocking: BlockingReport,
}

impl Outcome {
    /// The evidence of a link, in the order of the comparisons, then rarity, lookalikes and kin. Missing values are left
    /// out. The bits add up to the weight of the link.
    pub fn evidence(&self, link: &Link) -> Vec<Evidence<'_>> {
        let compared = self.comparisons.iter().enumerate().filter_map(|(place, comparison)| {
            let code = (link.pattern >> (4 * place)) & 15;
            let level = comparison.levels.get(usize::try_from(code).ok()?)?;
            (code > 0).then_some((comparison.kind, level))
        });
        let mut evidence: Vec<Evidence<'_>> = compared
            .map(|(kind, level)| Evidence { kind, level: &level.key, bits: level.bits() as f32 })
            .collect();
        let fields: f32 = evidence.iter().map(|evidence| evidence.bits).sum();
        let lookalikes = link.weight - fields - link.rarity - link.kin;
        for (kind, bits) in [
            (EvidenceKind::Rarity, link.rarity),
            (EvidenceKind::Lookalikes, lookalikes),
            (EvidenceKind::Kin, link.kin),
        ] {
            if bits.abs() >= NEGLIGIBLE {
                evidence.push(Evidence { kind, level: "", bits });
            }
        }
        evidence
    }
}
