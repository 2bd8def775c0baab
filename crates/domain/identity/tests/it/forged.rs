//! Every forged, foreign or broken answer is refused under its own name, and opens neither account nor session.

use crate::support::{MAI, World, migrations, value};
use d06_sandbox_vneid::FaultMode;
use d06_testkit::both;

#[tokio::test]
async fn each_forgery_is_refused_by_name() {
    both(migrations, |test| async move {
        let world = World::of(&test).await;
        for (mode, code) in [
            (FaultMode::AccessDenied, "sign-in.cancelled"),
            (FaultMode::WrongState, "sign-in.attempt-unknown"),
            (FaultMode::Garbage, "vneid.bad-answer"),
            (FaultMode::WrongNonce, "vneid.nonce-wrong"),
            (FaultMode::MissingNonce, "vneid.nonce-wrong"),
            (FaultMode::WrongAudience, "vneid.audience-wrong"),
            (FaultMode::WrongIssuer, "vneid.issuer-wrong"),
            (FaultMode::Expired, "vneid.token-expired"),
            (FaultMode::Future, "vneid.token-expired"),
            (FaultMode::BadSignature, "vneid.signature-wrong"),
            (FaultMode::UnknownKey, "vneid.key-unknown"),
            (FaultMode::AlgNone, "vneid.token-unreadable"),
            (FaultMode::AlgHmac, "vneid.algorithm-refused"),
            (FaultMode::WrongSubject, "vneid.subject-differs"),
            (FaultMode::WrongNumber, "vneid.number-wrong"),
            (FaultMode::WrongBirthDate, "vneid.birth-date-wrong"),
        ] {
            world.play(mode);
            assert_eq!(world.sign_in(MAI).await.unwrap_err(), code, "{mode:?}");
        }
        assert_eq!(value::<i64>(&test.db, "COUNT(*)").await, 0);
        world.play(FaultMode::None);
        world.sign_in(MAI).await.unwrap();
        assert_eq!(value::<i64>(&test.db, "COUNT(*)").await, 1);
    })
    .await;
}
