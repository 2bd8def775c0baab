//! What stands in the way of a task or a target.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_obstacle")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: Uuid,
    pub about_kind: String,
    pub about: Uuid,
    pub reference: String,
    pub unit: String,
    pub addressee: String,
    pub text: String,
    pub proposal: Option<String>,
    pub raised_at: DateTimeUtc,
    pub raised_by: String,
    pub due_on: Date,
    pub level: i32,
    pub answer: Option<String>,
    pub outcome: Option<String>,
    pub answered_at: Option<DateTimeUtc>,
    pub answered_by: Option<String>,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
