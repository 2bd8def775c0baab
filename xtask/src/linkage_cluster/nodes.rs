//! Programs, data and processes of a trial.

use super::{cargo, folder};
use crate::bench::process;
use crate::shell;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How often something awaited is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// In which a process must be up, and an executor known to the scheduler.
const UP: Duration = Duration::from_secs(30);
const SEED: &str = "7";

/// Where everything is: the programs, the registers and what comes out.
pub(super) struct Files {
    programs: PathBuf,
    /// The folder that the machines share.
    pub(super) data: PathBuf,
    people: PathBuf,
    register: PathBuf,
    spec: PathBuf,
}

impl Files {
    /// Builds the programs and makes the registers, unless they are there.
    pub(super) fn prepare(people: usize, rows: usize) -> Result<Self, String> {
        cargo(&["build", "--profile", "trial", "--bins", "--example", "registers"])?;
        let programs = shell::target().join("trial");
        let data = shell::target().join(format!("cluster/{people}"));
        let (population, register) = (data.join("people.parquet"), data.join("land.parquet"));
        if !register.exists() {
            let arguments =
                ["land".to_owned(), people.to_string(), rows.to_string(), SEED.to_owned(), text(&data)];
            shell::run(&text(&programs.join("examples/registers")), arguments)?;
        }
        let spec = shell::root().join("bench/linkage/land.toml");
        Ok(Self { programs, data, people: population, register, spec })
    }

    /// A file of the trial.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.data.join(name)
    }

    /// Runs the job on this machine alone.
    pub(super) fn here(&self, name: &str) -> Result<Linked, String> {
        let mut command = self.command("here");
        self.job(&mut command, name);
        Linked::of(self, command, name)
    }

    fn job(&self, command: &mut Command, name: &str) {
        command
            .arg("--spec")
            .arg(&self.spec)
            .arg("--left")
            .arg(&self.people)
            .arg("--right")
            .arg(&self.register);
        command.arg("--out").arg(self.file(&format!("{name}.parquet")));
        command.arg("--report").arg(self.file(&format!("{name}.html")));
        command.args(["--quiet", "--lang", "en", "--threads", "1"]);
    }

    fn command(&self, what: &str) -> Command {
        let mut command = Command::new(self.programs.join("dean06-cluster"));
        command.arg(what).current_dir(folder()).stdin(Stdio::null());
        command
    }
}

/// A job under way, or done.
pub(super) struct Linked {
    process: Process,
    links: PathBuf,
    report: PathBuf,
    began: Instant,
}

impl Linked {
    fn of(files: &Files, command: Command, name: &str) -> Result<Self, String> {
        let (links, report) = (files.file(&format!("{name}.parquet")), files.file(&format!("{name}.html")));
        for file in [&links, &report] {
            // It is not there at the first run.
            let _none = std::fs::remove_file(file);
        }
        let process = Process::start(command, &files.file(&format!("{name}.log")))?;
        Ok(Self { process, links, report, began: Instant::now() })
    }

    /// Waits for its end; how long it took.
    pub(super) fn finish(&mut self, within: Duration) -> Result<Duration, String> {
        let status = self.process.wait(within)?;
        if !status.success() {
            return Err(format!("{} ended with {status}:\n{}", self.links.display(), self.process.said()));
        }
        Ok(self.began.elapsed())
    }

    /// Whether links and report are the same bytes.
    pub(super) fn is_same(&self, other: &Self) -> Result<bool, String> {
        let read = |path: &Path| std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
        Ok(read(&self.links)? == read(&other.links)? && read(&self.report)? == read(&other.report)?)
    }
}

/// A scheduler and its executors on loopback, each executor with one slot.
pub(super) struct Nodes<'a> {
    files: &'a Files,
    port: u16,
    scheduler: Process,
    /// The executors.
    pub(super) executors: Vec<Process>,
}

impl<'a> Nodes<'a> {
    /// Starts them and waits until the executors are known.
    pub(super) fn start(files: &'a Files, port: u16, executors: u16) -> Result<Self, String> {
        let mut command = files.command("scheduler");
        command.args(["--port", &port.to_string(), "--patience", "5"]);
        let scheduler = Process::start(command, &files.file("scheduler.log"))?;
        scheduler.until("listening on", 1)?;
        let mut nodes = Self { files, port, scheduler, executors: Vec::new() };
        for number in 0..executors {
            let mut command = files.command("executor");
            command.arg("--data").arg(&files.data).args(["--slots", "1"]);
            command.args(["--scheduler", &nodes.address()]);
            command.args(["--port", &(port + 1 + 2 * number).to_string()]);
            let executor = Process::start(command, &files.file(&format!("executor-{number}.log")))?;
            executor.until("registration succeed", 1)?;
            nodes.executors.push(executor);
        }
        Ok(nodes)
    }

    /// Submits the job, the register cut into pieces of so many rows.
    pub(super) fn link(&self, name: &str, rows: usize) -> Result<Linked, String> {
        let mut command = self.files.command("link");
        self.files.job(&mut command, name);
        command.arg("--data").arg(&self.files.data).args(["--scheduler", &self.address()]);
        command.args(["--rows", &rows.to_string(), "--patience", "60"]);
        command.arg("--times").arg(self.files.file(&format!("{name}.times.json")));
        Linked::of(self.files, command, name)
    }

    /// What the scheduler and the executors wrote, for who looks for the reason of a failure.
    pub(super) fn said(&self) -> String {
        let all = std::iter::once(&self.scheduler).chain(&self.executors);
        all.map(|process| format!("{}:\n{}", process.log.display(), process.said())).collect()
    }

    fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

/// A process that ends with its value, and the file that it writes its log to.
pub(super) struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    fn start(mut command: Command, log: &Path) -> Result<Self, String> {
        let file = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
        let shown = format!("{command:?}");
        let child = command.stdout(Stdio::null()).stderr(file).spawn();
        let child = child.map_err(|error| format!("{shown}: {error}"))?;
        Ok(Self { child, log: log.to_owned() })
    }

    /// What it has written.
    pub(super) fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Pieces that it has linked.
    pub(super) fn pieces(&self) -> usize {
        self.said().matches("linked piece").count()
    }

    /// Seconds of processors that it has used.
    pub(super) fn processor(&self) -> f64 {
        process::processor(self.child.id()).unwrap_or_default()
    }

    /// Waits until it has written these words so often.
    pub(super) fn until(&self, words: &str, times: usize) -> Result<(), String> {
        let began = Instant::now();
        while self.said().matches(words).count() < times {
            if began.elapsed() > UP {
                return Err(format!("{} never said `{words}`:\n{}", self.log.display(), self.said()));
            }
            std::thread::sleep(LOOK);
        }
        Ok(())
    }

    /// Ends it without a word, as a power failure would.
    pub(super) fn kill(&mut self) -> Result<(), String> {
        self.child.kill().and_then(|()| self.child.wait()).map(drop).map_err(|error| error.to_string())
    }

    fn wait(&mut self, within: Duration) -> Result<ExitStatus, String> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().map_err(|error| error.to_string())? {
                return Ok(status);
            }
            if began.elapsed() > within {
                self.kill()?;
                return Err(format!("not done in {within:?}: {}\n{}", self.log.display(), self.said()));
            }
            std::thread::sleep(LOOK);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Gone already, or ended here: either way it is no more.
        let _gone = self.kill();
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
