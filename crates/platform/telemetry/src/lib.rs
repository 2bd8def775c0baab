#![doc = include_str!("../README.md")]

mod metrics;

pub use metrics::{Counter, Histogram, Metrics};

use tracing_subscriber::{EnvFilter, fmt};

/// The filter is not of the form `info,d06_http=debug`.
#[derive(Debug, thiserror::Error)]
#[error("log filter: {0}")]
pub struct BadFilter(#[from] tracing_subscriber::filter::ParseError);

/// Starts logging to standard error. A second call changes nothing.
///
/// # Errors
/// The filter cannot be read.
pub fn start_logging(filter: &str, json: bool) -> Result<(), BadFilter> {
    let builder =
        fmt().with_env_filter(EnvFilter::try_new(filter)?).with_writer(std::io::stderr).with_target(true);
    // Already started (a test, an embedding program): the first one stays.
    let _started = if json { builder.json().try_init() } else { builder.compact().try_init() };
    Ok(())
}
