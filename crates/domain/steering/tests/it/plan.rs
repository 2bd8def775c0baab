//! The plan of xã Hà Bắc in the database.

use crate::reports::{ha_bac, monthly};
use crate::scene::{COMMUNE, Scene, migrations};
use chrono::TimeDelta;
use d06_kernel::{ProblemKind, Role};
use d06_plan::DueKind;
use d06_steering::ops::import_plan::{self, NewPlan};
use d06_steering::ops::report::open;
use d06_steering::ops::{list_targets, list_tasks, plan_in_force, show_chairman, take_readings};

#[tokio::test]
async fn the_shipped_plan_is_brought_in_once() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let again = import_plan::shipped(&scene.t.cx, &scene.t.db, COMMUNE).await.unwrap();
        assert_eq!(again, scene.plan);

        let cx = scene.chairman();
        let (plan, permit) = plan_in_force::run(&cx, &scene.deps).await.unwrap();
        let targets = list_targets::run(&cx, &scene.deps, &permit, &plan).await.unwrap();
        let tasks = list_tasks::run(&scene.deps, &permit, &plan).await.unwrap();
        assert_eq!((targets.len(), tasks.len()), (56, 51));
        let second = &targets[1].target;
        assert_eq!(second.place.reference, "I.2");
        assert_eq!(second.measure.as_deref(), Some("procedures.cut-procedures"));
        assert_eq!(second.goals.iter().map(|g| g.hundredths).collect::<Vec<_>>(), [Some(5000), Some(8000)]);
        let codes: Vec<_> = second.tracking.iter().map(|unit| unit.code.as_deref()).collect();
        assert_eq!(codes, [Some("H31.10816.01"), Some("H31.10816.02")]);
        let task = tasks.iter().find(|task| task.place.reference == "II.2").unwrap();
        assert_eq!((task.due.kind, task.due.to.unwrap().to_string()), (DueKind::Date, "2026-12-31".into()));
        assert_eq!(task.lead[0].code.as_deref(), Some("H31.10816.04"));
    })
    .await;
}

#[tokio::test]
async fn a_revised_plan_supersedes_the_one_before() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let text = "TT\tMục tiêu\tĐVT\tNăm 2026\n1\tTỷ lệ hồ sơ trực tuyến\t%\t>90\n".to_owned();
        let new = NewPlan { key: "ha-bac-2026".into(), unit: COMMUNE.into(), title: None, text };
        let tx = scene.t.db.begin().await.unwrap();
        import_plan::run(&scene.t.cx, &tx, new).await.unwrap();
        tx.commit().await.unwrap();
        let cx = scene.chairman();
        let (plan, permit) = plan_in_force::run(&cx, &scene.deps).await.unwrap();
        assert_ne!(plan.id, scene.plan);
        let board = show_chairman::run(&cx, &scene.deps).await.unwrap();
        let counted: u64 = board.tasks.iter().map(|(_, count)| count).sum();
        assert_eq!((counted, board.plans.len()), (0, 1), "the revision has no tasks, and only it counts");
        assert_eq!(list_targets::run(&cx, &scene.deps, &permit, &plan).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn plans_of_one_office_count_together() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = scene.chairman();
        for online in [true, false] {
            scene.add("A", online, true);
        }
        take_readings::run(&scene.t.cx, &scene.deps).await.unwrap();
        let alone = show_chairman::run(&cx, &scene.deps).await.unwrap();
        let text = "KẾ HOẠCH\nChi trả an sinh năm 2026\nTT\tMục tiêu\tĐVT\tNăm 2026\n\
                    1\tTỷ lệ chi trả qua tài khoản\t%\t>90\n";
        scene.t.clock.advance(TimeDelta::minutes(1));
        let title = "Chi trả an sinh năm 2026";
        let (key, title) = ("an-sinh-2026".into(), Some(title.to_owned()));
        let new = NewPlan { key, unit: COMMUNE.into(), title, text: text.to_owned() };
        let tx = scene.t.db.begin().await.unwrap();
        import_plan::run(&scene.t.cx, &tx, new).await.unwrap();
        tx.commit().await.unwrap();

        let plans = plan_in_force::all(&cx, &scene.deps).await.unwrap();
        let mut counts = Vec::new();
        for (plan, permit) in &plans {
            counts.push(list_targets::run(&cx, &scene.deps, permit, plan).await.unwrap().len());
        }
        assert_eq!(counts, [56, 1]);
        let both = show_chairman::run(&cx, &scene.deps).await.unwrap();
        assert_eq!((both.plans.len(), both.measured), (2, alone.measured));
        assert!(both.measured > 0, "the targets of the first plan still count");
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let shown = monthly(&scene, &ha_bac(&scene)).await;
        assert!(shown.content.plan.unwrap().ends_with("Chi trả an sinh năm 2026"));
        let goal = shown.content.figures.iter().find(|one| one.key == "dossiers.online").unwrap();
        assert!(goal.goal.is_some(), "the first plan's goal stands beside its figure");
    })
    .await;
}

#[tokio::test]
async fn only_leaders_and_controllers_of_the_commune_see_it() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let sees = async |role, unit| plan_in_force::run(&scene.acting(role, unit), &scene.deps).await;
        for role in [Role::Chairman, Role::StandingOffice, Role::Auditor, Role::ApprovingLeader] {
            assert!(sees(role, "H31.10816.02").await.is_ok(), "{role:?}");
        }
        for role in [Role::OneStopOfficer, Role::Specialist, Role::Administrator] {
            assert_eq!(sees(role, COMMUNE).await.unwrap_err().kind, ProblemKind::NotFound, "{role:?}");
        }
        assert_eq!(sees(Role::Chairman, "H31.10999").await.unwrap_err().kind, ProblemKind::NotFound);
        let nobody = plan_in_force::run(&scene.t.cx, &scene.deps).await.unwrap_err();
        assert_eq!(nobody.kind, ProblemKind::SignInRequired);
    })
    .await;
}
