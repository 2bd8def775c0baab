//! Filing: once, whole, with what was wrong told field by field.

use crate::scene::{MARITAL_STATUS, Scene, migrations};
use d06_authz::act;
use d06_kernel::time::local_date;
use d06_kernel::{Problem, ProblemKind};
use d06_procedures::model::DossierCode;
use d06_procedures::model::dossier::DossierState;
use d06_procedures::ops::print_receipt;
use d06_procedures::store::{dossier, part};

fn codes(problem: &Problem) -> Vec<(&str, &str)> {
    problem.fields.iter().map(|f| (f.field.as_str(), f.code)).collect()
}

#[tokio::test]
async fn a_dossier_is_filed_with_code_proofs_and_due_date() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        let dossier = scene.dossier(id).await;
        let code: DossierCode = dossier.code.parse().unwrap();
        assert_eq!((code.agency(), code.tail()), ("H31.10816", "0001"));
        assert_eq!(dossier.procedure, MARITAL_STATUS);
        assert_eq!(dossier.state, DossierState::Submitted);
        assert_eq!(
            (dossier.requirements, dossier.waived),
            (2, 2),
            "identity and residence are proven by data"
        );
        // Filed on Monday, three working days: Thursday.
        assert_eq!(local_date(dossier.due_at).to_string(), "2026-06-18");
        let read = scene.deps.db.read().await.unwrap();
        let steps = part::list_steps(&read, id).await.unwrap();
        assert!(steps[0].started_at.is_some() && steps[0].due_at.unwrap() <= dossier.due_at);
        assert_eq!(part::list_entries(&read, id).await.unwrap()[0].kind, "submitted");
    })
    .await;
}

#[tokio::test]
async fn submitting_twice_gives_one_dossier() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let draft = scene.ready_draft().await;
        let (one, other) = tokio::join!(scene.submit(&cx, draft), scene.submit(&cx, draft));
        assert_eq!(one.unwrap(), other.unwrap());
        let read = scene.deps.db.read().await.unwrap();
        let page = d06_db::PageRequest::default();
        let number = cx.principal().unwrap().number;
        assert_eq!(dossier::list_of(&read, &number, &page).await.unwrap().items.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_dossiers_of_a_day_have_two_codes() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let (first, second) = (scene.filed().await, scene.filed().await);
        assert!(scene.dossier(first).await.code.ends_with("-0001"));
        assert!(scene.dossier(second).await.code.ends_with("-0002"));
    })
    .await;
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let id = scene.ready_draft().await;
        let long = "a".repeat(400);
        let wrong = [
            ("name", "<script>alert(1)</script>"),
            ("birth-date", "30/02/1990"),
            ("residence", long.as_str()),
            ("purpose", "other"),
            ("true", ""),
        ];
        scene.save(&cx, id, 1, &wrong).await.unwrap();
        let refused = scene.submit(&cx, id).await.unwrap_err();
        assert_eq!(
            codes(&refused),
            [
                ("name", "answer.not-a-name"),
                ("birth-date", "date.not-a-day"),
                ("residence", "answer.longer-than"),
                ("purpose-detail", "field.required"),
                ("true", "field.required"),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_stale_page_files_nothing() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let id = scene.ready_draft().await;
        let permit = scene.draft_permit::<act::SubmitDossier>(&cx, id).await.unwrap();
        let command = d06_procedures::ops::submit_dossier::SubmitDossier { draft: id, version: 0 };
        let refused =
            d06_procedures::ops::submit_dossier::run(&cx, &scene.deps, permit, command).await.unwrap_err();
        assert_eq!(refused.code, "draft.changed");
    })
    .await;
}

#[tokio::test]
async fn a_dossier_is_nobody_elses() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.filed().await;
        let refused = scene.permit::<act::ViewDossier>(&scene.stranger(), id).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::NotFound);
        assert!(scene.permit::<act::ViewDossier>(&scene.citizen(), id).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_receipt_is_printed_once_and_kept() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let id = scene.filed().await;
        for _ in 0..2 {
            let permit = scene.permit::<act::ViewDossier>(&cx, id).await.unwrap();
            let pdf = print_receipt::run(&cx, &scene.deps, permit, id).await.unwrap();
            assert!(pdf.starts_with(b"%PDF"));
        }
        let printed = scene.printer.printed.lock().unwrap();
        assert_eq!(printed.len(), 1);
        assert_eq!(printed[0].place, "Hà Bắc");
        assert!(printed[0].papers.iter().all(|paper| paper.waived.is_some()));
        assert!(printed[0].lookup_url.starts_with("http://127.0.0.1:8600/lookup/"));
    })
    .await;
}
