//! What the database may do wrong, and what becomes of it: no data, a reason, a time to ask again.

use crate::support::{World, citizen, migrations, question};
use d06_kernel::port::population::{Answer, PersonField, PopulationDirectory};
use d06_sandbox_population::FaultMode;
use d06_synth::demo;
use d06_testkit::{both, on};

fn reason(answer: Answer) -> String {
    match answer {
        Answer::Unavailable { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_fault_has_its_reason_and_leaves_no_record() {
    both(migrations, |test| async move {
        for (mode, ms, expected) in [
            (FaultMode::Slow, 3_000, "timeout"),
            (FaultMode::Down, 0, "unreachable"),
            (FaultMode::ExpiredKey, 0, "refused"),
            (FaultMode::WrongPerson, 0, "bad-answer"),
            (FaultMode::WrongRequest, 0, "bad-answer"),
            (FaultMode::Malformed, 0, "bad-answer"),
            (FaultMode::BadSignature, 0, "bad-answer"),
            (FaultMode::WrongBirthDate, 0, "bad-answer"),
        ] {
            let world = World::of(&test).await;
            let cx = citizen(&world.cx, demo::MAI);
            world.play(mode, ms);
            let fields = [PersonField::Name, PersonField::BirthDate];
            let answer =
                world.door.look_up(&cx, question(demo::MAI, "dossier.prefill", &fields)).await.unwrap();
            assert_eq!(reason(answer), expected, "{mode:?}");
            assert_eq!(world.rows("people_access_record").await, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_not_asked_for_is_dropped() {
    on(d06_db::Backend::Sqlite, &migrations, &|test| async move {
        let world = World::of(&test).await;
        world.play(FaultMode::TooMuch, 0);
        let cx = citizen(&world.cx, demo::MAI);
        let asked = question(demo::MAI, "dossier.prefill", &[PersonField::Name]);
        let Answer::Found { record, .. } = world.door.look_up(&cx, asked).await.unwrap() else { panic!() };
        assert!(record.name.is_some() && record.birth_date.is_none() && record.permanent_residence.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_wrong_key_of_ours_is_refused() {
    on(d06_db::Backend::Sqlite, &migrations, &|test| async move {
        let world = World::with_secret(&test, "not-the-secret").await;
        let cx = citizen(&world.cx, demo::MAI);
        let asked = question(demo::MAI, "dossier.prefill", &[PersonField::Name]);
        assert_eq!(reason(world.door.look_up(&cx, asked).await.unwrap()), "refused");
    })
    .await;
}

#[tokio::test]
async fn after_five_failures_it_is_left_alone_for_a_while() {
    on(d06_db::Backend::Sqlite, &migrations, &|test| async move {
        let world = World::of(&test).await;
        let cx = citizen(&world.cx, demo::MAI);
        let ask = || world.door.look_up(&cx, question(demo::MAI, "dossier.prefill", &[PersonField::Name]));
        world.play(FaultMode::Down, 0);
        for _ in 0..5 {
            assert_eq!(reason(ask().await.unwrap()), "unreachable");
        }
        world.play(FaultMode::None, 0);
        assert_eq!(reason(ask().await.unwrap()), "resting");
        test.clock.advance(chrono::Duration::seconds(10));
        assert!(matches!(ask().await.unwrap(), Answer::Found { .. }));
    })
    .await;
}
