//! The place of rows without a value is said, not left to the database.

use crate::room::{self, Column, Entity, migrations};
use d06_db::sea_orm::{EntityTrait, Order};
use d06_db::sql::{nulls_first, nulls_last};
use d06_testkit::both;

#[tokio::test]
async fn rows_without_a_value_come_where_they_are_put() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        let open = room::room(&t.cx, "open");
        room::add(&tx, open).await.unwrap();
        let closed = room::Model { closed_at: Some(t.cx.now()), ..room::room(&t.cx, "closed") };
        room::add(&tx, closed).await.unwrap();
        for order in [Order::Asc, Order::Desc] {
            let last = nulls_last(Entity::find(), Column::ClosedAt, order.clone()).all(&tx).await.unwrap();
            assert_eq!(last.iter().map(|room| room.code.as_str()).collect::<Vec<_>>(), ["closed", "open"]);
            let first = nulls_first(Entity::find(), Column::ClosedAt, order).all(&tx).await.unwrap();
            assert_eq!(first.iter().map(|room| room.code.as_str()).collect::<Vec<_>>(), ["open", "closed"]);
        }
    })
    .await;
}
