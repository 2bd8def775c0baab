//! The daily sequence of an agency's dossier codes, without gaps that a rolled-back submission would leave.

use chrono::NaiveDate;
use d06_db::sea_orm::ConnectionTrait;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;

/// Takes the next number of `agency` on `day`, beginning with 1, in one statement: two submissions at once get
/// two numbers.
pub async fn next(tx: &Tx, agency: &str, day: NaiveDate) -> Result<i64, Problem> {
    let statement = Query::insert()
        .into_table("procedures_sequence")
        .columns(["agency", "day", "last"])
        .values_panic([agency.into(), day.into(), 1_i64.into()])
        .on_conflict(
            OnConflict::columns(["agency", "day"])
                .value("last", Expr::col(("procedures_sequence", "last")).add(1_i64))
                .to_owned(),
        )
        .returning_col("last")
        .to_owned();
    let row = tx.query_one(&statement).await.or_problem()?;
    let row = row.ok_or_else(|| Problem::internal("the sequence gave no number"))?;
    row.try_get("", "last").or_problem()
}
