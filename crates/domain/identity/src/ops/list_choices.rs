//! As what a person may act: in which units, with which roles.

use crate::store;
use d06_db::Db;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem, Role};
use serde::Serialize;

/// A unit in which the person holds roles now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Code of the unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
}

/// The units in which the signed-in person holds roles today.
///
/// # Errors
/// `sign-in.required`, or the database's.
pub async fn run(cx: &Cx, db: &Db) -> Result<Vec<Choice>, Problem> {
    let number = cx.require_principal()?.number;
    let tx = db.read().await?;
    let mut choices: Vec<Choice> = Vec::new();
    for grant in store::role::list_in_force(&tx, &number, local_date(cx.now())).await? {
        match choices.iter_mut().find(|choice| choice.unit == grant.unit) {
            Some(choice) => choice.roles.push(grant.role),
            None => {
                let name =
                    store::unit::find(&tx, &grant.unit).await?.map_or_else(|| grant.unit.clone(), |u| u.name);
                choices.push(Choice { unit: grant.unit, name, roles: vec![grant.role] });
            }
        }
    }
    Ok(choices)
}
