//! Which sources are asked in which order, and what their answers mean.

use super::state::{Missing, NotHeldAt, RequirementState, Waiver};
use crate::model::Citation;
use crate::model::definition::{Applies, CaseFacts, RequirementDef};
use d06_kernel::port::evidence::{EvidenceSource, Finding, SourceRank};
use d06_kernel::time::Moment;
use std::collections::BTreeSet;

/// What the engine has to know of a source before asking it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceInfo {
    /// Its key.
    pub key: String,
    /// Its place in the legal order.
    pub rank: SourceRank,
    /// The claims it could prove for anybody.
    pub claims: BTreeSet<String>,
}

impl SourceInfo {
    /// What a source says of itself about the claims of a procedure.
    pub fn of<'a>(source: &dyn EvidenceSource, claims: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            key: source.key().to_owned(),
            rank: source.rank(),
            claims: claims.into_iter().filter(|c| source.covers(c)).map(str::to_owned).collect(),
        }
    }
}

/// One question to one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The source.
    pub source: String,
    /// The claim.
    pub claim: String,
    /// The clause that lets the answer replace the paper; the legal basis of the read.
    pub clause: Citation,
}

/// The inquiry into one requirement of one party: a plan, the answers so far, and the conclusion.
#[derive(Clone, Debug)]
pub struct Inquiry {
    applies: Applies,
    field: Option<String>,
    asks: Vec<Ask>,
    answered: usize,
    proven: Option<Waiver>,
    not_held: Vec<NotHeldAt>,
    silent: Vec<(String, Moment)>,
}

impl Inquiry {
    /// Plans the inquiry: sources in the legal order (electronic identity, population database, cabinet,
    /// registers; Decree 154/2024/NĐ-CP Art. 5), within a rank by key; each source for the claims it covers
    /// in the order of the definition. A requirement that does not apply to the case asks nobody.
    pub fn plan(requirement: &RequirementDef, facts: &CaseFacts, sources: &[SourceInfo]) -> Self {
        let applies = requirement.applies(facts);
        let mut ordered: Vec<&SourceInfo> = sources.iter().collect();
        ordered.sort_by(|a, b| (a.rank, &a.key).cmp(&(b.rank, &b.key)));
        let asks = ordered
            .iter()
            .filter(|_| applies == Applies::Yes)
            .flat_map(|source| {
                requirement.claims().filter(|(claim, _)| source.claims.contains(*claim)).map(
                    |(claim, clause)| Ask {
                        source: source.key.clone(),
                        claim: claim.to_owned(),
                        clause: clause.clone(),
                    },
                )
            })
            .collect();
        Self {
            applies,
            field: requirement.when.as_ref().map(|c| c.field.clone()),
            asks,
            answered: 0,
            proven: None,
            not_held: Vec::new(),
            silent: Vec::new(),
        }
    }

    /// The next question; `None` when the claim is proven or nobody is left to ask. A source that does not
    /// answer does not stop the inquiry: another may prove the claim meanwhile.
    pub fn next_ask(&self) -> Option<&Ask> {
        if self.proven.is_some() { None } else { self.asks.get(self.answered) }
    }

    /// Takes the answer to [`Self::next_ask`]. A proof that is no longer valid at `now` proves nothing.
    pub fn record(&mut self, finding: Finding, now: Moment) {
        let Some(ask) = self.next_ask().cloned() else { return };
        self.answered += 1;
        let not_held = |code: &str| NotHeldAt { source: ask.source.clone(), code: code.to_owned() };
        match finding {
            Finding::Proven(proof) if proof.valid_until.is_some_and(|until| until < now) => {
                self.not_held.push(not_held("expired"));
            }
            Finding::Proven(proof) => {
                self.proven = Some(Waiver { claim: ask.claim, clause: ask.clause, proof: *proof })
            }
            Finding::NotHeld { reason } => self.not_held.push(not_held(&reason)),
            Finding::Unavailable { retry_at } => self.silent.push((ask.source, retry_at)),
        }
    }

    /// What the answers mean at `now`. While a source that could prove the claim is silent, the person is not
    /// asked before `paper_from`, the legal hour of Resolution 66.7/2025/NQ-CP
    /// ([`crate::model::clock::DeadlineClock::earliest_paper_request`]).
    ///
    /// Questions of the plan that were not asked count as silent until then: an inquiry broken off in the
    /// middle never turns into a request for paper.
    pub fn conclude(self, now: Moment, paper_from: Moment) -> RequirementState {
        match self.applies {
            Applies::No => return RequirementState::NotApplicable { field: self.field.unwrap_or_default() },
            Applies::Unknown => return RequirementState::Undecided { field: self.field.unwrap_or_default() },
            Applies::Yes => {}
        }
        if let Some(waiver) = self.proven {
            return RequirementState::Waived(Box::new(waiver));
        }
        let unasked = self.asks.iter().skip(self.answered).map(|ask| (ask.source.clone(), now));
        let silent: Vec<(String, Moment)> = self.silent.into_iter().chain(unasked).collect();
        let sources: Vec<String> = silent.iter().map(|(source, _)| source.clone()).collect();
        match silent.iter().map(|(_, retry_at)| *retry_at).min() {
            Some(retry_at) if now < paper_from => {
                RequirementState::SourceUnavailable { sources, retry_at, paper_from }
            }
            Some(_) => RequirementState::ToProvide { reason: Missing::SourceSilent { sources } },
            None if self.not_held.is_empty() => RequirementState::ToProvide { reason: Missing::NoSource },
            None => RequirementState::ToProvide { reason: Missing::NotHeld { at: self.not_held } },
        }
    }
}
