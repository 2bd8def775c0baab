//! The whole site, put together and served.

use crate::extract::Request;
use crate::layers::{Gate, enter};
use crate::meters::Meters;
use crate::module::Module;
use crate::own;
use crate::platform::Platform;
use crate::problem::AppProblem;
use crate::route::{RouteInfo, Routes};
use crate::site::Site;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use d06_kernel::Problem;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

/// Answers smaller than this are not worth compressing, in bytes.
const COMPRESS_ABOVE: u64 = 1024;

/// The site: a router for the server and for tests, and the list of its routes.
pub struct App {
    /// Answers requests.
    pub router: Router,
    /// Every route of every module, sorted by path.
    pub routes: Vec<RouteInfo>,
    /// The description of all calls.
    pub openapi: OpenApi,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("routes", &self.routes).finish_non_exhaustive()
    }
}

impl App {
    /// Puts the modules' routes together.
    pub fn new(platform: &Platform, modules: Vec<Module>) -> Self {
        let mut openapi = described();
        let mut router = Router::new();
        let mut routes = Vec::new();
        let mut add = |module: Routes| {
            let (more, list) = module.into_parts();
            router = std::mem::take(&mut router).merge(more);
            routes.extend(list);
        };
        add(own::routes(platform.clone()));
        for module in modules {
            add(module.routes);
            openapi.merge(module.openapi);
        }
        routes.sort_by(|left, right| (left.path, &left.method).cmp(&(right.path, &right.method)));
        let site = Arc::new(Site::new(&routes, Meters::new(&platform.metrics)));
        let gate = Gate { platform: platform.clone(), site };
        let described = serde_json::to_string(&openapi).unwrap_or_default();
        let router = router
            .fallback(unknown)
            .method_not_allowed_fallback(unknown)
            .layer(middleware::from_fn_with_state(gate, enter))
            .layer(compression())
            .layer(DefaultBodyLimit::max(platform.settings.upload_limit))
            .merge(own::machine_routes(platform.clone(), described));
        Self { router, routes, openapi }
    }
}

/// Serves the site until `shutdown` completes, then answers what is under way and returns.
pub async fn serve(
    platform: &Platform,
    modules: Vec<Module>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let app = App::new(platform, modules);
    let service = app.router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(shutdown).await
}

async fn unknown(_: Request) -> AppProblem {
    Problem::not_found().into()
}

/// Pages and JSON are compressed; what is already compressed (PDF, pictures, fonts) is not.
fn compression() -> CompressionLayer<impl Predicate> {
    // Pages are made anew for each reader: speed counts more than the last per cent of size.
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(
        SizeAbove::new(COMPRESS_ABOVE)
            .and(NotForContentType::const_new("application/pdf"))
            .and(NotForContentType::const_new("application/octet-stream"))
            .and(NotForContentType::IMAGES),
    )
}

fn described() -> OpenApi {
    let info = InfoBuilder::new()
        .title("dean06")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Cổng dịch vụ từ dữ liệu. Problems are answered as problem+json (RFC 9457)."))
        .build();
    OpenApiBuilder::new().info(info).build()
}
