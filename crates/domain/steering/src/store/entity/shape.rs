//! How a target is counted, and from whom.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[allow(missing_docs, reason = "columns are described in the migration")]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "steering_target_shape")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub target: Uuid,
    pub shape: String,
    pub accumulation: String,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    pub units: Json,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
