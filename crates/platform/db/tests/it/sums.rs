//! A sum of integers is an integer.

use crate::room::{self, Column, Entity, migrations};
use d06_db::sea_orm::{EntityTrait, QuerySelect};
use d06_db::sql::sum_i64;
use d06_testkit::both;

#[tokio::test]
async fn a_sum_is_read_as_an_integer() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        let total =
            || Entity::find().select_only().column_as(sum_i64(Column::Price), "total").into_tuple::<i64>();
        assert_eq!(total().one(&tx).await.unwrap(), Some(0));
        for (code, price) in [("1", 9_007_199_254_740_993), ("2", 7)] {
            room::add(&tx, room::Model { price, ..room::room(&t.cx, code) }).await.unwrap();
        }
        assert_eq!(total().one(&tx).await.unwrap(), Some(9_007_199_254_741_000));
    })
    .await;
}
