//! Verifications of the log.

use super::entity::{ActiveModel, Column, Entity};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::{EntityTrait, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One verification of the whole log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// When.
    pub at: Moment,
    /// Leaves verified.
    pub size: u64,
    /// Committed entries that had no place yet.
    pub waiting: u64,
    /// How many things are wrong; 0 for a sound log.
    pub findings: u64,
    /// Entries whose subject was erased.
    pub erased: u64,
    /// The first things that are wrong.
    pub faults: Vec<FaultLine>,
    /// Whether the log was compared with a checkpoint kept outside.
    pub outside: bool,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultLine {
    /// The kind of fault, in kebab case: `root-differs`.
    pub fault: String,
    /// The place of the leaf, or the size of the checkpoint.
    pub place: u64,
    /// The entry, where one can be named.
    pub entry: Option<Uuid>,
}

/// Keeps a run.
pub(crate) async fn add(cx: &Cx, tx: &Tx, run: &Run) -> Result<(), Problem> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let row = ActiveModel {
        id: Set(cx.new_id::<Uuid>()),
        at: Set(run.at),
        size: Set(number(run.size)),
        waiting: Set(number(run.waiting)),
        findings: Set(number(run.findings)),
        erased: Set(number(run.erased)),
        faults: Set(serde_json::to_value(&run.faults).map_err(Problem::internal)?),
        outside: Set(run.outside),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The newest run.
pub(crate) async fn find_newest(tx: &Tx) -> Result<Option<Run>, Problem> {
    let Some(row) = Entity::find().order_by_desc(Column::Id).one(tx).await.or_problem()? else {
        return Ok(None);
    };
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    Ok(Some(Run {
        at: row.at,
        size: count(row.size),
        waiting: count(row.waiting),
        findings: count(row.findings),
        erased: count(row.erased),
        faults: serde_json::from_value(row.faults).map_err(Problem::internal)?,
        outside: row.outside,
    }))
}
