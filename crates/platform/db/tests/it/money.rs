//! Money is whole đồng in 64 bits and comes back exactly.

use crate::room::{self, migrations};
use d06_testkit::both;

#[tokio::test]
async fn large_amounts_stay_exact() {
    both(migrations, |t| async move {
        // Beyond 2^53, where a floating-point number would round.
        let amounts = [0, -1, 9_007_199_254_740_993, i64::MAX, i64::MIN];
        let tx = t.db.begin().await.unwrap();
        for (n, price) in amounts.into_iter().enumerate() {
            let room = room::Model { price, ..room::room(&t.cx, &format!("A{n}")) };
            room::add(&tx, room).await.unwrap();
        }
        for (n, price) in amounts.into_iter().enumerate() {
            assert_eq!(room::by_code(&tx, &format!("A{n}")).await.price, price);
        }
    })
    .await;
}
