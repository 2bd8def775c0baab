//! Which of the two databases.

use d06_kernel::Problem;
use sea_orm::DbBackend;

/// The kind of database behind a [`Db`](crate::Db).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backend {
    /// One file, one writer: the commune.
    Sqlite,
    /// A server shared by several copies of the program: the province.
    Postgres,
}

impl Backend {
    /// The kind that a URL names by its scheme: `sqlite:` or `postgres:` (also `postgresql:`).
    ///
    /// # Errors
    /// Any other scheme, and SQLite in memory, which would give every pooled connection a database of its
    /// own.
    pub fn of_url(url: &str) -> Result<Self, Problem> {
        match url.split_once(':') {
            Some(("sqlite", rest)) if rest.contains(":memory:") || rest.contains("mode=memory") => {
                Err(Problem::invalid("database.in-memory"))
            }
            Some(("sqlite", _)) => Ok(Self::Sqlite),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres),
            _ => Err(Problem::invalid("database.unknown-scheme")),
        }
    }
}

impl From<DbBackend> for Backend {
    fn from(backend: DbBackend) -> Self {
        // SeaORM is compiled with two drivers only; what is not SQLite is PostgreSQL.
        if backend == DbBackend::Sqlite { Self::Sqlite } else { Self::Postgres }
    }
}
