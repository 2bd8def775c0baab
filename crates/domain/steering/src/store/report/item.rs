//! Reports themselves.

use super::entity::report::{ActiveModel, Column, Entity, Model};
use crate::model::report::cycle::Cycle;
use crate::model::report::item::{Report, ReportId, State};
use crate::model::report::words::Words;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict, SimpleExpr};
use d06_db::sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::time::Moment;

/// Rows inserted by one statement.
const AT_ONCE: usize = 500;

/// Adds reports; a unit has one report for a period, so those that are there already stay as they are.
pub(crate) async fn add_all(tx: &Tx, reports: &[Report]) -> Result<(), Problem> {
    for some in reports.chunks(AT_ONCE) {
        let rows = some.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        let known = OnConflict::columns([Column::PeriodKey, Column::Unit]).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// A report.
///
/// # Errors
/// "Not found".
pub(crate) async fn get(tx: &Tx, id: ReportId) -> Result<Report, Problem> {
    let row = without_content().filter(Column::Id.eq(id.0)).one(tx).await.or_problem()?;
    row.ok_or_else(Problem::not_found).and_then(report)
}

/// The kept text of a report that was sent.
pub(crate) async fn content(tx: &Tx, id: ReportId) -> Result<Option<String>, Problem> {
    let row = Entity::find_by_id(id.0).one(tx).await.or_problem()?;
    Ok(row.ok_or_else(Problem::not_found)?.content)
}

/// The units that already have a report for a period.
pub(crate) async fn units_with(tx: &Tx, period_key: &str) -> Result<Vec<String>, Problem> {
    let query = Entity::find().select_only().column(Column::Unit).filter(Column::PeriodKey.eq(period_key));
    query.into_tuple().all(tx).await.or_problem()
}

/// The reports of a unit, the latest due first, at most `most`.
pub(crate) async fn of_unit(tx: &Tx, unit: &str, most: u64) -> Result<Vec<Report>, Problem> {
    let found = without_content().filter(Column::Unit.eq(unit)).order_by_desc(Column::DueAt).limit(most);
    found.all(tx).await.or_problem()?.into_iter().map(report).collect()
}

/// The reports of units below for a period, by the name of the unit.
pub(crate) async fn of_units_below(
    tx: &Tx,
    superior: &str,
    period_key: &str,
) -> Result<Vec<Report>, Problem> {
    let found = without_content()
        .filter(Column::Superior.eq(superior))
        .filter(Column::PeriodKey.eq(period_key))
        .order_by_asc(Column::Unit);
    found.all(tx).await.or_problem()?.into_iter().map(report).collect()
}

/// A round of reports to a unit, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RoundCount {
    /// The period.
    pub(crate) period_key: String,
    /// Reports in all.
    pub(crate) total: i64,
    /// Still owed.
    pub(crate) owed: i64,
    /// Owed, and their time has passed.
    pub(crate) late: i64,
}

/// The rounds of reports to a unit, the latest due first, at most `most`.
pub(crate) async fn rounds(
    tx: &Tx,
    superior: &str,
    now: Moment,
    most: u64,
) -> Result<Vec<RoundCount>, Problem> {
    let owed = Condition::all().add(Column::State.is_in([State::Draft.name(), State::Returned.name()]));
    let one_if = |condition: Condition| {
        let one = Expr::case(condition, Expr::val(1_i64)).finally(Expr::val(0_i64));
        Func::sum(one).cast_as("bigint")
    };
    let rows: Vec<(String, i64, i64, i64)> = Entity::find()
        .select_only()
        .column(Column::PeriodKey)
        .column_as(Expr::col(Column::Id).count().cast_as("bigint"), "total")
        .column_as(one_if(owed.clone()), "owed")
        .column_as(one_if(owed.add(Column::DueAt.lte(now))), "late")
        .filter(Column::Superior.eq(superior))
        .group_by(Column::PeriodKey)
        .order_by_desc(Column::DueAt.max())
        .order_by_asc(Column::PeriodKey)
        .limit(most)
        .into_tuple()
        .all(tx)
        .await
        .or_problem()?;
    Ok(rows
        .into_iter()
        .map(|(period_key, total, owed, late)| RoundCount { period_key, total, owed, late })
        .collect())
}

/// A page of a round: first those that wait for the unit, then those owed, then what is done.
pub(crate) async fn of_round(
    tx: &Tx,
    superior: &str,
    period_key: &str,
    (offset, limit): (u64, u64),
) -> Result<Vec<Report>, Problem> {
    let order: SimpleExpr = Expr::case(Column::State.eq(State::Sent.name()), Expr::val(0_i32))
        .case(Column::State.eq(State::Returned.name()), Expr::val(1_i32))
        .case(Column::State.eq(State::Draft.name()), Expr::val(2_i32))
        .finally(Expr::val(3_i32))
        .into();
    let found = without_content()
        .filter(Column::Superior.eq(superior))
        .filter(Column::PeriodKey.eq(period_key))
        .order_by_asc(order)
        .order_by_asc(Column::Unit)
        .offset(offset)
        .limit(limit);
    found.all(tx).await.or_problem()?.into_iter().map(report).collect()
}

/// Reports of a unit, and those owed to it, whose time has passed, the longest waiting first.
pub(crate) async fn late(tx: &Tx, office: &str, now: Moment, most: u64) -> Result<Vec<Report>, Problem> {
    let found = without_content().filter(owed_to(office, now)).order_by_asc(Column::DueAt);
    let found = found.order_by_asc(Column::Unit).limit(most);
    found.all(tx).await.or_problem()?.into_iter().map(report).collect()
}

/// How many of them there are.
pub(crate) async fn count_late(tx: &Tx, office: &str, now: Moment) -> Result<u64, Problem> {
    use d06_db::sea_orm::PaginatorTrait;
    Entity::find().filter(owed_to(office, now)).count(tx).await.or_problem()
}

/// The report of a unit in a cycle before one that is due at a moment, if it was sent.
pub(crate) async fn before(tx: &Tx, of: &Report) -> Result<Option<Report>, Problem> {
    let found = without_content()
        .filter(Column::Unit.eq(&of.unit))
        .filter(Column::Cycle.eq(of.cycle.name()))
        .filter(Column::DueAt.lt(of.due_at))
        .filter(Column::Hash.is_not_null())
        .order_by_desc(Column::DueAt);
    found.one(tx).await.or_problem()?.map(report).transpose()
}

/// Open reports of a period to a superior that are still owed.
pub(crate) async fn owed(tx: &Tx, superior: Option<&str>, period: &str) -> Result<Vec<Report>, Problem> {
    let above = match superior {
        Some(superior) => Column::Superior.eq(superior),
        None => Column::Superior.is_null(),
    };
    let owed = [State::Draft.name(), State::Returned.name()];
    let found = without_content().filter(above).filter(Column::PeriodKey.eq(period));
    let found = found.filter(Column::State.is_in(owed));
    found.all(tx).await.or_problem()?.into_iter().map(report).collect()
}

/// Stores a report as it has become; `of_version` is the version the change began from.
///
/// # Errors
/// `report.changed-meanwhile` if somebody else changed it since.
pub(crate) async fn update(tx: &Tx, report: &Report, of_version: i64) -> Result<(), Problem> {
    let words = serde_json::to_value(&report.words).map_err(Problem::internal)?;
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::val(report.state.name()))
        .col_expr(Column::HeldBy, Expr::val(report.held_by.as_str()))
        .col_expr(Column::Words, Expr::val(words))
        .col_expr(Column::SentAt, Expr::val(report.sent_at))
        .col_expr(Column::SentBy, Expr::val(report.sent_by.clone()))
        .col_expr(Column::LockedAt, Expr::val(report.locked_at))
        .col_expr(Column::Hash, Expr::val(report.hash.clone()))
        .col_expr(Column::IncludedIn, Expr::val(report.included_in.map(|id| id.0)))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(report.id.0))
        .filter(Column::Version.eq(of_version));
    if update.exec(tx).await.or_problem()?.rows_affected == 0 {
        return Err(Problem::conflict("report.changed-meanwhile"));
    }
    Ok(())
}

/// Stores the text of a report that is sent or locked.
pub(crate) async fn set_content(tx: &Tx, id: ReportId, text: &str) -> Result<(), Problem> {
    let update = Entity::update_many().col_expr(Column::Content, Expr::val(text));
    update.filter(Column::Id.eq(id.0)).exec(tx).await.or_problem()?;
    Ok(())
}

/// Locks those of some reports that are accepted, and returns which these were.
pub(crate) async fn lock_all(tx: &Tx, ids: &[ReportId], at: Moment) -> Result<Vec<ReportId>, Problem> {
    let mut locked = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let accepted = Condition::all()
            .add(Column::Id.is_in(some.iter().map(|id| id.0)))
            .add(Column::State.eq(State::Accepted.name()));
        let found: Vec<uuid::Uuid> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(accepted.clone())
            .into_tuple()
            .all(tx)
            .await
            .or_problem()?;
        let update = Entity::update_many()
            .col_expr(Column::State, Expr::val(State::Locked.name()))
            .col_expr(Column::HeldBy, Expr::val(""))
            .col_expr(Column::LockedAt, Expr::val(at))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(accepted);
        update.exec(tx).await.or_problem()?;
        locked.extend(found.into_iter().map(ReportId));
    }
    Ok(locked)
}

/// Says which report sums others up.
pub(crate) async fn include(tx: &Tx, ids: &[ReportId], into: ReportId) -> Result<(), Problem> {
    for some in ids.chunks(AT_ONCE) {
        let update = Entity::update_many()
            .col_expr(Column::IncludedIn, Expr::val(into.0))
            .filter(Column::Id.is_in(some.iter().map(|id| id.0)));
        update.exec(tx).await.or_problem()?;
    }
    Ok(())
}

/// Everything but the text, which is large and read by itself.
fn without_content() -> d06_db::sea_orm::Select<Entity> {
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::PeriodKey,
            Column::Cycle,
            Column::Subject,
            Column::PeriodFrom,
            Column::PeriodTo,
            Column::DueAt,
            Column::Unit,
            Column::UnitName,
            Column::Superior,
            Column::State,
            Column::HeldBy,
            Column::Words,
            Column::SentAt,
            Column::SentBy,
            Column::LockedAt,
            Column::Hash,
            Column::IncludedIn,
            Column::Version,
        ])
        .expr_as(Expr::val(Option::<String>::None), "content")
}

/// Its own reports and those that it waits for. A hamlet's report is a matter of its commune, not of the city.
fn owed_to(office: &str, now: Moment) -> Condition {
    Condition::all()
        .add(Column::State.is_in([State::Draft.name(), State::Returned.name()]))
        .add(Column::DueAt.lte(now))
        .add(Condition::any().add(Column::Unit.eq(office)).add(Column::Superior.eq(office)))
}

fn row(report: &Report) -> Result<ActiveModel, Problem> {
    Ok(ActiveModel {
        id: Set(report.id.0),
        period_key: Set(report.period_key.clone()),
        cycle: Set(report.cycle.name().to_owned()),
        subject: Set(report.subject.clone()),
        period_from: Set(report.from),
        period_to: Set(report.to),
        due_at: Set(report.due_at),
        unit: Set(report.unit.clone()),
        unit_name: Set(report.unit_name.clone()),
        superior: Set(report.superior.clone()),
        state: Set(report.state.name().to_owned()),
        held_by: Set(report.held_by.clone()),
        words: Set(serde_json::to_value(&report.words).map_err(Problem::internal)?),
        sent_at: Set(report.sent_at),
        sent_by: Set(report.sent_by.clone()),
        locked_at: Set(report.locked_at),
        content: Set(None),
        hash: Set(report.hash.clone()),
        included_in: Set(report.included_in.map(|id| id.0)),
        version: Set(report.version),
    })
}

fn report(row: Model) -> Result<Report, Problem> {
    let unknown = |what: &str| Problem::internal(format!("a report with an unknown {what}"));
    Ok(Report {
        id: ReportId(row.id),
        period_key: row.period_key,
        cycle: Cycle::from_name(&row.cycle).ok_or_else(|| unknown("cycle"))?,
        subject: row.subject,
        from: row.period_from,
        to: row.period_to,
        due_at: row.due_at,
        unit: row.unit,
        unit_name: row.unit_name,
        superior: row.superior,
        state: State::from_name(&row.state).ok_or_else(|| unknown("state"))?,
        held_by: row.held_by,
        words: serde_json::from_value::<Words>(row.words).map_err(Problem::internal)?,
        sent_at: row.sent_at,
        sent_by: row.sent_by,
        locked_at: row.locked_at,
        hash: row.hash,
        included_in: row.included_in.map(ReportId),
        version: row.version,
    })
}
