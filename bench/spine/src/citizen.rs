//! A citizen with a browser: signs in, opens a form, fills it.

use crate::Failure;
use crate::connection::{Answer, Connection};
use crate::form;
use crate::latency::Latencies;
use hyper::StatusCode;
use std::net::Ipv4Addr;
use std::time::Instant;

/// The procedure that is filed: confirmation of marital status.
const PROCEDURE: &str = "1.004873";

/// A signed-in citizen.
#[derive(Clone, Debug)]
pub(crate) struct Citizen {
    pub(crate) cookies: String,
}

/// A filled draft, ready to be submitted.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) citizen: Citizen,
    pub(crate) path: String,
    pub(crate) form: String,
}

/// Latencies of the steps of filing.
#[derive(Default)]
pub(crate) struct Steps {
    pub(crate) sign_in: Latencies,
    pub(crate) open: Latencies,
    pub(crate) form: Latencies,
    pub(crate) save: Latencies,
    pub(crate) review: Latencies,
}

/// Signs a person in, through the identity provider's own pages. Each person has an address of their own.
pub(crate) async fn sign_in(port: u16, number: &str, index: usize) -> Result<Citizen, Failure> {
    let [_, b, c, d] = u32::try_from(index + 2)?.to_be_bytes();
    let from = Ipv4Addr::new(127, b, c, d);
    let mut platform = Connection::new(port, from);
    let mut provider = Connection::new(port + 1, from);
    let page = platform.get("/sign-in", "").await?;
    let mut cookies = page.cookies.clone();
    let fields = form::fields(&text(&page), "/sign-in");
    let sent = platform.post("/sign-in", &cookies.join("; "), form::encode(&fields)).await?;
    merge(&mut cookies, &sent);
    let asked = provider.get(&path_of(&sent, port + 1)?, "").await?;
    let mut fields = form::fields(&text(&asked), "/auth");
    form::set(&mut fields, "number", number);
    let granted = provider.post("/auth", "", form::encode(&fields)).await?;
    let back = platform.get(&path_of(&granted, port)?, &cookies.join("; ")).await?;
    merge(&mut cookies, &back);
    if !back.status.is_redirection() {
        return Err(format!("sign-in of a citizen answered {}", back.status).into());
    }
    Ok(Citizen { cookies: cookies.join("; ") })
}

/// Opens and fills a draft up to its review; `None` if this person cannot file without papers.
pub(crate) async fn prepare(
    connection: &mut Connection,
    citizen: &Citizen,
    port: u16,
    steps: &mut Steps,
) -> Result<Option<Draft>, Failure> {
    let cookies = &citizen.cookies;
    let page = connection.get(&format!("/procedures/{PROCEDURE}"), cookies).await?;
    let fields = form::fields(&text(&page), "/drafts");
    let at = Instant::now();
    let opened = connection.post("/drafts", cookies, form::encode(&fields)).await?;
    steps.open.add(at.elapsed());
    let draft = path_of(&opened, port)?;
    let at = Instant::now();
    let page = connection.get(&draft, cookies).await?;
    steps.form.add(at.elapsed());
    let mut fields = form::fields(&text(&page), &draft);
    form::set(&mut fields, "purpose", "loan");
    form::set(&mut fields, "true", "yes");
    form::set(&mut fields, "action", "continue");
    let at = Instant::now();
    let saved = connection.post(&draft, cookies, form::encode(&fields)).await?;
    steps.save.add(at.elapsed());
    if saved.status != StatusCode::SEE_OTHER {
        return Ok(None);
    }
    let review = path_of(&saved, port)?;
    let at = Instant::now();
    let page = connection.get(&review, cookies).await?;
    steps.review.add(at.elapsed());
    let fields = form::fields(&text(&page), "/submit");
    let ready = fields.iter().any(|(name, _)| name == "version");
    Ok(ready.then(|| Draft { citizen: citizen.clone(), path: review, form: form::encode(&fields) }))
}

fn merge(cookies: &mut Vec<String>, answer: &Answer) {
    for cookie in &answer.cookies {
        let name = cookie.split('=').next().unwrap_or_default();
        cookies.retain(|kept| kept.split('=').next() != Some(name));
        cookies.push(cookie.clone());
    }
}

/// The path an answer leads to.
fn path_of(answer: &Answer, port: u16) -> Result<String, Failure> {
    let location = answer.location.as_deref().ok_or_else(|| {
        let page: String = text(answer).chars().take(300).collect();
        format!("expected a redirect to port {port}, got {}: {page}", answer.status)
    })?;
    Ok(location.strip_prefix(&format!("http://127.0.0.1:{port}")).unwrap_or(location).to_owned())
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}
