//! Sessions: how they begin, what they remember, how they end.

use crate::site::Site;
use axum::http::StatusCode;
use chrono::Duration;
use d06_http::migrations;
use d06_kernel::Role;
use d06_testkit::both;
use std::sync::atomic::Ordering;

const UNIT: Option<&str> = Some("H31.10816.04");

async fn status(site: &Site, path: &str, session: &str) -> StatusCode {
    site.get(path, session).await.status
}

#[tokio::test]
async fn each_audience_is_admitted_to_its_own() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let citizen = site.sign_in(None).await;
        let official = site.sign_in(UNIT).await;
        assert_eq!(status(&site, "/mine", &citizen).await, StatusCode::OK);
        assert_eq!(status(&site, "/work", &citizen).await, StatusCode::NOT_FOUND);
        assert_eq!(status(&site, "/mine", &official).await, StatusCode::NOT_FOUND);
        assert_eq!(status(&site, "/work", &official).await, StatusCode::OK);
        assert!(site.get("/work", &official).await.body.contains("Trung tâm phục vụ hành chính công"));
        assert_eq!(status(&site, "/mine", "d06_session=forged").await, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn an_unused_session_ends() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let session = site.sign_in(None).await;
        for _ in 0..3 {
            site.clock.advance(Duration::minutes(50));
            assert_eq!(status(&site, "/mine", &session).await, StatusCode::OK);
        }
        site.clock.advance(Duration::minutes(60));
        assert_eq!(status(&site, "/mine", &session).await, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_half_a_day_in_any_case() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let session = site.sign_in(None).await;
        for _ in 0..23 {
            site.clock.advance(Duration::minutes(30));
            assert_eq!(status(&site, "/mine", &session).await, StatusCode::OK);
        }
        site.clock.advance(Duration::minutes(30));
        assert_eq!(status(&site, "/mine", &session).await, StatusCode::SEE_OTHER);
        let tx = site.platform.db.begin().await.unwrap();
        let later = site.platform.system_cx("test");
        site.clock.advance(Duration::hours(2));
        assert_eq!(site.platform.sessions.sweep(&later, &tx).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_roles_counts_within_a_minute_or_at_once() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let session = site.sign_in(UNIT).await;
        assert_eq!(status(&site, "/work", &session).await, StatusCode::OK);
        *site.people.roles.lock().unwrap() = vec![Role::Auditor];
        assert_eq!(status(&site, "/work", &session).await, StatusCode::OK);
        site.clock.advance(Duration::seconds(60));
        assert_eq!(status(&site, "/work", &session).await, StatusCode::NOT_FOUND);
        site.people.closed.store(true, Ordering::Relaxed);
        site.clock.advance(Duration::seconds(60));
        assert_eq!(status(&site, "/work", &session).await, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let session = site.sign_in(None).await;
        let token = site.token(&session).await;
        let answer = site.post("/test-sign-out", &session, &format!("csrf={token}")).await;
        assert_eq!(answer.cookie("d06_session"), "d06_session=");
        assert_eq!(status(&site, "/mine", &session).await, StatusCode::SEE_OTHER);
        // A form left open in that session says that one has to sign in, and keeps what was typed.
        let late = site.post("/form", &session, &format!("csrf={token}&reason=late")).await;
        assert_eq!(late.status, StatusCode::UNAUTHORIZED);
        assert!(late.body.contains("late") && late.body.contains("/sign-in"));
    })
    .await;
}

#[tokio::test]
async fn signing_in_gives_a_new_token_and_ends_the_visit() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let first = site.sign_in(None).await;
        let answer = site.get("/test-sign-in", &first).await;
        assert_ne!(answer.cookie("d06_session"), first);
        assert_eq!(answer.cookie("d06_visit"), "d06_visit=");
    })
    .await;
}
