//! Columns, one function for each kind of value.

use sea_orm::sea_query::{ColumnDef, IntoIden};

/// The primary key: a UUIDv7 made by the program.
pub fn uuid_pk(name: impl IntoIden) -> ColumnDef {
    uuid(name).primary_key().take()
}

/// A UUID: 16 bytes on SQLite, `uuid` on PostgreSQL.
pub fn uuid(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

/// A UUID or nothing.
pub fn uuid_null(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).uuid().null().take()
}

/// A moment: `timestamptz` on PostgreSQL; on SQLite its RFC 3339 text in UTC, whose order is the order of
/// time. There is no default: the program's clock sets it.
pub fn moment(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

/// A moment or nothing.
pub fn moment_null(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().null().take()
}

/// A civil date.
pub fn date(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).date().not_null().take()
}

/// A civil date or nothing.
pub fn date_null(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).date().null().take()
}

/// A text of any length.
pub fn text(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// A text or nothing.
pub fn text_null(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

/// A short text that rows are found by: a code, a state, a kind. `length` in characters is enforced by
/// PostgreSQL.
pub fn key(name: impl IntoIden, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).not_null().take()
}

/// A short text or nothing; see [`key`].
pub fn key_null(name: impl IntoIden, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).null().take()
}

/// A 32-bit integer.
pub fn int(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

/// A 32-bit integer or nothing.
pub fn int_null(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).integer().null().take()
}

/// A 64-bit integer. Money is one: whole đồng, never a decimal, which SQLite would keep as floating point.
pub fn long(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A 64-bit integer or nothing.
pub fn long_null(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// Yes or no.
pub fn boolean(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

/// Bytes.
pub fn bytes(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).binary().not_null().take()
}

/// A JSON document: text on SQLite, `jsonb` on PostgreSQL (which does not keep the order of keys).
pub fn json(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().take()
}

/// A JSON document or nothing.
pub fn json_null(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).json_binary().null().take()
}
