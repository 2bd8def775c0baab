//! A plan and the text it was compiled from.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_plan")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub key: String,
    pub unit: String,
    pub title: String,
    pub number: Option<String>,
    pub source: String,
    pub source_hash: String,
    pub warnings: Json,
    pub imported_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
