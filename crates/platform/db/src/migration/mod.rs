//! Migrations: one list for both databases.
//!
//! A migration is a [`Stamp`]: a name that begins with the day it was written, and what it makes. Columns
//! come from the functions of this module, so that a moment, an id or an amount of money is stored the same
//! way everywhere. Foreign keys are given when the table is made; SQLite cannot add them later. What SQLite
//! cannot alter is done by [`rebuild_table`].
//!
//! ```
//! use d06_db::migration::{self as m, Stamp};
//! use d06_db::sea_orm::sea_query::Table;
//!
//! let migration = Stamp::new("20261121_0001_parks_park")
//!     .table(
//!         Table::create()
//!             .table("parks_park")
//!             .col(m::uuid_pk("id"))
//!             .col(m::key("code", 20))
//!             .col(m::moment("opened_at")),
//!     )
//!     .index(m::unique("parks_park", &["code"]))
//!     .index(m::index("parks_park", &["opened_at"]))
//!     .boxed();
//! assert_eq!(migration.name(), "20261121_0001_parks_park");
//! ```

mod column;
mod rebuild;
mod stamp;

pub use column::{
    boolean, bytes, date, date_null, int, int_null, json, json_null, key, key_null, long, long_null, moment,
    moment_null, text, text_null, uuid, uuid_null, uuid_pk,
};
pub use rebuild::rebuild_table;
pub use stamp::{Stamp, drop_index, foreign_key, foreign_key_to, index, key_name, unique};
