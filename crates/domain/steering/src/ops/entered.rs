//! What units entered for targets, added up.

use crate::model::figure::{self, Figure, Month};
use crate::model::plan::{Target, TargetId};
use crate::model::shape::TargetShape;
use crate::ops::measure::Entered;
use crate::store::{figure as store, shape};
use chrono::NaiveDate;
use d06_db::Tx;
use d06_kernel::Problem;
use d06_kernel::port::measure::Ratio;
use std::collections::HashMap;

/// Figures and shapes of some targets.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    shapes: HashMap<TargetId, TargetShape>,
    figures: HashMap<TargetId, Vec<Figure>>,
}

impl Book {
    /// The shapes of some targets and their figures from January of the year before to a month.
    pub(crate) async fn open(tx: &Tx, targets: &[Target], until: Month) -> Result<Self, Problem> {
        let ids: Vec<TargetId> = targets.iter().map(|target| target.id).collect();
        let mut shapes = shape::list(tx, &ids).await?;
        for target in targets {
            shapes.entry(target.id).or_insert_with(|| TargetShape::suggested(target));
        }
        let from = until.january().before().january();
        let mut figures: HashMap<TargetId, Vec<Figure>> = HashMap::new();
        for figure in store::list(tx, &ids, (from, until), None).await? {
            figures.entry(figure.target).or_default().push(figure);
        }
        Ok(Self { shapes, figures })
    }

    /// How a target is counted.
    pub(crate) fn shape(&self, target: &Target) -> TargetShape {
        self.shapes.get(&target.id).cloned().unwrap_or_else(|| TargetShape::suggested(target))
    }

    /// The figures of a target from January of the year before on, those of earlier months first.
    pub(crate) fn figures(&self, target: &Target) -> &[Figure] {
        self.figures.get(&target.id).map_or(&[], Vec::as_slice)
    }

    /// What units entered for a target, if they did.
    pub(crate) fn entered(&self, target: &Target) -> Option<Entered> {
        let figures = self.figures.get(&target.id)?;
        let until = figures.iter().map(|figure| figure.period).max()?;
        let ratio = self.value(target, figures, until)?;
        let mut latest: HashMap<&str, &Figure> = HashMap::new();
        for figure in figures {
            // In the order of months, so that a later one takes the place of an earlier.
            latest.insert(&figure.unit, figure);
        }
        let mut latest: Vec<Figure> = latest.into_values().cloned().collect();
        latest.sort_by(|a, b| a.unit.cmp(&b.unit));
        Some(Entered { ratio, until, figures: latest })
    }

    /// The values of the months of the year, each as of its last day.
    pub(crate) fn values(&self, target: &Target) -> Vec<(NaiveDate, Ratio)> {
        let Some(figures) = self.figures.get(&target.id) else { return Vec::new() };
        let mut months: Vec<Month> = figures.iter().map(|figure| figure.period).collect();
        months.sort_unstable();
        months.dedup();
        let value = |month: Month| Some((month.last_day(), self.value(target, figures, month)?));
        months.into_iter().filter_map(value).collect()
    }

    fn value(&self, target: &Target, figures: &[Figure], until: Month) -> Option<Ratio> {
        let shape = self.shape(target);
        let ratio = figure::value(shape.accumulation, figures, until)?;
        // The denominator of a count is 1 however many units and months are added.
        let denominator = if shape.shape.has_denominator() { ratio.denominator } else { 1 };
        Some(Ratio { denominator, ..ratio })
    }
}
