//! The table of documents as SeaORM sees it.

use d06_db::sea_orm;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cabinet_document")]
#[allow(
    unreachable_pub,
    missing_docs,
    reason = "the derive wants public fields; the migration describes them"
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner: String,
    pub kind: String,
    pub number: String,
    pub unit: String,
    pub dossier: Uuid,
    pub file: Uuid,
    pub sha256: String,
    pub fields: Json,
    pub issued_at: DateTimeUtc,
    pub valid_until: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
#[allow(unreachable_pub, missing_docs, reason = "wanted by the derive")]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
