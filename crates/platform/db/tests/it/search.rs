//! Search goes over a folded `search_key`, because `LIKE` and `LOWER` know only ASCII on SQLite.

use crate::room::{self, Column, Entity, migrations};
use d06_db::sea_orm::sea_query::ExprTrait;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::sql::{like_contains, like_prefix};
use d06_db::{Backend, Tx};
use d06_testkit::both;

async fn found(tx: &Tx, pattern: d06_db::sea_orm::sea_query::LikeExpr) -> Vec<String> {
    let select = Entity::find().filter(ExprTrait::like(Column::SearchKey.into_expr(), pattern));
    let rooms = select.order_by_asc(Column::Code).all(tx).await.unwrap();
    rooms.into_iter().map(|room| room.code).collect()
}

#[tokio::test]
async fn a_folded_key_is_found_and_wildcards_are_letters() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        for (code, key) in [("1", "dang ky ket hon"), ("2", "dang ky khai sinh"), ("3", "100% dang_ky")] {
            let room = room::Model { search_key: key.to_owned(), ..room::room(&t.cx, code) };
            room::add(&tx, room).await.unwrap();
        }
        assert_eq!(found(&tx, like_prefix("dang ky")).await, ["1", "2"]);
        assert_eq!(found(&tx, like_contains("ky k")).await, ["1", "2"]);
        assert_eq!(found(&tx, like_contains("0%")).await, ["3"]);
        assert_eq!(found(&tx, like_contains("g_k")).await, ["3"]);
        assert!(found(&tx, like_prefix("%")).await.is_empty());
    })
    .await;
}

/// Why the key is needed: the same letters in two cases are the same word to a person.
#[tokio::test]
async fn lower_case_of_the_database_cannot_be_trusted() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        room::add(&tx, room::Model { search_key: "ĐĂNG".to_owned(), ..room::room(&t.cx, "1") })
            .await
            .unwrap();
        let lower = Entity::find().filter(
            d06_db::sea_orm::sea_query::Func::lower(d06_db::sea_orm::sea_query::Expr::col(Column::SearchKey))
                .eq("đăng"),
        );
        let rows = lower.all(&tx).await.unwrap().len();
        if t.db.backend() == Backend::Sqlite {
            assert_eq!(rows, 0);
        }
    })
    .await;
}
