//! Who an account belongs to, kept by `identity`.

use crate::id::AccountId;
use crate::person::PersonalNumber;
use crate::{Cx, Problem};
use async_trait::async_trait;

/// Finds the people behind accounts, for those who supervise.
#[async_trait]
pub trait AccountDirectory: Send + Sync {
    /// The name of the person of an account; `None` where there is no such account.
    async fn name(&self, cx: &Cx, account: AccountId) -> Result<Option<String>, Problem>;
    /// The account of a person; `None` for somebody who never signed in.
    async fn find(&self, cx: &Cx, number: &PersonalNumber) -> Result<Option<AccountId>, Problem>;
}
