//! A private PostgreSQL cluster; it stops with the value.

use crate::shell::{self, Outcome};

/// What a cluster is for, as `d06-testkit-cluster` names it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Fast, forgets at a power failure.
    Tests,
    /// As durable as in production.
    Bench,
}

/// A running cluster.
pub(crate) struct Cluster {
    kind: Kind,
    url: String,
}

impl Cluster {
    /// Starts it unless it runs. The program that does it must have been built.
    pub(crate) fn start(kind: Kind) -> Result<Self, String> {
        let output = shell::output(&program(), arguments("start", kind))?;
        let url = String::from_utf8_lossy(&output).trim().to_owned();
        Ok(Self { kind, url })
    }

    /// The URL of a new, empty database of this name.
    pub(crate) fn fresh_database(&self, name: &str) -> Result<String, String> {
        for statement in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            shell::run("psql", ["--quiet", "--no-psqlrc", &self.url, "--command", &statement])?;
        }
        Ok(self.url.replacen("/postgres?", &format!("/{name}?"), 1))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(message) = stop(self.kind) {
            eprintln!("xtask: {message}");
        }
    }
}

fn stop(kind: Kind) -> Outcome {
    shell::run(&program(), arguments("stop", kind))
}

fn arguments(word: &'static str, kind: Kind) -> impl IntoIterator<Item = &'static str> {
    std::iter::once(word).chain((kind == Kind::Bench).then_some("--bench"))
}

fn program() -> String {
    shell::target().join("debug/d06-testkit-cluster").to_string_lossy().into_owned()
}
