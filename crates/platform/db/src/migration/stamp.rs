//! A migration as data.

use sea_orm::DbErr;
use sea_orm::sea_query::{
    Alias, ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement, Index, IndexCreateStatement,
    IndexDropStatement, TableCreateStatement,
};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};
use std::future::Future;
use std::pin::Pin;

type Step = Box<dyn for<'a> Fn(&'a SchemaManager<'a>) -> Done<'a> + Send + Sync>;
type Done<'a> = Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 'a>>;

enum Part {
    Table(Box<TableCreateStatement>),
    Index(Box<IndexCreateStatement>),
    Step(Step),
}

/// A migration: a name stamped with the day, and its parts, done in order in one transaction on both
/// databases.
pub struct Stamp {
    name: &'static str,
    parts: Vec<Part>,
}

impl Stamp {
    /// A migration without parts. The name, `yyyymmdd_nnnn_table`, is what the database remembers: never
    /// change it.
    pub fn new(name: &'static str) -> Self {
        Self { name, parts: Vec::new() }
    }

    /// Makes a table.
    #[must_use]
    pub fn table(mut self, table: &mut TableCreateStatement) -> Self {
        self.parts.push(Part::Table(Box::new(table.take())));
        self
    }

    /// Makes an index; see [`index`] and [`unique`].
    #[must_use]
    pub fn index(mut self, index: IndexCreateStatement) -> Self {
        self.parts.push(Part::Index(Box::new(index)));
        self
    }

    /// Does anything else, such as [`rebuild_table`](super::rebuild_table) or filling a new column.
    #[must_use]
    pub fn step<F>(mut self, step: F) -> Self
    where
        F: for<'a> Fn(&'a SchemaManager<'a>) -> Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 'a>>
            + Send
            + Sync
            + 'static,
    {
        self.parts.push(Part::Step(Box::new(step)));
        self
    }

    /// As the list of a module wants it.
    pub fn boxed(self) -> Box<dyn MigrationTrait> {
        Box::new(self)
    }
}

impl MigrationName for Stamp {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
#[allow(elided_lifetimes_in_paths, reason = "the trait declares the method with the lifetime left out")]
impl MigrationTrait for Stamp {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for part in &self.parts {
            match part {
                Part::Table(table) => manager.create_table(TableCreateStatement::clone(table)).await?,
                Part::Index(index) => manager.create_index(IndexCreateStatement::clone(index)).await?,
                Part::Step(step) => step(manager).await?,
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The name of a unique constraint over columns: `table_column_column_key`, as PostgreSQL itself would call
/// it.
pub fn key_name(table: &str, columns: &[&str]) -> String {
    format!("{table}_{}_key", columns.join("_"))
}

/// A unique index with the name that [`problem_with`](crate::problem_with) reports on both databases.
pub fn unique(table: &str, columns: &[&str]) -> IndexCreateStatement {
    over(table, columns, &key_name(table, columns)).unique().take()
}

/// An index named `table_column_column_idx`.
pub fn index(table: &str, columns: &[&str]) -> IndexCreateStatement {
    over(table, columns, &format!("{table}_{}_idx", columns.join("_")))
}

/// Drops what [`index`] made.
pub fn drop_index(table: &str, columns: &[&str]) -> IndexDropStatement {
    let name = format!("{table}_{}_idx", columns.join("_"));
    let mut index = Index::drop();
    index.name(name).table(Alias::new(table));
    index
}

fn over(table: &str, columns: &[&str], name: &str) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}

/// A foreign key from a column to the `id` of another table, named `table_column_fkey`; it forbids removing
/// the row that is referred to.
pub fn foreign_key(table: &str, column: &str, to: &str) -> ForeignKeyCreateStatement {
    foreign_key_to(table, column, to, "id")
}

/// As [`foreign_key`], to a unique column of another name.
pub fn foreign_key_to(table: &str, column: &str, to: &str, key: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}_fkey"))
        .from(Alias::new(table), Alias::new(column))
        .to(Alias::new(to), Alias::new(key))
        .on_delete(ForeignKeyAction::Restrict)
        .take()
}
