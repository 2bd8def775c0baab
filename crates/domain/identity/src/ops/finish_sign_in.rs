//! The browser comes back: check everything, open the session.

use super::begin_sign_in::{PATIENCE, hash};
use crate::model::Attributes;
use crate::oidc::Provider;
use crate::store;
use d06_audit::Entry;
use d06_db::Db;
use d06_http::{Sessions, SignInCookies};
use d06_kernel::time::local_date;
use d06_kernel::{Actor, Cx, Problem};
use serde_json::json;

/// What the browser brings.
#[derive(Debug)]
pub struct Callback {
    /// The state.
    pub state: String,
    /// The code, or the provider's error.
    pub code: Result<String, String>,
    /// The secret of the cookie.
    pub browser_secret: Option<String>,
}

/// A person signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The cookies of the session.
    pub cookies: SignInCookies,
    /// Where they wanted to go.
    pub next: String,
    /// Whether they hold roles and may choose to work as an official.
    pub may_choose: bool,
}

/// Finishes an attempt. The attempt is used up whatever comes of it.
///
/// # Errors
/// `sign-in.attempt-unknown` (expired, used, or begun in another browser); `sign-in.cancelled`; any `vneid.…`.
pub async fn run(
    cx: &Cx,
    db: &Db,
    provider: &Provider,
    sessions: &Sessions,
    callback: Callback,
) -> Result<SignedIn, Problem> {
    let unknown = || Problem::invalid("sign-in.attempt-unknown");
    let tx = db.begin().await?;
    let attempt = store::attempt::take(&tx, &callback.state).await?;
    tx.commit().await?;
    let attempt = attempt.ok_or_else(unknown)?;
    let same_browser = callback.browser_secret.is_some_and(|secret| hash(&secret) == attempt.browser);
    if !same_browser || cx.now() >= attempt.created_at + PATIENCE {
        return Err(unknown());
    }
    let code = callback.code.map_err(|_| Problem::invalid("sign-in.cancelled"))?;
    let info = provider.redeem(cx, &code, &attempt.verifier, &attempt.nonce).await?;
    let attributes = Attributes::try_from(info)?;

    let tx = db.begin().await?;
    let account = store::account::put(cx, &tx, &attributes).await?;
    let principal = account.as_citizen();
    let cx = cx.acting_as(Actor::Person(principal.clone()));
    let cookies = sessions.sign_in(&cx, &tx, &principal).await?;
    let roles = store::role::list_in_force(&tx, &account.number, local_date(cx.now())).await?;
    let entry = Entry {
        action: "session.begin",
        subject: Some(account.number),
        object: format!("account:{}", account.id),
        unit: None,
        details: json!({ "level": account.level, "provider": "vneid" }),
    };
    d06_audit::append(&cx, &tx, entry).await?;
    tx.commit().await?;
    Ok(SignedIn { cookies, next: attempt.next, may_choose: !roles.is_empty() })
}
