//! What tasks cost: estimate (dự toán), allocation (phân bổ), spending (giải ngân), in whole đồng.

use crate::model::plan::TaskId;
use d06_kernel::money::Dong;
use d06_kernel::{Problem, typed_id};

typed_id!(
    /// The budget of a task in a year.
    BudgetId
);

/// The most a sum may be: a hundred thousand billion đồng, beyond any budget of a locality.
const MOST: i64 = 100_000_000_000_000;

/// The sums of a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// What it is thought to cost.
    pub estimate: Dong,
    /// What was given for it.
    pub allocated: Dong,
    /// What was spent.
    pub spent: Dong,
}

/// The budget of a task in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Its id.
    pub id: BudgetId,
    /// The task.
    pub task: TaskId,
    /// The year.
    pub year: i32,
    /// The sums.
    pub sums: Sums,
    /// Where the money comes from, and the decision that gives it.
    pub source: Option<String>,
    /// Goes up by one at every change; 0 for one that is not kept yet.
    pub version: i64,
}

impl Sums {
    /// Asks that sums can be true.
    ///
    /// # Errors
    /// By field: `budget.range`; `budget.spent-over-allocated`: money that was not given cannot be spent (Law on the
    /// State Budget 83/2015/QH13 Art. 12).
    pub fn check(self) -> Result<(), Problem> {
        for (field, sum) in
            [("estimate", self.estimate), ("allocated", self.allocated), ("spent", self.spent)]
        {
            if !(0..=MOST).contains(&sum.0) {
                return Err(Problem::field(field, "budget.range"));
            }
        }
        if self.spent > self.allocated {
            return Err(Problem::field("spent", "budget.spent-over-allocated"));
        }
        Ok(())
    }
}

impl std::iter::Sum for Sums {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |one, other| Self {
            estimate: one.estimate + other.estimate,
            allocated: one.allocated + other.allocated,
            spent: one.spent + other.spent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_asked_whether_they_can_be() {
        let sums = |estimate, allocated, spent| Sums {
            estimate: Dong(estimate),
            allocated: Dong(allocated),
            spent: Dong(spent),
        };
        assert!(sums(10, 8, 8).check().is_ok());
        assert_eq!(sums(10, 8, 9).check().unwrap_err().fields[0].code, "budget.spent-over-allocated");
        assert_eq!(sums(-1, 0, 0).check().unwrap_err().fields[0].field, "estimate");
        assert_eq!([sums(1, 1, 0), sums(2, 1, 1)].into_iter().sum::<Sums>(), sums(3, 2, 1));
    }
}
