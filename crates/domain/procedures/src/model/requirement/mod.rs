//! The requirement engine: what a source proves is proven once, shown with its evidence, and nobody can ask
//! the person for it. See the crate's README, "The requirement engine".
//!
//! 1. [`Inquiry::plan`] says which sources to ask in which order; the caller asks and [`Inquiry::record`]s.
//! 2. [`Inquiry::conclude`] decides: a [`RequirementState`].
//! 3. A [`PaperRequest`], the only thing an officer can send to the person, is made of a state and is refused
//!    for what is covered. The one way round is an [`Override`] with a legal clause, and it is counted.

mod inquiry;
mod overrule;
mod paper;
mod state;

pub use inquiry::{Ask, Inquiry, SourceInfo};
pub use overrule::{CannotOverrule, Override};
pub use paper::{PaperRefused, PaperRequest};
pub use state::{CannotProvide, Missing, NotHeldAt, RequirementState, Waiver};
