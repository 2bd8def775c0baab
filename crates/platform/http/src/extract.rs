//! What handlers can ask of a request.

use crate::problem::AppProblem;
use crate::session::SessionToken;
use crate::visit::Visit;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{Extensions, HeaderMap, request::Parts};
use d06_kernel::{Cx, Problem, ProblemKind};
use d06_ui::Frame;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

pub(crate) use axum::extract::Request;

/// The operation context of the request: `RequestCx(cx): RequestCx`.
#[derive(Clone, Debug)]
pub struct RequestCx(pub Cx);

/// The surroundings of the page this request asks for: `PageFrame(frame): PageFrame`.
#[derive(Clone, Debug)]
pub struct PageFrame(pub Frame);

/// Whether htmx asks for a part of a page only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Htmx(pub bool);

/// The address of the caller, for limits. Never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

pub(crate) fn of_extensions(extensions: &Extensions) -> Result<&Arc<Visit>, Problem> {
    extensions
        .get::<Arc<Visit>>()
        .ok_or_else(|| Problem::internal("the request did not pass through the layers"))
}

impl<S: Send + Sync> FromRequestParts<S> for RequestCx {
    type Rejection = AppProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppProblem> {
        Ok(Self(of_extensions(&parts.extensions)?.cx.clone()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PageFrame {
    type Rejection = AppProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppProblem> {
        Ok(Self(of_extensions(&parts.extensions)?.frame()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Htmx {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let boosted = parts.headers.contains_key("hx-boosted");
        Ok(Self(parts.headers.contains_key("hx-request") && !boosted))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SessionToken {
    type Rejection = AppProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppProblem> {
        let token = of_extensions(&parts.extensions)?.session_token.clone();
        token.map(Self).ok_or_else(|| Problem::new(ProblemKind::SignInRequired, "sign-in.required").into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = AppProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppProblem> {
        let behind_proxy = of_extensions(&parts.extensions)?.platform.settings.behind_proxy;
        let forwarded = if behind_proxy { last_forwarded(&parts.headers) } else { None };
        let connected =
            parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        Ok(Self(forwarded.or(connected).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}

/// The address that our own proxy saw: the last one, since those before it are the caller's word.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next()?.trim().parse().ok()
}
