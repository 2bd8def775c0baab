//! The program under load: started here, watched, and stopped.

use crate::Failure;
use crate::connection::Connection;
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

/// How long the first answer is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running platform with its stand-ins, in one process.
pub(crate) struct Program {
    child: Child,
    id: u32,
    port: u16,
    people: usize,
    first_answer: Duration,
}

impl Program {
    /// Starts it on a new data folder, and waits for the first answer; it stops with this value.
    ///
    /// The folder is made by a first start that is stopped again: what is measured is the start of a day.
    pub(crate) async fn start(
        binary: &Path,
        data: &Path,
        database: Option<&str>,
        port: u16,
        people: usize,
    ) -> Result<Self, Failure> {
        if data.exists() {
            return Err(format!("{} exists already", data.display()).into());
        }
        Self::once(binary, data, database, port, people).await?.stop().await?;
        Self::once(binary, data, database, port, people).await
    }

    async fn once(
        binary: &Path,
        data: &Path,
        database: Option<&str>,
        port: u16,
        people: usize,
    ) -> Result<Self, Failure> {
        let mut command = Command::new(binary);
        command.args(["demo", "--quiet", "--port", &port.to_string(), "--people", &people.to_string()]);
        command.arg("--data").arg(data).stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
        if let Some(url) = database {
            command.args(["--database", url]);
        }
        let began = Instant::now();
        let child = command.spawn()?;
        let id = child.id().ok_or("the program ended at once")?;
        let mut connection = Connection::new(port, Ipv4Addr::LOCALHOST);
        while connection.get("/", "").await.is_err() {
            if began.elapsed() > PATIENCE {
                return Err("the program does not answer".into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(Self { child, id, port, people, first_answer: began.elapsed() })
    }

    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn people(&self) -> usize {
        self.people
    }

    /// From the start of the process to its first answer.
    pub(crate) fn first_answer(&self) -> Duration {
        self.first_answer
    }

    /// Resident memory of the process (`VmRSS` of proc(5)), in MiB.
    pub(crate) fn resident_mib(&self) -> Result<u64, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
    }

    /// Processor time the process has taken (`utime` and `stime` of proc(5)), in seconds.
    pub(crate) fn cpu_seconds(&self) -> Result<f64, Failure> {
        const TICKS: f64 = 100.0;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id))?;
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|f| f.parse::<f64>().ok()).ok_or("no times");
        Ok((ticks(11)? + ticks(12)?) / TICKS)
    }

    /// Asks it to end and waits for it.
    pub(crate) async fn stop(mut self) -> Result<(), Failure> {
        Command::new("kill").args(["-INT", &self.id.to_string()]).status().await?;
        self.child.wait().await?;
        Ok(())
    }
}
