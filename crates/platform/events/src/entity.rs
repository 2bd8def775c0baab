//! The rows.

#![allow(unreachable_pub, reason = "SeaORM's macros write the visibility")]

/// What happened; never changed.
pub(crate) mod event {
    use d06_db::sea_orm;
    use d06_db::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "events_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub subject: String,
        pub unit: Option<String>,
        pub payload: Json,
        pub request: Uuid,
        pub at: ChronoDateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// That a subscriber has handled an event.
pub(crate) mod delivery {
    use d06_db::sea_orm;
    use d06_db::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "events_delivery")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub event: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub subscriber: String,
        pub at: ChronoDateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
