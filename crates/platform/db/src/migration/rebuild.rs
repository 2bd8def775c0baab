//! Changing a table in ways that SQLite's `ALTER TABLE` does not know.

use sea_orm::sea_query::{Alias, IndexCreateStatement, Query, Table, TableCreateStatement};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::SchemaManager;

/// Makes `table` anew after `definition` and moves its rows, on SQLite by the procedure of its manual
/// (<https://www.sqlite.org/lang_altertable.html#otheralter>): new table, copy, drop, rename. On PostgreSQL
/// the same would break the foreign keys of other tables, so there the caller's `alter` runs instead.
///
/// `definition` makes a table of the same name; `kept` are the columns copied (a column left out is dropped, a
/// new one needs a default); `indexes` are all indexes the table shall have. Foreign keys of other tables go
/// on pointing to it: the migration runner switches their enforcement off and checks them all at the end.
///
/// # Errors
/// The database's.
pub async fn rebuild_table<F>(
    manager: &SchemaManager<'_>,
    definition: &TableCreateStatement,
    kept: &[&str],
    indexes: &[IndexCreateStatement],
    alter: F,
) -> Result<(), DbErr>
where
    F: AsyncFnOnce(&SchemaManager<'_>) -> Result<(), DbErr>,
{
    if manager.get_database_backend() != DbBackend::Sqlite {
        return alter(manager).await;
    }
    let table = definition
        .get_table_name()
        .ok_or_else(|| DbErr::Migration("rebuild_table: the definition has no table name".to_owned()))?
        .clone();
    let fresh = Alias::new("rebuild_table_fresh");
    let connection = manager.get_connection();

    let mut made = definition.clone();
    manager.create_table(made.table(fresh.clone()).take()).await?;
    let columns = || kept.iter().map(|column| Alias::new(*column));
    let mut copy = Query::insert();
    copy.into_table(fresh.clone()).columns(columns());
    copy.select_from(Query::select().columns(columns()).from(table.clone()).take())
        .map_err(|error| DbErr::Migration(error.to_string()))?;
    connection.execute(&copy).await?;
    manager.drop_table(Table::drop().table(table.clone()).take()).await?;
    manager.rename_table(Table::rename().table(fresh, table).take()).await?;
    for index in indexes {
        manager.create_index(index.clone()).await?;
    }
    Ok(())
}
