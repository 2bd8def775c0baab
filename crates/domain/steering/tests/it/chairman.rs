//! The chairman's page.

use crate::scene::{COMMUNE, Scene, migrations};
use crate::{obstacles, reports, tasks};
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
async fn who_has_a_task_is_who_has_it_now_here_and_in_the_report() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let office = scene.standing_office();
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        obstacles::raise(&scene, &office, obstacles::task(&scene).await, COMMUNE).await.unwrap();
        scene.t.clock.advance(TimeDelta::days(29));
        let board = async || show_chairman::run(&scene.chairman(), &scene.deps).await.unwrap();
        let late = board().await.late.remove(0);
        let planned = late.who;
        assert!(!planned.is_empty());

        let version = tasks::version(&scene, late.id).await;
        tasks::assign(&scene, &office, late.id, version, tasks::six_clears()).await.unwrap();
        let now = "Vũ Thị Lan, Trung tâm phục vụ hành chính công xã Hà Bắc";
        let board = board().await;
        assert_eq!(board.late.iter().find(|one| one.id == late.id).unwrap().who, now);
        assert_eq!(board.obstacles[0].addressee, "Ủy ban nhân dân xã Hà Bắc");

        let report = reports::monthly(&scene, &reports::ha_bac(&scene)).await.content;
        let line = report.overdue.iter().find(|line| line.href.ends_with(&late.id.to_string())).unwrap();
        assert_eq!(line.who, now, "the plan said: {planned}");
        assert_eq!(report.obstacles[0].who, "Ủy ban nhân dân xã Hà Bắc");
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
