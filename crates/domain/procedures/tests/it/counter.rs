//! Filing for a person who stands at the counter.

use crate::office::{ask, receive};
use crate::scene::{MARITAL_STATUS, NAM, Scene, migrations};
use d06_authz::{Kind, Resource, act};
use d06_kernel::{Cx, Problem};
use d06_procedures::model::dossier::Channel;
use d06_procedures::ops::answer_supplement::{self, AnswerSupplement};
use d06_procedures::ops::assist_filing::{self, AssistFiling, Presented};
use d06_procedures::ops::open_draft::NEW;
use d06_procedures::ops::print_receipt;
use d06_procedures::store::assistance;
use d06_procedures::store::draft::DraftId;
use std::sync::atomic::Ordering;

const CARD: &str = "030085001234|140012345|Nguyễn Văn Nam|07031985|Nam|Thôn Đông, xã Hà Bắc|10052021";

async fn assist(scene: &Scene, cx: &Cx, person: Presented, ground: &str) -> Result<DraftId, Problem> {
    let resource = Resource::new(Kind::Draft, NEW).in_unit(&scene.deps.commune);
    let permit = scene.authz.permit::<act::AssistFiling>(cx, &resource)?;
    let (procedure, ground) = (MARITAL_STATUS.to_owned(), ground.to_owned());
    assist_filing::run(cx, &scene.deps, permit, AssistFiling { procedure, person, ground }).await
}

fn card() -> Presented {
    Presented::Card(Box::new(CARD.parse().unwrap()))
}

fn typed(number: &str, birth: &str) -> Presented {
    Presented::Typed { number: number.parse().unwrap(), birth: birth.parse().unwrap() }
}

fn code(problem: Problem) -> &'static str {
    problem.fields.first().map_or(problem.code, |field| field.code)
}

#[tokio::test]
async fn a_person_without_a_phone_is_helped_and_sees_by_whom() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let officer = scene.receiver();
        let draft = assist(&scene, &officer, card(), "elderly").await.unwrap();
        assert_eq!(assist(&scene, &officer, card(), "elderly").await.unwrap(), draft, "the same while open");
        let own = scene.open_draft(&scene.citizen()).await.unwrap();
        assert_ne!(own, draft, "what the person types at home is theirs");
        let opened = scene.draft(draft).await;
        assert_eq!(opened.owner.as_str(), NAM);
        assert_eq!(opened.answers.get("name").map(String::as_str), Some("Nguyễn Văn Nam"));

        let answers = [("purpose", "loan"), ("true", "yes")];
        assert!(scene.save(&scene.specialist(), draft, 0, &answers).await.is_err(), "another role");
        scene.save(&officer, draft, 0, &answers).await.unwrap();
        let id = scene.submit(&officer, draft).await.unwrap();
        let dossier = scene.dossier(id).await;
        assert_eq!((dossier.channel, dossier.applicant.as_str()), (Channel::Counter, NAM));

        let given = assistance::find(&scene.deps.db.read().await.unwrap(), draft).await.unwrap().unwrap();
        assert_eq!((&*given.ground, &*given.means, &*given.unit), ("elderly", "card", "H31.10816.01"));
        let citizen = scene.citizen();
        let permit = scene.permit(&citizen, id).await.unwrap();
        print_receipt::run(&citizen, &scene.deps, permit, id).await.unwrap();
        let printed = scene.printer.printed.lock().unwrap();
        assert_eq!(printed[0].officer.as_deref(), Some("Nguyễn Văn Nam"), "the officer of this scene");
    })
    .await;
}

#[tokio::test]
async fn the_counter_goes_on_with_the_card_when_the_population_database_is_silent() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        scene.population.down.store(true, Ordering::SeqCst);
        let draft = assist(&scene, &scene.receiver(), card(), "no-device").await.unwrap();
        let opened = scene.draft(draft).await;
        for (field, value) in [("birth-date", "07/03/1985"), ("residence", "Thôn Đông, xã Hà Bắc")] {
            assert_eq!(opened.prefill[field].value, value);
            assert_eq!(opened.prefill[field].source, "card");
        }
    })
    .await;
}

#[tokio::test]
async fn a_slip_of_typing_opens_nobody_elses_data() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let officer = scene.receiver();
        let wrong = assist(&scene, &officer, typed(NAM, "08/03/1985"), "elderly").await.unwrap_err();
        assert_eq!(code(wrong), "counter.birth-differs");
        assert_eq!(scene.population.asked.load(Ordering::SeqCst), 1, "asked for the date of birth alone");
        assist(&scene, &officer, typed(NAM, "1985"), "elderly").await.unwrap();
        let unknown = assist(&scene, &officer, card(), "because").await.unwrap_err();
        assert_eq!(code(unknown), "field.required");
        let own = assist(&scene, &officer, typed("030080000001", "01/01/1980"), "elderly").await.unwrap_err();
        assert_eq!(code(own), "counter.own-case");
        assert!(assist(&scene, &scene.specialist(), card(), "elderly").await.is_err());
        assert!(assist(&scene, &scene.citizen(), card(), "elderly").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_brought_to_the_counter() {
    d06_testkit::both(migrations, |t| async move {
        let scene = Scene::open(t);
        let officer = scene.receiver();
        let draft = assist(&scene, &officer, card(), "elderly").await.unwrap();
        scene.save(&officer, draft, 0, &[("purpose", "loan"), ("true", "yes")]).await.unwrap();
        let helped = scene.submit(&officer, draft).await.unwrap();
        let online = scene.filed().await;
        for (id, allowed) in [(helped, true), (online, false)] {
            receive(&scene, id).await;
            ask(&scene, id, "purpose").await.unwrap();
            let permit = scene.permit(&officer, id).await.unwrap();
            let answer = "Vay vốn làm nhà".to_owned();
            let command = AnswerSupplement { dossier: id, answer, files: Vec::new() };
            let done = answer_supplement::run(&officer, &scene.deps, permit, command).await;
            assert_eq!(done.is_ok(), allowed, "{done:?}");
        }
    })
    .await;
}
