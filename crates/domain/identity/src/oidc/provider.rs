//! The provider as we know it.

use super::discovery::Discovery;
use super::keys::Keys;
use super::token::{self, Expected};
use crate::model::UserInfo;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use d06_kernel::time::Moment;
use d06_kernel::{Cx, Problem};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::sync::{Arc, PoisonError, RwLock};
use url::Url;

/// How long a description is used before we ask again; it is used on when the provider does not answer.
const FRESH: Duration = Duration::hours(1);

/// Before a browser is sent there, the provider must have answered within this time: nobody is sent to a dead page.
const ALIVE: Duration = Duration::seconds(15);

/// The largest answer we read, in bytes.
const LARGEST_ANSWER: usize = 256 * 1024;

/// How we are known to the provider.
#[derive(Clone)]
pub struct ProviderSettings {
    /// The issuer, exactly as its tokens name it.
    pub issuer: String,
    /// Our client id.
    pub client_id: String,
    /// Our client secret.
    pub client_secret: String,
    /// Where the browser comes back to.
    pub redirect_uri: String,
    /// Where the browser goes after signing out there.
    pub home: String,
    /// How long to wait for an answer.
    pub timeout: std::time::Duration,
}

/// An OpenID provider. Cloning shares what is known of it.
#[derive(Clone)]
pub struct Provider {
    settings: Arc<ProviderSettings>,
    http: reqwest::Client,
    discovery: Arc<RwLock<Option<(Discovery, Moment)>>>,
    keys: Keys,
}

/// What goes to the provider with the browser.
pub(crate) struct AuthorizationRequest<'a> {
    pub(crate) state: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) verifier: &'a str,
    pub(crate) language: &'a str,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: String,
    access_token: String,
}

impl Provider {
    /// The provider of these settings; nothing is asked yet.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(settings: ProviderSettings) -> Result<Self, Problem> {
        let http = reqwest::Client::builder()
            .timeout(settings.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(Problem::internal)?;
        Ok(Self { settings: Arc::new(settings), http, discovery: Arc::default(), keys: Keys::default() })
    }

    /// Where to send the browser.
    pub(crate) async fn authorization_url(
        &self,
        cx: &Cx,
        request: &AuthorizationRequest<'_>,
    ) -> Result<String, Problem> {
        let discovery = self.known(cx, ALIVE).await?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(request.verifier));
        let mut url = Url::parse(&discovery.authorization_endpoint).map_err(|e| bad_answer().caused_by(e))?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.settings.redirect_uri)
            .append_pair("scope", "openid profile")
            .append_pair("state", request.state)
            .append_pair("nonce", request.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256")
            .append_pair("ui_locales", request.language);
        Ok(url.into())
    }

    /// Where to send the browser to sign out there too, if the provider has such a place. We name ourselves by our
    /// client id, and not by the ID token of the sign-in, which is not kept (OpenID Connect RP-Initiated Logout 1.0
    /// §2 allows either).
    pub(crate) async fn sign_out_url(&self, cx: &Cx) -> Option<String> {
        // Signing out here has happened already: a provider that does not answer does not undo it.
        let discovery = self.discovery(cx).await.ok()?;
        let mut url = Url::parse(&discovery.end_session_endpoint?).ok()?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", &self.settings.home);
        Some(url.into())
    }

    /// Redeems a code, checks the ID token, and gives what the provider says of its subject.
    pub(crate) async fn redeem(
        &self,
        cx: &Cx,
        code: &str,
        verifier: &str,
        nonce: &str,
    ) -> Result<UserInfo, Problem> {
        let discovery = self.discovery(cx).await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.settings.redirect_uri),
            ("code_verifier", verifier),
        ];
        let request = self
            .http
            .post(&discovery.token_endpoint)
            .basic_auth(&self.settings.client_id, Some(&self.settings.client_secret))
            .form(&form);
        let answer: TokenAnswer = read(request, "vneid.code-refused").await?;
        let subject = self.verify(cx, &discovery, &answer.id_token, nonce).await?;
        let request = self.http.get(&discovery.userinfo_endpoint).bearer_auth(&answer.access_token);
        let info: UserInfo = read(request, "vneid.bad-answer").await?;
        // The answer must be about the person who signed in (OpenID Connect Core §5.3.2).
        if info.sub == subject { Ok(info) } else { Err(Problem::invalid("vneid.subject-differs")) }
    }

    async fn verify(
        &self,
        cx: &Cx,
        discovery: &Discovery,
        id_token: &str,
        nonce: &str,
    ) -> Result<String, Problem> {
        let key = self.key(cx, discovery, &token::key_id(id_token)?).await?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            audience: &self.settings.client_id,
            nonce,
            now: cx.now().timestamp(),
        };
        token::verify(id_token, &key, &expected)
    }

    /// The key of an id; asked for where we do not have it.
    async fn key(&self, cx: &Cx, discovery: &Discovery, id: &str) -> Result<Jwk, Problem> {
        if let Some(key) = self.keys.find(id) {
            return Ok(key);
        }
        let _turn = self.keys.turn().await;
        if self.keys.find(id).is_none() && self.keys.may_ask(cx.now()) {
            let set: JwkSet = read(self.http.get(&discovery.jwks_uri), "vneid.bad-answer").await?;
            self.keys.put(set);
        }
        self.keys.find(id).ok_or_else(|| Problem::invalid("vneid.key-unknown"))
    }

    async fn discovery(&self, cx: &Cx) -> Result<Discovery, Problem> {
        match self.known(cx, FRESH).await {
            Ok(discovery) => Ok(discovery),
            Err(problem) => self.kept().map(|(discovery, _)| discovery).ok_or(problem),
        }
    }

    /// The description as it was given no longer ago than `age`, or asked for now.
    async fn known(&self, cx: &Cx, age: Duration) -> Result<Discovery, Problem> {
        if let Some((discovery, at)) = self.kept()
            && cx.now() < at + age
        {
            return Ok(discovery);
        }
        let fresh = self.ask_discovery().await?;
        let mut place = self.discovery.write().unwrap_or_else(PoisonError::into_inner);
        *place = Some((fresh.clone(), cx.now()));
        Ok(fresh)
    }

    fn kept(&self) -> Option<(Discovery, Moment)> {
        self.discovery.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn ask_discovery(&self) -> Result<Discovery, Problem> {
        let address = format!("{}/.well-known/openid-configuration", self.settings.issuer);
        let discovery: Discovery = read(self.http.get(address), "vneid.bad-answer").await?;
        // OpenID Connect Discovery §4.3: the document must name the issuer it was asked of.
        if discovery.issuer == self.settings.issuer { Ok(discovery) } else { Err(bad_answer()) }
    }
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.settings.issuer).finish_non_exhaustive()
    }
}

/// Sends a request and reads its JSON answer. No answer and server errors are `vneid.unavailable`; a refusal is
/// `refusal`.
async fn read<T: DeserializeOwned>(
    request: reqwest::RequestBuilder,
    refusal: &'static str,
) -> Result<T, Problem> {
    let unavailable =
        |error: reqwest::Error| Problem::unavailable("vneid.unavailable").caused_by(error.without_url());
    let mut answer = request.send().await.map_err(unavailable)?;
    if answer.status().is_server_error() {
        return Err(Problem::unavailable("vneid.unavailable"));
    }
    if !answer.status().is_success() {
        return Err(Problem::invalid(refusal));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(unavailable)? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(bad_answer());
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(|error| bad_answer().caused_by(error))
}

fn bad_answer() -> Problem {
    Problem::invalid("vneid.bad-answer")
}
