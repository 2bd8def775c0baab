//! What readers and programs are answered.

use crate::site::{FormPage, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use d06_http::{HomePage, ProblemPage, migrations};
use d06_testkit::both;
use d06_ui::Pages;

#[tokio::test]
async fn pages_and_texts_are_whole() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let pages = Pages::new().with::<ProblemPage>().with::<HomePage>().with::<FormPage>();
        assert_eq!(site.platform.ui.check(&pages), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_led_to_sign_in_and_back() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let answer = site.get("/mine?after=1", "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), "/sign-in?next=%2Fmine%3Fafter%3D1");
        let answer = site.get("/api/v1/mine", "").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.body.contains(r#""code":"sign-in.required""#), "{}", answer.body);
    })
    .await;
}

/// A page without what differs by chance: the request id and the nonce.
fn settled(body: &str, request: &str) -> String {
    let without = body.replace(request, "");
    let (before, after) = without.split_once(r#"nonce=""#).unwrap();
    format!("{before}{}", after.split_once('"').unwrap().1)
}

#[tokio::test]
async fn unknown_and_invisible_answer_alike() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let citizen = site.sign_in(None).await;
        let invisible = site.get("/work", &citizen).await;
        let unknown = site.get("/no-such-page", &citizen).await;
        assert_eq!((invisible.status, unknown.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        let left = settled(&invisible.body, invisible.header("x-request-id"));
        let right = settled(&unknown.body, unknown.header("x-request-id"));
        assert_eq!(left, right);
        let mut names: Vec<_> = invisible.headers.keys().map(|name| name.as_str().to_owned()).collect();
        let mut others: Vec<_> = unknown.headers.keys().map(|name| name.as_str().to_owned()).collect();
        names.sort();
        others.sort();
        assert_eq!(names, others);
        // A known address with another method tells nothing either.
        assert_eq!(
            site.send(Request::put("/work").header("x-csrf", "no").body(Body::empty()).unwrap()).await.status,
            StatusCode::NOT_FOUND
        );
    })
    .await;
}

#[tokio::test]
async fn a_panic_is_a_page_with_a_number_to_tell() {
    both(migrations, async |test| {
        let answer = Site::new(&test).get("/panic", "").await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.body.contains(answer.header("x-request-id")));
        assert!(!answer.body.contains("on purpose"));
    })
    .await;
}

#[tokio::test]
async fn pages_are_shut_to_others() {
    both(migrations, async |test| {
        let answer = Site::new(&test).get("/form", "").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        let policy = answer.header("content-security-policy");
        let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0;
        assert!(answer.body.contains(&format!(r#"<script nonce="{nonce}">"#)));
        assert!(
            answer
                .headers
                .get_all("set-cookie")
                .iter()
                .all(|line| line.to_str().unwrap().contains("HttpOnly"))
        );
    })
    .await;
}

#[tokio::test]
async fn the_language_is_the_readers() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let english =
            Request::get("/form").header("accept-language", "en-GB, vi;q=0.5").body(Body::empty()).unwrap();
        assert!(site.send(english).await.body.contains(r#"<html lang="en""#));
        let page = site.get("/form", "").await;
        let visit = page.cookie("d06_visit");
        let token = site.token(&visit).await;
        let chosen = site.post("/language", &visit, &format!("csrf={token}&language=en&next=//evil")).await;
        assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/"));
        assert_eq!(chosen.cookie("d06_language"), "d06_language=en");
        assert!(site.get("/form", "d06_language=en").await.body.contains(r#"<html lang="en""#));
    })
    .await;
}

#[tokio::test]
async fn machines_find_what_they_need() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        assert_eq!(site.get("/health", "").await.body, "ok\n");
        site.get("/form", "").await;
        assert!(site.get("/metrics", "").await.body.contains("d06_http_answers_total"));
        assert!(site.get("/openapi.json", "").await.body.contains(r#""openapi":"3."#));
        let style = site.platform.ui.assets().href("style.css").unwrap();
        let answer = site.get(&style, "").await;
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(site.get("/assets/none.css", "").await.status, StatusCode::NOT_FOUND);
        let list: Vec<_> =
            site.app_routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
        assert!(
            list.contains(&"POST /language".to_owned())
                && list.is_sorted_by_key(|line| line.split_once(' ').map(|(_, path)| path.to_owned())),
            "{list:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn outages_are_told_on_every_page() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        site.platform.outages.begin("problem-unavailable", test.cx.now());
        assert!(site.get("/form", "").await.body.contains("d06-outage"));
        site.platform.outages.end("problem-unavailable");
        assert!(!site.get("/form", "").await.body.contains("d06-outage"));
    })
    .await;
}

#[tokio::test]
async fn officials_start_at_their_work() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        assert_eq!(site.get("/", "").await.status, StatusCode::OK);
        let citizen = site.sign_in(None).await;
        assert_eq!(site.get("/", &citizen).await.status, StatusCode::OK);
        let official = site.sign_in(Some("H31.10816.04")).await;
        assert_eq!(site.get("/", &official).await.header("location"), "/work");
    })
    .await;
}
