//! An executor: Ballista's process with our operator in it.

use super::guard::Guard;
use super::site::Site;
use crate::operator::Codec;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::error::{BallistaError, Result};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// Where an executor listens and what it may use.
#[derive(Args, Clone, Debug)]
pub struct ExecutorOptions {
    /// The scheduler
    #[arg(long, default_value = "127.0.0.1:50050", value_name = "HOST:PORT")]
    pub scheduler: String,
    /// The folder that all machines share; files of jobs are named from here
    #[arg(long)]
    pub data: PathBuf,
    /// Address to listen on. Ballista asks for no password: listen on a private network only
    #[arg(long, default_value = "127.0.0.1")]
    pub listen: String,
    /// Name or address by which the others reach this machine
    #[arg(long, default_value = "127.0.0.1")]
    pub announce: String,
    /// Port for tasks; answers are fetched from the one after it
    #[arg(long, default_value_t = 50_051, value_parser = clap::value_parser!(u16).range(1..=65_534))]
    pub port: u16,
    /// Pieces linked at once, and threads; all cores if left out
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    pub slots: Option<u16>,
    /// Folder for answers until they are fetched; a temporary one if left out
    #[arg(long)]
    pub work: Option<PathBuf>,
}

/// Seconds between two signs of life.
const HEARTBEAT: u64 = 2;
/// Seconds after which answers that nobody fetched are removed.
const KEPT: u64 = 24 * 3600;

/// Runs an executor until it is told to stop (SIGTERM, Ctrl-C), or the scheduler is gone.
///
/// # Errors
/// If an address is in use, the scheduler cannot be reached, or the connection to it is lost.
pub async fn run_executor(options: ExecutorOptions) -> Result<()> {
    let (host, port) = host_and_port(&options.scheduler)?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let slots = options.slots.map_or(cores, usize::from);
    // One pool for all tasks of the process. Set by someone before: then it is theirs.
    let _set_before = rayon::ThreadPoolBuilder::new().num_threads(slots).build_global();
    let temporary = match &options.work {
        Some(_) => None,
        None => Some(tempfile::Builder::new().prefix("d06-executor-").tempdir()?),
    };
    let work = options.work.as_deref().or_else(|| temporary.as_ref().map(|folder| folder.path()));
    let site = Arc::new(Site::new(options.data.clone()));
    let config = ExecutorProcessConfig {
        bind_host: options.listen.clone(),
        external_host: Some(options.announce.clone()),
        port: options.port.saturating_add(1),
        grpc_port: options.port,
        scheduler_host: host,
        scheduler_port: port,
        scheduler_connect_timeout_seconds: 30,
        vcores: slots,
        task_scheduling_policy: TaskSchedulingPolicy::PushStaged,
        work_dir: work.map(|folder| folder.display().to_string()),
        job_data_ttl_seconds: KEPT,
        job_data_clean_up_interval_seconds: 600,
        executor_heartbeat_interval_seconds: HEARTBEAT,
        override_execution_engine: Some(Arc::new(Guard::default())),
        override_physical_codec: Some(Arc::new(Codec::at(site))),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await
}

fn host_and_port(address: &str) -> Result<(String, u16)> {
    let parts = address.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
    let (host, port) = parts
        .ok_or_else(|| BallistaError::Configuration(format!("{address} is not of the form HOST:PORT")))?;
    Ok((host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        assert_eq!(host_and_port("node-1.local:50050").unwrap(), ("node-1.local".to_owned(), 50_050));
        assert_eq!(host_and_port("[::1]:7").unwrap(), ("[::1]".to_owned(), 7));
        for wrong in ["node-1", "node:", "node:99999", "50050"] {
            assert!(host_and_port(wrong).is_err(), "{wrong}");
        }
    }
}
