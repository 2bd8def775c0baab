//! A fee paid at the counter.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "procedures_payment")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub dossier: Uuid,
    pub amount: i64,
    pub receipt: String,
    pub recorded_by: String,
    pub at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
