//! What the chairman's page counts: over all plans of an office and below, each by one query.

use super::entity::{obstacle, plan, reading};
use crate::model::plan::PlanId;
use crate::model::reading::Reading;
use chrono::NaiveDate;
use d06_db::sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::port::measure::Ratio;
use uuid::Uuid;

/// An obstacle that waits, in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// Its id.
    pub(crate) id: Uuid,
    /// What it stands in the way of.
    pub(crate) reference: String,
    /// What it is.
    pub(crate) text: String,
    /// Code of the unit that can remove it.
    pub(crate) addressee: String,
    /// Last day to answer.
    pub(crate) due_on: NaiveDate,
}

/// The plans in force of an office and below.
pub(crate) async fn plans(tx: &Tx, office: &str) -> Result<Vec<PlanId>, Problem> {
    let found = plan::Entity::find()
        .select_only()
        .column(plan::Column::Id)
        .filter(plan::Column::SupersededAt.is_null())
        .filter(within(plan::Column::Unit, office));
    let ids: Vec<Uuid> = found.into_tuple().all(tx).await.or_problem()?;
    Ok(ids.into_iter().map(PlanId).collect())
}

/// The plans in force of the office itself with their titles, oldest first.
pub(crate) async fn own_plans(tx: &Tx, office: &str) -> Result<Vec<(PlanId, String)>, Problem> {
    let found: Vec<(Uuid, String)> = plan::Entity::find()
        .select_only()
        .column(plan::Column::Id)
        .column(plan::Column::Title)
        .filter(plan::Column::SupersededAt.is_null())
        .filter(plan::Column::Unit.eq(office))
        .order_by_asc(plan::Column::Id)
        .into_tuple()
        .all(tx)
        .await
        .or_problem()?;
    Ok(found.into_iter().map(|(id, title)| (PlanId(id), title)).collect())
}

/// The readings of some measures of a unit, oldest first: the first of a year, and all from a day on.
pub(crate) async fn readings(
    tx: &Tx,
    unit: &str,
    measures: &[String],
    (year, from): (i32, NaiveDate),
) -> Result<Vec<Reading>, Problem> {
    let january = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(from);
    let of_unit = || {
        let measured = reading::Column::Measure.is_in(measures);
        reading::Entity::find().filter(reading::Column::Unit.eq(unit)).filter(measured)
    };
    let firsts: Vec<(String, NaiveDate)> = of_unit()
        .select_only()
        .column(reading::Column::Measure)
        .column_as(reading::Column::Day.min(), "first")
        .filter(reading::Column::Day.gte(january))
        .group_by(reading::Column::Measure)
        .into_tuple()
        .all(tx)
        .await
        .or_problem()?;
    let mut wanted = Condition::any().add(reading::Column::Day.gte(from));
    for (measure, day) in firsts {
        let first = Condition::all().add(reading::Column::Measure.eq(measure));
        wanted = wanted.add(first.add(reading::Column::Day.eq(day)));
    }
    let found = of_unit().filter(wanted).order_by_asc(reading::Column::Day);
    let rows = found.all(tx).await.or_problem()?;
    Ok(rows
        .into_iter()
        .map(|row| Reading {
            measure: row.measure,
            unit: row.unit,
            day: row.day,
            counted_from: row.counted_from,
            ratio: Ratio { numerator: row.numerator, denominator: row.denominator },
            taken_at: row.taken_at,
        })
        .collect())
}

/// Obstacles without an answer that an office or a unit below it met or can remove: the longest waiting first.
pub(crate) async fn waiting(tx: &Tx, office: &str, most: u64) -> Result<Vec<Waiting>, Problem> {
    let rows = unanswered(office).order_by_asc(obstacle::Column::DueOn).limit(most);
    Ok(rows
        .all(tx)
        .await
        .or_problem()?
        .into_iter()
        .map(|row| Waiting {
            id: row.id,
            reference: row.reference,
            text: row.text,
            addressee: row.addressee,
            due_on: row.due_on,
        })
        .collect())
}

/// How many wait.
pub(crate) async fn count_waiting(tx: &Tx, office: &str) -> Result<u64, Problem> {
    unanswered(office).count(tx).await.or_problem()
}

fn unanswered(office: &str) -> Select<obstacle::Entity> {
    let ours = Condition::any()
        .add(within(obstacle::Column::Unit, office))
        .add(within(obstacle::Column::Addressee, office));
    obstacle::Entity::find().filter(obstacle::Column::AnsweredAt.is_null()).filter(ours)
}

fn within(column: impl ColumnTrait, office: &str) -> Condition {
    Condition::any().add(column.eq(office)).add(column.starts_with(format!("{office}.")))
}
