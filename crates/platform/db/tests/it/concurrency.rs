//! Sixteen read-then-write transactions at once: opened carelessly, SQLite refuses thirteen ("database is
//! locked") and PostgreSQL silently loses fourteen.

use crate::room::{self, Column, Entity, migrations};
use d06_db::sea_orm::sea_query::{Expr, ExprTrait};
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use d06_db::{Db, DbResultExt};
use d06_kernel::{Problem, ProblemKind};
use d06_testkit::{TestDb, both};
use std::future::Future;

const WRITERS: usize = 16;

async fn sixteen_times<F>(t: &TestDb, add_one: impl Fn(Db) -> F) -> i64
where
    F: Future<Output = Result<(), Problem>> + Send + 'static,
{
    let tx = t.db.begin().await.unwrap();
    room::add(&tx, room::room(&t.cx, "A1")).await.unwrap();
    tx.commit().await.unwrap();
    let writers: Vec<_> = (0..WRITERS).map(|_| tokio::spawn(add_one(t.db.clone()))).collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    room::by_code(&t.db.read().await.unwrap(), "A1").await.price
}

async fn guarded_by_lock(db: Db) -> Result<(), Problem> {
    let tx = db.begin().await?;
    let room = Entity::find().filter(Column::Code.eq("A1")).lock_exclusive().one(&tx).await.or_problem()?;
    let room = room.ok_or_else(Problem::not_found)?;
    tokio::task::yield_now().await;
    let raise = Entity::update_many().col_expr(Column::Price, Expr::val(room.price + 1));
    raise.filter(Column::Id.eq(room.id)).exec(&tx).await.or_problem()?;
    tx.commit().await
}

async fn guarded_by_version(db: Db) -> Result<(), Problem> {
    loop {
        let tx = db.begin().await?;
        let room = room::by_code(&tx, "A1").await;
        tokio::task::yield_now().await;
        let raise = Entity::update_many()
            .col_expr(Column::Price, Expr::val(room.price + 1))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(room.id))
            .filter(Column::Version.eq(room.version));
        if raise.exec(&tx).await.or_problem()?.rows_affected == 1 {
            return tx.commit().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn with_a_lock_nothing_is_lost() {
    both(migrations, |t| async move {
        assert_eq!(sixteen_times(&t, guarded_by_lock).await, 16);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn with_a_version_nothing_is_lost() {
    both(migrations, |t| async move {
        assert_eq!(sixteen_times(&t, guarded_by_version).await, 16);
    })
    .await;
}

#[tokio::test]
async fn a_reader_is_not_kept_waiting_by_a_writer() {
    both(migrations, |t| async move {
        let writing = t.db.begin().await.unwrap();
        room::add(&writing, room::room(&t.cx, "A1")).await.unwrap();
        let seen = Entity::find().all(&t.db.read().await.unwrap()).await.unwrap();
        assert!(seen.is_empty());
        writing.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stale_update_is_told_apart() {
    let problem = d06_db::problem(d06_db::sea_orm::DbErr::RecordNotUpdated);
    assert_eq!((problem.kind, problem.code), (ProblemKind::Conflict, "database.stale"));
}
