//! The form on the server: filled, saved, continued, contradicted.

use crate::neighbours::PDF;
use crate::scene::{Scene, migrations};
use d06_authz::act;
use d06_kernel::ProblemKind;
use d06_procedures::ops::attach_file::{self, Arrived, AttachFile};
use d06_procedures::ops::request_correction::{self, RequestCorrection};
use d06_procedures::ops::save_draft::Saved;
use d06_procedures::store::draft;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn a_form_arrives_filled_and_says_from_where() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let id = scene.open_draft(&cx).await.unwrap();
        let draft = scene.draft(id).await;
        assert_eq!(draft.answers["name"], "Nguyễn Văn Nam");
        assert_eq!(draft.prefill["residence"].source, "population");
        assert_eq!(scene.open_draft(&cx).await.unwrap(), id, "the open draft is continued");
        assert_eq!(scene.population.asked.load(Ordering::SeqCst), 1, "and nobody is asked twice");
    })
    .await;
}

#[tokio::test]
async fn an_outage_opens_the_form_without_the_data() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        scene.population.down.store(true, Ordering::SeqCst);
        let id = scene.open_draft(&scene.citizen()).await.unwrap();
        let draft = scene.draft(id).await;
        assert_eq!(draft.prefill["name"].source, "vneid");
        assert!(!draft.prefill.contains_key("residence"));
    })
    .await;
}

#[tokio::test]
async fn two_devices_lose_nothing() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let id = scene.open_draft(&cx).await.unwrap();
        assert!(matches!(scene.save(&cx, id, 0, &[("purpose", "loan")]).await.unwrap(), Saved::Kept(1)));
        let Saved::Clash(theirs) = scene.save(&cx, id, 0, &[("purpose", "property")]).await.unwrap() else {
            panic!("the slower device must be told")
        };
        assert_eq!(theirs.answers["purpose"], "loan");
        assert_eq!(scene.draft(id).await.answers["purpose"], "loan");
    })
    .await;
}

#[tokio::test]
async fn nobody_opens_anothers_draft() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let id = scene.open_draft(&scene.citizen()).await.unwrap();
        let refused = scene.save(&scene.stranger(), id, 0, &[("purpose", "loan")]).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn decomposed_names_are_kept_composed() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let id = scene.open_draft(&cx).await.unwrap();
        scene.save(&cx, id, 0, &[("name", "Nguye\u{302}\u{303}n Va\u{306}n Nam")]).await.unwrap();
        assert_eq!(scene.draft(id).await.answers["name"], "Nguyễn Văn Nam");
    })
    .await;
}

#[tokio::test]
async fn files_are_attached_and_taken_off() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let id = scene.open_draft(&cx).await.unwrap();
        let permit = scene.draft_permit::<act::EditDraft>(&cx, id).await.unwrap();
        let prepared = scene.deps.files.prepare(&cx, PDF).await.unwrap();
        let command = AttachFile {
            draft: id,
            requirement: "divorce".to_owned(),
            name: "bản án.pdf".to_owned(),
            arrived: Arrived::Whole(prepared),
        };
        attach_file::run(&cx, &scene.deps, &permit, command.clone()).await.unwrap();
        let unknown = AttachFile { requirement: "nothing".to_owned(), ..command };
        let refused = attach_file::run(&cx, &scene.deps, &permit, unknown).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::NotFound);
        let files = draft::list_files(&scene.deps.db.read().await.unwrap(), id).await.unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].media, "application/pdf");
        attach_file::remove(&scene.deps, &permit, id, files[0].id).await.unwrap();
        assert!(draft::list_files(&scene.deps.db.read().await.unwrap(), id).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_wrong_value_is_reported_and_blocks_nothing() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let cx = scene.citizen();
        let id = scene.ready_draft().await;
        let command = RequestCorrection {
            draft: id,
            field: "residence".to_owned(),
            text: "<b>Thôn Tây</b>".to_owned(),
        };
        let permit = scene.draft_permit(&cx, id).await.unwrap();
        request_correction::run(&cx, &scene.deps, permit, command).await.unwrap();
        scene.submit(&cx, id).await.unwrap();
    })
    .await;
}
