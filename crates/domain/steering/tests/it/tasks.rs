//! Tasks are given to people, worked on, proved, taken as done; nobody overwrites another.

use crate::scene::{COMMUNE, Scene, migrations};
use chrono::{NaiveDate, TimeDelta};
use d06_authz::Permit;
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_steering::model::assignment::{AssignmentId, Clear, Standing, State, Step};
use d06_steering::ops::assign_task::{self, AssignTask};
use d06_steering::ops::change_tasks::{self, TasksChange, TasksPermit};
use d06_steering::ops::evidence::{self, NewEvidence};
use d06_steering::ops::import_plan::{self, NewPlan};
use d06_steering::ops::list_work::{self, WorkFilter, WorkItem};
use d06_steering::ops::set_deadline::{self, NewDue};
use d06_steering::ops::show_task::{self, Progress};
use d06_steering::ops::step_task::{self, StepPermit, StepTask};
use d06_steering::ops::{make_occurrences, task_resource};

const ONE_STOP_SHOP: &str = "H31.10816.01";
const POLICE: &str = "H31.10816.02";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The task of a reference, as the standing office finds it.
async fn item(scene: &Scene, reference: &str) -> WorkItem {
    let cx = scene.standing_office();
    let work = list_work::open(&cx, &scene.deps).await.unwrap();
    let filter = WorkFilter { words: Some(reference.to_owned()), ..WorkFilter::default() };
    let (items, _) = work.list(&cx, &scene.deps, &filter, (0, 400)).await.unwrap();
    items.into_iter().find(|item| item.task.place.reference == reference).unwrap()
}

pub(crate) async fn id(scene: &Scene, reference: &str) -> AssignmentId {
    item(scene, reference).await.assignment.id
}

async fn found(scene: &Scene, filter: WorkFilter) -> Vec<String> {
    let cx = scene.chairman();
    let work = list_work::open(&cx, &scene.deps).await.unwrap();
    let (items, total) = work.list(&cx, &scene.deps, &filter, (0, 400)).await.unwrap();
    assert_eq!(total, items.len() as u64);
    items.into_iter().map(|item| item.task.place.reference).collect()
}

pub(crate) async fn version(scene: &Scene, id: AssignmentId) -> i64 {
    task_resource::load(&scene.deps, id).await.unwrap().assignment.version
}

pub(crate) async fn assign(
    scene: &Scene,
    cx: &Cx,
    id: AssignmentId,
    version: i64,
    command: AssignTask,
) -> Result<(), Problem> {
    let permit = task_resource::load(&scene.deps, id).await?.permit(cx, &scene.deps)?;
    assign_task::run(cx, &scene.deps, permit, (id, version), command).await
}

async fn due(
    scene: &Scene,
    cx: &Cx,
    id: AssignmentId,
    due: NewDue,
    why: Option<&str>,
) -> Result<(), Problem> {
    let found = task_resource::load(&scene.deps, id).await?;
    let permit = found.permit(cx, &scene.deps)?;
    let at = (id, found.assignment.version);
    set_deadline::run(cx, &scene.deps, permit, at, due, why.map(str::to_owned)).await
}

async fn step(
    scene: &Scene,
    cx: &Cx,
    id: AssignmentId,
    step: Step,
    why: Option<&str>,
) -> Result<(), Problem> {
    let found = task_resource::load(&scene.deps, id).await?;
    let permit = StepPermit::ask(cx, &scene.deps, &found, step)?;
    let version = found.assignment.version;
    let command = StepTask { id, version, step, reason: why.map(str::to_owned), due: None };
    step_task::run(cx, &scene.deps, permit, command).await
}

async fn prove(scene: &Scene, cx: &Cx, id: AssignmentId, quantity: Option<i64>) -> Result<(), Problem> {
    let found = task_resource::load(&scene.deps, id).await?;
    let permit = found.permit(cx, &scene.deps)?;
    let (description, number) = ("Báo cáo".to_owned(), Some("15/BC-CAX".to_owned()));
    let new = NewEvidence { description, number, quantity, file: None };
    evidence::add_to_task(cx, &scene.deps, &permit, &found, new).await.map(|_| ())
}

pub(crate) fn six_clears() -> AssignTask {
    AssignTask {
        unit: Some(ONE_STOP_SHOP.into()),
        person: Some("030191000201".into()),
        monitor: Some(POLICE.into()),
        authority: Some(Role::Chairman),
        product: "Báo cáo kết quả".into(),
        quantity: Some(4),
        measure: None,
    }
}

#[tokio::test]
async fn a_task_becomes_clear_is_done_and_is_taken_as_done_by_the_one_named() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let office = scene.standing_office();
        let task = id(&scene, "II.2").await;
        assert!(item(&scene, "II.2").await.assignment.unclear().contains(&Clear::Person));
        assign(&scene, &office, task, 1, six_clears()).await.unwrap();
        assert_eq!(item(&scene, "II.2").await.assignment.unclear(), []);

        let unit = scene.acting(Role::OneStopOfficer, ONE_STOP_SHOP);
        step(&scene, &unit, task, Step::Begin, None).await.unwrap();
        let bare = step(&scene, &unit, task, Step::Submit, None).await.unwrap_err();
        assert_eq!(bare.code, "task.no-evidence");
        prove(&scene, &unit, task, Some(1)).await.unwrap();
        prove(&scene, &unit, task, Some(2)).await.unwrap();
        let detail = show_task::run(&unit, &scene.deps, task).await.unwrap();
        assert_eq!(detail.progress, Some(Progress::Product { done: 3, of: 4 }));
        assert_eq!(detail.progress.unwrap().percent(), Some(75));
        step(&scene, &unit, task, Step::Submit, None).await.unwrap();

        let other = step(&scene, &office, task, Step::Accept, None).await.unwrap_err();
        assert_eq!(other.code, "task.not-your-authority", "the chairman is named");
        let silent = step(&scene, &scene.chairman(), task, Step::Return, None).await.unwrap_err();
        assert_eq!(silent.fields[0].code, "task.reason-required");
        step(&scene, &scene.chairman(), task, Step::Return, Some("thiếu phụ lục")).await.unwrap();
        step(&scene, &unit, task, Step::Submit, None).await.unwrap();
        step(&scene, &scene.chairman(), task, Step::Accept, None).await.unwrap();
        let detail = show_task::run(&office, &scene.deps, task).await.unwrap();
        assert_eq!((detail.found.assignment.state, detail.standing), (State::Done, Standing::DoneOnTime));
        assert!(detail.history.iter().any(|one| one.note.as_deref() == Some("thiếu phụ lục")));
        let again = step(&scene, &unit, task, Step::Submit, None).await.unwrap_err();
        assert_eq!(again.code, "task.step-impossible");
    })
    .await;
}

#[tokio::test]
async fn each_does_what_is_theirs() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let task = id(&scene, "II.2").await;
        assign(&scene, &scene.standing_office(), task, 1, six_clears()).await.unwrap();
        let of_other_unit = scene.acting(Role::Specialist, POLICE);
        let refused = step(&scene, &of_other_unit, task, Step::Begin, None).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::Forbidden, "a unit reports on its own tasks");
        let unit = scene.acting(Role::OneStopOfficer, ONE_STOP_SHOP);
        let refused = assign(&scene, &unit, task, 2, AssignTask::default()).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::Forbidden, "units do not steer");
        let auditor = scene.acting(Role::Auditor, COMMUNE);
        assert!(show_task::run(&auditor, &scene.deps, task).await.is_ok());
        assert!(!show_task::run(&auditor, &scene.deps, task).await.unwrap().may.update);
        let stranger = scene.acting(Role::Chairman, "H31.10999");
        let hidden = show_task::run(&stranger, &scene.deps, task).await.unwrap_err();
        assert_eq!(hidden.kind, ProblemKind::NotFound);
        let citizen = list_work::open(&scene.t.cx, &scene.deps).await.unwrap_err();
        assert_eq!(citizen.kind, ProblemKind::SignInRequired);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_by_field() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let (cx, task) = (scene.standing_office(), id(&scene, "II.2").await);
        let code = async |command: AssignTask| {
            let problem = assign(&scene, &cx, task, 1, command).await.unwrap_err();
            (problem.fields[0].field.clone(), problem.fields[0].code)
        };
        let unknown = AssignTask { unit: Some("H31.10999".into()), ..six_clears() };
        assert_eq!(code(unknown).await, ("unit".into(), "task.unit-unknown"));
        let elsewhere = AssignTask { unit: Some(POLICE.into()), ..six_clears() };
        assert_eq!(code(elsewhere).await, ("person".into(), "task.person-not-in-unit"));
        let auditor = AssignTask { authority: Some(Role::Auditor), ..six_clears() };
        assert_eq!(code(auditor).await, ("authority".into(), "task.authority-unfit"));
        let none = AssignTask { quantity: Some(0), ..six_clears() };
        assert_eq!(code(none).await, ("quantity".into(), "task.quantity-range"));
        let measure = AssignTask { measure: Some("nothing".into()), ..six_clears() };
        assert_eq!(code(measure).await, ("measure".into(), "target.measure-unknown"));
        assert_eq!(version(&scene, task).await, 1, "nothing was changed");
    })
    .await;
}

#[tokio::test]
async fn of_two_who_save_at_once_the_second_is_told() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let (cx, task) = (scene.standing_office(), id(&scene, "II.2").await);
        let second = AssignTask { product: "Khác".into(), ..six_clears() };
        let (one, other) =
            tokio::join!(assign(&scene, &cx, task, 1, six_clears()), assign(&scene, &cx, task, 1, second));
        let refused = [one, other].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].code, "task.changed-meanwhile");
    })
    .await;
}

#[tokio::test]
async fn a_deadline_is_moved_with_a_reason_by_the_one_who_may() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let task = id(&scene, "II.2").await;
        let later = NewDue::Day(day("2027-03-31"));
        let chairman = scene.chairman();
        let silent = due(&scene, &chairman, task, later.clone(), None).await.unwrap_err();
        assert_eq!(silent.fields[0].code, "task.reason-required");
        due(&scene, &chairman, task, later.clone(), Some("chờ kinh phí")).await.unwrap();
        let moved = item(&scene, "II.2").await.assignment.due;
        assert_eq!((moved.on, moved.first_on), (Some(day("2027-03-31")), Some(day("2026-12-31"))));
        let past = due(&scene, &chairman, task, NewDue::Day(day("2026-06-14")), Some("x")).await.unwrap_err();
        assert_eq!(past.fields[0].code, "task.due-in-past");
        let unit = scene.acting(Role::OneStopOfficer, ONE_STOP_SHOP);
        assert!(due(&scene, &unit, task, later, Some("x")).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_recurring_task_makes_its_occurrences_once() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let (cx, task) = (scene.standing_office(), id(&scene, "II.2").await);
        assign(&scene, &cx, task, 1, six_clears()).await.unwrap();
        let rhythm = NewDue::Rhythm("monthly:20".parse().unwrap());
        due(&scene, &cx, task, rhythm, Some("báo cáo hằng tháng")).await.unwrap();
        make_occurrences::run(&scene.t.cx, &scene.deps).await.unwrap();
        let detail = show_task::run(&cx, &scene.deps, task).await.unwrap();
        assert_eq!(detail.found.assignment.state, State::Recurring);
        assert_eq!(detail.others.len(), 1, "a month ahead, and once");
        let (june, standing) = &detail.others[0];
        assert_eq!((june.occurrence.as_str(), june.due.on), ("2026-06", Some(day("2026-06-20"))));
        assert_eq!((june.unit.as_deref(), *standing), (Some(ONE_STOP_SHOP), Standing::AtRisk));
        scene.t.clock.advance(TimeDelta::days(10));
        make_occurrences::run(&scene.t.cx, &scene.deps).await.unwrap();
        let detail = show_task::run(&cx, &scene.deps, task).await.unwrap();
        let periods: Vec<_> = detail.others.iter().map(|(one, _)| one.occurrence.as_str()).collect();
        assert_eq!(periods, ["2026-06", "2026-07"]);
        assert_eq!(detail.others[0].1, Standing::Overdue);
        let of_one = NewDue::Rhythm("monthly:1".parse().unwrap());
        let refused = due(&scene, &cx, june.id, of_one, Some("x")).await.unwrap_err();
        assert_eq!(refused.fields[0].code, "task.occurrence-rhythm");
    })
    .await;
}

#[tokio::test]
async fn a_conditional_task_waits_and_is_triggered_with_a_deadline() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let (cx, task) = (scene.standing_office(), id(&scene, "II.2").await);
        let condition = NewDue::Condition("Khi có hướng dẫn của Bộ Công an".into());
        due(&scene, &cx, task, condition, Some("đổi theo hướng dẫn")).await.unwrap();
        assert_eq!(item(&scene, "II.2").await.assignment.state, State::Waiting);
        let undated = step(&scene, &cx, task, Step::Trigger, None).await.unwrap_err();
        assert_eq!(undated.fields[0].code, "task.due-required");
        let found = task_resource::load(&scene.deps, task).await.unwrap();
        let permit = StepPermit::ask(&cx, &scene.deps, &found, Step::Trigger).unwrap();
        let command = StepTask {
            id: task,
            version: found.assignment.version,
            step: Step::Trigger,
            reason: None,
            due: Some(day("2026-09-30")),
        };
        step_task::run(&cx, &scene.deps, permit, command).await.unwrap();
        let triggered = item(&scene, "II.2").await.assignment;
        assert_eq!((triggered.state, triggered.due.on), (State::NotStarted, Some(day("2026-09-30"))));
        assert_eq!(triggered.due.condition_met_on, Some(day("2026-06-15")));
    })
    .await;
}

#[tokio::test]
async fn tasks_are_found_by_unit_state_standing_due_and_words() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let all = found(&scene, WorkFilter::default()).await;
        assert_eq!(all.len(), 51);
        let mut sorts = 0;
        for standing in Standing::ALL {
            let some = found(&scene, WorkFilter { standing: Some(standing), ..WorkFilter::default() }).await;
            let cx = scene.chairman();
            let work = list_work::open(&cx, &scene.deps).await.unwrap();
            let filter = WorkFilter { standing: Some(standing), ..WorkFilter::default() };
            let (items, _) = work.list(&cx, &scene.deps, &filter, (0, 400)).await.unwrap();
            assert!(items.iter().all(|item| item.standing == standing), "{standing:?}");
            sorts += some.len();
        }
        assert_eq!(sorts, 51, "every task stands in exactly one way");
        let police = WorkFilter { unit: Some(POLICE.into()), ..WorkFilter::default() };
        let of_police = found(&scene, police).await;
        assert!(!of_police.is_empty() && of_police.len() < 51);
        let dated = WorkFilter {
            due_from: Some(day("2026-12-31")),
            due_to: Some(day("2026-12-31")),
            ..WorkFilter::default()
        };
        assert!(found(&scene, dated).await.contains(&"II.2".to_owned()));
        let words = WorkFilter { words: Some("DANG NHAP dinh danh".into()), ..WorkFilter::default() };
        assert!(found(&scene, words).await.contains(&"II.2".to_owned()), "without diacritics and case");
        let elsewhere = WorkFilter { plan: Some("no-such-plan".into()), ..WorkFilter::default() };
        assert!(found(&scene, elsewhere).await.is_empty());
        let work = list_work::open(&scene.chairman(), &scene.deps).await.unwrap();
        let counts = work.counts(&scene.chairman(), &scene.deps, &WorkFilter::default()).await.unwrap();
        assert_eq!(counts.states.values().sum::<u64>(), 51);
        assert_eq!(counts.unclear, 51, "nobody is in charge of any yet");
    })
    .await;
}

#[tokio::test]
async fn many_are_changed_together_or_not_at_all() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = scene.standing_office();
        let mut tasks = Vec::new();
        for reference in ["II.1", "II.2", "II.3"] {
            tasks.push(task_resource::load(&scene.deps, id(&scene, reference).await).await.unwrap());
        }
        let change = async |versions: [i64; 3], change: TasksChange| {
            let permit = TasksPermit::ask(&cx, &scene.deps, &tasks, &change)?;
            let ids = tasks.iter().map(|task| task.assignment.id).zip(versions).collect();
            change_tasks::run(&cx, &scene.deps, permit, ids, change).await
        };
        let unit = || TasksChange::Unit(ONE_STOP_SHOP.into());
        let stale = change([1, 1, 7], unit()).await.unwrap_err();
        assert_eq!(stale.code, "task.changed-meanwhile");
        assert_eq!(version(&scene, tasks[0].assignment.id).await, 1, "none was changed");
        assert_eq!(change([1, 1, 1], unit()).await.unwrap(), 3);
        let mut now = [0; 3];
        for (at, task) in tasks.iter().enumerate() {
            now[at] = version(&scene, task.assignment.id).await;
        }
        let moved = change(now, TasksChange::Due(day("2026-11-30"), Some("rà soát".into()))).await;
        assert_eq!(moved.unwrap(), 3);
        for task in &tasks {
            let now = task_resource::load(&scene.deps, task.assignment.id).await.unwrap().assignment;
            assert_eq!((now.unit.as_deref(), now.due.on), (Some(ONE_STOP_SHOP), Some(day("2026-11-30"))));
        }
        let nothing: TasksPermit = TasksPermit::Steer(Vec::new());
        let none = change_tasks::run(&cx, &scene.deps, nothing, Vec::new(), unit()).await.unwrap_err();
        assert_eq!(none.code, "tasks.none");
        let without: TasksPermit = TasksPermit::Steer(Vec::<Permit<_>>::new());
        let ids = vec![(tasks[0].assignment.id, now[0] + 1)];
        assert_eq!(
            change_tasks::run(&cx, &scene.deps, without, ids, unit()).await.unwrap_err().kind,
            ProblemKind::NotFound
        );
    })
    .await;
}

#[tokio::test]
async fn three_thousand_tasks_are_paged_through_without_loss() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let mut text = "STT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\tKết quả\n".to_owned();
        for number in 1..=3_000 {
            let month = number % 12 + 1;
            text.push_str(&format!(
                "{number}\tTriển khai nội dung thứ {number}\tCông an xã\tVăn phòng UBND xã\tTháng {month}/2026\tBáo cáo\n"
            ));
        }
        let new = NewPlan { key: "large".into(), unit: COMMUNE.into(), title: None, text };
        let tx = scene.t.db.begin().await.unwrap();
        import_plan::run(&scene.t.cx, &tx, new).await.unwrap();
        tx.commit().await.unwrap();
        let cx = scene.chairman();
        let work = list_work::open(&cx, &scene.deps).await.unwrap();
        let filter = WorkFilter { plan: Some("large".into()), unit: Some(POLICE.into()), ..WorkFilter::default() };
        let mut seen = std::collections::BTreeSet::new();
        let began = std::time::Instant::now();
        for page in 0..60 {
            let (items, total) = work.list(&cx, &scene.deps, &filter, (page * 50, 50)).await.unwrap();
            assert_eq!(total, 3_000);
            assert!(items.windows(2).all(|pair| pair[0].assignment.due.on <= pair[1].assignment.due.on));
            seen.extend(items.into_iter().map(|item| item.assignment.id));
        }
        eprintln!("60 pages of 3,000 tasks: {:?}", began.elapsed());
        assert_eq!(seen.len(), 3_000, "no task twice, none left out");
        let counts = work.counts(&cx, &scene.deps, &filter).await.unwrap();
        assert_eq!(counts.states.values().sum::<u64>(), 3_000);
    })
    .await;
}
