#![doc = include_str!("../README.md")]

mod answer;
mod database;
mod fault;
mod key;
mod request;
mod route;

pub use d06_fault::FaultRefused;
pub use database::Database;
pub use fault::{Fault, FaultMode};
pub use key::Key;

use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Serves the database on `listener` until `shutdown` resolves; open requests are finished first.
pub async fn serve(
    listener: TcpListener,
    database: Database,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let app = route::router(database).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(shutdown).await
}
