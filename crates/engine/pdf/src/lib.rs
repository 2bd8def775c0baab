#![doc = include_str!("../README.md")]

mod layout;
mod printer;
mod problem;
pub mod sign;

pub use layout::{
    Laid, Line, Place, ResultData, Section, Shape, Signatory, letter, receipt, report, result,
    vietnamese_date,
};
pub use printer::Printer;
pub use problem::LayoutError;
