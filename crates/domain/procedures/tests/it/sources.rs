//! Sources that are down or slow: the counter goes on, nobody is asked for paper before the legal hour.

use crate::scene::{Scene, migrations};
use d06_procedures::model::dossier::DossierState;
use d06_procedures::model::requirement::RequirementState;
use d06_procedures::store::part;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn a_silent_source_makes_the_dossier_wait_by_name_until_it_answers() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let draft = scene.ready_draft().await;
        scene.population.down.store(true, Ordering::SeqCst);
        let id = scene.submit(&scene.citizen(), draft).await.unwrap();
        let dossier = scene.dossier(id).await;
        assert_eq!((dossier.state, dossier.waived), (DossierState::AwaitingSource, 0));

        scene.t.clock.advance(chrono::Duration::minutes(11));
        scene.work().await;
        assert_eq!(scene.dossier(id).await.state, DossierState::AwaitingSource);

        scene.population.down.store(false, Ordering::SeqCst);
        scene.t.clock.advance(chrono::Duration::minutes(11));
        scene.work().await;
        let resolved = scene.dossier(id).await;
        assert_eq!((resolved.state, resolved.waived), (DossierState::Submitted, 2));
    })
    .await;
}

#[tokio::test]
async fn after_the_legal_hour_the_person_is_asked() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let draft = scene.ready_draft().await;
        scene.population.down.store(true, Ordering::SeqCst);
        let id = scene.submit(&scene.citizen(), draft).await.unwrap();
        // Eight working hours from Monday 09:00 are over on Tuesday 09:00.
        scene.t.clock.advance(chrono::Duration::hours(25));
        scene.work().await;
        assert_eq!(scene.dossier(id).await.state, DossierState::Submitted);
        let read = scene.deps.db.read().await.unwrap();
        let asked = part::list_requirements(&read, id).await.unwrap();
        let open = asked.iter().filter(|r| matches!(r.state, RequirementState::ToProvide { .. })).count();
        assert_eq!(open, 2);
    })
    .await;
}

#[tokio::test]
async fn a_slow_source_is_not_waited_for() {
    let body = |t| async move {
        let scene = Scene::open(t);
        let draft = scene.ready_draft().await;
        scene.population.slow.store(true, Ordering::SeqCst);
        let id = scene.submit(&scene.citizen(), draft).await.unwrap();
        assert_eq!(scene.dossier(id).await.state, DossierState::AwaitingSource);
    };
    d06_testkit::on(d06_db::Backend::Sqlite, &migrations, &body).await;
}
