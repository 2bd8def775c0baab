//! Who an account is now, for its session.

use crate::store;
use async_trait::async_trait;
use d06_db::Tx;
use d06_http::{KnownPrincipal, PrincipalSource};
use d06_kernel::id::AccountId;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem, RoleInUnit};

/// Looks up accounts and the roles in force today.
#[derive(Clone, Copy, Debug, Default)]
pub struct Principals;

#[async_trait]
impl PrincipalSource for Principals {
    async fn principal(
        &self,
        cx: &Cx,
        tx: &Tx,
        account: AccountId,
        unit: Option<&str>,
    ) -> Result<Option<KnownPrincipal>, Problem> {
        let Some(account) = store::account::find(tx, account).await? else { return Ok(None) };
        let mut principal = account.as_citizen();
        let Some(unit) = unit else { return Ok(Some(KnownPrincipal { principal, unit_name: None })) };
        let grants = store::role::list_in_force(tx, &principal.number, local_date(cx.now())).await?;
        principal.roles = grants
            .into_iter()
            .filter(|grant| grant.unit == unit)
            .map(|grant| RoleInUnit { role: grant.role, unit: grant.unit })
            .collect();
        if principal.roles.is_empty() {
            return Ok(None);
        }
        principal.unit = Some(unit.to_owned());
        let unit_name = store::unit::find(tx, unit).await?.map(|unit| unit.name);
        Ok(Some(KnownPrincipal { principal, unit_name }))
    }
}
