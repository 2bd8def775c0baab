//! The kernel's directories of units, of officials and of accounts, out of our tables.

use crate::store;
use async_trait::async_trait;
use d06_db::Db;
use d06_kernel::id::AccountId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::account::AccountDirectory;
use d06_kernel::port::unit::{Official, OfficialDirectory, RoleHolder, Unit, UnitDirectory};
use d06_kernel::time::local_date;
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

#[async_trait]
impl AccountDirectory for Units {
    async fn name(&self, _: &Cx, account: AccountId) -> Result<Option<String>, Problem> {
        let tx = self.db.read().await?;
        Ok(store::account::find(&tx, account).await?.map(|account| account.name))
    }

    async fn find(&self, _: &Cx, number: &PersonalNumber) -> Result<Option<AccountId>, Problem> {
        let tx = self.db.read().await?;
        Ok(store::account::find_by_number(&tx, number).await?.map(|account| account.id))
    }
}

#[async_trait]
impl OfficialDirectory for Units {
    async fn official(
        &self,
        cx: &Cx,
        number: &PersonalNumber,
        unit: &str,
    ) -> Result<Option<Official>, Problem> {
        let tx = self.db.read().await?;
        let Some(account) = store::account::find_by_number(&tx, number).await? else { return Ok(None) };
        let grants = store::role::list_in_force(&tx, number, local_date(cx.now())).await?;
        let roles = grants.into_iter().filter(|grant| grant.unit == unit).map(|grant| grant.role).collect();
        Ok(Some(Official { name: account.name, roles }))
    }

    async fn holders(&self, cx: &Cx, unit: &str) -> Result<Vec<RoleHolder>, Problem> {
        let tx = self.db.read().await?;
        let today = local_date(cx.now());
        let units: Vec<String> =
            store::unit::list_subtree(&tx, unit).await?.into_iter().map(|unit| unit.code).collect();
        let grants = store::role::list_of_units(&tx, &units, today).await?;
        let numbers: Vec<_> = grants.iter().map(|grant| grant.number).collect();
        let names = store::account::list_names(&tx, &numbers).await?;
        let held = grants.into_iter().filter(|grant| grant.is_in_force(today));
        Ok(held
            .map(|grant| RoleHolder {
                name: names.get(&grant.number).cloned(),
                number: grant.number,
                role: grant.role,
                unit: grant.unit,
            })
            .collect())
    }
}
