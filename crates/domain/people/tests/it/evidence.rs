//! What the two sources prove.

use crate::support::{World, citizen, migrations, number, official, question};
use d06_kernel::Role;
use d06_kernel::port::evidence::{EvidenceSource, Finding, ProofQuery};
use d06_people::{Claims, ElectronicIdentity, PopulationEvidence};
use d06_sandbox_population::FaultMode;
use d06_synth::demo;
use d06_testkit::both;

fn query(claim: &str, subject: &str) -> ProofQuery {
    let purpose = question(subject, "dossier.resolve", &[]).purpose;
    ProofQuery { claim: claim.to_owned(), subject: number(subject), purpose }
}

fn not_held(finding: Finding) -> String {
    match finding {
        Finding::NotHeld { reason } => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_population_database_proves_by_dated_rules() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let source = PopulationEvidence::new(world.door.clone(), Claims::shipped().unwrap(), test.cx.clock());
        let cx = official(&world.cx, Role::Specialist);
        for claim in ["identity", "residence", "kinship", "birth-registration"] {
            assert!(source.covers(claim), "{claim}");
            let finding = source.prove(&cx, &query(claim, demo::MAI)).await.unwrap();
            let Finding::Proven(proof) = finding else { panic!("{claim}: {finding:?}") };
            assert!(proof.source == "population" && proof.reference.starts_with("access:"));
            assert!(!proof.facts.is_empty() && proof.valid_until.is_some());
        }
        assert!(!source.covers("marital-status"));
        assert_eq!(world.rows("people_access_record").await, 4);
        test.clock.set("2027-03-01T02:00:00Z".parse().unwrap());
        assert!(source.covers("marital-status"));
        assert_eq!(
            not_held(source.prove(&cx, &query("identity", demo::QUAN)).await.unwrap()),
            "person-unknown"
        );
        world.play(FaultMode::Down, 0);
        let finding = source.prove(&cx, &query("identity", demo::NAM)).await.unwrap();
        assert!(matches!(finding, Finding::Unavailable { retry_at } if retry_at > world.cx.now()));
    })
    .await;
}

#[tokio::test]
async fn a_party_of_the_dossier_is_proven_without_the_applicant_reading_their_data() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        let source = PopulationEvidence::new(world.door.clone(), Claims::shipped().unwrap(), test.cx.clock());
        let finding =
            source.prove(&citizen(&world.cx, demo::MAI), &query("identity", demo::NAM)).await.unwrap();
        assert!(matches!(finding, Finding::Proven(_)));
        assert_eq!(world.rows("people_access_record WHERE kind = 'party'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_electronic_identity_proves_only_its_holder() {
    both(migrations, |test| async move {
        let source = ElectronicIdentity;
        let mai = citizen(&test.cx, demo::MAI);
        assert!(matches!(
            source.prove(&mai, &query("identity", demo::MAI)).await.unwrap(),
            Finding::Proven(_)
        ));
        assert_eq!(
            not_held(source.prove(&mai, &query("identity", demo::NAM)).await.unwrap()),
            "not-signed-in"
        );
        assert_eq!(
            not_held(source.prove(&mai, &query("residence", demo::MAI)).await.unwrap()),
            "claim-not-covered"
        );
        let job = &test.cx;
        assert_eq!(
            not_held(source.prove(job, &query("identity", demo::MAI)).await.unwrap()),
            "not-signed-in"
        );
    })
    .await;
}
