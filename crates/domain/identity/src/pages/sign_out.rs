//! `/sign-out`: ends the session here, then at VNeID.

use crate::module::Deps;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use d06_audit::Entry;
use d06_http::{AppProblem, Form, RequestCx, SessionToken};
use serde_json::json;

pub(crate) async fn sign_out(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    session: SessionToken,
    _form: Form<()>,
) -> Result<Response, AppProblem> {
    let principal = cx.require_principal()?;
    let tx = deps.platform.db.begin().await?;
    let cookie = deps.platform.sessions.sign_out(&tx, &session).await?;
    let entry = Entry {
        action: "session.end",
        subject: None,
        object: format!("account:{}", principal.account),
        unit: principal.unit.clone(),
        details: json!({}),
    };
    d06_audit::append(&cx, &tx, entry).await?;
    tx.commit().await?;
    let to = deps.provider.sign_out_url(&cx).await.unwrap_or_else(|| "/".to_owned());
    Ok((cookie, Redirect::to(&to)).into_response())
}
