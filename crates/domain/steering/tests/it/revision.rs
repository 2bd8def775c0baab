//! A revised plan is accepted: the work goes on with the tasks and targets that it keeps.

use crate::review::{accept, hand_in};
use crate::scene::{COMMUNE, Scene, migrations};
use chrono::TimeDelta;
use d06_kernel::money::Dong;
use d06_kernel::port::measure::Ratio;
use d06_steering::model::assignment::{AssignmentId, State, Step};
use d06_steering::model::budget::Sums;
use d06_steering::model::obstacle::{About, Outcome};
use d06_steering::model::plan::{HA_BAC_2026, PlanId, Task};
use d06_steering::ops::assign_task::{self, AssignTask};
use d06_steering::ops::enter_figure::{self, EnterFigure};
use d06_steering::ops::evidence::{self, NewEvidence};
use d06_steering::ops::merge_plans::{self, MergePlans};
use d06_steering::ops::raise_obstacle::{self, RaiseObstacle};
use d06_steering::ops::step_task::{self, StepPermit, StepTask};
use d06_steering::ops::{
    answer_obstacle, keep_budget, list_tasks, plan_in_force, review_plan, show_target, show_task,
    task_resource,
};

const POLICE: &str = "H31.10816.02";
/// Deadline of task II.2, value of target III.3; task II.4 is dropped.
const CHANGES: [(&str, &str); 2] = [
    ("Hoàn thành trước ngày 31/12/2026\tVNeID được", "Hoàn thành trước ngày 31/3/2027\tVNeID được"),
    ("tài khoản định danh điện tử mức độ 2\t%\t90\t100", "tài khoản định danh điện tử mức độ 2\t%\t95\t100"),
];
const DROPPED: &str = "Trạm công dân số";

fn revised() -> String {
    let changed = CHANGES.iter().fold(HA_BAC_2026.to_owned(), |text, (before, after)| {
        assert!(text.contains(before), "{before}");
        text.replacen(before, after, 1)
    });
    // Its row begins with its number; the plan names the same thing elsewhere.
    let row = |line: &&str| line.starts_with("4\t") && line.contains(DROPPED);
    let kept: Vec<&str> = changed.lines().filter(|line| !row(line)).collect();
    assert_eq!(kept.len(), changed.lines().count() - 1);
    kept.join("\n")
}

async fn tasks(scene: &Scene) -> Vec<Task> {
    let cx = scene.chairman();
    let (plan, permit) = plan_in_force::run(&cx, &scene.deps).await.unwrap();
    list_tasks::run(&scene.deps, &permit, &plan).await.unwrap()
}

async fn find(scene: &Scene, words: &str) -> Option<Task> {
    tasks(scene).await.into_iter().find(|task| task.text.contains(words))
}

/// Gives a task to a person, begins it, proves a part of it, meets an obstacle and plans its money.
async fn work_on(scene: &Scene, id: AssignmentId) {
    let cx = scene.standing_office();
    let found = task_resource::load(&scene.deps, id).await.unwrap();
    let version = found.assignment.version;
    let given = AssignTask {
        unit: Some(POLICE.into()),
        person: Some("030084000204".into()),
        product: found.assignment.product.clone(),
        ..AssignTask::default()
    };
    let permit = found.permit(&cx, &scene.deps).unwrap();
    assign_task::run(&cx, &scene.deps, permit, (id, version), given).await.unwrap();
    let found = task_resource::load(&scene.deps, id).await.unwrap();
    let permit = StepPermit::ask(&cx, &scene.deps, &found, Step::Begin).unwrap();
    let begin = StepTask { id, version: version + 1, step: Step::Begin, reason: None, due: None };
    step_task::run(&cx, &scene.deps, permit, begin).await.unwrap();
    let proof = NewEvidence {
        description: "Biên bản".into(),
        number: Some("3/BB".into()),
        quantity: None,
        file: None,
    };
    let permit = found.permit(&cx, &scene.deps).unwrap();
    evidence::add_to_task(&cx, &scene.deps, &permit, &found, proof).await.unwrap();
    raise(scene, About::Task(id)).await;
    let permit = scene.deps.authz.permit(&cx, &keep_budget::resource(&scene.deps)).unwrap();
    let sums = Sums { estimate: Dong(50_000_000), ..Sums::default() };
    keep_budget::run(&cx, &scene.deps, permit, (id, 2026, 0), sums, None).await.unwrap();
}

async fn raise(scene: &Scene, about: About) {
    let cx = scene.standing_office();
    let hindered = raise_obstacle::load(&cx, &scene.deps, about).await.unwrap();
    let permit = hindered.permit(&cx, &scene.deps).unwrap();
    let command =
        RaiseObstacle { text: "Chưa có kết nối".into(), proposal: None, addressee: COMMUNE.into() };
    raise_obstacle::run(&cx, &scene.deps, permit, hindered, command).await.unwrap();
}

async fn bring_in(scene: &Scene, text: &str) -> PlanId {
    let cx = scene.standing_office();
    scene.t.clock.advance(TimeDelta::minutes(1));
    let id = hand_in(scene, &cx, text, COMMUNE, Some("ha-bac-2026")).await.unwrap();
    accept(scene, &cx, id).await
}

#[tokio::test]
async fn the_work_on_what_the_plan_keeps_goes_on() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = scene.standing_office();
        let kept = find(&scene, "tích hợp đăng nhập tài khoản định danh").await.unwrap();
        let dropped = find(&scene, DROPPED).await.unwrap();
        let (id, gone) = (AssignmentId(kept.id.0), AssignmentId(dropped.id.0));
        work_on(&scene, id).await;
        raise(&scene, About::Task(gone)).await;
        let target = scene.target("III.3").await;
        let month = "2026-05".parse().unwrap();
        let slot = enter_figure::load(&scene.deps, target.id, POLICE, month).await.unwrap();
        let permit = slot.permit(&cx, &scene.deps).unwrap();
        let figure =
            EnterFigure { revision: 0, numerator: 700, denominator: Some(1_000), note: None, evidence: None };
        enter_figure::run(&cx, &scene.deps, permit, (target.id, POLICE, month), figure).await.unwrap();
        let measured = scene.target("I.5").await;
        assert!(measured.measure.is_some());

        let plan = bring_in(&scene, &revised()).await;
        assert_eq!(tasks(&scene).await.len(), 50);
        let after = show_task::run(&cx, &scene.deps, id).await.unwrap();
        let one = &after.found.assignment;
        assert_eq!((one.plan, one.state), (plan, State::InProgress), "the task is the same");
        assert_eq!(one.due.on.unwrap().to_string(), "2027-03-31");
        assert_eq!(one.due.first_on.unwrap().to_string(), "2026-12-31");
        assert_eq!(one.person.as_ref().unwrap().number, "030084000204");
        assert_eq!((after.evidence.len(), after.obstacles.len()), (1, 1));
        assert_eq!(after.obstacles[0].plan, plan);
        let happened: Vec<&str> = after.history.iter().map(|one| one.what.as_str()).collect();
        assert!(["revised", "due", "begin"].iter().all(|what| happened.contains(what)), "{happened:?}");
        let year = keep_budget::list(&cx, &scene.deps, 2026).await.unwrap();
        assert_eq!(year.total.estimate, Dong(50_000_000));

        let state = scene.target("III.3").await;
        assert_eq!((state.id, state.goals[0].raw.as_str()), (target.id, "95"));
        let shown = show_target::run(&cx, &scene.deps, target.id, 0).await.unwrap();
        let entered = shown.state.measured.ratio();
        assert_eq!(entered, Some(Ratio { numerator: 700, denominator: 1_000 }));
        assert_eq!(scene.target("I.5").await.measure, measured.measure);

        let ended = show_task::run(&cx, &scene.deps, gone).await.unwrap();
        assert_eq!(ended.found.assignment.state, State::Cancelled, "no longer in the plan");
        let answer = ended.obstacles[0].answer.as_ref().unwrap();
        assert_eq!(answer.outcome, Outcome::Removed, "nobody is asked to remove what stands in no way");
        assert!(answer_obstacle::show(&cx, &scene.deps, ended.obstacles[0].id).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_plan_can_go_back_to_an_earlier_text() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let kept = find(&scene, "tích hợp đăng nhập tài khoản định danh").await.unwrap();
        bring_in(&scene, &revised()).await;
        bring_in(&scene, HA_BAC_2026).await;
        let back = find(&scene, "tích hợp đăng nhập tài khoản định danh").await.unwrap();
        assert_eq!((back.id, back.due), (kept.id, kept.due));
        assert_eq!(tasks(&scene).await.len(), 51);
    })
    .await;
}

#[tokio::test]
async fn the_work_on_merged_plans_goes_on_in_the_one_they_become() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = scene.standing_office();
        let text = "KẾ HOẠCH\nThực hiện Đề án 06 năm 2026\n\nSTT\tNhiệm vụ\tChủ trì\tThời gian\n\
            1\tTriển khai việc kết nối, tích hợp đăng nhập tài khoản định danh, đặc biệt tài khoản định danh tổ \
            chức, người nước ngoài phục vụ dịch vụ công, giải quyết thủ tục hành chính\tCông an xã\tNăm 2026\n\
            2\tLắp đặt trạm sạc tại nhà văn hóa thôn\tCông an xã\tNăm 2026\n";
        scene.t.clock.advance(TimeDelta::minutes(1));
        let other = hand_in(&scene, &cx, text, COMMUNE, None).await.unwrap();
        let second = accept(&scene, &cx, other).await;
        let (joined, alone) = (tasks(&scene).await[0].clone(), tasks(&scene).await[1].clone());
        work_on(&scene, AssignmentId(joined.id.0)).await;
        let command = MergePlans {
            first: scene.plan,
            second,
            unit: COMMUNE.to_owned(),
            title: "Kế hoạch hợp nhất".to_owned(),
        };
        scene.t.clock.advance(TimeDelta::minutes(1));
        let permit = review_plan::permit(&cx, &scene.deps).unwrap();
        let merged = merge_plans::run(&cx, &scene.deps, permit, command).await.unwrap();
        accept(&scene, &cx, merged).await;

        let words = "tích hợp đăng nhập tài khoản định danh";
        let one = find(&scene, words).await.unwrap();
        assert_ne!(one.id, joined.id, "that of the first plan goes on");
        let shown = show_task::run(&cx, &scene.deps, AssignmentId(one.id.0)).await.unwrap();
        assert_eq!((shown.evidence.len(), shown.obstacles.len()), (1, 1), "what was proved is not lost");
        let before = show_task::run(&cx, &scene.deps, AssignmentId(joined.id.0)).await.unwrap();
        assert_eq!(before.found.assignment.state, State::Cancelled);
        let into = before.history.iter().find(|line| line.what == "revised-into").unwrap();
        assert_eq!(into.after.as_deref(), Some(one.place.reference.as_str()));
        assert_eq!(find(&scene, "trạm sạc").await.unwrap().id, alone.id);
    })
    .await;
}
