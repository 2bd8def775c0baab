//! A task as it is given to somebody.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_assignment")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub task: Uuid,
    pub plan: Uuid,
    pub occurrence: String,
    pub position: i32,
    pub search_key: String,
    pub unit: Option<String>,
    pub person: Option<String>,
    pub person_name: Option<String>,
    pub monitor: Option<String>,
    pub authority: Option<String>,
    pub due_kind: String,
    pub due_on: Option<Date>,
    pub first_due_on: Option<Date>,
    pub condition: Option<String>,
    pub condition_met_on: Option<Date>,
    pub rhythm: Option<String>,
    pub product: String,
    pub quantity: Option<i64>,
    pub measure: Option<String>,
    pub state: String,
    pub submitted_on: Option<Date>,
    pub done_on: Option<Date>,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
