//! Obstacles: those that wait for an answer first, the longest overdue on top.

use crate::deps::Deps;
use crate::model::obstacle::Obstacle;
use crate::ops::list_work;
use crate::store::obstacle::{self, ObstacleFilter};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// Obstacles on a page.
pub const PAGE: u64 = 50;

/// Which obstacles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that wait for an answer.
    #[default]
    Open,
    /// Those whose time to be answered has passed.
    Overdue,
    /// Those that are answered.
    Answered,
}

impl Which {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Open, Self::Overdue, Self::Answered];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Answered => "answered",
        }
    }
}

/// Some obstacles of the plans in force that the reader may see, and how many there are of each sort.
///
/// # Errors
/// "Not found" if the reader may see no plan; the database's.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    which: Which,
    unit: Option<&str>,
    offset: u64,
) -> Result<(Vec<Obstacle>, [u64; 3]), Problem> {
    let work = list_work::open(cx, deps).await?;
    let tx = deps.db.read().await?;
    let today = local_date(cx.now());
    let filter = |which: Which| ObstacleFilter {
        plans: work.plans().iter().map(|plan| plan.id).collect(),
        unit: None,
        addressee: unit.map(str::to_owned),
        answered: Some(which == Which::Answered),
        due_before: (which == Which::Overdue).then_some(today),
    };
    let found = obstacle::list(&tx, &filter(which), offset, PAGE + 1).await?;
    let mut counts = [0; 3];
    for (count, which) in counts.iter_mut().zip(Which::ALL) {
        *count = obstacle::count(&tx, &filter(which)).await?;
    }
    Ok((found, counts))
}
