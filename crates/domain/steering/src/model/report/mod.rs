//! Reports: when they are due, what they hold, and the way they go.

pub mod content;
pub mod cycle;
pub mod figure;
pub mod form;
pub mod item;
pub mod words;
