//! Moments keep their microseconds, come back in UTC and sort by time.

use crate::room::{self, Column, Entity, migrations};
use chrono::TimeDelta;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_testkit::both;

#[tokio::test]
async fn microseconds_come_back() {
    both(migrations, |t| async move {
        t.clock.advance(TimeDelta::microseconds(123_457));
        let tx = t.db.begin().await.unwrap();
        let mut room = room::room(&t.cx, "A1");
        room.closed_at = Some(t.cx.now() + TimeDelta::microseconds(1));
        room::add(&tx, room.clone()).await.unwrap();
        assert_eq!(room::by_code(&tx, "A1").await, room);
    })
    .await;
}

#[tokio::test]
async fn moments_sort_and_compare_by_time() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        // Whole seconds, milliseconds and microseconds are written with different numbers of digits.
        let steps = [0, 1, 10, 999, 1_000, 1_001, 120_000, 120_500, 500_000, 999_999, 1_000_000, 60_000_000];
        let start = t.cx.now();
        for (n, step) in steps.into_iter().enumerate().rev() {
            t.clock.set(start + TimeDelta::microseconds(step));
            room::add(&tx, room::room(&t.cx, &format!("{n:02}"))).await.unwrap();
        }
        let rooms = Entity::find().order_by_asc(Column::OpenedAt).all(&tx).await.unwrap();
        let codes: Vec<String> = rooms.iter().map(|room| room.code.clone()).collect();
        assert_eq!(codes, (0..steps.len()).map(|n| format!("{n:02}")).collect::<Vec<_>>());
        for (n, step) in steps.into_iter().enumerate() {
            let at = start + TimeDelta::microseconds(step);
            let before = Entity::find().filter(Column::OpenedAt.lt(at)).all(&tx).await.unwrap();
            assert_eq!(before.len(), n);
            let exact = Entity::find().filter(Column::OpenedAt.eq(at)).all(&tx).await.unwrap();
            assert_eq!(exact.len(), 1);
        }
    })
    .await;
}
