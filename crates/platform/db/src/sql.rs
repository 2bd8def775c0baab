//! The few expressions that the two databases read differently.

use sea_orm::sea_query::{Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, NullOrdering, SimpleExpr};
use sea_orm::{IntoSimpleExpr, Order, QueryOrder};

/// Escapes what `LIKE` takes as a pattern.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A pattern for texts that begin with `text`, whatever characters it holds. Use it on a stored `search_key`
/// (folded: NFC, lower case, without marks, đ→d) and fold the sought text the same way: `LIKE` and `LOWER`
/// know only ASCII on SQLite.
pub fn like_prefix(text: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", escaped(text))).escape('\\')
}

/// A pattern for texts that hold `text` anywhere; see [`like_prefix`].
pub fn like_contains(text: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escaped(text))).escape('\\')
}

/// The sum of a 64-bit integer column as a 64-bit integer, 0 for no rows. PostgreSQL would make it `numeric`.
pub fn sum_i64(column: impl IntoColumnRef) -> SimpleExpr {
    Func::coalesce([Expr::col(column).sum(), Expr::val(0_i64)]).cast_as("bigint")
}

/// Orders by a column and puts the rows without a value last: SQLite takes NULL for the smallest value and
/// PostgreSQL for the largest, so the place is always said.
pub fn nulls_last<Q: QueryOrder>(query: Q, column: impl IntoSimpleExpr, order: Order) -> Q {
    query.order_by_with_nulls(column, order, NullOrdering::Last)
}

/// As [`nulls_last`], with the rows without a value first.
pub fn nulls_first<Q: QueryOrder>(query: Q, column: impl IntoSimpleExpr, order: Order) -> Q {
    query.order_by_with_nulls(column, order, NullOrdering::First)
}
