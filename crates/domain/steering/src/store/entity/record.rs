//! An entry of a register of steering.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_record")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub register: String,
    pub office: String,
    pub parent: Option<Uuid>,
    pub title: String,
    pub unit: String,
    pub stage: String,
    pub due_on: Option<Date>,
    pub done_on: Option<Date>,
    pub fields: Json,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
