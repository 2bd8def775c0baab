//! The scheduler: Ballista's own, with our codec, in memory. It reads no data.

use crate::operator::Codec;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::error::{BallistaError, Result};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::{SchedulerConfig, TaskDistributionPolicy};
use ballista_scheduler::scheduler_process::start_server;
use clap::Args;
use std::sync::Arc;

/// Where a scheduler listens, and how long it waits for an executor that gives no sign of life.
#[derive(Args, Clone, Debug)]
pub struct SchedulerOptions {
    /// Address to listen on. Ballista asks for no password: listen on a private network only
    #[arg(long, default_value = "127.0.0.1")]
    pub listen: String,
    /// Name or address by which the executors reach this machine
    #[arg(long, default_value = "127.0.0.1")]
    pub announce: String,
    /// Port
    #[arg(long, default_value_t = 50_050)]
    pub port: u16,
    /// Seconds after which an executor without a sign of life is given up and its tasks are done by others
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(5..=3600))]
    pub patience: u64,
}

/// Runs a scheduler until it is told to stop (SIGTERM, Ctrl-C).
///
/// # Errors
/// If the address is in use or is none.
pub async fn run_scheduler(options: SchedulerOptions) -> Result<()> {
    let config = SchedulerConfig {
        external_host: options.announce,
        bind_host: options.listen.clone(),
        bind_port: options.port,
        scheduling_policy: TaskSchedulingPolicy::PushStaged,
        task_distribution: TaskDistributionPolicy::RoundRobin,
        executor_timeout_seconds: options.patience,
        expire_dead_executor_interval_seconds: 1,
        no_executors_grace_period_seconds: options.patience * 3,
        override_physical_codec: Some(Arc::new(Codec::default())),
        ..SchedulerConfig::default()
    };
    let address = format!("{}:{}", options.listen, options.port);
    let address = address
        .parse()
        .map_err(|_| BallistaError::Configuration(format!("{address} is not an address to listen on")))?;
    let cluster = BallistaCluster::new_from_config(&config).await?;
    tokio::select! {
        ended = start_server(cluster, address, Arc::new(config)) => ended,
        () = told_to_stop() => Ok(()),
    }
}

/// Ends with the first Ctrl-C or SIGTERM.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}
