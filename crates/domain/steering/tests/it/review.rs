//! A plan is handed in, looked through, accepted; a revision shows what it changes; predecessors become one.

use crate::scene::{COMMUNE, Scene, migrations};
use d06_authz::act;
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_plan::DueKind;
use d06_steering::model::compiled_change::Correction;
use d06_steering::model::compiled_difference::Change;
use d06_steering::model::compiled_plan::{CompiledId, CompiledItem, Content, ItemState, ReviewState};
use d06_steering::model::plan::HA_BAC_2026;
use d06_steering::ops::compile_plan::{self, PlanFile};
use d06_steering::ops::merge_plans::{self, MergePlans};
use d06_steering::ops::review_item::{self, Decision};
use d06_steering::ops::take_line::{self, Taken};
use d06_steering::ops::{accept_plan, diff_plan, list_tasks, plan_in_force, review_plan, review_ties};

const FIRST: &str = "KẾ HOẠCH\nThực hiện Đề án 06 năm 2026 trên địa bàn xã Hà Bắc\n\n\
    STT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\n\
    1\tLàm sạch dữ liệu hộ tịch toàn xã\tCông an xã\tUBND xã\tQuý I/2026\n\
    2\tCập nhật sổ sức khỏe điện tử cho người dân\tTrạm Y tế xã\tCông an xã\tTháng 5/2026\n\
    3\tTuyên truyền dịch vụ công trực tuyến\tVăn phòng UBND xã\t\tThường xuyên\n";
const REVISED: &str = "KẾ HOẠCH\nThực hiện Đề án 06 năm 2026 trên địa bàn xã Hà Bắc\n\n\
    STT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\n\
    1\tLàm sạch dữ liệu hộ tịch toàn xã\tCông an xã\tUBND xã\tQuý II/2026\n\
    2\tTuyên truyền dịch vụ công trực tuyến\tPhòng Văn hóa\t\tThường xuyên\n\
    3\tLắp đặt trạm công dân số tại nhà văn hóa\tCông an xã\t\tNăm 2026\n";

fn office(scene: &Scene) -> Cx {
    scene.acting(Role::StandingOffice, "H31.10816.02")
}

pub(crate) async fn hand_in(
    scene: &Scene,
    cx: &Cx,
    text: &str,
    unit: &str,
    revises: Option<&str>,
) -> Result<CompiledId, Problem> {
    let permit = review_plan::permit(cx, &scene.deps)?;
    let file = PlanFile {
        unit: unit.to_owned(),
        revises: revises.map(str::to_owned),
        name: "ke-hoach.txt".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    compile_plan::run(cx, &scene.deps, permit, file).await
}

async fn items(scene: &Scene, cx: &Cx, id: CompiledId) -> Vec<CompiledItem> {
    review_plan::run(cx, &scene.deps, id).await.unwrap().items
}

async fn decide(scene: &Scene, cx: &Cx, id: CompiledId, at: usize, decision: Decision) {
    let item = items(scene, cx, id).await[at].id;
    let permit = review_plan::permit(cx, &scene.deps).unwrap();
    review_item::run(cx, &scene.deps, permit, id, item, decision).await.unwrap();
}

pub(crate) async fn accept(scene: &Scene, cx: &Cx, id: CompiledId) -> d06_steering::model::plan::PlanId {
    accept_plan::all_items(cx, &scene.deps, review_plan::permit(cx, &scene.deps).unwrap(), id).await.unwrap();
    accept_plan::run(cx, &scene.deps, review_plan::permit(cx, &scene.deps).unwrap(), id).await.unwrap()
}

#[tokio::test]
async fn a_plan_is_looked_through_and_becomes_targets_and_tasks() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = office(&scene);
        let id = hand_in(&scene, &cx, HA_BAC_2026, COMMUNE, Some("ha-bac-2026")).await.unwrap();
        let all = items(&scene, &cx, id).await;
        assert_eq!(all.len(), 56 + 51);
        assert!(all.iter().all(|item| item.state == ItemState::Proposed && !item.is_changed()));

        // While items wait, the plan cannot be accepted, and the reader is told how many.
        let permit = review_plan::permit(&cx, &scene.deps).unwrap();
        let early = accept_plan::run(&cx, &scene.deps, permit, id).await.unwrap_err();
        assert_eq!((early.code, early.args["count"].as_str()), ("compiled.undecided", "107"));

        decide(&scene, &cx, id, 0, Decision::Reject).await;
        let correction = Correction {
            reference: "I.1".into(),
            text: "Góp ý văn bản".into(),
            units: "Công an xã\nTổ công tác 06".into(),
            due: "Quý III/2026".into(),
            ..Correction::default()
        };
        decide(&scene, &cx, id, 56, Decision::Correct(correction)).await;
        let plan = accept(&scene, &cx, id).await;

        let (in_force, permit) = plan_in_force::run(&cx, &scene.deps).await.unwrap();
        assert_eq!(in_force.id, plan);
        let tasks = list_tasks::run(&scene.deps, &permit, &in_force).await.unwrap();
        assert_eq!((tasks.len(), tasks[0].due.kind), (51, DueKind::Quarter));
        assert_eq!(tasks[0].lead[1].name, "Tổ công tác 06");
        assert_eq!(tasks[0].lead[1].code, None, "an unknown unit is proposed, not invented");
        let review = review_plan::run(&cx, &scene.deps, id).await.unwrap();
        assert_eq!((review.plan.state, review.plan.plan), (ReviewState::Accepted, Some(plan)));
        assert!(!review.may_decide);

        let permit = review_plan::permit(&cx, &scene.deps).unwrap();
        let again = accept_plan::run(&cx, &scene.deps, permit, id).await.unwrap_err();
        assert_eq!(again.code, "compiled.ended");
    })
    .await;
}

#[tokio::test]
async fn items_are_merged_split_and_opened_again() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = office(&scene);
        let id = hand_in(&scene, &cx, FIRST, COMMUNE, Some("ha-bac-2026")).await.unwrap();
        decide(&scene, &cx, id, 0, Decision::MergeWithNext).await;
        let all = items(&scene, &cx, id).await;
        assert_eq!(all[0].content.units(), ["Công an xã", "Trạm Y tế xã"]);
        assert_eq!(all[1].state, ItemState::Merged);

        decide(&scene, &cx, id, 0, Decision::Split("Làm sạch dữ liệu\n\nCập nhật sổ".into())).await;
        let all = items(&scene, &cx, id).await;
        let references: Vec<&str> = all.iter().map(|item| item.content.reference()).collect();
        assert_eq!(references, ["1.1", "1.2", "2", "3"]);
        assert!(all[1].is_changed());

        decide(&scene, &cx, id, 3, Decision::Reject).await;
        decide(&scene, &cx, id, 3, Decision::Reopen).await;
        assert_eq!(items(&scene, &cx, id).await[3].state, ItemState::Proposed);
        let plan = accept(&scene, &cx, id).await;
        let (in_force, permit) = plan_in_force::run(&cx, &scene.deps).await.unwrap();
        assert_eq!(in_force.id, plan);
        assert_eq!(list_tasks::run(&scene.deps, &permit, &in_force).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_revision_shows_what_it_changes_and_history_is_kept() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = office(&scene);
        let first = hand_in(&scene, &cx, FIRST, COMMUNE, None).await.unwrap();
        let before = accept(&scene, &cx, first).await;
        let key = review_plan::run(&cx, &scene.deps, first).await.unwrap().plan.key;
        let second = hand_in(&scene, &cx, REVISED, COMMUNE, Some(&key)).await.unwrap();

        let check = async || {
            let found = diff_plan::run(&cx, &scene.deps, second).await.unwrap();
            assert_eq!(found.before.unwrap().id, before);
            let mut shown: Vec<String> = found
                .changes
                .iter()
                .map(|change| match change {
                    Change::Added { item } => format!("added {}", item.text()),
                    Change::Dropped { item } => format!("dropped {}", item.text()),
                    Change::Changed { fields, .. } => {
                        fields.iter().map(|f| f.field).collect::<Vec<_>>().join(" ")
                    }
                })
                .collect();
            shown.sort();
            let expected = [
                "added Lắp đặt trạm công dân số tại nhà văn hóa",
                "dropped Cập nhật sổ sức khỏe điện tử cho người dân",
                "due",
                "number lead",
            ];
            assert_eq!(shown, expected);
        };
        check().await;
        accept(&scene, &cx, second).await;
        // The same difference can be looked up afterwards.
        check().await;
    })
    .await;
}

#[tokio::test]
async fn predecessors_become_one_plan() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = office(&scene);
        let mut plans = Vec::new();
        for (text, title) in [(FIRST, "A"), (REVISED, "B")] {
            let text = text.replace("Thực hiện", &format!("Thực hiện {title}"));
            let id = hand_in(&scene, &cx, &text, "H31", None).await.unwrap();
            plans.push(accept(&scene, &cx, id).await);
        }
        let command = |second| MergePlans {
            first: plans[0],
            second,
            unit: "H31".to_owned(),
            title: "Kế hoạch hợp nhất".to_owned(),
        };
        let permit = review_plan::permit(&cx, &scene.deps).unwrap();
        let same = merge_plans::run(&cx, &scene.deps, permit, command(plans[0])).await.unwrap_err();
        assert_eq!(same.fields[0].code, "compiled.same-plan");
        let permit = review_plan::permit(&cx, &scene.deps).unwrap();
        let id = merge_plans::run(&cx, &scene.deps, permit, command(plans[1])).await.unwrap();
        let all = items(&scene, &cx, id).await;
        let references: Vec<&str> = all.iter().map(|item| item.content.reference()).collect();
        assert_eq!(references, ["1/1", "1/2", "1/3", "2/3"], "two items were in both plans");
        assert_eq!(all[2].content.units(), ["Văn phòng UBND xã", "Phòng Văn hóa"]);
        let last = |item: &CompiledItem| item.content.last_day().map(|day| day.to_string());
        assert_eq!(last(&all[0]).as_deref(), Some("2026-06-30"), "the later deadline");
        accept(&scene, &cx, id).await;
        let left = merge_plans::choices(&cx, &scene.deps).await.unwrap();
        let left: Vec<&str> = left.iter().filter(|p| p.unit == "H31").map(|p| p.title.as_str()).collect();
        assert_eq!(left, ["Kế hoạch hợp nhất"], "the merged plan took the place of both");
    })
    .await;
}

#[tokio::test]
async fn tasks_serve_tasks_of_the_plan_above() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = office(&scene);
        let above = hand_in(&scene, &cx, REVISED, "H31", None).await.unwrap();
        accept(&scene, &cx, above).await;
        let own = hand_in(&scene, &cx, FIRST, COMMUNE, None).await.unwrap();
        accept(&scene, &cx, own).await;

        let ties = review_ties::run(&cx, &scene.deps).await.unwrap();
        assert_eq!(ties.without_child.len(), 3);
        let child = ties.tasks.iter().find(|tied| tied.task.text.starts_with("Làm sạch")).unwrap();
        let parent = child.suggested.expect("the same words are suggested");
        let permit = || review_plan::permit::<act::CompilePlan>(&cx, &scene.deps).unwrap();
        review_ties::tie(&cx, &scene.deps, permit(), child.task.id, Some(parent)).await.unwrap();
        let tied = review_ties::run(&cx, &scene.deps).await.unwrap();
        assert_eq!(tied.without_child.len(), 2);
        assert!(!tied.without_child.contains(&parent));
        // A task does not serve one of its own plan.
        let own_task = child.task.id;
        let wrong = review_ties::tie(&cx, &scene.deps, permit(), own_task, Some(own_task)).await.unwrap_err();
        assert_eq!(wrong.kind, ProblemKind::NotFound);
        review_ties::tie(&cx, &scene.deps, permit(), own_task, None).await.unwrap();
        assert_eq!(review_ties::run(&cx, &scene.deps).await.unwrap().without_child.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn files_that_are_no_plan_are_refused_and_strangers_see_nothing() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = office(&scene);
        for (text, code) in [("", "plan.file-empty"), ("chào anh chị", "compiled.nothing-found")] {
            let refused = hand_in(&scene, &cx, text, COMMUNE, None).await.unwrap_err();
            assert_eq!((refused.fields[0].field.as_str(), refused.fields[0].code), ("file", code));
        }
        let elsewhere = hand_in(&scene, &cx, FIRST, "H31.10999", None).await.unwrap_err();
        assert_eq!(elsewhere.fields[0].code, "compiled.unit-unknown");

        let id = hand_in(&scene, &cx, FIRST, COMMUNE, None).await.unwrap();
        let stranger = scene.acting(Role::StandingOffice, "H31.10999");
        assert_eq!(
            review_plan::run(&stranger, &scene.deps, id).await.unwrap_err().kind,
            ProblemKind::NotFound
        );
        let chairman = scene.chairman();
        assert!(!review_plan::run(&chairman, &scene.deps, id).await.unwrap().may_decide);
        assert!(hand_in(&scene, &chairman, FIRST, COMMUNE, None).await.is_err());
        let Content::Task(task) = &items(&scene, &cx, id).await[0].content else { panic!("a task") };
        assert_eq!(task.due.to.unwrap().to_string(), "2026-03-31");
    })
    .await;
}

const WITH_DUTIES: &str = "KẾ HOẠCH\nThực hiện Đề án 06 năm 2026 trên địa bàn xã Hà Bắc\n\n\
    I. NHIỆM VỤ\n\
    1. Làm sạch dữ liệu hộ tịch toàn xã.\n\
    - Chủ trì: Công an xã.\n\n\
    II. TỔ CHỨC THỰC HIỆN\n\
    1. Văn phòng UBND xã tổng hợp, báo cáo kết quả trước ngày 15/12/2026.\n";

#[tokio::test]
async fn what_the_compiler_left_is_taken_from_its_line() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = office(&scene);
        let id = hand_in(&scene, &cx, WITH_DUTIES, COMMUNE, Some("ha-bac-2026")).await.unwrap();
        assert_eq!(items(&scene, &cx, id).await.len(), 1);
        let take = async |cx: &Cx, line, taken| {
            let permit = review_plan::permit(cx, &scene.deps).unwrap();
            take_line::run(cx, &scene.deps, permit, id, line, taken).await
        };
        let task = take(&cx, 9, Taken::Task).await.unwrap();
        let target = take(&cx, 2, Taken::Target).await.unwrap();

        let all = items(&scene, &cx, id).await;
        let order: Vec<_> = all.iter().map(|item| item.id).collect();
        assert_eq!((order[1], order[2]), (task, target), "a task stands after the tasks above it");
        let Content::Task(duty) = &all[1].content else { panic!("it was taken as a task") };
        assert_eq!(duty.lead, ["Văn phòng UBND xã"]);
        assert_eq!(duty.due.to.unwrap().to_string(), "2026-12-15");
        assert_eq!((all[1].state, &all[1].as_compiled), (ItemState::Proposed, &None));
        assert_eq!(duty.group_title, "TỔ CHỨC THỰC HIỆN");

        // Pressed twice, or a line of nothing: nothing is added.
        for (line, code) in
            [(9, "compiled.line-taken"), (5, "compiled.line-taken"), (3, "compiled.line-empty")]
        {
            let refused = take(&cx, line, Taken::Task).await.unwrap_err();
            assert_eq!(refused.fields[0].code, code, "line {line}");
        }
        assert_eq!(items(&scene, &cx, id).await.len(), 3);
        let plan = accept(&scene, &cx, id).await;
        let (in_force, permit) = plan_in_force::run(&cx, &scene.deps).await.unwrap();
        assert_eq!(in_force.id, plan);
        assert_eq!(list_tasks::run(&scene.deps, &permit, &in_force).await.unwrap().len(), 2);
        assert_eq!(take(&cx, 4, Taken::Task).await.unwrap_err().code, "compiled.ended");
    })
    .await;
}
