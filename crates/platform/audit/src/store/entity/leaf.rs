//! An entry's place in the tree.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_leaf")]
#[allow(
    unreachable_pub,
    missing_docs,
    reason = "the derive wants public fields; the migration describes them"
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i64,
    pub entry: Uuid,
    pub hash: Vec<u8>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
#[allow(unreachable_pub, missing_docs, reason = "wanted by the derive")]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
