//! Fresh databases, copied from a migrated template.

use crate::cluster::{ClusterKind, database_url, lock, start_cluster, state_folder};
use d06_db::sea_orm::sqlx::postgres::PgConnectOptions;
use d06_db::sea_orm::sqlx::{self, AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use d06_db::sea_orm_migration::MigrationTrait;
use d06_db::{Backend, Db};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use tempfile::TempDir;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// A database of one test.
pub(crate) enum Fresh {
    Sqlite { url: String, folder: TempDir },
    Postgres { url: String, name: String },
}

impl Fresh {
    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Sqlite { url, .. } | Self::Postgres { url, .. } => url,
        }
    }

    /// Removes it; a database that cannot be removed goes with the cluster.
    pub(crate) async fn remove(self) {
        match self {
            Self::Sqlite { folder, .. } => drop(folder),
            Self::Postgres { name, .. } => {
                if let Ok(url) = database_url(ClusterKind::Tests, "postgres")
                    && let Ok(mut admin) = connect(&url).await
                {
                    let _ = execute(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
                }
            }
        }
    }
}

/// A fresh database with the migrations applied.
pub(crate) async fn fresh<M>(backend: Backend, migrations: &M) -> Result<Fresh, Error>
where
    M: Fn() -> Vec<Box<dyn MigrationTrait>>,
{
    let list = migrations();
    let template = format!("template_{:016x}", fingerprint(&list)?);
    match backend {
        Backend::Sqlite => sqlite(&template, list).await,
        Backend::Postgres => postgres(&template, list).await,
    }
}

/// What a template depends on: the migrations' names, and the build of this test program for their content.
fn fingerprint(migrations: &[Box<dyn MigrationTrait>]) -> Result<u64, Error> {
    let program = std::env::current_exe()?;
    let built = std::fs::metadata(&program)?.modified()?;
    let mut hasher = DefaultHasher::new();
    (program, built).hash(&mut hasher);
    for migration in migrations {
        migration.name().hash(&mut hasher);
    }
    Ok(hasher.finish())
}

async fn sqlite(template: &str, migrations: Vec<Box<dyn MigrationTrait>>) -> Result<Fresh, Error> {
    let file = state_folder()?.join(format!("{template}.db"));
    {
        let _lock = lock(template)?;
        if !file.exists() {
            // Made under another name, so that a test killed in the middle leaves no half template.
            let making = file.with_extension("making");
            let _ = std::fs::remove_file(&making);
            Db::migrate(&sqlite_url(&making), migrations).await?;
            std::fs::rename(&making, &file)?;
        }
    }
    let folder = TempDir::with_prefix("d06-test-")?;
    let copy = folder.path().join("test.db");
    std::fs::copy(&file, &copy)?;
    Ok(Fresh::Sqlite { url: sqlite_url(&copy), folder })
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

async fn postgres(template: &str, migrations: Vec<Box<dyn MigrationTrait>>) -> Result<Fresh, Error> {
    let mut admin = connect(&start_cluster(ClusterKind::Tests)?).await?;
    {
        let _lock = lock(&format!("postgres_{template}"))?;
        let known = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(template);
        if known.fetch_optional(&mut admin).await?.is_none() {
            let making = format!("making_{template}");
            execute(&mut admin, format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).await?;
            execute(&mut admin, format!("CREATE DATABASE {making}")).await?;
            Db::migrate(&database_url(ClusterKind::Tests, &making)?, migrations).await?;
            execute(&mut admin, format!("ALTER DATABASE {making} RENAME TO {template}")).await?;
        }
    }
    let name = format!("test_{}", unique_name());
    execute(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
    admin.close().await?;
    Ok(Fresh::Postgres { url: database_url(ClusterKind::Tests, &name)?, name })
}

/// A name no other test process uses.
#[allow(
    clippy::disallowed_methods,
    reason = "a test's database is named before there is an operation context"
)]
fn unique_name() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

async fn connect(url: &str) -> Result<PgConnection, Error> {
    let options: PgConnectOptions = url.parse()?;
    Ok(PgConnection::connect_with(&options.disable_statement_logging()).await?)
}

/// Runs a statement made of names of our own making.
async fn execute(connection: &mut PgConnection, sql: String) -> Result<(), Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}
