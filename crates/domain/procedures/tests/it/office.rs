//! The office: receive, examine, decide, return; two officers at once; what may not be asked for.

use crate::scene::{Scene, migrations};
use d06_authz::act;
use d06_kernel::id::DossierId;
use d06_kernel::{Problem, ProblemKind};
use d06_procedures::model::dossier::DossierState;
use d06_procedures::ops::answer_supplement::{self, AnswerSupplement};
use d06_procedures::ops::complete_step::{self, CompleteStep, StepPermit};
use d06_procedures::ops::decide_dossier::{self, DecideDossier};
use d06_procedures::ops::override_requirement::{self, OverrideRequirement};
use d06_procedures::ops::receive_dossier;
use d06_procedures::ops::request_supplement::{self, RequestSupplement};
use d06_procedures::store::dossier::Decision;
use d06_procedures::store::part;
use std::sync::atomic::Ordering;

pub(crate) async fn receive(scene: &Scene, id: DossierId) {
    let cx = scene.receiver();
    let permit = scene.permit(&cx, id).await.unwrap();
    receive_dossier::run(&cx, &scene.deps, permit, scene.shown(id).await).await.unwrap();
}

pub(crate) async fn examine(scene: &Scene, id: DossierId) {
    let cx = scene.specialist();
    let permit = StepPermit::Examine(scene.permit(&cx, id).await.unwrap());
    let command = CompleteStep { shown: scene.shown(id).await, note: "<b>Đã xác minh</b>".to_owned() };
    complete_step::run(&cx, &scene.deps, permit, command).await.unwrap();
}

pub(crate) async fn approve(scene: &Scene, id: DossierId) {
    let cx = scene.leader();
    let permit = scene.permit(&cx, id).await.unwrap();
    let command =
        DecideDossier { shown: scene.shown(id).await, decision: Decision::Approved, reason: String::new() };
    decide_dossier::run(&cx, &scene.deps, permit, command).await.unwrap();
}

pub(crate) async fn ask(scene: &Scene, id: DossierId, field: &str) -> Result<i64, Problem> {
    let cx = scene.specialist();
    let permit = scene.permit(&cx, id).await?;
    let (field, reason) = (field.to_owned(), "Ảnh mờ, không đọc được".to_owned());
    let command = RequestSupplement { shown: scene.shown(id).await, field, reason };
    request_supplement::run(&cx, &scene.deps, permit, command).await
}

#[tokio::test]
async fn a_dossier_goes_from_counter_to_cabinet() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        examine(&scene, id).await;
        approve(&scene, id).await;
        assert_eq!(scene.dossier(id).await.state, DossierState::Completed);
        assert_eq!(scene.work().await, 1);
        let dossier = scene.dossier(id).await;
        assert_eq!(dossier.state, DossierState::Returned);
        {
            let issued = scene.issuer.issued.lock().unwrap();
            assert_eq!(issued.len(), 1);
            assert_eq!(Some(issued[0].document), dossier.result);
            assert_eq!(issued[0].kind, "marital-status-confirmation");
        }
        let read = scene.deps.db.read().await.unwrap();
        assert!(part::list_steps(&read, id).await.unwrap().iter().all(|step| step.ended_at.is_some()));
    })
    .await;
}

#[tokio::test]
async fn a_result_that_cannot_be_signed_now_is_issued_later_and_once() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        examine(&scene, id).await;
        scene.issuer.broken.store(true, Ordering::SeqCst);
        let cx = scene.leader();
        let permit = scene.permit(&cx, id).await.unwrap();
        let command = DecideDossier {
            shown: scene.shown(id).await,
            decision: Decision::Approved,
            reason: String::new(),
        };
        decide_dossier::run(&cx, &scene.deps, permit, command).await.unwrap();
        scene.work().await;
        assert_eq!(scene.dossier(id).await.state, DossierState::Completed);
        scene.issuer.broken.store(false, Ordering::SeqCst);
        scene.t.clock.advance(chrono::Duration::hours(1));
        scene.work().await;
        assert_eq!(scene.dossier(id).await.state, DossierState::Returned);
    })
    .await;
}

#[tokio::test]
async fn of_two_leaders_at_once_one_decides() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        examine(&scene, id).await;
        let shown = scene.shown(id).await;
        let decide = async |decision, reason: &str| {
            let cx = scene.leader();
            let permit = scene.permit::<act::DecideDossier>(&cx, id).await?;
            let command = DecideDossier { shown, decision, reason: reason.to_owned() };
            decide_dossier::run(&cx, &scene.deps, permit, command).await
        };
        let (one, other) =
            tokio::join!(decide(Decision::Approved, ""), decide(Decision::Refused, "Không đủ điều kiện"));
        let lost = match (one, other) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            both => panic!("one must win: {both:?}"),
        };
        assert_eq!((lost.kind, lost.code), (ProblemKind::Conflict, "dossier.changed"));
    })
    .await;
}

#[tokio::test]
async fn a_refusal_needs_a_reason() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        examine(&scene, id).await;
        let cx = scene.leader();
        let permit = scene.permit(&cx, id).await.unwrap();
        let command = DecideDossier {
            shown: scene.shown(id).await,
            decision: Decision::Refused,
            reason: " ".to_owned(),
        };
        let refused = decide_dossier::run(&cx, &scene.deps, permit, command).await.unwrap_err();
        assert_eq!(refused.fields[0].code, "field.required");
    })
    .await;
}

#[tokio::test]
async fn what_data_proves_cannot_be_asked_for() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        assert_eq!(ask(&scene, id, "applicant-residence").await.unwrap_err().code, "paper.covered");
        assert_eq!(ask(&scene, id, "divorce").await.unwrap_err().code, "paper.not-needed");

        let cx = scene.specialist();
        let order = |clause: &str| {
            let (requirement, clause) = ("applicant-residence".to_owned(), clause.to_owned());
            let reason = "Dữ liệu cư trú chưa cập nhật sau khi tách hộ".to_owned();
            (requirement, clause, reason)
        };
        for (clause, expected) in [
            ("theo yêu cầu", Some("citation.no-article")),
            ("Điều 22", Some("citation.no-act")),
            ("khoản 2 Điều 22 Nghị định số 123/2015/NĐ-CP", None),
        ] {
            let (requirement, clause, reason) = order(clause);
            let permit = scene.permit(&cx, id).await.unwrap();
            let command = OverrideRequirement { shown: scene.shown(id).await, requirement, clause, reason };
            let done = override_requirement::run(&cx, &scene.deps, permit, command).await;
            assert_eq!(done.err().map(|p| p.fields[0].code), expected);
        }
        let dossier = scene.dossier(id).await;
        assert_eq!((dossier.waived, dossier.overridden), (1, 1));
        ask(&scene, id, "applicant-residence").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_supplement_is_asked_for_once_and_stops_the_clock() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        receive(&scene, id).await;
        let due = scene.dossier(id).await.due_at;
        ask(&scene, id, "residence").await.unwrap();
        let waiting = scene.dossier(id).await;
        assert_eq!((waiting.state, waiting.step_unit), (DossierState::AwaitingSupplement, None));

        scene.t.clock.advance(chrono::Duration::days(2));
        let cx = scene.citizen();
        let permit = scene.permit(&cx, id).await.unwrap();
        let command =
            AnswerSupplement { dossier: id, answer: "<i>Thôn Đông</i>".to_owned(), files: Vec::new() };
        answer_supplement::run(&cx, &scene.deps, permit, command).await.unwrap();
        let resumed = scene.dossier(id).await;
        assert_eq!(resumed.state, DossierState::InProgress);
        assert_eq!((resumed.due_at - due).num_days(), 4, "two working days, over a week-end");
        assert_eq!(resumed.step_unit.as_deref(), Some("H31.10816.03"));
        assert_eq!(ask(&scene, id, "residence").await.unwrap_err().code, "supplement.only-once");
    })
    .await;
}

#[tokio::test]
async fn an_officer_of_another_office_does_not_know_the_dossier() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        let refused = scene.permit::<act::ReceiveDossier>(&scene.specialist(), id).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::Forbidden);
        let refused = scene.permit::<act::DecideDossier>(&scene.stranger(), id).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::NotFound);
    })
    .await;
}
