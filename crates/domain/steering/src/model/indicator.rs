//! Points of Decision 766/QĐ-TTg (23/6/2022), the index of service to people and businesses.

use d06_kernel::port::measure::Ratio;

/// The measure behind indicator 2.1, dossiers settled on time (giải quyết đúng hạn).
pub const ON_TIME: &str = "procedures.on-time";

/// The most points of indicator 2.1.
const ON_TIME_POINTS: i64 = 20;

/// The points of indicator 2.1, in hundredths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// Reached: rate × 20, rounded to two decimals; `None` if nothing was counted ("N/A").
    pub reached: Option<i64>,
    /// The most there is.
    pub most: i64,
    /// Dossiers that cost points.
    pub late: i64,
    /// What one such dossier costs.
    pub each: Option<i64>,
}

impl Points {
    /// The points of a ratio of dossiers on time.
    pub fn on_time(ratio: Ratio) -> Self {
        let most = ON_TIME_POINTS * 100;
        let share = |count: i64| {
            (ratio.denominator > 0).then(|| {
                let scaled = i128::from(count) * i128::from(most) * 2 + i128::from(ratio.denominator);
                i64::try_from(scaled / (i128::from(ratio.denominator) * 2)).unwrap_or(most)
            })
        };
        Self {
            reached: share(ratio.numerator),
            most,
            late: ratio.denominator - ratio.numerator,
            each: share(1),
        }
    }

    /// The points lost.
    pub fn lost(self) -> Option<i64> {
        self.reached.map(|reached| self.most - reached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_follow_the_rate() {
        let points = Points::on_time(Ratio { numerator: 19, denominator: 20 });
        assert_eq!((points.reached, points.lost(), points.late), (Some(1900), Some(100), 1));
        let thirds = Points::on_time(Ratio { numerator: 2, denominator: 3 });
        assert_eq!((thirds.reached, thirds.each), (Some(1333), Some(667)));
        assert_eq!(Points::on_time(Ratio::default()).reached, None);
    }
}
