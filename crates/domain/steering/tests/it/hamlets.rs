//! The report of a commune with that of its hamlet below it.

use crate::reports::{decide, ha_bac, monthly, resource, send_it, value};
use crate::scene::{Scene, migrations};
use crate::tasks::{assign, id, six_clears, version};
use async_trait::async_trait;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::unit::{Official, OfficialDirectory, RoleHolder};
use d06_kernel::{Cx, Problem, Role};
use d06_steering::Deps;
use d06_steering::model::report::item::{State, Step};
use d06_steering::ops::assign_task::AssignTask;
use d06_steering::ops::report::{move_on, open, remind, send};
use std::pin::Pin;
use std::sync::{Arc, Mutex};

/// Something to be done.
type Doing = Pin<Box<dyn Future<Output = ()> + Send>>;

const HAMLET: &str = "H31.10816.T01";
const TASKS: [&str; 4] = ["tasks.on-time", "tasks.late", "tasks.in-progress", "tasks.overdue"];

fn hamlet(scene: &Scene) -> Cx {
    scene.acting(Role::StandingOffice, HAMLET)
}

/// Gives a task of the plan to the hamlet.
async fn give_it_a_task(scene: &Scene) {
    let id = id(scene, "II.2").await;
    let command = AssignTask { unit: Some(HAMLET.to_owned()), person: None, ..six_clears() };
    assign(scene, &scene.standing_office(), id, version(scene, id).await, command).await.unwrap();
}

#[tokio::test]
async fn a_commune_counts_a_task_of_its_hamlet_once() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        give_it_a_task(&scene).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let cx = ha_bac(&scene);
        let count = async || {
            let shown = monthly(&scene, &cx).await;
            TASKS.map(|key| value(&shown, key).unwrap().numerator)
        };
        let before = count().await;
        let shown = monthly(&scene, &hamlet(&scene)).await;
        let of_hamlet: i64 = TASKS.iter().map(|key| value(&shown, key).unwrap().numerator).sum();
        assert_eq!(of_hamlet, 1, "the hamlet reports its task");
        send_it(&scene, &hamlet(&scene), &shown).await.unwrap();
        decide(&scene, &cx, shown.report.id, Step::Accept, None).await.unwrap();
        assert_eq!(count().await, before);
    })
    .await;
}

/// A directory of officials that does something else before its first answer.
struct Meanwhile {
    officials: Arc<dyn OfficialDirectory>,
    first: Mutex<Option<Doing>>,
}

#[async_trait]
impl OfficialDirectory for Meanwhile {
    async fn official(
        &self,
        cx: &Cx,
        number: &PersonalNumber,
        unit: &str,
    ) -> Result<Option<Official>, Problem> {
        self.officials.official(cx, number, unit).await
    }

    async fn holders(&self, cx: &Cx, unit: &str) -> Result<Vec<RoleHolder>, Problem> {
        let first = self.first.lock().unwrap().take();
        if let Some(first) = first {
            first.await;
        }
        self.officials.holders(cx, unit).await
    }
}

#[tokio::test]
async fn what_was_accepted_while_the_sum_was_made_is_not_left_out_in_silence() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t).await;
        open::run(&scene.t.cx, &scene.deps).await.unwrap();
        let cx = ha_bac(&scene);
        let of_hamlet = monthly(&scene, &hamlet(&scene)).await;
        send_it(&scene, &hamlet(&scene), &of_hamlet).await.unwrap();
        let shown = monthly(&scene, &cx).await;
        assert!(shown.content.included.is_empty());

        let (other, deps, id) = (cx.clone(), scene.deps.clone(), of_hamlet.report.id);
        let accept = async move {
            let (report, permit) = remind::permit(&other, &deps, id).await.unwrap();
            let command =
                move_on::MoveOn { report: id, step: Step::Accept, comment: None, version: report.version };
            move_on::run(&other, &deps, permit, command).await.unwrap();
        };
        let officials = Arc::new(Meanwhile {
            officials: scene.deps.officials.clone(),
            first: Mutex::new(Some(Box::pin(accept))),
        });
        let deps = Deps { officials, ..scene.deps.clone() };
        let permit = || scene.deps.authz.permit(&cx, &resource(&shown)).unwrap();
        let (report, version) = (shown.report.id, shown.report.version);
        let refused = send::run(&cx, &deps, permit(), report, version).await.unwrap_err();
        assert_eq!(refused.code, "report.changed-meanwhile");
        assert_eq!(monthly(&scene, &cx).await.content.included.len(), 1, "it is there when one looks again");
        assert_eq!(send::run(&cx, &deps, permit(), report, version).await.unwrap(), State::Sent);
    })
    .await;
}
