//! What proves a product, a figure or an entry.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_evidence")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner: Uuid,
    pub description: String,
    pub number: Option<String>,
    pub quantity: Option<i64>,
    pub file: Option<Uuid>,
    pub file_name: Option<String>,
    pub size: Option<i64>,
    pub added_at: DateTimeUtc,
    pub added_by: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
