//! An entry as the operation wrote it.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
#[allow(
    unreachable_pub,
    missing_docs,
    reason = "the derive wants public fields; the migration describes them"
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub content: String,
    pub at: DateTimeUtc,
    pub action: String,
    pub object: String,
    pub unit: Option<String>,
    pub subject: Option<String>,
    pub salt: Option<String>,
    pub actor: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
#[allow(unreachable_pub, missing_docs, reason = "wanted by the derive")]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
