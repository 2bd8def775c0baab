//! Rows. They stay inside this crate.

pub(crate) mod file {
    use d06_db::sea_orm;
    use sea_orm::entity::prelude::*;

    #[allow(missing_docs, reason = "columns are described in the migration")]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "files_file")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub address: String,
        pub sha256: String,
        pub size: i64,
        pub media: String,
        pub cautions: Json,
        pub created_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod upload {
    use d06_db::sea_orm;
    use sea_orm::entity::prelude::*;

    #[allow(missing_docs, reason = "columns are described in the migration")]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "files_upload")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner: String,
        pub name: String,
        pub size: i64,
        pub received: i64,
        pub parts: Json,
        pub file: Option<Uuid>,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
