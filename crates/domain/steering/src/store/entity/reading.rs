//! What a measure stood at on a day.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_reading")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub measure: String,
    pub unit: String,
    pub day: Date,
    pub counted_from: Date,
    pub numerator: i64,
    pub denominator: i64,
    pub taken_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
