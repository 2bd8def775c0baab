//! What the policies grant, written out.

mod matrix;
mod refusal;
