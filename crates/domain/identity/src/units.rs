//! The kernel's directory of units, out of our table.

use crate::store;
use async_trait::async_trait;
use d06_db::Db;
use d06_kernel::port::unit::{Unit, UnitDirectory};
use d06_kernel::{Cx, Problem};

/// The directory of units.
#[derive(Clone, Debug)]
pub struct Units {
    db: Db,
}

impl Units {
    /// The units of a database.
    pub fn new(db: Db) -> Self {
        Self { db }
    }
}

#[async_trait]
impl UnitDirectory for Units {
    async fn get(&self, _: &Cx, code: &str) -> Result<Unit, Problem> {
        let tx = self.db.read().await?;
        store::unit::find(&tx, code).await?.ok_or_else(Problem::not_found)
    }

    async fn subtree(&self, _: &Cx, code: &str) -> Result<Vec<Unit>, Problem> {
        let tx = self.db.read().await?;
        store::unit::list_subtree(&tx, code).await
    }
}
