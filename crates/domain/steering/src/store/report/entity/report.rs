//! A report.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_report")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub period_key: String,
    pub cycle: String,
    pub subject: Option<String>,
    pub period_from: Date,
    pub period_to: Date,
    pub due_at: DateTimeUtc,
    pub unit: String,
    pub unit_name: String,
    pub superior: Option<String>,
    pub state: String,
    pub held_by: String,
    pub words: Json,
    pub sent_at: Option<DateTimeUtc>,
    pub sent_by: Option<String>,
    pub locked_at: Option<DateTimeUtc>,
    pub content: Option<String>,
    pub hash: Option<String>,
    pub included_in: Option<Uuid>,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
