//! A target of a plan.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_target")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: Uuid,
    pub position: i32,
    pub reference: String,
    pub group_reference: String,
    pub group_title: String,
    pub line_start: i32,
    pub line_end: i32,
    pub text: String,
    pub unit: String,
    pub tracking: Json,
    pub measure: Option<String>,
    pub legal: String,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
