//! A figure that a unit entered for a month.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_figure")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub target: Uuid,
    pub unit: String,
    pub period: String,
    pub revision: i32,
    pub numerator: i64,
    pub denominator: i64,
    pub note: Option<String>,
    pub entered_at: DateTimeUtc,
    pub entered_by: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
