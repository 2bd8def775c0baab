//! The daily sequence of an agency's dossier codes.

use chrono::NaiveDate;
use d06_db::sea_orm::ConnectionTrait;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use std::ops::RangeInclusive;

/// Takes the next `count` numbers of `agency` on `day`, beginning with 1, in one statement: two who take at once get
/// different ones. Others who take the agency's wait until the transaction ends.
pub async fn advance(
    tx: &Tx,
    agency: &str,
    day: NaiveDate,
    count: u32,
) -> Result<RangeInclusive<u32>, Problem> {
    let count = i64::from(count);
    let statement = Query::insert()
        .into_table("procedures_sequence")
        .columns(["agency", "day", "last"])
        .values_panic([agency.into(), day.into(), count.into()])
        .on_conflict(
            OnConflict::columns(["agency", "day"])
                .value("last", Expr::col(("procedures_sequence", "last")).add(count))
                .to_owned(),
        )
        .returning_col("last")
        .to_owned();
    let row = tx.query_one(&statement).await.or_problem()?;
    let row = row.ok_or_else(|| Problem::internal("the sequence gave no number"))?;
    let last: i64 = row.try_get("", "last").or_problem()?;
    let number = |of: i64| u32::try_from(of).map_err(Problem::internal);
    Ok(number(last - count + 1)?..=number(last)?)
}
