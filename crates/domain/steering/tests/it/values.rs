//! Values come from records: they move with them, add up, open to them, and are honest where there are none.

use crate::scene::{Scene, migrations};
use chrono::TimeDelta;
use d06_kernel::port::measure::Ratio;
use d06_steering::model::goal::Progress;
use d06_steering::ops::measure::Measured;
use d06_steering::ops::show_on_time::{self, Window};
use d06_steering::ops::{plan_in_force, show_target, take_readings};

fn ratio(measured: &Measured) -> Ratio {
    match measured {
        Measured::Value(value) => value.ratio,
        other => panic!("not measured: {other:?}"),
    }
}

#[tokio::test]
async fn a_target_moves_with_its_records() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let before = scene.state("I.5").await;
        assert_eq!(before.progress, Some(Progress::NothingCounted));
        scene.add("A", true, true);
        scene.add("B", false, true);
        let half = scene.state("I.5").await;
        assert_eq!(ratio(&half.measured), Ratio { numerator: 1, denominator: 2 });
        assert_eq!(half.progress, Some(Progress::NotYet), "80 % are wanted for 2026");
        for code in ["C", "D", "E"] {
            scene.add(code, true, true);
        }
        assert_eq!(scene.state("I.5").await.progress, Some(Progress::Reached), "4 of 5");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_measured_says_so() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        assert_eq!(scene.state("I.6").await.measured, Measured::Unbound);
        assert_eq!(scene.state("I.6").await.progress, None);
        let key = "procedures.cut-procedures".to_owned();
        assert_eq!(scene.state("I.2").await.measured, Measured::NotOffered(key));
        *scene.dossiers.broken.lock().unwrap() = true;
        let key = "procedures.online-share".to_owned();
        assert_eq!(scene.state("I.5").await.measured, Measured::Unavailable(key));
    })
    .await;
}

#[tokio::test]
async fn a_number_opens_to_its_records_page_by_page() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        for i in 0..30 {
            scene.add("X", i % 3 == 0, true);
        }
        let target = scene.target("I.5").await;
        let show =
            async |offset| show_target::run(&scene.chairman(), &scene.deps, target.id, offset).await.unwrap();
        let first = show(0).await;
        assert_eq!((first.records.items.len(), first.records.more), (25, true));
        let second = show(25).await;
        assert_eq!((second.records.items.len(), second.records.more), (5, false));
        let all = first.records.items.iter().chain(&second.records.items);
        assert_eq!(
            all.filter(|record| record.counted).count() as i64,
            ratio(&first.state.measured).numerator
        );
        assert!(first.quoted.contains("Tỷ lệ hồ sơ dịch vụ công trực tuyến"));
        assert!(!first.may_bind, "the chairman reads, the standing office binds");
    })
    .await;
}

#[tokio::test]
async fn the_indicator_explains_its_points() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        scene.add("early", true, true);
        scene.t.clock.advance(TimeDelta::days(40));
        for (code, on_time) in [("a", true), ("b", true), ("late", false)] {
            scene.add(code, true, on_time);
        }
        let cx = scene.chairman();
        let (plan, permit) = plan_in_force::run(&cx, &scene.deps).await.unwrap();
        let show =
            async |window| show_on_time::run(&cx, &scene.deps, &permit, &plan, window, 0).await.unwrap();
        let year = show(Window::Year).await;
        let points = year.points.unwrap();
        assert_eq!((points.reached, points.late, points.each), (Some(1500), 1, Some(500)));
        let month = show(Window::Month).await;
        assert_eq!(ratio(&month.measured), Ratio { numerator: 2, denominator: 3 });
        assert_eq!(month.points.unwrap().reached, Some(1333));
        assert!(year.records.items.iter().any(|record| record.label == "late" && !record.counted));
    })
    .await;
}

#[tokio::test]
async fn readings_keep_one_value_a_day() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        scene.add("A", true, true);
        let cx = &scene.t.cx;
        assert_eq!(take_readings::run(cx, &scene.deps).await.unwrap(), 2);
        scene.add("B", false, true);
        take_readings::run(cx, &scene.deps).await.unwrap();
        scene.t.clock.advance(TimeDelta::days(1));
        scene.add("C", true, true);
        take_readings::run(cx, &scene.deps).await.unwrap();
        scene.add("D", true, true);
        let target = scene.target("I.5").await;
        let trend = show_target::run(&scene.chairman(), &scene.deps, target.id, 0).await.unwrap().trend;
        let counts: Vec<_> = trend.iter().map(|r| (r.ratio.numerator, r.ratio.denominator)).collect();
        let told = "newest first; today's is the value now, and of a day past the last reading counts";
        assert_eq!(counts, [(3, 4), (1, 2)], "{told}");
    })
    .await;
}
