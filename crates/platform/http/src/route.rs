//! Routes with their audience, as values that can be listed, compared and walked.

use crate::extract::Request;
use crate::problem::AppProblem;
use axum::extract::State;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use serde::Serialize;

/// Who may come to a route at all. What one may do there is decided by a permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Everybody.
    Public,
    /// Every signed-in person.
    SignedIn,
    /// A signed-in person who acts as a citizen.
    Citizen,
    /// An official with one of these roles in the unit of the session.
    Roles(&'static [Role]),
}

impl Who {
    /// Whether the caller belongs to the audience: `sign-in.required` for nobody, `not-found` for the wrong one
    /// (who may not learn that the address exists).
    pub fn admit(self, cx: &Cx) -> Result<(), Problem> {
        let principal = match (self, cx.principal()) {
            (Self::Public, _) => return Ok(()),
            (_, None) => return Err(Problem::new(ProblemKind::SignInRequired, "sign-in.required")),
            (_, Some(principal)) => principal,
        };
        let admitted = match self {
            Self::Public | Self::SignedIn => true,
            Self::Citizen => !principal.is_official(),
            Self::Roles(roles) => roles.iter().any(|role| principal.has(*role)),
        };
        if admitted { Ok(()) } else { Err(Problem::not_found()) }
    }
}

/// What a route answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RouteKind {
    /// Pages for people; problems become pages.
    Page,
    /// JSON for programs; problems become problem+json.
    Rest,
}

/// One line of the route list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RouteInfo {
    /// The method.
    pub method: String,
    /// The path with its parameters: `/dossiers/{id}`.
    pub path: &'static str,
    /// Who may come.
    pub who: Who,
    /// What it answers with.
    pub kind: RouteKind,
}

/// The routes of one module.
pub struct Routes<S = ()> {
    state: S,
    list: Vec<RouteInfo>,
    router: axum::Router,
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes yet; handlers take `state` through `State`.
    pub fn new(state: S) -> Self {
        Self { state, list: Vec::new(), router: axum::Router::new() }
    }

    /// Adds a page.
    #[must_use]
    pub fn page<H, T>(self, method: Method, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(method, path, who, RouteKind::Page, handler)
    }

    /// Adds a call for programs.
    #[must_use]
    pub fn rest<H, T>(self, method: Method, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(method, path, who, RouteKind::Rest, handler)
    }

    /// The routes without their state, to be merged with those of other modules.
    pub fn done(self) -> Routes {
        Routes { state: (), list: self.list, router: self.router }
    }

    /// The list.
    pub fn list(&self) -> &[RouteInfo] {
        &self.list
    }

    fn add<H, T>(mut self, method: Method, path: &'static str, who: Who, kind: RouteKind, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        // An unusual method cannot be routed; it would be a slip of the programmer and shows in the route list.
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::TRACE);
        let route: MethodRouter = on(filter, handler)
            .layer(middleware::from_fn_with_state(who, admit))
            .with_state(self.state.clone());
        self.router = self.router.route(path, route);
        self.list.push(RouteInfo { method: method.to_string(), path, who, kind });
        self
    }
}

impl Routes {
    pub(crate) fn into_parts(self) -> (axum::Router, Vec<RouteInfo>) {
        (self.router, self.list)
    }
}

impl<S> std::fmt::Debug for Routes<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.list).finish()
    }
}

async fn admit(State(who): State<Who>, request: Request, next: Next) -> Response {
    let admitted = match crate::extract::of_extensions(request.extensions()) {
        Ok(visit) => who.admit(&visit.cx),
        Err(problem) => Err(problem),
    };
    match admitted {
        Ok(()) => next.run(request).await,
        Err(problem) => AppProblem(problem).into_response(),
    }
}
