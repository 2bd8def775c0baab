//! A sign-in as it should be, and one that is tried twice, too late, or from elsewhere.

use crate::support::{MAI, SEN, World, migrations, value};
use chrono::Duration;
use d06_sandbox_vneid::FaultMode;
use d06_testkit::both;

#[tokio::test]
async fn a_person_signs_in_and_comes_where_they_wanted_to_go() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let signed_in = world.sign_in(MAI).await.unwrap();
        assert_eq!(signed_in.next, "/cabinet");
        assert!(!signed_in.may_choose);
        // Of some old people only the year of birth is known.
        world.sign_in(SEN).await.unwrap();
        // A second sign-in finds the same account.
        world.sign_in(MAI).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn neither_a_state_nor_a_code_works_twice() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let returned = world.visit(MAI).await;
        world.finish(returned.callback()).await.unwrap();
        let again = world.finish(returned.callback()).await.unwrap_err();
        assert_eq!(again.code, "sign-in.attempt-unknown");

        // The code of the first attempt, slipped into a second one.
        let mut other = world.visit(MAI).await;
        other.code = returned.code;
        assert_eq!(world.finish(other.callback()).await.unwrap_err().code, "vneid.code-refused");
        world.play(FaultMode::ReplayedCode);
        assert_eq!(world.sign_in(MAI).await.unwrap_err(), "vneid.code-refused");
    })
    .await;
}

#[tokio::test]
async fn an_attempt_belongs_to_one_browser_and_ends() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        for stranger in [None, Some("another-secret".to_owned())] {
            let mut callback = world.visit(MAI).await.callback();
            callback.browser_secret = stranger;
            assert_eq!(world.finish(callback).await.unwrap_err().code, "sign-in.attempt-unknown");
        }
        let late = world.visit(MAI).await;
        test.clock.advance(Duration::minutes(10));
        assert_eq!(world.finish(late.callback()).await.unwrap_err().code, "sign-in.attempt-unknown");
    })
    .await;
}

#[tokio::test]
async fn a_decomposed_name_signs_in_composed() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        world.play(FaultMode::NfdName);
        world.sign_in(MAI).await.unwrap();
        let name: String = value(&test.db, "name").await;
        assert_eq!(name, "Nguyễn Thị Mai");
    })
    .await;
}
