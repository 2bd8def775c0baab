//! A broken constraint is told by the name we gave it, on both databases, without the row's values.

use crate::room::{self, migrations};
use d06_db::sea_orm::ConnectionTrait;
use d06_db::sea_orm::sea_query::{ExprTrait, Query};
use d06_db::{DbResultExt, problem};
use d06_kernel::ProblemKind;
use d06_testkit::both;

#[tokio::test]
async fn a_duplicate_code_gets_the_callers_word() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        room::add(&tx, room::room(&t.cx, "secret-code")).await.unwrap();
        let again = room::add(&tx, room::room(&t.cx, "secret-code")).await;
        let problem = again.or_problem_with(&[("tests_room_code_key", "room.code-taken")]).unwrap_err();
        assert_eq!((problem.kind, problem.code), (ProblemKind::Conflict, "room.code-taken"));
        assert!(!format!("{problem:?}").contains("secret-code"), "{problem:?}");
    })
    .await;
}

#[tokio::test]
async fn an_undescribed_duplicate_names_its_constraint() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        let first = room::room(&t.cx, "A1");
        room::add(&tx, first.clone()).await.unwrap();
        let same_id = room::Model { code: "A2".to_owned(), ..first };
        let problem = problem(room::add(&tx, same_id).await.unwrap_err());
        assert_eq!(problem.code, "database.duplicate");
        assert_eq!(problem.args["constraint"], "tests_room_pkey");
    })
    .await;
}

#[tokio::test]
async fn a_reference_to_nothing_is_a_conflict() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        let (seat, room): (uuid::Uuid, uuid::Uuid) = (t.cx.new_id(), t.cx.new_id());
        let mut insert = Query::insert();
        insert.into_table("tests_seat").columns(["id", "room"]).values_panic([seat.into(), room.into()]);
        let problem = problem(tx.execute(&insert).await.unwrap_err());
        assert_eq!((problem.kind, problem.code), (ProblemKind::Conflict, "database.reference"));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_is_referred_to_stays() {
    both(migrations, |t| async move {
        let tx = t.db.begin().await.unwrap();
        let room = room::room(&t.cx, "A1");
        room::add(&tx, room.clone()).await.unwrap();
        let seat: uuid::Uuid = t.cx.new_id();
        let mut insert = Query::insert();
        insert.into_table("tests_seat").columns(["id", "room"]).values_panic([seat.into(), room.id.into()]);
        tx.execute(&insert).await.unwrap();
        let mut delete = Query::delete();
        delete.from_table("tests_room").and_where(d06_db::sea_orm::sea_query::Expr::col("id").eq(room.id));
        assert_eq!(problem(tx.execute(&delete).await.unwrap_err()).code, "database.reference");
    })
    .await;
}
