//! The rows.

#![allow(unreachable_pub, reason = "SeaORM's macros write the visibility")]

/// One job that is not done yet; a job that is done is gone.
pub(crate) mod job {
    use d06_db::sea_orm;
    use d06_db::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs_job")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub payload: Json,
        pub unique_key: Option<String>,
        pub state: String,
        pub run_at: ChronoDateTimeUtc,
        pub attempts: i32,
        pub lease_owner: Option<Uuid>,
        pub lease_until: Option<ChronoDateTimeUtc>,
        pub again: bool,
        pub last_error: Option<String>,
        pub request: Uuid,
        pub created_at: ChronoDateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}

    /// The job waits for its moment.
    pub(crate) const READY: &str = "ready";
    /// A worker has it until its lease ends.
    pub(crate) const RUNNING: &str = "running";
    /// It failed for good.
    pub(crate) const DEAD: &str = "dead";
}

/// When a schedule is next due; shared by all servers.
pub(crate) mod schedule {
    use d06_db::sea_orm;
    use d06_db::sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs_schedule")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        pub next_at: ChronoDateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
