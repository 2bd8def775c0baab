//! A person disputes a read; the standing office answers.

use crate::support::{OFFICE, World, citizen, count, migrations, number, official, question};
use d06_authz::{Authz, Kind, Permit, Resource, act};
use d06_db::sea_orm::{ConnectionTrait, DbBackend, Statement};
use d06_db::{Backend, Db};
use d06_events::Bus;
use d06_kernel::port::population::{PersonField, PopulationDirectory};
use d06_kernel::{Cx, ProblemKind, Role};
use d06_people::model::AccessId;
use d06_people::ops::answer_dispute::{self, AnswerDispute};
use d06_people::ops::dispute_access::{self, DisputeAccess};
use d06_synth::demo;
use d06_testkit::both;

async fn only_access(db: &Db) -> AccessId {
    let tx = db.read().await.unwrap();
    let backend = if db.backend() == Backend::Sqlite { DbBackend::Sqlite } else { DbBackend::Postgres };
    let statement = Statement::from_string(backend, "SELECT id FROM people_access_record");
    AccessId(tx.query_one_raw(statement).await.unwrap().unwrap().try_get("", "id").unwrap())
}

fn read_of_mai(access: AccessId) -> Resource {
    Resource::new(Kind::AccessRecord, access).owned_by([number(demo::MAI)]).in_unit(OFFICE)
}

fn may_dispute(cx: &Cx, access: AccessId) -> Permit<act::DisputeAccess> {
    Authz::new().unwrap().permit(cx, &read_of_mai(access)).unwrap()
}

#[tokio::test]
async fn a_read_is_disputed_once_and_answered_once() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let officer = official(&world.cx, Role::OneStopOfficer);
        let asked = question(demo::MAI, "dossier.examine", &[PersonField::Name]);
        world.door.look_up(&officer, asked).await.unwrap();
        let access = only_access(&test.db).await;
        let mai = citizen(&world.cx, demo::MAI);
        let bus = Bus::default();

        let tx = test.db.begin().await.unwrap();
        let wordless = DisputeAccess { access, reason: " \n ".to_owned() };
        let problem =
            dispute_access::run(&mai, &tx, &bus, may_dispute(&mai, access), wordless).await.unwrap_err();
        assert_eq!(problem.fields[0].field, "reason");
        let command = DisputeAccess { access, reason: "Tôi không nộp hồ sơ <b>nào</b>.".to_owned() };
        let id =
            dispute_access::run(&mai, &tx, &bus, may_dispute(&mai, access), command.clone()).await.unwrap();
        tx.commit().await.unwrap();
        let tx = test.db.begin().await.unwrap();
        let again =
            dispute_access::run(&mai, &tx, &bus, may_dispute(&mai, access), command).await.unwrap_err();
        assert_eq!((again.kind, again.code), (ProblemKind::Conflict, "access.already-disputed"));
        drop(tx);
        assert_eq!(count(&test.db, "events_event WHERE kind = 'access.disputed'").await, 1);

        let police = official(&world.cx, Role::StandingOffice);
        for expected in [None, Some("access.already-answered")] {
            let permit = Authz::new().unwrap().permit(&police, &read_of_mai(access)).unwrap();
            let command =
                AnswerDispute { dispute: id, upheld: true, text: "Đọc nhầm người.".to_owned() };
            let tx = test.db.begin().await.unwrap();
            let answered = answer_dispute::run(&police, &tx, &bus, permit, command).await;
            assert_eq!(answered.err().map(|problem| problem.code), expected);
            tx.commit().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_disputes_anothers_read_and_no_clerk_answers() {
    both(migrations, |test| async move {
        let access = AccessId(uuid::Uuid::from_u128(1));
        let authz = Authz::new().unwrap();
        let nam = citizen(&test.cx, demo::NAM);
        let refused = authz.permit::<act::DisputeAccess>(&nam, &read_of_mai(access)).unwrap_err();
        assert_eq!(refused.kind, ProblemKind::NotFound);
        let clerk = official(&test.cx, Role::OneStopOfficer);
        assert!(authz.permit::<act::AnswerDispute>(&clerk, &read_of_mai(access)).is_err());
    })
    .await;
}
