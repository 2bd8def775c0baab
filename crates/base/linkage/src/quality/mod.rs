//! How good a linkage is, without knowing the truth.
//!
//! Nobody has the truth of a register; if somebody had, it would not need linking. But the probabilities of
//! the links say what to expect: of links with probability 0.9 one in ten is wrong. From them follow
//!
//! - **precision and recall at every threshold**, with intervals ([`effects`]), so that a threshold is chosen
//!   by what it does, before it does it (Belin and Rubin, *A Method for Calibrating False-Match Rates in Record
//!   Linkage*, JASA 90, 1995; Enamorado, Fifield and Imai, *Using a Probabilistic Model to Assist Merging of
//!   Large-Scale Administrative Records*, APSR 113, 2019);
//! - **a sample for clerical review** that narrows these intervals most for the hours it costs
//!   ([`draw`]: strata by score, Neyman's allocation);
//! - **the estimates once the labels are in** ([`Reviewed`]), which no longer rest on the model alone;
//! - **calibration**: whether 0.9 means nine in ten ([`calibration`]), and a recalibration where it does not.
//!
//! The intervals of [`effects`] hold as far as the probabilities are calibrated, and say so: they carry the
//! chance of single links, not the error of the model. That error shows only in labels; [`Reviewed`] has it in.

mod beta;
mod calibration;
mod effect;
mod review;
mod sample;

pub use calibration::{Bin, Calibration, Judged, Recalibration, calibration};
pub use effect::{Effect, Estimate, effects};
pub use review::Reviewed;
pub use sample::{Pick, Sample, Stratum, draw};
