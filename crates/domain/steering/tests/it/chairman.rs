//! The chairman's page.

use crate::scene::{COMMUNE, Scene, migrations};
use chrono::TimeDelta;
use d06_kernel::{ProblemKind, Role};
use d06_steering::ops::report::open;
use d06_steering::ops::{show_chairman, take_readings};
use std::collections::BTreeSet;

#[tokio::test]
async fn targets_off_course_and_the_change_of_the_week_come_from_readings() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        for online in [true, true, true, false] {
            scene.add("A", online, true);
        }
        take_readings::run(&scene.t.cx, &scene.deps).await.unwrap();
        scene.t.clock.advance(TimeDelta::days(15));
        for _ in 0..4 {
            scene.add("B", false, true);
        }
        take_readings::run(&scene.t.cx, &scene.deps).await.unwrap();
        let board = show_chairman::run(&scene.chairman(), &scene.deps).await.unwrap();
        let change = board.change.unwrap();
        assert_eq!((change.before.value, change.now.value), (75.0, 37.5));
        assert_eq!(change.target.place.reference, "I.5");
        let course = &board.off_course[0];
        assert_eq!((course.now, course.ratio.denominator), (37.5, 8));
        assert!(course.line.value < 37.5, "it falls, so it is expected to fall on: {:?}", course.line);
        assert_eq!(board.off_count, 1);
        assert!(board.measured >= 1);
    })
    .await;
}

#[tokio::test]
async fn reports_missing_are_named_when_their_time_has_passed() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let missing = async || show_chairman::run(&scene.chairman(), &scene.deps).await.unwrap();
        assert_eq!(missing().await.missing_count, 0);
        scene.t.clock.advance(TimeDelta::days(31));
        let board = missing().await;
        let units: BTreeSet<&str> = board.missing.iter().map(|one| one.unit.as_str()).collect();
        assert_eq!(units, BTreeSet::from([COMMUNE, "H31.10816.T01"]), "its own, and its hamlet's");
        let city = scene.acting(Role::Chairman, "H31");
        let above = show_chairman::run(&city, &scene.deps).await.unwrap();
        assert_eq!(
            above.missing_count, 4,
            "both communes, and the city's own of the month and of the half-year; not the hamlet's"
        );
    })
    .await;
}

#[tokio::test]
async fn others_do_not_see_it() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let clerk = scene.acting(Role::OneStopOfficer, COMMUNE);
        let refused = show_chairman::run(&clerk, &scene.deps).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::NotFound);
        let nobody = show_chairman::run(&scene.t.cx, &scene.deps).await.unwrap_err();
        assert_eq!(nobody.kind, ProblemKind::SignInRequired);
    })
    .await;
}
