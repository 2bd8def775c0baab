//! A task of a plan.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_task")]
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
    pub lead: Json,
    pub coordinating: Json,
    pub due_raw: String,
    pub due_kind: String,
    pub due_to: Option<Date>,
    pub product: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
