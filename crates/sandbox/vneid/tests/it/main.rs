//! The stand-in over real HTTP.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use d06_kernel::Cx;
use d06_sandbox_vneid::{Account, Accounts, Provider, Settings, serve};
use reqwest::{Client, StatusCode, redirect::Policy};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

const RETURN: &str = "http://127.0.0.1:8600/sign-in/callback";
const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-long";

struct Server {
    origin: String,
    http: Client,
}

impl Server {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let account = Account {
            number: "030142000105".parse().unwrap(),
            name: "Bùi Thị <b>Sen</b>".to_owned(),
            birth: "1942".parse().unwrap(),
            level: 2,
            listed_as: Some(("Công dân".to_owned(), "Citizen".to_owned())),
        };
        let settings = Settings::demo(&origin, "http://127.0.0.1:8600");
        let provider = Provider::new(settings, Accounts::new([account]), Cx::of_machine()).unwrap();
        tokio::spawn(serve(listener, provider, std::future::pending()));
        Self { origin, http: Client::builder().redirect(Policy::none()).build().unwrap() }
    }

    fn request(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, String)> {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut request = vec![
            ("response_type", "code".to_owned()),
            ("client_id", "dean06".to_owned()),
            ("redirect_uri", RETURN.to_owned()),
            ("scope", "openid".to_owned()),
            ("state", "the-state".to_owned()),
            ("nonce", "the-nonce".to_owned()),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256".to_owned()),
            ("account", "030142000105".to_owned()),
        ];
        for (name, value) in changes {
            request.retain(|(held, _)| held != name);
            request.push((name, (*value).to_owned()));
        }
        request
    }

    async fn location(&self, changes: &[(&'static str, &'static str)]) -> Url {
        let response = self
            .http
            .post(format!("{}/auth", self.origin))
            .form(&Self::request(changes))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        response.headers()["location"].to_str().unwrap().parse().unwrap()
    }

    async fn code(&self) -> String {
        parameter(&self.location(&[]).await, "code")
    }

    async fn redeem(&self, code: &str, verifier: &str, secret: &str) -> (StatusCode, Value) {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", RETURN),
            ("code_verifier", verifier),
        ];
        let request = self.http.post(format!("{}/token", self.origin)).basic_auth("dean06", Some(secret));
        let response = request.form(&form).send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }
}

fn parameter(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

const SECRET: &str = "dean06-sandbox-secret";

#[tokio::test]
async fn a_person_signs_in_and_the_birth_date_may_be_a_year() {
    let server = Server::start().await;
    let (status, tokens) = server.redeem(&server.code().await, VERIFIER, SECRET).await;
    assert_eq!(status, StatusCode::OK);
    let request = server.http.get(format!("{}/userinfo", server.origin));
    let person: Value = request
        .bearer_auth(tokens["access_token"].as_str().unwrap())
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(person["SoDinhDanh"], "030142000105");
    assert_eq!(person["NgayThangNamSinh"], "1942");
    assert_eq!(person["MucDoDinhDanh"], "2");
}

#[tokio::test]
async fn a_code_works_once_and_only_with_its_verifier_and_secret() {
    let server = Server::start().await;
    let code = server.code().await;
    assert_eq!(server.redeem(&code, VERIFIER, "wrong").await.1["error"], "invalid_client");
    assert_eq!(server.redeem(&code, VERIFIER, SECRET).await.0, StatusCode::OK);
    assert_eq!(server.redeem(&code, VERIFIER, SECRET).await.1["error"], "invalid_grant");
    let code = server.code().await;
    assert_eq!(server.redeem(&code, "another-verifier", SECRET).await.1["error"], "invalid_grant");
}

#[tokio::test]
async fn what_is_not_registered_is_not_redirected_to() {
    let server = Server::start().await;
    for change in [("redirect_uri", "https://evil.invalid/"), ("client_id", "stranger")] {
        let request = server.http.post(format!("{}/auth", server.origin)).form(&Server::request(&[change]));
        assert_eq!(request.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
    }
    assert_eq!(
        parameter(&server.location(&[("code_challenge_method", "plain")]).await, "error"),
        "invalid_request"
    );
    assert_eq!(parameter(&server.location(&[("cancel", "1")]).await, "error"), "access_denied");
}

#[tokio::test]
async fn the_page_escapes_what_it_is_given() {
    let server = Server::start().await;
    let request = server.http.get(format!("{}/auth", server.origin));
    let query = Server::request(&[("state", "\"><script>alert(1)</script>")]);
    let page = request.query(&query).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("lang=\"vi\"") && !page.contains("<script>") && !page.contains("<b>Sen"));
}

#[tokio::test]
async fn faults_are_bounded_and_end() {
    let server = Server::start().await;
    let control = format!("{}/_fault", server.origin);
    let play = |body: Value| server.http.post(&control).json(&body).send();
    let refused = play(serde_json::json!({"mode": "slow", "ms": 999_999})).await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    play(serde_json::json!({"mode": "down", "count": 1})).await.unwrap();
    let keys = format!("{}/jwks", server.origin);
    assert_eq!(server.http.get(&keys).send().await.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(server.http.get(&keys).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_rotation_keeps_the_previous_key_published() {
    let server = Server::start().await;
    server.http.post(format!("{}/_keys/rotate", server.origin)).send().await.unwrap();
    let keys: Value =
        server.http.get(format!("{}/jwks", server.origin)).send().await.unwrap().json().await.unwrap();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
}
