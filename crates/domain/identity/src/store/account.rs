//! Accounts.

use super::entity::account;
use crate::model::{Account, Attributes};
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::OnConflict;
use d06_db::sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::AccountId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem};
use std::collections::HashMap;

/// Opens the account of a person, or brings the one they have up to date.
pub(crate) async fn put(cx: &Cx, tx: &Tx, attributes: &Attributes) -> Result<Account, Problem> {
    let row = account::ActiveModel {
        id: Set(cx.new_id::<AccountId>().0),
        number: Set(attributes.number.as_str().to_owned()),
        name: Set(attributes.name.clone()),
        birth_date: Set(attributes.birth_date.map(|date| date.to_string())),
        level: Set(i32::from(attributes.level)),
        opened_at: Set(cx.now()),
    };
    let keep = OnConflict::column(account::Column::Number)
        .update_columns([account::Column::Name, account::Column::BirthDate, account::Column::Level])
        .to_owned();
    account::Entity::insert(row).on_conflict(keep).exec_without_returning(tx).await.or_problem()?;
    find_by_number(tx, &attributes.number).await?.ok_or_else(Problem::not_found)
}

pub(crate) async fn find(tx: &Tx, id: AccountId) -> Result<Option<Account>, Problem> {
    account::Entity::find_by_id(id.0).one(tx).await.or_problem()?.map(from_row).transpose()
}

pub(crate) async fn find_by_number(tx: &Tx, number: &PersonalNumber) -> Result<Option<Account>, Problem> {
    let row = account::Entity::find()
        .filter(account::Column::Number.eq(number.as_str()))
        .one(tx)
        .await
        .or_problem()?;
    row.map(from_row).transpose()
}

/// Names of the persons of these numbers who have an account.
pub(crate) async fn list_names(
    tx: &Tx,
    numbers: &[PersonalNumber],
) -> Result<HashMap<PersonalNumber, String>, Problem> {
    let numbers = numbers.iter().map(PersonalNumber::as_str);
    let rows =
        account::Entity::find().filter(account::Column::Number.is_in(numbers)).all(tx).await.or_problem()?;
    rows.into_iter().map(|row| Ok((row.number.parse().map_err(Problem::internal)?, row.name))).collect()
}

fn from_row(row: account::Model) -> Result<Account, Problem> {
    Ok(Account {
        id: AccountId(row.id),
        number: row.number.parse().map_err(Problem::internal)?,
        name: row.name,
        birth_date: row.birth_date.map(|date| date.parse()).transpose().map_err(Problem::internal)?,
        level: u8::try_from(row.level).map_err(Problem::internal)?,
        opened_at: row.opened_at,
    })
}
