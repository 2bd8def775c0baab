//! The PostgreSQL that the machine has, and the user it may run as.

use crate::cluster::ClusterError;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Folders that hold one folder per version (Debian, Red Hat, Homebrew).
const VERSIONED: [&str; 4] = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt"];

/// The newest installed PostgreSQL and how to run its programs.
pub(crate) struct Installed {
    bin: PathBuf,
    /// The user and group to become; `None` when this program is not root.
    owner: Option<(u32, u32)>,
}

impl Installed {
    pub(crate) fn find() -> Result<Self, ClusterError> {
        let bin = newest_bin().ok_or(ClusterError::NotInstalled)?;
        let owner = if id(&["-u"])? == 0 {
            let user = ["postgres", "nobody"].into_iter().find(|user| id(&["-u", user]).is_ok());
            let user = user.ok_or(ClusterError::NotInstalled)?;
            Some((id(&["-u", user])?, id(&["-g", user])?))
        } else {
            None
        };
        Ok(Self { bin, owner })
    }

    /// The full path of a program of this PostgreSQL.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }

    /// Gives a folder to the user that the server runs as.
    pub(crate) fn own(&self, folder: &Path) -> std::io::Result<()> {
        match self.owner {
            Some((user, group)) => std::os::unix::fs::chown(folder, Some(user), Some(group)),
            None => Ok(()),
        }
    }

    /// A command that runs as that user in `folder` and leaves no open pipe behind in a child that outlives
    /// it.
    pub(crate) fn command(&self, program: impl AsRef<Path>, folder: &Path) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(folder).env("LC_ALL", "C").env("HOME", folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }
}

/// A number that `id` prints.
fn id(arguments: &[&str]) -> Result<u32, ClusterError> {
    let output = Command::new("id").args(arguments).output()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().map_err(|_| ClusterError::NotInstalled)
}

fn newest_bin() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for parent in VERSIONED {
        for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let version = name.trim_start_matches("postgresql@").trim_start_matches("pgsql-");
            let bin = entry.path().join("bin");
            if let Ok(version) = version.parse()
                && bin.join("initdb").is_file()
            {
                found.push((version, bin));
            }
        }
    }
    found.into_iter().max().map(|(_, bin)| bin)
}
