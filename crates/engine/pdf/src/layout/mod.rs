//! Official documents in the layout of Decree 30/2020/NĐ-CP, Appendix I.
//!
//! The typesetter gets two things: templates, which are fixed, and `data.json`, which is read as data. No text of a
//! person ever becomes part of a template.

mod letter;
mod qr;
mod receipt;
mod report;
mod result;
mod world;

pub use letter::letter;
pub use receipt::receipt;
pub use report::report;
pub use result::{Line, ResultData, Section, Shape, Signatory, result};
pub(crate) use world::stamp;

use chrono::{Datelike, NaiveDateTime};
use d06_kernel::time::{Moment, local};

/// A laid-out document.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// The PDF (PDF/A-2u, tagged).
    pub pdf: Vec<u8>,
    /// Where the competent person signs, or the seal stands on a paper that a desk gives out; absent on papers that
    /// are not signed electronically.
    pub signature: Option<Place>,
}

/// A rectangle on a page, in points (1/72 inch) from the lower left corner, as PDF counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The page, from 0.
    pub page: usize,
    /// Left edge.
    pub x: f32,
    /// Lower edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// `ngày 05 tháng 01 năm 2026`: days under 10 and the months 1 and 2 get a zero (Decree 30/2020, Appendix I, part I,
/// section II, point 4b).
pub fn vietnamese_date(at: NaiveDateTime) -> String {
    let month = if at.month() < 3 { format!("{:02}", at.month()) } else { at.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", at.day(), at.year())
}

/// As the forms write it: `09 giờ 05 phút, ngày 15 tháng 6 năm 2026`.
pub(crate) fn hour_and_day(moment: Moment) -> String {
    let civil = local(moment);
    format!("{}, {}", civil.format("%H giờ %M phút"), vietnamese_date(civil))
}
