//! Database errors as [`Problem`]s, through the names of our own constraints.
//!
//! PostgreSQL names the constraint that a row broke. SQLite names the columns (`t.a, t.b`) and, for a primary
//! key, a different result code; for a foreign key it names nothing. Both are brought to one name by the
//! convention that [`migration::unique`](crate::migration::unique) writes and PostgreSQL uses by itself:
//! `t_a_b_key`, `t_pkey`.

use d06_kernel::{Problem, ProblemKind};
use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};

/// Which problem a broken constraint means to the user: `[("procedures_dossier_code_key",
/// "dossier.code-taken")]`.
pub type Constraints = [(&'static str, &'static str)];

/// What a database said, without the values of the row.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct DatabaseError(String);

/// The kinds of failure that are not defects.
enum Failure {
    /// A unique or primary key, by name.
    Duplicate(String),
    /// A foreign key, by name where the database tells it.
    Reference(Option<String>),
    /// Another transaction was in the way; trying again may work.
    Busy,
    /// Anything else.
    Other,
}

/// The problem that a database error means, for constraints nobody described:
/// `database.duplicate` and `database.reference` (conflict, argument `constraint`), `database.busy`
/// (unavailable), `not-found`, `database.stale` (conflict: an update met no row), and `internal` for the rest.
pub fn problem(error: DbErr) -> Problem {
    problem_with(error, &[])
}

/// As [`problem`], with the code that the caller gives to a broken constraint of its own.
pub fn problem_with(error: DbErr, constraints: &Constraints) -> Problem {
    let described = |name: &str| constraints.iter().find(|(constraint, _)| *constraint == name);
    match error {
        DbErr::RecordNotFound(_) => return Problem::not_found(),
        DbErr::RecordNotUpdated => return Problem::conflict("database.stale"),
        _ => {}
    }
    let found = match classify(&error) {
        Failure::Duplicate(name) => match described(&name) {
            Some((_, code)) => Problem::conflict(code),
            None => Problem::conflict("database.duplicate").with("constraint", name),
        },
        Failure::Reference(Some(name)) => match described(&name) {
            Some((_, code)) => Problem::conflict(code),
            None => Problem::conflict("database.reference").with("constraint", name),
        },
        Failure::Reference(None) => Problem::conflict("database.reference"),
        Failure::Busy => Problem::unavailable("database.busy"),
        Failure::Other => Problem::new(ProblemKind::Internal, "internal"),
    };
    found.caused_by(DatabaseError(error.to_string()))
}

fn classify(error: &DbErr) -> Failure {
    let source = match error {
        DbErr::ConnectionAcquire(_) => return Failure::Busy,
        DbErr::Exec(RuntimeErr::SqlxError(source))
        | DbErr::Query(RuntimeErr::SqlxError(source))
        | DbErr::Conn(RuntimeErr::SqlxError(source)) => source,
        _ => return Failure::Other,
    };
    let sqlx::Error::Database(database) = source.as_ref() else { return Failure::Other };
    let code = database.code().unwrap_or_default();
    match code.as_ref() {
        // PostgreSQL, appendix A: unique_violation, foreign_key_violation, restrict_violation.
        "23505" => Failure::Duplicate(database.constraint().unwrap_or_default().to_owned()),
        "23503" | "23001" => Failure::Reference(database.constraint().map(str::to_owned)),
        // serialization_failure, deadlock_detected, lock_not_available, query_canceled by a lock timeout.
        "40001" | "40P01" | "55P03" => Failure::Busy,
        // SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_FOREIGNKEY.
        "1555" => Failure::Duplicate(sqlite_key_name(database.message(), true)),
        "2067" => Failure::Duplicate(sqlite_key_name(database.message(), false)),
        "787" => Failure::Reference(None),
        // SQLITE_CONSTRAINT_TRIGGER: how SQLite carries out ON DELETE RESTRICT.
        "1811" if database.message().contains("FOREIGN KEY") => Failure::Reference(None),
        // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_TIMEOUT.
        "5" | "6" | "261" | "517" | "773" => Failure::Busy,
        _ => Failure::Other,
    }
}

/// `UNIQUE constraint failed: t.a, t.b` → `t_a_b_key`, or `t_pkey` for a primary key. An index over expressions
/// is named by SQLite itself: `UNIQUE constraint failed: index 't_key'`.
fn sqlite_key_name(message: &str, primary: bool) -> String {
    let what = message.rsplit_once(": ").map_or(message, |(_, what)| what);
    if let Some(index) = what.strip_prefix("index '") {
        return index.trim_end_matches('\'').to_owned();
    }
    let columns: Vec<(&str, &str)> = what.split(", ").filter_map(|column| column.split_once('.')).collect();
    let Some((table, _)) = columns.first() else { return String::new() };
    if primary {
        return format!("{table}_pkey");
    }
    let names: Vec<&str> = columns.iter().map(|(_, column)| *column).collect();
    crate::migration::key_name(table, &names)
}

/// Turns database results into results with a [`Problem`].
pub trait DbResultExt<T> {
    /// Maps the error with [`problem`].
    ///
    /// # Errors
    /// The mapped error.
    fn or_problem(self) -> Result<T, Problem>;

    /// Maps the error with [`problem_with`].
    ///
    /// # Errors
    /// The mapped error.
    fn or_problem_with(self, constraints: &Constraints) -> Result<T, Problem>;
}

impl<T> DbResultExt<T> for Result<T, DbErr> {
    fn or_problem(self) -> Result<T, Problem> {
        self.map_err(problem)
    }

    fn or_problem_with(self, constraints: &Constraints) -> Result<T, Problem> {
        self.map_err(|error| problem_with(error, constraints))
    }
}

#[cfg(test)]
mod tests {
    use super::sqlite_key_name;

    #[test]
    fn sqlite_columns_become_constraint_names() {
        assert_eq!(sqlite_key_name("UNIQUE constraint failed: t.a, t.b", false), "t_a_b_key");
        assert_eq!(sqlite_key_name("UNIQUE constraint failed: t.id", true), "t_pkey");
        assert_eq!(sqlite_key_name("UNIQUE constraint failed: index 't_live_key'", false), "t_live_key");
    }
}
