//! The operator: pieces of a register in, links out.
//!
//! `work` says what is linked, `pieces` and `answers` are the two tables, `plan` is the physical plan between them, and
//! `codec` carries it from the client over the scheduler to an executor.

mod answers;
mod codec;
mod pieces;
mod plan;
mod work;

pub use answers::Answers;
pub use codec::Codec;
pub use plan::LinkExec;
pub use work::{Seal, Work};

pub(crate) use answers::Answer;
pub(crate) use pieces::{from_batch, source};
pub(crate) use plan::REFUSED;
