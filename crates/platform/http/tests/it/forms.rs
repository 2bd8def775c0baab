//! Forms: whose they are, what is wrong with them, what was typed.

use crate::site::{Site, form_request};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use d06_http::migrations;
use d06_testkit::both;

#[tokio::test]
async fn a_form_without_its_token_or_from_elsewhere_is_refused() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let session = site.sign_in(None).await;
        let token = site.token(&session).await;
        let good = format!("csrf={token}&reason=ok");
        assert_eq!(site.post("/form", &session, "reason=ok").await.status, StatusCode::FORBIDDEN);
        assert_eq!(site.post("/form", &session, "csrf=wrong&reason=ok").await.status, StatusCode::FORBIDDEN);
        for (name, value) in
            [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")]
        {
            let request = form_request("/form", &session, &good)
                .header(name, value)
                .body(Body::from(good.clone()))
                .unwrap();
            assert_eq!(site.send(request).await.status, StatusCode::FORBIDDEN, "{name}: {value}");
        }
        assert_eq!(site.post("/form", &session, &good).await.status, StatusCode::SEE_OTHER);
        // The token of one session is worth nothing in another.
        let other = site.sign_in(None).await;
        assert_eq!(site.post("/form", &other, &good).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_comes_back_with_what_is_wrong() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let visit = site.get("/form", "").await.cookie("d06_visit");
        let token = site.token(&visit).await;
        let typed = "A%20reason%20that%20is%20much%20too%20long%20%3Cb%3E";
        let answer = site.post("/form", &visit, &format!("csrf={token}&reason={typed}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("A reason that is much too long &lt;b&gt;"), "{}", answer.body);
        assert!(answer.body.contains("Chỉ được nhập tối đa 20 ký tự"));
        assert!(answer.body.contains(r##"href="#reason""##));
    })
    .await;
}

#[tokio::test]
async fn a_conflict_shows_what_happened_and_what_was_typed() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let visit = site.get("/form", "").await.cookie("d06_visit");
        let token = site.token(&visit).await;
        let form = format!("csrf={token}&reason=Enough+papers&version=417&next=/carried");
        let answer = site.post("/conflict", &visit, &form).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("Enough papers"));
        assert!(answer.body.contains("Người khác vừa thay đổi"));
        for untyped in [token.as_str(), "417", "/carried"] {
            assert!(!answer.body.contains(&format!(">{untyped}<")), "nobody typed {untyped}");
        }
    })
    .await;
}

#[tokio::test]
async fn words_for_the_next_page_show_once() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let visit = site.get("/form", "").await.cookie("d06_visit");
        let token = site.token(&visit).await;
        let answer = site.post("/form", &visit, &format!("csrf={token}&reason=một")).await;
        let notice = answer.cookie("d06_notice");
        let next = site.get("/form", &format!("{visit}; {notice}")).await;
        assert!(next.body.contains("Đã xong việc một"));
        assert_eq!(next.cookie("d06_notice"), "d06_notice=");
    })
    .await;
}

#[tokio::test]
async fn a_form_with_files_carries_its_token_too() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let visit = site.get("/form", "").await.cookie("d06_visit");
        let token = site.token(&visit).await;
        let send = async |token: &str| {
            let body = format!(
                "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--b\r\n\
                 Content-Disposition: form-data; name=\"paper\"; filename=\"a.pdf\"\r\n\r\nhello\r\n--b--\r\n"
            );
            let request = Request::post("/upload")
                .header(header::COOKIE, &visit)
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
                .body(Body::from(body))
                .unwrap();
            site.send(request).await
        };
        assert_eq!(send("wrong").await.status, StatusCode::FORBIDDEN);
        let answer = send(&token).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "a.pdf:5"));
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused() {
    both(migrations, async |test| {
        let site = Site::new(&test);
        let visit = site.get("/form", "").await.cookie("d06_visit");
        let answer = site.post("/form", &visit, &"a".repeat(1024 * 1024 + 1)).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    })
    .await;
}
