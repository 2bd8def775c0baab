//! The model of Fellegi and Sunter (*A theory for record linkage*, JASA 1969), estimated without labels.
//!
//! Each right person is one of the left rows or nobody. With πᵣ the share that is somebody, N left rows and the
//! likelihood ratio Rᵢ = m(γᵢ)/u(γᵢ) of the pattern γᵢ with row i,
//!
//! ```text
//! p(i) = (π/N)·Rᵢ / ((1 − π) + (π/N)·Σⱼ Rⱼ)
//! ```
//!
//! so the candidates of one person share one probability with nobody (compare Sadinle, *Bayesian estimation of
//! bipartite matchings for record linkage*, JASA 2017). The probabilities m of levels among true pairs come from
//! expectation–maximisation over a sample of right people with all their candidates (Winkler 1988; Enamorado, Fifield
//! & Imai, *Using a probabilistic model to assist merging of large-scale administrative records*, APSR 2019).
//!
//! The probabilities u among pairs of different people are **not** taken from the candidates, which were selected, but
//! measured on three kinds of pairs:
//! - random pairs;
//! - pairs that share the name (what else do namesakes share? the year, since names have their fashions, and the sex): all
//!   who share more than the name, who are few and matter most, and of the others a few for each person;
//! - pairs of a right person with the household of its likeliest match (relatives share address, surname, parents).
//!
//! Equal names and equal dates of birth are too rare among random pairs to be measured on them; they are counted in the
//! left table, value by value (`rarity`).
//!
//! What the pairs of one kind never meet is taken to be as rare among them as among strangers, not impossible
//! (`estimate::smooth`): some thousand pairs are drawn, and a level may be met once in a hundred thousand.
//!
//! u is the mixture of namesakes or strangers with relatives, which is how dependence between fields enters.
//! Relatives born on one day are twins, who have one surname: in that the fields of relatives depend on each other. How
//! many relatives somebody has in the left table who is himself not in it is estimated apart: those who moved away leave a
//! family behind, strangers do not, and at an address that is theirs a name that nobody can read any more is judged by it.

mod blocks;
mod choose;
mod estimate;
mod rarity;
mod sample;
mod weights;

pub(crate) use choose::{SURE, choose};
pub(crate) use estimate::estimate;
pub(crate) use rarity::{Alike, MOST as MOST_RARITY, MOST_BIRTH as MOST_BIRTH_RARITY, Rarity};
pub(crate) use sample::{Task, draw, household};
pub(crate) use weights::{Likelihood, Score, Shares, Weights};
