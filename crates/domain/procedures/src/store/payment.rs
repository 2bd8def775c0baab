//! Fees paid at the counter.

use super::entity::payment::{ActiveModel, Column, Entity};
use chrono::{DateTime, Utc};
use d06_db::sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::DossierId;
use d06_kernel::{Cx, Problem};
use uuid::Uuid;

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// In đồng.
    pub amount: i64,
    /// Number of the receipt (biên lai).
    pub receipt: String,
    /// Name of the officer who recorded it.
    pub recorded_by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds the one payment of a dossier; `payment.recorded-already` if there was one.
pub async fn add(cx: &Cx, tx: &Tx, dossier: DossierId, paid: &Payment) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(cx.new_id::<Uuid>()),
        dossier: Set(dossier.0),
        amount: Set(paid.amount),
        receipt: Set(paid.receipt.clone()),
        recorded_by: Set(paid.recorded_by.clone()),
        at: Set(paid.at),
    };
    let once = [("procedures_payment_dossier_key", "payment.recorded-already")];
    Entity::insert(row).exec_without_returning(tx).await.or_problem_with(&once)?;
    Ok(())
}

/// The payment of a dossier, if it was paid for.
pub async fn find(tx: &Tx, dossier: DossierId) -> Result<Option<Payment>, Problem> {
    let row = Entity::find().filter(Column::Dossier.eq(dossier.0)).one(tx).await.or_problem()?;
    Ok(row.map(|row| Payment {
        amount: row.amount,
        receipt: row.receipt,
        recorded_by: row.recorded_by,
        at: row.at,
    }))
}
