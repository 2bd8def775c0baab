//! Inspections and their findings, budgets, and proposals that rest on results.

use crate::scene::{COMMUNE, Scene, migrations};
use chrono::NaiveDate;
use d06_kernel::money::Dong;
use d06_kernel::port::measure::Ratio;
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_steering::model::assignment::AssignmentId;
use d06_steering::model::budget::Sums;
use d06_steering::model::commendation::{Kind, Results, Stand};
use d06_steering::model::register::{Record, RecordId};
use d06_steering::ops::commend::{self, NewCommendation};
use d06_steering::ops::keep_register::{self, Content, StagePermit};
use d06_steering::ops::list_work::{self, WorkFilter};
use d06_steering::ops::{keep_budget, set_deadline, task_resource};
use std::collections::BTreeMap;

const ONE_STOP_SHOP: &str = "H31.10816.01";
const POLICE: &str = "H31.10816.02";

fn content(title: &str, unit: &str) -> Content {
    let fields = BTreeMap::from([("scope".to_owned(), "Tiếp nhận hồ sơ".to_owned())]);
    Content { title: title.into(), unit: unit.into(), due_on: NaiveDate::from_ymd_opt(2026, 6, 30), fields }
}

async fn add(
    scene: &Scene,
    cx: &Cx,
    key: &str,
    parent: Option<RecordId>,
    content: Content,
) -> Result<RecordId, Problem> {
    let permit = scene.deps.authz.permit(cx, &keep_register::resource_of_register(&scene.deps, key))?;
    keep_register::add(cx, &scene.deps, permit, key, parent, content).await
}

async fn entry(scene: &Scene, id: RecordId) -> Record {
    keep_register::show(&scene.standing_office(), &scene.deps, id).await.unwrap().record
}

async fn step(scene: &Scene, cx: &Cx, id: RecordId, to: &str) -> Result<(), Problem> {
    let found = entry(scene, id).await;
    let permit = StagePermit::ask(cx, &scene.deps, &found)?;
    keep_register::step(cx, &scene.deps, permit, (id, found.version), to, None).await
}

#[tokio::test]
async fn coverage_counts_units_that_were_inspected_each_once() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let office = scene.standing_office();
        let coverage = async || keep_register::coverage(&office, &scene.deps).await.unwrap();
        assert_eq!(coverage().await.ratio, Ratio { numerator: 0, denominator: 2 });
        assert_eq!(coverage().await.rule.value, 30);
        for _ in 0..2 {
            let id =
                add(&scene, &office, "inspection", None, content("Kiểm tra", ONE_STOP_SHOP)).await.unwrap();
            let early = step(&scene, &office, id, "concluded").await.unwrap_err();
            assert_eq!(early.code, "record.stage-impossible");
            step(&scene, &office, id, "held").await.unwrap();
        }
        add(&scene, &office, "inspection", None, content("Sẽ kiểm tra", POLICE)).await.unwrap();
        assert_eq!(
            coverage().await.ratio,
            Ratio { numerator: 1, denominator: 2 },
            "planned is not inspected"
        );
    })
    .await;
}

#[tokio::test]
async fn the_inspected_unit_remedies_and_the_standing_office_verifies() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let office = scene.standing_office();
        let inspection =
            add(&scene, &office, "inspection", None, content("Kiểm tra", ONE_STOP_SHOP)).await.unwrap();
        let orphan = add(&scene, &office, "finding", None, content("x", ONE_STOP_SHOP)).await.unwrap_err();
        assert_eq!(orphan.kind, ProblemKind::NotFound, "a finding belongs to an inspection");
        let finding = content("Niêm yết thiếu", ONE_STOP_SHOP);
        let id = add(&scene, &office, "finding", Some(inspection), finding).await.unwrap();
        let other = scene.acting(Role::Specialist, POLICE);
        assert_eq!(step(&scene, &other, id, "remedied").await.unwrap_err().kind, ProblemKind::Forbidden);
        let unit = scene.acting(Role::OneStopOfficer, ONE_STOP_SHOP);
        let detail = keep_register::show(&unit, &scene.deps, id).await.unwrap();
        assert_eq!((detail.steps.as_slice(), detail.may_keep), (["remedied".to_owned()].as_slice(), false));
        step(&scene, &unit, id, "remedied").await.unwrap();
        assert_eq!(step(&scene, &unit, id, "verified").await.unwrap_err().kind, ProblemKind::Forbidden);
        step(&scene, &office, id, "verified").await.unwrap();
        assert_eq!(entry(&scene, id).await.done_on.unwrap().to_string(), "2026-06-15");
        let whole = keep_register::show(&office, &scene.deps, inspection).await.unwrap();
        assert_eq!(whole.children.len(), 1);
        let permit = scene.deps.authz.permit(&office, &keep_register::resource_of(&whole.record)).unwrap();
        let stale = content("Kiểm tra lại", ONE_STOP_SHOP);
        let refused = keep_register::update(&office, &scene.deps, permit, (inspection, 9), stale).await;
        assert_eq!(refused.unwrap_err().code, "record.changed-meanwhile");
    })
    .await;
}

/// The first task of a unit.
async fn task(scene: &Scene, unit: &str) -> AssignmentId {
    let cx = scene.chairman();
    let work = list_work::open(&cx, &scene.deps).await.unwrap();
    let filter = WorkFilter { unit: Some(unit.to_owned()), ..WorkFilter::default() };
    let (items, _) = work.list(&cx, &scene.deps, &filter, (0, 1)).await.unwrap();
    items[0].assignment.id
}

async fn keep(scene: &Scene, cx: &Cx, id: AssignmentId, version: i64, sums: [i64; 3]) -> Result<(), Problem> {
    let permit = scene.deps.authz.permit(cx, &keep_budget::resource(&scene.deps))?;
    let [estimate, allocated, spent] = sums.map(Dong);
    let sums = Sums { estimate, allocated, spent };
    keep_budget::run(cx, &scene.deps, permit, (id, 2026, version), sums, Some("Ngân sách xã".into())).await
}

#[tokio::test]
async fn budgets_add_up_per_unit_and_in_all() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let office = scene.standing_office();
        let police = task(&scene, POLICE).await;
        let refused = keep(&scene, &office, police, 0, [10, 5, 6]).await.unwrap_err();
        assert_eq!(refused.fields[0].code, "budget.spent-over-allocated");
        keep(&scene, &office, police, 0, [50_000_000, 40_000_000, 10_000_000]).await.unwrap();
        let stale = keep(&scene, &office, police, 0, [1, 1, 1]).await.unwrap_err();
        assert_eq!(stale.code, "budget.changed-meanwhile");
        keep(&scene, &office, police, 1, [50_000_000, 45_000_000, 20_000_000]).await.unwrap();
        keep(&scene, &office, task(&scene, ONE_STOP_SHOP).await, 0, [5, 5, 5]).await.unwrap();
        let year = keep_budget::list(&scene.chairman(), &scene.deps, 2026).await.unwrap();
        assert_eq!((year.lines.len(), year.total.spent), (2, Dong(20_000_005)));
        assert_eq!(year.units[POLICE].allocated, Dong(45_000_000));
        assert!(keep(&scene, &scene.chairman(), police, 2, [1, 1, 1]).await.is_err(), "the chairman reads");
        let unit = scene.acting(Role::Specialist, POLICE);
        let hidden = keep_budget::list(&unit, &scene.deps, 2026).await.unwrap_err();
        assert_eq!(hidden.kind, ProblemKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_rests_on_results_is_edited_and_decided_once() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let office = scene.standing_office();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let id = task(&scene, POLICE).await;
        let found = task_resource::load(&scene.deps, id).await.unwrap();
        let permit = found.permit(&office, &scene.deps).unwrap();
        let due = set_deadline::NewDue::Day(day("2026-06-20"));
        let why = Some("theo kết luận giao ban".to_owned());
        set_deadline::run(&office, &scene.deps, permit, (id, 1), due, why).await.unwrap();
        scene.t.clock.advance(chrono::TimeDelta::days(10));

        let time = (day("2026-06-16"), day("2026-06-25"));
        let results = commend::results(&office, &scene.deps, POLICE, time).await.unwrap();
        assert_eq!(results, Results { due: 1, on_time: 0, late: 0, overdue: 1 });
        let ahead =
            commend::results(&office, &scene.deps, POLICE, (day("2027-01-01"), day("2027-02-01"))).await;
        assert_eq!(ahead.unwrap_err().fields[0].code, "period.backwards");
        let draft = async |results: Results| {
            let permit = scene.deps.authz.permit(&office, &commend::resource(&scene.deps))?;
            let (kind, unit, text) = (Kind::Criticism, POLICE.to_owned(), "Đề nghị phê bình.".to_owned());
            commend::draft(&office, &scene.deps, permit, NewCommendation { kind, unit, time, text, results })
                .await
        };
        let nothing = draft(Results::default()).await.unwrap_err();
        assert_eq!(nothing.fields[0].code, "commendation.no-results");
        let id = draft(results).await.unwrap();
        let permit = scene.deps.authz.permit(&office, &commend::resource(&scene.deps)).unwrap();
        commend::edit(&office, &scene.deps, permit, (id, 1), "Đề nghị nhắc nhở.".into()).await.unwrap();

        let chairman = scene.chairman();
        let permit = scene.deps.authz.permit(&chairman, &commend::resource(&scene.deps)).unwrap();
        commend::decide(&chairman, &scene.deps, permit, (id, 2), true, "Đồng ý".into()).await.unwrap();
        let decided = commend::get(&chairman, &scene.deps, id).await.unwrap();
        assert_eq!((decided.stand, decided.text.as_str()), (Stand::Approved, "Đề nghị nhắc nhở."));
        assert_eq!(decided.results, results, "the results stay as they were");
        let permit = scene.deps.authz.permit(&chairman, &commend::resource(&scene.deps)).unwrap();
        let twice = commend::decide(&chairman, &scene.deps, permit, (id, 3), false, "x".into()).await;
        assert_eq!(twice.unwrap_err().code, "commendation.decided");
        let auditor = scene.acting(Role::Auditor, COMMUNE);
        assert!(commend::list(&auditor, &scene.deps).await.is_err());
    })
    .await;
}
