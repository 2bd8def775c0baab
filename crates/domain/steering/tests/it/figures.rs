//! Units enter what no record measures; it is checked, corrected without loss, added up, and projected.

use crate::scene::{Scene, migrations};
use chrono::TimeDelta;
use d06_kernel::port::measure::Ratio;
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_steering::model::course::Course;
use d06_steering::model::figure::Month;
use d06_steering::model::plan::TargetId;
use d06_steering::model::shape::{Accumulation, Shape, TargetShape};
use d06_steering::ops::enter_figure::{self, EnterFigure};
use d06_steering::ops::evidence::NewEvidence;
use d06_steering::ops::{list_figures, shape_target, show_target};

const POLICE: &str = "H31.10816.02";

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn figure(revision: i32, numerator: i64, denominator: i64) -> EnterFigure {
    EnterFigure { revision, numerator, denominator: Some(denominator), note: None, evidence: None }
}

async fn enter(
    scene: &Scene,
    cx: &Cx,
    id: TargetId,
    period: &str,
    command: EnterFigure,
) -> Result<(), Problem> {
    let slot = enter_figure::load(&scene.deps, id, POLICE, month(period)).await?;
    let permit = slot.permit(cx, &scene.deps)?;
    enter_figure::run(cx, &scene.deps, permit, (id, POLICE, month(period)), command).await.map(|_| ())
}

fn code(result: Result<(), Problem>) -> &'static str {
    let problem = result.unwrap_err();
    problem.fields.first().map_or(problem.code, |field| field.code)
}

#[tokio::test]
async fn a_figure_is_checked_kept_and_corrected_without_losing_what_stood() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let police = scene.standing_office();
        let target = scene.target("III.3").await.id;
        let over = enter(&scene, &police, target, "2026-05", figure(0, 11, 10)).await;
        assert_eq!(code(over), "figure.numerator-over-denominator");
        let to_come = enter(&scene, &police, target, "2026-07", figure(0, 1, 10)).await;
        assert_eq!(code(to_come), "figure.month-to-come");
        let proof = NewEvidence {
            description: "Biểu thống kê".into(),
            number: Some("7/BC-CAX".into()),
            quantity: None,
            file: None,
        };
        let proved = EnterFigure { evidence: Some(proof), ..figure(0, 700, 1_000) };
        enter(&scene, &police, target, "2026-05", proved).await.unwrap();
        let stale = enter(&scene, &police, target, "2026-05", figure(0, 710, 1_000)).await;
        assert_eq!(code(stale), "figure.changed-meanwhile");
        enter(&scene, &police, target, "2026-05", figure(1, 720, 1_000)).await.unwrap();
        let jump = enter(&scene, &police, target, "2026-06", figure(0, 100, 1_000)).await;
        assert_eq!(code(jump), "figure.jump");
        let explained = EnterFigure { note: Some("sửa mẫu số".into()), ..figure(0, 100, 1_000) };
        enter(&scene, &police, target, "2026-06", explained).await.unwrap();

        let detail = show_target::run(&scene.chairman(), &scene.deps, target, 0).await.unwrap();
        assert_eq!(detail.state.measured.ratio(), Some(Ratio { numerator: 100, denominator: 1_000 }));
        let kept: Vec<_> = detail.figures.iter().map(|one| (one.revision, one.ratio.numerator)).collect();
        assert_eq!(kept, [(1, 100), (1, 700), (2, 720)], "newest month first, every revision kept");
        assert_eq!(detail.evidence.len(), 1);
        assert!(detail.history.iter().any(|one| one.note.as_deref() == Some("sửa mẫu số")));
    })
    .await;
}

#[tokio::test]
async fn only_the_unit_that_counts_it_enters_and_measured_targets_are_not_entered() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let target = scene.target("III.3").await.id;
        for (role, unit) in [(Role::OneStopOfficer, "H31.10816.01"), (Role::Chairman, "H31.10816")] {
            let refused = enter(&scene, &scene.acting(role, unit), target, "2026-05", figure(0, 1, 2)).await;
            assert!(
                matches!(refused.unwrap_err().kind, ProblemKind::Forbidden | ProblemKind::NotFound),
                "{role:?}"
            );
        }
        let foreign = enter_figure::load(&scene.deps, target, "H31.10816.01", month("2026-05")).await;
        assert_eq!(foreign.unwrap_err().kind, ProblemKind::NotFound, "this unit does not count it");
        let office = scene.standing_office();
        let measured = scene.target("I.5").await.id;
        let shape = TargetShape { units: vec![POLICE.into()], ..counted(Shape::Share, Accumulation::Stock) };
        shaped(&scene, measured, shape).await.unwrap();
        let refused = enter(&scene, &office, measured, "2026-05", figure(0, 1, 2)).await;
        assert_eq!(code(refused), "target.measured");
        let sheet = list_figures::run(&office, &scene.deps, Some(POLICE), month("2026-05")).await.unwrap();
        assert!(sheet.iter().all(|line| line.target.measure.is_none() && line.may_enter));
        assert!(sheet.iter().any(|line| line.target.id == target && line.figure.is_none()));
    })
    .await;
}

fn counted(shape: Shape, accumulation: Accumulation) -> TargetShape {
    TargetShape {
        shape,
        accumulation,
        numerator: None,
        denominator: None,
        units: vec![POLICE.into()],
        version: 0,
    }
}

async fn shaped(scene: &Scene, id: TargetId, shape: TargetShape) -> Result<(), Problem> {
    let cx = scene.standing_office();
    let detail = show_target::run(&cx, &scene.deps, id, 0).await?;
    let permit = scene.deps.authz.permit(&cx, &scene.deps.resource(id, &detail.plan))?;
    shape_target::run(&cx, &scene.deps, permit, id, shape).await
}

#[tokio::test]
async fn reductions_and_multiples_are_judged_in_their_direction() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let police = scene.standing_office();
        // "Tỷ lệ tội phạm sử dụng giấy tờ giả giảm": more than 70 % fewer.
        let crime = scene.target("V.5").await.id;
        enter(&scene, &police, crime, "2026-05", figure(0, 3, 10)).await.unwrap();
        assert_eq!(scene.state("V.5").await.course, Course::OffCourse, "exactly 70 is not more than 70");
        enter(&scene, &police, crime, "2026-06", figure(0, 2, 10)).await.unwrap();
        assert_eq!(scene.state("V.5").await.course, Course::Met);
        // Cashless payments: 27 times GRDP.
        let payments = scene.target("II.9").await.id;
        shaped(&scene, payments, counted(Shape::Multiple, Accumulation::Stock)).await.unwrap();
        enter(&scene, &police, payments, "2026-05", figure(0, 2_700, 100)).await.unwrap();
        assert_eq!(scene.state("II.9").await.course, Course::Met);
        let stale = shaped(&scene, payments, counted(Shape::Count, Accumulation::Flow)).await.unwrap_err();
        assert_eq!(stale.code, "target.changed-meanwhile");
    })
    .await;
}

#[tokio::test]
async fn months_add_up_and_the_line_tells_whether_it_will_be_in_time() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let police = scene.standing_office();
        let target = scene.target("III.3").await.id;
        shaped(&scene, target, counted(Shape::Share, Accumulation::Flow)).await.unwrap();
        for (period, n) in [("2026-01", 40), ("2026-02", 50), ("2026-03", 60)] {
            enter(&scene, &police, target, period, figure(0, n, 100)).await.unwrap();
        }
        let state = scene.state("III.3").await;
        assert_eq!(state.measured.ratio(), Some(Ratio { numerator: 150, denominator: 300 }));
        // 40 % in January, 50 % by 15 June: about 65 % by the end of the year; 90 are wanted.
        assert_eq!(state.course, Course::OffCourse);
        let line = state.projection.unwrap();
        assert!((60.0..70.0).contains(&line.value), "{line:?}");
        scene.t.clock.advance(TimeDelta::days(1));
        assert_eq!(scene.state("I.6").await.course, Course::NotMeasured);
    })
    .await;
}
