//! An obstacle reaches who can remove it, is answered in time or goes up.

use crate::scene::{COMMUNE, Scene, migrations};
use chrono::TimeDelta;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_steering::model::assignment::Standing;
use d06_steering::model::obstacle::{About, ObstacleId, Outcome};
use d06_steering::ops::list_obstacles::{self, Which};
use d06_steering::ops::list_work::{self, WorkFilter};
use d06_steering::ops::raise_obstacle::{self, RaiseObstacle};
use d06_steering::ops::{answer_obstacle, escalate_obstacles};

const ONE_STOP_SHOP: &str = "H31.10816.01";
const POLICE: &str = "H31.10816.02";

pub(crate) async fn raise(
    scene: &Scene,
    cx: &Cx,
    about: About,
    addressee: &str,
) -> Result<ObstacleId, Problem> {
    let hindered = raise_obstacle::load(cx, &scene.deps, about).await?;
    let permit = hindered.permit(cx, &scene.deps)?;
    let command = RaiseObstacle {
        text: "Chưa có tài khoản kết nối".into(),
        proposal: Some("Cấp tài khoản".into()),
        addressee: addressee.into(),
    };
    raise_obstacle::run(cx, &scene.deps, permit, hindered, command).await
}

async fn answer(scene: &Scene, cx: &Cx, id: ObstacleId, version: i64) -> Result<(), Problem> {
    let permit = answer_obstacle::may_answer(cx, &scene.deps, id).await?;
    let answer = ("Đã cấp".to_owned(), Outcome::Removed);
    answer_obstacle::run(cx, &scene.deps, permit, (id, version), answer).await
}

/// A task of the police, from the plan.
pub(crate) async fn task(scene: &Scene) -> About {
    let cx = scene.chairman();
    let work = list_work::open(&cx, &scene.deps).await.unwrap();
    let filter = WorkFilter { unit: Some(POLICE.into()), ..WorkFilter::default() };
    let (items, _) = work.list(&cx, &scene.deps, &filter, (0, 1)).await.unwrap();
    About::Task(items[0].assignment.id)
}

#[tokio::test]
async fn it_is_answered_by_the_unit_that_was_asked() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let police = scene.standing_office();
        let about = task(&scene).await;
        let id = raise(&scene, &police, about, COMMUNE).await.unwrap();
        let shown = answer_obstacle::show(&scene.chairman(), &scene.deps, id).await.unwrap();
        assert_eq!(shown.obstacle.due_on.to_string(), "2026-06-22", "five working days after Monday 15 June");
        assert!(shown.may_answer && shown.may_route);

        let risky = WorkFilter { standing: Some(Standing::AtRisk), ..WorkFilter::default() };
        let cx = scene.chairman();
        let work = list_work::open(&cx, &scene.deps).await.unwrap();
        let (items, _) = work.list(&cx, &scene.deps, &risky, (0, 100)).await.unwrap();
        assert!(items.iter().any(|item| item.stuck && About::Task(item.assignment.id) == about));

        let unit = scene.acting(Role::OneStopOfficer, ONE_STOP_SHOP);
        let refused = answer(&scene, &unit, id, 1).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::Forbidden);
        answer(&scene, &scene.chairman(), id, 1).await.unwrap();
        let twice = answer(&scene, &scene.chairman(), id, 2).await.unwrap_err();
        assert_eq!(twice.code, "obstacle.answered");
        let (open, counts) =
            list_obstacles::run(&scene.chairman(), &scene.deps, Which::Open, None, 0).await.unwrap();
        assert_eq!((open.len(), counts), (0, [0, 0, 1]));
    })
    .await;
}

#[tokio::test]
async fn unanswered_it_goes_up_to_the_committee_and_then_to_the_city() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let police = scene.standing_office();
        let id = raise(&scene, &police, task(&scene).await, ONE_STOP_SHOP).await.unwrap();
        assert_eq!(escalate_obstacles::run(&scene.t.cx, &scene.deps).await.unwrap(), 0, "there is time");
        let due = answer_obstacle::show(&police, &scene.deps, id).await.unwrap().obstacle.due_on;
        scene.t.clock.advance(due - local_date(scene.t.cx.now()));
        let last_day = escalate_obstacles::run(&scene.t.cx, &scene.deps).await.unwrap();
        assert_eq!(last_day, 0, "it may be answered all through its last day");
        scene.t.clock.advance(TimeDelta::days(1));
        let (overdue, _) = list_obstacles::run(&police, &scene.deps, Which::Overdue, None, 0).await.unwrap();
        assert_eq!(overdue.len(), 1);
        assert_eq!(escalate_obstacles::run(&scene.t.cx, &scene.deps).await.unwrap(), 1);
        let now = answer_obstacle::show(&police, &scene.deps, id).await.unwrap();
        assert_eq!((now.obstacle.addressee.as_str(), now.obstacle.level), (COMMUNE, 1));
        scene.t.clock.advance(TimeDelta::days(30));
        assert_eq!(escalate_obstacles::run(&scene.t.cx, &scene.deps).await.unwrap(), 1);
        let city = scene.acting(Role::Chairman, "H31");
        let now = answer_obstacle::show(&city, &scene.deps, id).await.unwrap();
        assert_eq!((now.obstacle.addressee.as_str(), now.obstacle.level, now.may_answer), ("H31", 2, true));
        assert!(
            !answer_obstacle::show(&police, &scene.deps, id).await.unwrap().may_answer,
            "the city was asked"
        );
        scene.t.clock.advance(TimeDelta::days(30));
        assert_eq!(escalate_obstacles::run(&scene.t.cx, &scene.deps).await.unwrap(), 0, "nobody is above");
        let stale = answer(&scene, &city, id, 1).await.unwrap_err();
        assert_eq!(stale.code, "obstacle.changed-meanwhile");
    })
    .await;
}

#[tokio::test]
async fn it_is_sent_on_within_the_office_or_up_to_the_city() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let target = scene.target("III.3").await;
        let police = scene.standing_office();
        let outside = raise(&scene, &police, About::Target(target.id), "H31.10999").await.unwrap_err();
        assert_eq!(outside.fields[0].code, "task.unit-unknown");
        let id = raise(&scene, &police, About::Target(target.id), COMMUNE).await.unwrap();
        let permit = answer_obstacle::may_route(&scene.chairman(), &scene.deps, id).await.unwrap();
        let chairman = scene.chairman();
        answer_obstacle::route(&chairman, &scene.deps, permit, (id, 1), ONE_STOP_SHOP.into(), None)
            .await
            .unwrap();
        let now = answer_obstacle::show(&police, &scene.deps, id).await.unwrap();
        assert_eq!(now.obstacle.addressee, ONE_STOP_SHOP);
        let permit = answer_obstacle::may_route(&chairman, &scene.deps, id).await.unwrap();
        let same =
            answer_obstacle::route(&chairman, &scene.deps, permit, (id, 2), ONE_STOP_SHOP.into(), None);
        assert_eq!(same.await.unwrap_err().fields[0].code, "obstacle.same-addressee");
        let permit = answer_obstacle::may_route(&chairman, &scene.deps, id).await.unwrap();
        answer_obstacle::route(&chairman, &scene.deps, permit, (id, 2), "H31".into(), None).await.unwrap();
        let city = scene.acting(Role::StandingOffice, "H31");
        answer(&scene, &city, id, 3).await.unwrap();
        let stranger = scene.acting(Role::Chairman, "H31.10999");
        let hidden = answer_obstacle::show(&stranger, &scene.deps, id).await.unwrap_err();
        assert_eq!(hidden.kind, ProblemKind::NotFound);
    })
    .await;
}
