//! The table of sessions.

#![allow(unreachable_pub, reason = "the derive of SeaORM makes public items")]

use d06_db::sea_orm;
use d06_db::sea_orm::entity::prelude::*;
use d06_kernel::time::Moment;

/// One session of one signed-in person on one device.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "http_session")]
pub struct Model {
    /// SHA-256 of the token in the cookie, in hexadecimal: who reads the table cannot sign in with it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// The account.
    pub account: Uuid,
    /// The unit the person works in; `None` for a citizen.
    pub unit: Option<String>,
    /// The person as they were known at `known_at`.
    pub known: Option<Json>,
    /// When the person was looked up.
    pub known_at: Option<Moment>,
    /// When the person signed in.
    pub created_at: Moment,
    /// When the session was used, to the minute.
    pub seen_at: Moment,
}

/// A session has no relations: identity is another part of the platform.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
