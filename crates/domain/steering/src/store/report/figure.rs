//! Figures of reports that were sent: what sums are made of.

use super::entity::{figure, report};
use crate::model::report::figure::{Figure, Kind};
use crate::model::report::item::{ReportId, State};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};
use d06_db::sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use d06_db::sql::sum_i64;
use d06_db::{DbResultExt, Tx};
use d06_kernel::port::measure::Ratio;
use d06_kernel::{Cx, Problem};

/// Rows inserted by one statement.
const AT_ONCE: usize = 500;

/// A figure of all units below together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Summed {
    /// Its key.
    pub(crate) key: String,
    /// How it adds up.
    pub(crate) kind: Kind,
    /// The sums.
    pub(crate) value: Ratio,
    /// Units that report it.
    pub(crate) units: i64,
}

/// What one unit reports of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its report.
    pub(crate) report: ReportId,
    /// The unit's name.
    pub(crate) unit_name: String,
    /// Its value.
    pub(crate) value: Ratio,
}

/// Puts the figures of a report in the place of those it had.
pub(crate) async fn replace(cx: &Cx, tx: &Tx, id: ReportId, figures: &[Figure]) -> Result<(), Problem> {
    figure::Entity::delete_many().filter(figure::Column::Report.eq(id.0)).exec(tx).await.or_problem()?;
    let counted = figures.iter().filter_map(|figure| Some((figure, figure.value?)));
    let rows: Vec<_> = counted
        .map(|(one, value)| figure::ActiveModel {
            id: Set(cx.new_id()),
            report: Set(id.0),
            key: Set(one.key.clone()),
            kind: Set(one.kind.name().to_owned()),
            numerator: Set(value.numerator),
            denominator: Set(value.denominator),
        })
        .collect();
    for some in rows.chunks(AT_ONCE) {
        let insert = figure::Entity::insert_many(some.to_vec());
        insert.exec_without_returning(tx).await.or_problem()?;
    }
    Ok(())
}

/// The sums over the accepted and locked reports of the units below, by key: numerators and denominators each by
/// themselves.
pub(crate) async fn sum_below(tx: &Tx, superior: &str, period_key: &str) -> Result<Vec<Summed>, Problem> {
    let of = |column: figure::Column| (figure::Entity, column);
    let mut query = Query::select();
    query
        .column(of(figure::Column::Key))
        .column(of(figure::Column::Kind))
        .expr_as(sum_i64(of(figure::Column::Numerator)), "numerator")
        .expr_as(sum_i64(of(figure::Column::Denominator)), "denominator")
        .expr_as(Expr::col(of(figure::Column::Id)).count().cast_as("bigint"), "units")
        .from(figure::Entity)
        .inner_join(report::Entity, on_report())
        .and_where(Expr::col((report::Entity, report::Column::Superior)).eq(superior))
        .and_where(Expr::col((report::Entity, report::Column::PeriodKey)).eq(period_key))
        .and_where(summed_up())
        .add_group_by([Expr::col(of(figure::Column::Key)), Expr::col(of(figure::Column::Kind))])
        .order_by(of(figure::Column::Key), d06_db::sea_orm::Order::Asc);
    let rows = tx.query_all(&query).await.or_problem()?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let get = |name: &str| row.try_get::<i64>("", name).or_problem();
        all.push(Summed {
            key: row.try_get("", "key").or_problem()?,
            kind: kind_of(&row.try_get::<String>("", "kind").or_problem()?)?,
            value: Ratio { numerator: get("numerator")?, denominator: get("denominator")? },
            units: get("units")?,
        });
    }
    Ok(all)
}

/// What the units below report of one figure; of reports summed up by `into`, or ready to be if it is none.
pub(crate) async fn parts(
    tx: &Tx,
    key: &str,
    into: Parts<'_>,
    offset: u64,
    limit: u64,
) -> Result<Vec<Part>, Problem> {
    let of = |column: report::Column| (report::Entity, column);
    let mut query = Query::select();
    query
        .column(of(report::Column::Id))
        .column(of(report::Column::UnitName))
        .column((figure::Entity, figure::Column::Numerator))
        .column((figure::Entity, figure::Column::Denominator))
        .from(figure::Entity)
        .inner_join(report::Entity, on_report())
        .and_where(Expr::col((figure::Entity, figure::Column::Key)).eq(key))
        .order_by(of(report::Column::Unit), d06_db::sea_orm::Order::Asc)
        .offset(offset)
        .limit(limit);
    match into {
        Parts::Of(id) => query.and_where(Expr::col(of(report::Column::IncludedIn)).eq(id.0)),
        Parts::Ready { superior, period_key } => query
            .and_where(Expr::col(of(report::Column::Superior)).eq(superior))
            .and_where(Expr::col(of(report::Column::PeriodKey)).eq(period_key))
            .and_where(summed_up()),
    };
    let rows = tx.query_all(&query).await.or_problem()?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let get = |name: &str| row.try_get::<i64>("", name).or_problem();
        all.push(Part {
            report: ReportId(row.try_get("", "id").or_problem()?),
            unit_name: row.try_get("", "unit_name").or_problem()?,
            value: Ratio { numerator: get("numerator")?, denominator: get("denominator")? },
        });
    }
    Ok(all)
}

/// Which reports a sum is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Parts<'a> {
    /// Those that a report sums up, as it was frozen.
    Of(ReportId),
    /// Those that are ready now.
    Ready {
        /// The unit above.
        superior: &'a str,
        /// The period.
        period_key: &'a str,
    },
}

fn on_report() -> SimpleExpr {
    Expr::col((report::Entity, report::Column::Id)).equals((figure::Entity, figure::Column::Report))
}

fn summed_up() -> SimpleExpr {
    Expr::col((report::Entity, Alias::new("state"))).is_in([State::Accepted.name(), State::Locked.name()])
}

fn kind_of(name: &str) -> Result<Kind, Problem> {
    Kind::from_name(name).ok_or_else(|| Problem::internal(format!("no kind {name}")))
}
