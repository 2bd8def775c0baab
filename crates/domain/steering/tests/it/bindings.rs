//! The standing office says which measure answers a target.

use crate::scene::{Scene, migrations};
use d06_authz::{Permit, act};
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_steering::model::plan::Target;
use d06_steering::ops::bind_target::{self, BindTarget};
use d06_steering::ops::plan_in_force;

async fn bind(scene: &Scene, cx: &Cx, target: &Target, measure: Option<&str>) -> Result<(), Problem> {
    let (plan, _) = plan_in_force::run(cx, &scene.deps).await?;
    let permit: Permit<act::BindTarget> =
        scene.deps.authz.permit(cx, &scene.deps.resource(target.id, &plan))?;
    let command =
        BindTarget { target: target.id, measure: measure.map(str::to_owned), version: target.version };
    bind_target::run(cx, &scene.deps, permit, command).await
}

#[tokio::test]
async fn the_standing_office_binds_and_unbinds() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let cx = scene.acting(Role::StandingOffice, "H31.10816.02");
        let target = scene.target("I.6").await;
        bind(&scene, &cx, &target, Some("procedures.on-time")).await.unwrap();
        let bound = scene.target("I.6").await;
        assert_eq!(bound.measure.as_deref(), Some("procedures.on-time"));

        let stale = bind(&scene, &cx, &target, None).await.unwrap_err();
        assert_eq!(stale.code, "target.changed-meanwhile");
        bind(&scene, &cx, &bound, None).await.unwrap();
        assert_eq!(scene.target("I.6").await.measure, None);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_binds_and_unknown_measures_are_refused() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        let target = scene.target("I.6").await;
        let refused = bind(&scene, &scene.chairman(), &target, Some("procedures.on-time")).await.unwrap_err();
        assert_eq!(refused.kind, ProblemKind::Forbidden);
        let cx = scene.acting(Role::StandingOffice, "H31.10816.02");
        let unknown = bind(&scene, &cx, &target, Some("nothing.at-all")).await.unwrap_err();
        assert_eq!(unknown.fields[0].code, "target.measure-unknown");
    })
    .await;
}
