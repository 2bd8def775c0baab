//! Reports: opened by rule, filled from records, sent, returned, accepted, locked, reminded, exported.

pub mod ask;
pub mod chain;
pub mod desk;
mod enter;
pub mod export;
pub mod fill;
mod known;
pub mod move_on;
pub mod open;
mod paper;
pub mod registers;
pub mod remind;
pub mod save;
pub mod send;
pub mod show;
pub mod show_figure;
