//! A plan under review.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_compiled")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub key: String,
    pub unit: String,
    pub title: String,
    pub document: Json,
    pub warnings: Json,
    pub source: String,
    pub source_hash: String,
    pub file: Option<Uuid>,
    pub file_name: String,
    pub merged_from: Json,
    pub state: String,
    pub plan: Option<Uuid>,
    pub by_name: String,
    pub at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
