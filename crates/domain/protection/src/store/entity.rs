//! A run as a row.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "protection_run")]
#[allow(
    unreachable_pub,
    missing_docs,
    reason = "the derive wants public fields; the migration describes them"
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub size: i64,
    pub waiting: i64,
    pub findings: i64,
    pub erased: i64,
    pub faults: Json,
    pub outside: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
#[allow(unreachable_pub, missing_docs, reason = "wanted by the derive")]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
