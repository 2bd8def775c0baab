//! How far the work is, and whether to stop.

/// A stage of the work, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Distinct values are brought to one form.
    Normalise,
    /// Blocking keys are computed and sorted.
    Index,
    /// Blocking is chosen and the weights are estimated.
    Train,
    /// Candidates are compared.
    Link,
    /// One decision per row; clusters.
    Decide,
}

/// Hears of progress and may cancel. Called from the calling thread, at least once per stage and every few
/// thousand rows.
pub trait Progress {
    /// `done` of `total` units of `stage` are finished.
    fn report(&mut self, stage: Stage, done: u64, total: u64);

    /// Whether the caller wants to stop; asked after each report.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Hears nothing and never cancels.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn report(&mut self, _stage: Stage, _done: u64, _total: u64) {}
}
