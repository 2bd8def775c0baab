//! The private PostgreSQL cluster that all test processes of this checkout share.

use crate::installed::Installed;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The cluster could not be started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// There is no PostgreSQL, or no user it may run as.
    #[error("PostgreSQL is not installed; on Debian and Ubuntu: apt-get install postgresql")]
    NotInstalled,
    /// A program of PostgreSQL failed.
    #[error("{program} failed; see {log}")]
    Failed {
        /// Which one.
        program: &'static str,
        /// What it wrote.
        log: String,
    },
    /// The disk.
    #[error("the cluster's folder: {0}")]
    Io(#[from] std::io::Error),
}

/// What a cluster is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterKind {
    /// Databases that live for one test: nothing waits for the disk.
    Tests,
    /// Databases that are measured: as durable as in production.
    Bench,
}

impl ClusterKind {
    fn settings(self) -> &'static str {
        match self {
            Self::Tests => {
                "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' \
                 -c max_connections=400 -c shared_buffers=128MB -c autovacuum=off -c wal_level=minimal \
                 -c max_wal_senders=0"
            }
            Self::Bench => "-c listen_addresses='' -c max_connections=100 -c shared_buffers=256MB",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Tests => "testkit",
            Self::Bench => "bench",
        }
    }
}

/// Stops the server when for half an hour no test has started and nobody is connected: a journey starts no test
/// and lasts. Arguments: process, file that tests touch, pg_ctl, data, psql, folder of the socket.
const GUARD: &str = r#"
others="select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
unused() {
    [ -z "$(find "$2" -mmin -30 2>/dev/null)" ] && [ "$("$5" -h "$6" -U dean06 -d postgres -Atqc "$others")" = 0 ]
}
while kill -0 "$1" 2>/dev/null; do
    sleep 30
    ! unused "$@" || exec "$3" -D "$4" -m immediate stop
done"#;

/// The folder with the lock and the templates of SQLite.
pub(crate) fn state_folder() -> std::io::Result<PathBuf> {
    let folder = workspace()?.join("target/testkit");
    fs::create_dir_all(&folder)?;
    folder.canonicalize()
}

/// The root of the workspace, looked for upwards from where we run: tests run in their package's folder, the task
/// runner in the root. The folder of compilation may be another one.
fn workspace() -> std::io::Result<PathBuf> {
    let here = std::env::current_dir()?;
    let root = here.ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    root.map(Path::to_path_buf).ok_or_else(|| std::io::Error::other("not inside the workspace"))
}

/// Holds the lock of a name among all test processes until it is dropped.
pub(crate) fn lock(name: &str) -> std::io::Result<File> {
    let file = File::create(state_folder()?.join(format!("{name}.lock")))?;
    file.lock()?;
    Ok(file)
}

/// The cluster's own folder: short, because a socket's path has at most 107 bytes, and outside the checkout,
/// which the server's user may not be allowed to enter.
fn cluster_folder(kind: ClusterKind) -> std::io::Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    state_folder()?.hash(&mut hasher);
    Ok(std::env::temp_dir().join(format!("d06-{}-{:08x}", kind.name(), hasher.finish() & 0xffff_ffff)))
}

/// The URL of a database of a cluster, by name.
pub(crate) fn database_url(kind: ClusterKind, name: &str) -> std::io::Result<String> {
    Ok(format!("postgres://dean06@localhost/{name}?host={}", cluster_folder(kind)?.display()))
}

/// The URL of the running cluster's maintenance database; `None` when it does not run.
///
/// # Errors
/// The state folder cannot be read.
pub fn cluster_url(kind: ClusterKind) -> Result<Option<String>, ClusterError> {
    let folder = cluster_folder(kind)?;
    let answers = UnixStream::connect(folder.join(".s.PGSQL.5432")).is_ok();
    Ok(if answers && folder.join("used").exists() { Some(database_url(kind, "postgres")?) } else { None })
}

/// Starts the cluster unless it runs, and returns the URL of its maintenance database.
///
/// # Errors
/// PostgreSQL is not installed or does not start.
pub fn start_cluster(kind: ClusterKind) -> Result<String, ClusterError> {
    let _lock = lock("cluster")?;
    let folder = cluster_folder(kind)?;
    if let Some(url) = cluster_url(kind)? {
        // The guard looks at this file's age.
        File::create(folder.join("used"))?;
        return Ok(url);
    }
    let installed = Installed::find()?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    installed.own(&folder)?;

    let data = folder.join("data");
    let mut initdb = installed.command(installed.program("initdb"), &folder);
    initdb.arg("-D").arg(&data).args([
        "-U",
        "dean06",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    run(initdb, "initdb", &folder)?;

    let mut server = installed.command(installed.program("pg_ctl"), &folder);
    let options = format!("{} -c unix_socket_directories={}", kind.settings(), folder.display());
    server.arg("-D").arg(&data).args(["-w", "-t", "30", "-l"]).arg(folder.join("server.log"));
    server.args(["-o", &options, "start"]);
    run(server, "pg_ctl", &folder)?;

    File::create(folder.join("used"))?;
    guard(&installed, &folder, &data)?;
    Ok(database_url(kind, "postgres")?)
}

/// Stops a cluster and removes it, the tests' with all templates; nothing happens when there is none.
///
/// # Errors
/// PostgreSQL is not installed or the folder cannot be removed.
pub fn stop_cluster(kind: ClusterKind) -> Result<(), ClusterError> {
    let _lock = lock("cluster")?;
    if kind == ClusterKind::Tests {
        remove_templates()?;
    }
    let folder = cluster_folder(kind)?;
    if !folder.exists() {
        return Ok(());
    }
    let installed = Installed::find()?;
    let mut stop = installed.command(installed.program("pg_ctl"), &folder);
    // It may have died already; the folder goes either way.
    let _ = stop.arg("-D").arg(folder.join("data")).args(["-w", "-m", "immediate", "stop"]).status()?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Removes the templates of SQLite databases.
fn remove_templates() -> std::io::Result<()> {
    for entry in fs::read_dir(state_folder()?)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "db") {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// Runs a program to its end with its words in `<program>.log`.
fn run(mut command: Command, program: &'static str, folder: &Path) -> Result<(), ClusterError> {
    let log = folder.join(format!("{program}.log"));
    let words = File::create(&log)?;
    command.stdout(words.try_clone()?).stderr(words);
    if command.status()?.success() {
        Ok(())
    } else {
        Err(ClusterError::Failed { program, log: log.display().to_string() })
    }
}

/// Leaves a process behind that stops a forgotten server.
fn guard(installed: &Installed, folder: &Path, data: &Path) -> Result<(), ClusterError> {
    let pid = fs::read_to_string(data.join("postmaster.pid"))?;
    let pid = pid.lines().next().unwrap_or_default().to_owned();
    let mut guard = installed.command("/bin/sh", folder);
    guard
        .args(["-c", GUARD, "guard", &pid])
        .arg(folder.join("used"))
        .arg(installed.program("pg_ctl"))
        .arg(data)
        .arg(installed.program("psql"))
        .arg(folder);
    guard.stdin(Stdio::null()).process_group(0).spawn()?;
    Ok(())
}
