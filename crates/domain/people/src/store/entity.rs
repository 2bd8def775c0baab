//! The rows.

#![allow(unreachable_pub, reason = "SeaORM's macros write the visibility")]

/// A read; never changed.
pub(crate) mod access {
    use d06_db::sea_orm;
    use d06_db::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "people_access_record")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub at: ChronoDateTimeUtc,
        pub subject: String,
        pub kind: String,
        pub asker_name: String,
        pub asker_number: Option<String>,
        pub account: Option<Uuid>,
        pub unit: String,
        pub dossier: Option<Uuid>,
        pub reference: String,
        pub purpose: String,
        pub legal_basis: String,
        pub fields: Json,
        pub outcome: String,
        pub from_cache: bool,
        pub request: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A dispute of a read.
pub(crate) mod dispute {
    use d06_db::sea_orm;
    use d06_db::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "people_dispute")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub access: Uuid,
        pub subject: String,
        pub unit: String,
        pub reason: String,
        pub opened_at: ChronoDateTimeUtc,
        pub answer: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A request for correction.
pub(crate) mod correction {
    use d06_db::sea_orm;
    use d06_db::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "people_correction")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub subject: String,
        pub field: String,
        pub held: String,
        pub wanted: String,
        pub reference: String,
        pub unit: String,
        pub opened_at: ChronoDateTimeUtc,
        pub answer: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
