//! The table that the tests write to: rooms, and the seats in them.

use d06_db::migration::{self as m, Stamp};
use d06_db::sea_orm;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::EntityTrait;
use d06_db::sea_orm::sea_query::Table;
use d06_db::sea_orm_migration::MigrationTrait;
use d06_db::{Tx, sea_orm::entity::prelude::*};
use d06_kernel::Cx;

/// A room.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tests_room")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub search_key: String,
    pub price: i64,
    pub version: i32,
    pub opened_at: ChronoDateTimeUtc,
    pub closed_at: Option<ChronoDateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Rooms, and seats that refer to them.
pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let room = Stamp::new("20261121_0001_tests_room")
        .table(
            Table::create()
                .table("tests_room")
                .col(m::uuid_pk("id"))
                .col(m::key("code", 20))
                .col(m::text("search_key"))
                .col(m::long("price"))
                .col(m::int("version"))
                .col(m::moment("opened_at"))
                .col(m::moment_null("closed_at")),
        )
        .index(m::unique("tests_room", &["code"]))
        .index(m::index("tests_room", &["opened_at"]));
    let seat = Stamp::new("20261121_0002_tests_seat").table(
        Table::create()
            .table("tests_seat")
            .col(m::uuid_pk("id"))
            .col(m::uuid("room"))
            .foreign_key(&mut m::foreign_key("tests_seat", "room", "tests_room")),
    );
    vec![room.boxed(), seat.boxed()]
}

/// A room that opens now.
pub(crate) fn room(cx: &Cx, code: &str) -> Model {
    Model {
        id: cx.new_id(),
        code: code.to_owned(),
        search_key: code.to_lowercase(),
        price: 0,
        version: 0,
        opened_at: cx.now(),
        closed_at: None,
    }
}

/// Stores a room.
pub(crate) async fn add(tx: &Tx, room: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(room.id),
        code: Set(room.code),
        search_key: Set(room.search_key),
        price: Set(room.price),
        version: Set(room.version),
        opened_at: Set(room.opened_at),
        closed_at: Set(room.closed_at),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// A room by its code.
pub(crate) async fn by_code(tx: &Tx, code: &str) -> Model {
    Entity::find().filter(Column::Code.eq(code)).one(tx).await.unwrap().unwrap()
}
