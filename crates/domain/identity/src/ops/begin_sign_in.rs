//! A person wants to sign in: remember the attempt, say where to send the browser.

use crate::oidc::{AuthorizationRequest, Provider};
use crate::store;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use d06_db::Db;
use d06_kernel::{Cx, Problem};
use sha2::{Digest, Sha256};

/// How long an attempt may take.
pub(crate) const PATIENCE: Duration = Duration::minutes(10);

/// The attempt.
#[derive(Debug)]
pub struct Begun {
    /// Where to send the browser.
    pub url: String,
    /// What the browser keeps, to show at the callback that it began this attempt.
    pub browser_secret: String,
}

/// Begins an attempt that leads to `next` (a path of our own).
///
/// # Errors
/// `vneid.unavailable` when the provider was never reached and does not answer now.
pub async fn run(cx: &Cx, db: &Db, provider: &Provider, next: &str) -> Result<Begun, Problem> {
    let random = || URL_SAFE_NO_PAD.encode(cx.randomness().bytes::<32>());
    let (state, nonce, verifier, browser_secret) = (random(), random(), random(), random());
    let request =
        AuthorizationRequest { state: &state, nonce: &nonce, verifier: &verifier, language: cx.locale.tag() };
    let url = provider.authorization_url(cx, &request).await?;
    let attempt = store::attempt::Attempt {
        state,
        browser: hash(&browser_secret),
        nonce,
        verifier,
        next: next.to_owned(),
        created_at: cx.now(),
    };
    let tx = db.begin().await?;
    store::attempt::sweep(&tx, cx.now() - PATIENCE).await?;
    store::attempt::add(&tx, attempt).await?;
    tx.commit().await?;
    Ok(Begun { url, browser_secret })
}

/// What we keep of the browser's secret.
pub(crate) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}
