//! Readings: what a measure stood at on a day.

use super::entity::reading::{ActiveModel, Column, Entity, Model};
use crate::model::reading::Reading;
use chrono::NaiveDate;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::OnConflict;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use d06_db::{DbResultExt, Tx};
use d06_kernel::port::measure::Ratio;
use d06_kernel::{Cx, Problem};

/// Keeps a reading; a later one of the same day takes its place.
pub(crate) async fn put(cx: &Cx, tx: &Tx, reading: &Reading) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(cx.new_id()),
        measure: Set(reading.measure.clone()),
        unit: Set(reading.unit.clone()),
        day: Set(reading.day),
        counted_from: Set(reading.counted_from),
        numerator: Set(reading.ratio.numerator),
        denominator: Set(reading.ratio.denominator),
        taken_at: Set(reading.taken_at),
    };
    let again = OnConflict::columns([Column::Measure, Column::Unit, Column::Day])
        .update_columns([Column::CountedFrom, Column::Numerator, Column::Denominator, Column::TakenAt])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The last readings of a measure for a unit, newest first, at most `most`.
pub(crate) async fn latest(tx: &Tx, measure: &str, unit: &str, most: u64) -> Result<Vec<Reading>, Problem> {
    let found = Entity::find()
        .filter(Column::Measure.eq(measure))
        .filter(Column::Unit.eq(unit))
        .order_by_desc(Column::Day)
        .limit(most);
    Ok(found.all(tx).await.or_problem()?.into_iter().map(reading).collect())
}

/// The readings of a measure for a unit in a year, oldest first.
pub(crate) async fn of_year(tx: &Tx, measure: &str, unit: &str, year: i32) -> Result<Vec<Reading>, Problem> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let found = Entity::find()
        .filter(Column::Measure.eq(measure))
        .filter(Column::Unit.eq(unit))
        .filter(Column::Day.between(day(1, 1), day(12, 31)))
        .order_by_asc(Column::Day);
    Ok(found.all(tx).await.or_problem()?.into_iter().map(reading).collect())
}

fn reading(row: Model) -> Reading {
    Reading {
        measure: row.measure,
        unit: row.unit,
        day: row.day,
        counted_from: row.counted_from,
        ratio: Ratio { numerator: row.numerator, denominator: row.denominator },
        taken_at: row.taken_at,
    }
}
