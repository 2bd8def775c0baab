//! A small site of one module, on a fresh database.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use d06_authz::Authz;
use d06_db::Tx;
use d06_files::Files;
use d06_http::{
    App, AppProblem, Flash, Form, FromFields, HttpSettings, KnownPrincipal, Lifetimes, Limiter, Module,
    Outages, PageFrame, Parts, Platform, PrincipalSource, RequestCx, Routes, SessionToken, Sessions, Upload,
    Who,
};
use d06_kernel::id::AccountId;
use d06_kernel::time::SetClock;
use d06_kernel::{Cx, Locale, Principal, Problem, Role, RoleInUnit};
use d06_telemetry::Metrics;
use d06_testkit::TestDb;
use d06_ui::{FormView, Page, Ui};
use include_dir::{Dir, include_dir};
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

pub(crate) static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/tests/it/templates");
const LOCALES: &[(Locale, &str)] =
    &[(Locale::Vi, "test-done = Đã xong việc { $what }"), (Locale::En, "test-done = Done { $what }")];

/// What `identity` would know.
pub(crate) struct People {
    pub(crate) roles: Mutex<Vec<Role>>,
    pub(crate) closed: AtomicBool,
}

#[async_trait::async_trait]
impl PrincipalSource for People {
    async fn principal(
        &self,
        _: &Cx,
        _: &Tx,
        account: AccountId,
        unit: Option<&str>,
    ) -> Result<Option<KnownPrincipal>, Problem> {
        if self.closed.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let roles = self.roles.lock().unwrap().clone();
        let roles = unit.map_or_else(Vec::new, |unit| {
            roles.into_iter().map(|role| RoleInUnit { role, unit: unit.to_owned() }).collect()
        });
        Ok(Some(KnownPrincipal {
            principal: Principal {
                account,
                number: "030085001234".parse().unwrap(),
                name: "Nguyễn Văn Nam".to_owned(),
                level: 2,
                roles,
                unit: unit.map(str::to_owned),
            },
            unit_name: unit.map(|_| "Trung tâm phục vụ hành chính công".to_owned()),
        }))
    }
}

/// The page under test.
#[derive(Serialize)]
pub(crate) struct FormPage {
    form: FormView,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "test/form.html";
    fn samples() -> Vec<Self> {
        vec![Self { form: FormView::new() }]
    }
}

struct Decision {
    reason: String,
}

impl FromFields for Decision {
    fn from_fields(fields: &mut d06_http::Fields) -> Option<Self> {
        Some(Self { reason: fields.required_up_to("reason", 20)? })
    }
}

/// The site and what a test turns.
pub(crate) struct Site {
    pub(crate) router: Router,
    pub(crate) app_routes: Vec<d06_http::RouteInfo>,
    pub(crate) platform: Platform,
    pub(crate) people: Arc<People>,
    pub(crate) clock: SetClock,
    _folder: tempfile::TempDir,
}

impl Site {
    pub(crate) fn new(test: &TestDb) -> Self {
        let people =
            Arc::new(People { roles: Mutex::new(vec![Role::Specialist]), closed: AtomicBool::new(false) });
        let folder = tempfile::tempdir().unwrap();
        let source = d06_ui::Source { name: "test", templates: &TEMPLATES, locales: LOCALES };
        let platform = Platform::new(Parts {
            db: test.db.clone(),
            authz: Arc::new(Authz::new().unwrap()),
            ui: Arc::new(Ui::new(&[d06_http::source(), source]).unwrap()),
            files: Files::local(folder.path(), &[7; 32]).unwrap(),
            clock: Arc::new(test.clock.clone()),
            randomness: test.cx.randomness().clone(),
            sessions: Sessions::new(people.clone(), Lifetimes::default(), false),
            settings: HttpSettings::at("http://localhost:8600"),
            metrics: Metrics::default(),
            outages: Outages::default(),
            sign_in_limit: Limiter::new(3),
        });
        let app = App::new(&platform, vec![module(platform.clone())]);
        let (router, app_routes) = (app.router, app.routes);
        Self { router, app_routes, platform, people, clock: test.clock.clone(), _folder: folder }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    pub(crate) async fn get(&self, path: &str, cookies: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, cookies).body(Body::empty()).unwrap()).await
    }

    /// Sends a form from our own page.
    pub(crate) async fn post(&self, path: &str, cookies: &str, body: &str) -> Answer {
        self.send(
            form_request(path, cookies, body)
                .header("sec-fetch-site", "same-origin")
                .body(Body::from(body.to_owned()))
                .unwrap(),
        )
        .await
    }

    /// Signs in; the session cookie.
    pub(crate) async fn sign_in(&self, unit: Option<&str>) -> String {
        let answer = self.get(&format!("/test-sign-in?{}", unit.unwrap_or("")), "").await;
        answer.cookie("d06_session")
    }

    /// The form token on the form page.
    pub(crate) async fn token(&self, cookies: &str) -> String {
        let page = self.get("/form", cookies).await.body;
        let (_, rest) = page.split_once(r#"name="csrf" value=""#).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }
}

pub(crate) fn form_request(path: &str, cookies: &str, _: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::COOKIE, cookies)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The `name=value` of a cookie that was set.
    pub(crate) fn cookie(&self, name: &str) -> String {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
        let line = lines.into_iter().find(|line| line.starts_with(&format!("{name}="))).unwrap();
        line.split(';').next().unwrap().to_owned()
    }
}

fn module(platform: Platform) -> Module {
    let routes = Routes::new(platform)
        .page(Method::GET, "/test-sign-in", Who::Public, sign_in)
        .page(Method::POST, "/test-sign-out", Who::SignedIn, sign_out)
        .page(Method::GET, "/form", Who::Public, show)
        .page(Method::POST, "/form", Who::Public, decide)
        .page(Method::POST, "/conflict", Who::Public, conflict)
        .page(Method::POST, "/upload", Who::Public, upload)
        .page(Method::GET, "/mine", Who::Citizen, show)
        .page(Method::GET, "/work", Who::Roles(&[Role::Specialist]), show)
        .page(Method::GET, "/panic", Who::Public, panic)
        .rest(Method::GET, "/api/v1/mine", Who::SignedIn, async || "{}")
        .done();
    Module { name: "test", routes, handlers: Vec::new(), openapi: utoipa::openapi::OpenApi::default() }
}

async fn sign_in(
    State(platform): State<Platform>,
    RequestCx(cx): RequestCx,
    uri: axum::http::Uri,
) -> Result<Response, AppProblem> {
    let unit = uri.query().filter(|unit| !unit.is_empty());
    let tx = platform.db.begin().await?;
    let principal = platform_principal(&cx, unit);
    let cookies = platform.sessions.sign_in(&cx, &tx, &principal).await?;
    tx.commit().await?;
    Ok((cookies, Redirect::to("/")).into_response())
}

fn platform_principal(cx: &Cx, unit: Option<&str>) -> Principal {
    Principal {
        account: cx.new_id(),
        number: "030085001234".parse().unwrap(),
        name: String::new(),
        level: 2,
        roles: Vec::new(),
        unit: unit.map(str::to_owned),
    }
}

async fn sign_out(
    State(platform): State<Platform>,
    token: SessionToken,
    _: Form<()>,
) -> Result<Response, AppProblem> {
    let tx = platform.db.begin().await?;
    let cookie = platform.sessions.sign_out(&tx, &token).await?;
    tx.commit().await?;
    Ok((cookie, Redirect::to("/")).into_response())
}

async fn show(
    State(platform): State<Platform>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Response, AppProblem> {
    Ok(platform.ui.page(&cx, &frame, &FormPage { form: FormView::new() })?.into_response())
}

async fn decide(
    State(platform): State<Platform>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<Decision>,
) -> Result<Response, AppProblem> {
    let decision = match form.value {
        Ok(decision) => decision,
        Err(problem) => {
            let page = FormPage { form: form.typed.refuse(problem)? };
            return Ok(
                (StatusCode::UNPROCESSABLE_ENTITY, platform.ui.page(&cx, &frame, &page)?).into_response()
            );
        }
    };
    Ok((Flash::success("test-done").with("what", decision.reason), Redirect::to("/form")).into_response())
}

async fn conflict(_: Form<()>) -> Result<Response, AppProblem> {
    Err(Problem::conflict("database.stale").into())
}

async fn upload(upload: Upload) -> Result<Response, AppProblem> {
    let files: Vec<String> =
        upload.files.iter().map(|file| format!("{}:{}", file.name, file.bytes.len())).collect();
    Ok(files.join(",").into_response())
}

async fn panic() -> Response {
    panic!("on purpose")
}
