//! A document proves a claim for its owner, as long as it holds.

use crate::support::{confirmation, migrations, nam, room};
use chrono::Duration;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::document::{NewResult, ResultIssuer};
use d06_kernel::port::evidence::{EvidenceSource, Finding, ProofQuery, SourceRank};
use d06_kernel::port::population::Purpose;
use d06_testkit::both;
use serde_json::json;

fn query(claim: &str, subject: PersonalNumber) -> ProofQuery {
    let purpose = Purpose {
        code: "dossier.resolve".to_owned(),
        dossier: None,
        reference: "1.000894".to_owned(),
        legal_basis: "Nghị định số 118/2025/NĐ-CP".to_owned(),
    };
    ProofQuery { claim: claim.to_owned(), subject, purpose }
}

fn reason(finding: Finding) -> String {
    match finding {
        Finding::NotHeld { reason } => reason,
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn a_confirmation_proves_the_status_for_six_months() {
    both(migrations, |t| async move {
        let cabinet = &room(&t).cabinet;
        assert_eq!(cabinet.rank(), SourceRank::Cabinet);
        assert!(cabinet.covers("marital-status") && !cabinet.covers("residence"));
        let ask = query("marital-status", nam());
        assert_eq!(reason(cabinet.prove(&t.cx, &ask).await.unwrap()), "no-document");

        let result = confirmation(&t.cx);
        cabinet.issue(&t.cx, result.clone()).await.unwrap();
        let Finding::Proven(proof) = cabinet.prove(&t.cx, &ask).await.unwrap() else { panic!("not proven") };
        assert_eq!((proof.source.as_str(), proof.reference), ("cabinet", result.document.to_string()));
        assert!(
            proof.facts.iter().any(|(_, value)| value == "Chưa đăng ký kết hôn với ai"),
            "{:?}",
            proof.facts
        );
        // 15 June to 15 December.
        assert_eq!(proof.valid_until, Some(t.cx.now() + Duration::days(183)));

        t.clock.advance(Duration::days(182));
        assert!(matches!(cabinet.prove(&t.cx, &ask).await.unwrap(), Finding::Proven(_)));
        t.clock.advance(Duration::days(1));
        assert_eq!(reason(cabinet.prove(&t.cx, &ask).await.unwrap()), "document-expired");
    })
    .await;
}

#[tokio::test]
async fn it_proves_nothing_for_another_person_and_no_other_claim() {
    both(migrations, |t| async move {
        let cabinet = &room(&t).cabinet;
        cabinet.issue(&t.cx, confirmation(&t.cx)).await.unwrap();
        let another = query("marital-status", "030185009999".parse().unwrap());
        assert_eq!(reason(cabinet.prove(&t.cx, &another).await.unwrap()), "no-document");
        let residence = query("residence", nam());
        assert_eq!(reason(cabinet.prove(&t.cx, &residence).await.unwrap()), "no-document");
    })
    .await;
}

#[tokio::test]
async fn a_marriage_certificate_belongs_to_both_and_ends_their_confirmations() {
    both(migrations, |t| async move {
        let cabinet = &room(&t).cabinet;
        let mai: PersonalNumber = "030185001111".parse().unwrap();
        cabinet.issue(&t.cx, confirmation(&t.cx)).await.unwrap();
        cabinet.issue(&t.cx, NewResult { owners: vec![mai], ..confirmation(&t.cx) }).await.unwrap();
        let certificate = NewResult {
            kind: "marriage-certificate".to_owned(),
            owners: vec![nam(), mai],
            fields: json!({ "name": "Nguyễn Văn Nam", "partner-name": "Lê Thị Mai" }),
            ..confirmation(&t.cx)
        };
        t.clock.advance(Duration::days(1));
        cabinet.issue(&t.cx, certificate.clone()).await.unwrap();
        cabinet.issue(&t.cx, certificate).await.unwrap();
        for person in [nam(), mai] {
            let proven = cabinet.prove(&t.cx, &query("marriage", person)).await.unwrap();
            assert!(matches!(proven, Finding::Proven(_)), "{proven:?}");
            let status = cabinet.prove(&t.cx, &query("marital-status", person)).await.unwrap();
            assert_eq!(reason(status), "document-superseded");
        }
        let stranger = query("marriage", "030185009999".parse().unwrap());
        assert_eq!(reason(cabinet.prove(&t.cx, &stranger).await.unwrap()), "no-document");
    })
    .await;
}
