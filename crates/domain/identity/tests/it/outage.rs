//! VNeID slow, down, or with a new key.

use crate::support::{MAI, World, migrations, only_account};
use chrono::Duration;
use d06_http::PrincipalSource;
use d06_identity::Principals;
use d06_identity::ops::begin_sign_in;
use d06_kernel::ProblemKind;
use d06_sandbox_vneid::FaultMode;
use d06_testkit::both;
use std::sync::Arc;
use tokio::task::JoinSet;

#[tokio::test]
async fn a_new_signing_key_is_fetched_when_it_is_first_met() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        world.sign_in(MAI).await.unwrap();
        world.vneid.rotate_key().unwrap();
        world.sign_in(MAI).await.unwrap();
        // Again within seconds: the next one is fetched as well.
        world.vneid.rotate_key().unwrap();
        world.sign_in(MAI).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn all_who_come_at_once_under_a_new_key_get_in() {
    both(migrations, |test| async move {
        let world = Arc::new(World::of(&test).await);
        let mut returned = Vec::new();
        for _ in 0..20 {
            returned.push(world.visit(MAI).await);
        }
        let mut finishing = JoinSet::new();
        for one in returned {
            let world = world.clone();
            finishing.spawn(async move { world.finish(one.callback()).await.map(drop) });
        }
        while let Some(finished) = finishing.join_next().await {
            finished.unwrap().unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_outage_is_said_and_who_is_known_stays_known() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        for mode in [FaultMode::Down, FaultMode::Slow] {
            world.play(mode);
            let problem = begin_sign_in::run(&world.cx, &world.db, &world.provider, "/").await.unwrap_err();
            assert_eq!((problem.kind, problem.code), (ProblemKind::Unavailable, "vneid.unavailable"));
        }
        world.play(FaultMode::None);
        world.sign_in(MAI).await.unwrap();
        let returned = world.visit(MAI).await;
        world.play(FaultMode::Down);
        let problem = world.finish(returned.callback()).await.unwrap_err();
        assert_eq!(problem.code, "vneid.unavailable");
        // Sessions do not ask VNeID: who has an account goes on.
        let account = only_account(&test.db).await;
        let tx = test.db.read().await.unwrap();
        let known = Principals.principal(&world.cx, &tx, account, None).await.unwrap().unwrap();
        assert_eq!(known.principal.name, "Nguyễn Thị Mai");
        drop(tx);
        // Nobody is sent to a page that does not answer, however well its address is known.
        test.clock.advance(Duration::minutes(1));
        let problem = begin_sign_in::run(&world.cx, &world.db, &world.provider, "/").await.unwrap_err();
        assert_eq!(problem.code, "vneid.unavailable");
        world.play(FaultMode::None);
        begin_sign_in::run(&world.cx, &world.db, &world.provider, "/").await.unwrap();
    })
    .await;
}
