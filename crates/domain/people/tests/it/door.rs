//! No read without its record, no record without its read.

use crate::support::{World, citizen, migrations, number, official, question};
use d06_db::sea_orm::ConnectionTrait;
use d06_kernel::person::PartialDate;
use d06_kernel::port::population::{Answer, MaritalStatus, PersonField, PopulationDirectory};
use d06_kernel::{Actor, ProblemKind, Role};
use d06_sandbox_population::FaultMode;
use d06_synth::demo;
use d06_testkit::both;

const NAME: &[PersonField] = &[PersonField::Name];

#[tokio::test]
async fn an_official_reads_what_they_asked_for_and_it_is_recorded() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let cx = official(&world.cx, Role::OneStopOfficer);
        let fields = [PersonField::Name, PersonField::BirthDate, PersonField::MaritalStatus];
        let answer = world.door.look_up(&cx, question(demo::SEN, "dossier.examine", &fields)).await.unwrap();
        let Answer::Found { record, .. } = answer else { panic!("{answer:?}") };
        assert_eq!(record.name.as_deref(), Some("Bùi Thị Sen"));
        assert_eq!(record.birth_date, Some(PartialDate::Year(1942)));
        assert_eq!(record.marital_status, Some(MaritalStatus::Widowed));
        assert_eq!(record.permanent_residence, None);
        for table in ["people_access_record", "audit_entry", "events_event"] {
            assert_eq!(world.rows(table).await, 1, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_answer_has_exactly_one_record_whatever_happens() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let people = [demo::MAI, demo::NAM, demo::SEN, demo::QUAN, demo::THANH];
        let faults = [
            FaultMode::None,
            FaultMode::WrongPerson,
            FaultMode::None,
            FaultMode::Malformed,
            FaultMode::TooMuch,
            FaultMode::Down,
            FaultMode::None,
        ];
        let askers = [
            official(&world.cx, Role::Specialist),
            citizen(&world.cx, demo::MAI),
            world.cx.clone(),
            world.cx.acting_as(Actor::Anonymous),
            official(&world.cx, Role::Chairman),
        ];
        let mut answered = 0;
        for step in 0..60_usize {
            let drawn = usize::from(world.cx.randomness().bytes::<1>()[0]);
            world.play(faults[(drawn + step) % faults.len()], 0);
            let asker = &askers[drawn % askers.len()];
            let asked = question(people[step % people.len()], "dossier.resolve", NAME);
            if let Ok(Answer::Found { .. } | Answer::Unknown) = world.door.look_up(asker, asked).await {
                answered += 1;
            }
            assert_eq!(world.rows("people_access_record").await, answered, "step {step}");
            test.clock.advance(chrono::Duration::seconds(if drawn % 3 == 0 { 61 } else { 5 }));
        }
        assert!(answered > 5, "{answered}");
        assert_eq!(world.rows("audit_entry").await, answered);
        assert_eq!(world.rows("events_event").await, answered);
    })
    .await;
}

#[tokio::test]
async fn without_a_record_there_is_no_answer() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let cx = citizen(&world.cx, demo::MAI);
        let tx = test.db.begin().await.unwrap();
        tx.execute_unprepared("DROP TABLE people_dispute").await.unwrap();
        tx.execute_unprepared("DROP TABLE people_access_record").await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..2 {
            let problem =
                world.door.look_up(&cx, question(demo::MAI, "dossier.prefill", NAME)).await.unwrap_err();
            assert_eq!(problem.kind, ProblemKind::Internal);
        }
        assert_eq!(world.rows("audit_entry").await, 0);
        assert_eq!(world.rows("events_event").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_answer_from_memory_is_recorded_too_and_ages() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let cx = citizen(&world.cx, demo::MAI);
        let ask = || world.door.look_up(&cx, question(demo::MAI, "dossier.prefill", NAME));
        ask().await.unwrap();
        world.play(FaultMode::Down, 0);
        assert!(matches!(ask().await.unwrap(), Answer::Found { .. }));
        assert_eq!(world.rows("people_access_record WHERE from_cache").await, 1);
        test.clock.advance(chrono::Duration::seconds(61));
        assert!(matches!(ask().await.unwrap(), Answer::Unavailable { .. }));
        assert_eq!(world.rows("people_access_record").await, 2);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_ask_gets_nothing() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let nobody = world.cx.acting_as(Actor::Anonymous);
        let mai = citizen(&world.cx, demo::MAI);
        let chairman = official(&world.cx, Role::Chairman);
        for (cx, subject, purpose, kind) in [
            (&nobody, demo::MAI, "dossier.prefill", ProblemKind::SignInRequired),
            (&mai, demo::NAM, "dossier.prefill", ProblemKind::NotFound),
            (&chairman, demo::NAM, "dossier.examine", ProblemKind::NotFound),
            (&mai, demo::MAI, "curiosity", ProblemKind::Invalid),
            (&mai, demo::MAI, "dossier.examine", ProblemKind::NotFound),
        ] {
            let problem = world.door.look_up(cx, question(subject, purpose, NAME)).await.unwrap_err();
            assert_eq!(problem.kind, kind, "{purpose}");
        }
        let mut nameless = question(demo::MAI, "dossier.prefill", NAME);
        nameless.purpose.legal_basis.clear();
        let problem = world.door.look_up(&mai, nameless).await.unwrap_err();
        assert_eq!(problem.code, "population.purpose-incomplete");
        assert_eq!(world.rows("people_access_record").await, 0);
        assert_eq!(number(demo::MAI).to_string(), "030••••••101");
    })
    .await;
}

#[tokio::test]
async fn somebody_the_database_does_not_know_is_an_answer() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let cx = citizen(&world.cx, demo::QUAN);
        let answer = world.door.look_up(&cx, question(demo::QUAN, "dossier.prefill", NAME)).await.unwrap();
        assert_eq!(answer, Answer::Unknown);
        assert_eq!(world.rows("people_access_record WHERE outcome = 'unknown'").await, 1);
    })
    .await;
}
