//! Attempts to sign in.

use super::entity::attempt;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;
use d06_kernel::time::Moment;

/// An attempt under way.
pub(crate) struct Attempt {
    pub(crate) state: String,
    /// Hash of the cookie that ties it to the browser.
    pub(crate) browser: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    pub(crate) next: String,
    pub(crate) created_at: Moment,
}

pub(crate) async fn add(tx: &Tx, attempt: Attempt) -> Result<(), Problem> {
    let row = attempt::ActiveModel {
        state: Set(attempt.state),
        browser: Set(attempt.browser),
        nonce: Set(attempt.nonce),
        verifier: Set(attempt.verifier),
        next: Set(attempt.next),
        created_at: Set(attempt.created_at),
    };
    attempt::Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// Takes an attempt away: of two callers with one state, one gets it.
pub(crate) async fn take(tx: &Tx, state: &str) -> Result<Option<Attempt>, Problem> {
    let Some(row) = attempt::Entity::find_by_id(state).one(tx).await.or_problem()? else { return Ok(None) };
    let gone = attempt::Entity::delete_by_id(state).exec(tx).await.or_problem()?;
    Ok((gone.rows_affected == 1).then_some(Attempt {
        state: row.state,
        browser: row.browser,
        nonce: row.nonce,
        verifier: row.verifier,
        next: row.next,
        created_at: row.created_at,
    }))
}

/// Removes attempts begun before a moment.
pub(crate) async fn sweep(tx: &Tx, before: Moment) -> Result<(), Problem> {
    attempt::Entity::delete_many()
        .filter(attempt::Column::CreatedAt.lt(before))
        .exec(tx)
        .await
        .or_problem()?;
    Ok(())
}
