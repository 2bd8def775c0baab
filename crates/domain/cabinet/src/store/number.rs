//! Numbers of official papers.

use d06_db::sea_orm::ConnectionTrait;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;

/// Takes the next number of a unit's papers of one symbol in a year, in one statement.
pub(crate) async fn next(tx: &Tx, unit: &str, symbol: &str, year: i32) -> Result<i64, Problem> {
    let statement = Query::insert()
        .into_table("cabinet_number")
        .columns(["unit", "symbol", "year", "last"])
        .values_panic([unit.into(), symbol.into(), year.into(), 1_i64.into()])
        .on_conflict(
            OnConflict::columns(["unit", "symbol", "year"])
                .value("last", Expr::col(("cabinet_number", "last")).add(1_i64))
                .to_owned(),
        )
        .returning_col("last")
        .to_owned();
    let row = tx.query_one(&statement).await.or_problem()?;
    row.ok_or_else(|| Problem::internal("the sequence gave no number"))?.try_get("", "last").or_problem()
}
