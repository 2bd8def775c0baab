//! Bringing a database to the shape that the program needs.

use crate::backend::Backend;
use crate::connect::{Db, Synchronous, postgres_options, postgres_pool, sqlite_options, sqlite_pool};
use crate::problem::problem;
use d06_kernel::Problem;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTraitSelf, SchemaManager};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The PostgreSQL advisory lock that keeps two servers from migrating at once; any number, chosen once.
const MIGRATION_LOCK: i64 = 0x6430_3664_6231;

/// The migrations, handed to SeaORM's runner as often as it asks for the list.
struct Migrations(Vec<Arc<dyn MigrationTrait>>);

impl MigratorTraitSelf for Migrations {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        self.0.iter().map(|migration| Box::new(Whole(migration.clone())) as Box<dyn MigrationTrait>).collect()
    }
}

/// A migration that happens whole or not at all, on SQLite too.
struct Whole(Arc<dyn MigrationTrait>);

impl MigrationName for Whole {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
#[allow(elided_lifetimes_in_paths, reason = "the trait declares the method with the lifetime left out")]
impl MigrationTrait for Whole {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(self.0.use_transaction().unwrap_or(true))
    }
}

impl Db {
    /// Applies the migrations that the database has not seen, in the order given, each in a transaction, over
    /// one connection that is closed afterwards. Servers that start together take turns.
    ///
    /// # Errors
    /// `database.migration-name-twice`, `database.unreachable`, `database.references-broken` (a
    /// migration left rows that refer to nothing), or `internal` with the database's error.
    pub async fn migrate(url: &str, migrations: Vec<Box<dyn MigrationTrait>>) -> Result<(), Problem> {
        let mut names = BTreeSet::new();
        if let Some(twice) = migrations.iter().find(|migration| !names.insert(migration.name().to_owned())) {
            return Err(Problem::invalid("database.migration-name-twice").with("name", twice.name()));
        }
        let migrations = Migrations(migrations.into_iter().map(Arc::from).collect());
        let connection = match Backend::of_url(url)? {
            Backend::Sqlite => {
                // Off while tables are rebuilt, as SQLite's manual wants; checked below.
                let options = sqlite_options(url, Synchronous::Full)?.foreign_keys(false);
                sqlite_pool(options, 1).await?
            }
            Backend::Postgres => postgres_pool(postgres_options(url)?, 1).await?,
        };
        let outcome = apply(&connection, &migrations).await;
        connection.close().await.map_err(problem)?;
        outcome
    }
}

async fn apply(connection: &DatabaseConnection, migrations: &Migrations) -> Result<(), Problem> {
    match Backend::from(connection.get_database_backend()) {
        Backend::Sqlite => {
            migrations.up(connection, None).await.map_err(problem)?;
            let broken = connection.query_all_raw(statement(connection, "PRAGMA foreign_key_check")).await;
            match broken.map_err(problem)?.len() {
                0 => Ok(()),
                rows => Err(Problem::conflict("database.references-broken").with("rows", rows)),
            }
        }
        Backend::Postgres => {
            // The lock belongs to the session, which is the pool's only connection, and ends with it.
            let lock = format!("SELECT pg_advisory_lock({MIGRATION_LOCK})");
            connection.execute_raw(statement(connection, &lock)).await.map_err(problem)?;
            migrations.up(connection, None).await.map_err(problem)
        }
    }
}

fn statement(connection: &DatabaseConnection, sql: &str) -> sea_orm::Statement {
    sea_orm::Statement::from_string(connection.get_database_backend(), sql)
}
