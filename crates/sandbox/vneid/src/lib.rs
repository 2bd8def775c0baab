#![doc = include_str!("../README.md")]

mod account;
mod code;
mod fault;
mod key;
mod page;
mod provider;
mod route;
mod settings;
mod token;

pub use account::{Account, Accounts};
pub use d06_fault::FaultRefused;
pub use fault::{Fault, FaultMode};
pub use key::KeyError;
pub use provider::Provider;
pub use settings::{Client, Settings};

use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Serves the provider on `listener` until `shutdown` resolves; open requests are finished first.
pub async fn serve(
    listener: TcpListener,
    provider: Provider,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let app = route::router(provider).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(shutdown).await
}
