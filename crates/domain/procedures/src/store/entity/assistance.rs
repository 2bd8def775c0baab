//! Who filled in a draft for a person at the counter.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "procedures_assistance")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub draft: Uuid,
    pub helper: String,
    pub unit: String,
    pub ground: String,
    pub means: String,
    pub at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
