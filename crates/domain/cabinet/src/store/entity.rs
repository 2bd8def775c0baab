//! The tables of documents and their owners as SeaORM sees them.

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
    pub lookup: Option<String>,
    pub superseded_at: Option<DateTimeUtc>,
    pub superseded_by: Option<Uuid>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
#[allow(unreachable_pub, missing_docs, reason = "wanted by the derive")]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whose a document is.
pub(crate) mod owner {
    use super::sea_orm;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "cabinet_owner")]
    #[allow(
        unreachable_pub,
        missing_docs,
        reason = "the derive wants public fields; the migration describes them"
    )]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub document: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub owner: String,
        pub kind: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    #[allow(unreachable_pub, missing_docs, reason = "wanted by the derive")]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
