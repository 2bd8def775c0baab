//! Roles given to persons.

use super::entity::role;
use crate::model::{GrantId, NewRoleGrant, RoleGrant};
use chrono::NaiveDate;
use d06_db::sea_orm::ActiveValue::Set;
use d06_db::sea_orm::sea_query::{Expr, ExprTrait};
use d06_db::sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem, Role};

pub(crate) async fn add(
    cx: &Cx,
    tx: &Tx,
    grant: &NewRoleGrant,
    granted_by: String,
) -> Result<GrantId, Problem> {
    let id: GrantId = cx.new_id();
    let row = role::ActiveModel {
        id: Set(id.0),
        number: Set(grant.number.as_str().to_owned()),
        role: Set(grant.role.name().to_owned()),
        unit: Set(grant.unit.clone()),
        from_day: Set(grant.from),
        to_day: Set(grant.to),
        version: Set(1),
        granted_by: Set(granted_by),
        granted_at: Set(cx.now()),
    };
    role::Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(id)
}

pub(crate) async fn get(tx: &Tx, id: GrantId) -> Result<RoleGrant, Problem> {
    let row = role::Entity::find_by_id(id.0).one(tx).await.or_problem()?.ok_or_else(Problem::not_found)?;
    from_row(row)
}

/// The roles of a person in force on a day, in every unit.
pub(crate) async fn list_in_force(
    tx: &Tx,
    number: &PersonalNumber,
    day: NaiveDate,
) -> Result<Vec<RoleGrant>, Problem> {
    let rows = role::Entity::find()
        .filter(role::Column::Number.eq(number.as_str()))
        .filter(role::Column::FromDay.lte(day))
        .filter(Condition::any().add(role::Column::ToDay.is_null()).add(role::Column::ToDay.gte(day)))
        .order_by_asc(role::Column::Unit)
        .order_by_asc(role::Column::Role)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(from_row).collect()
}

/// The roles given in some units that have not ended before a day.
pub(crate) async fn list_of_units(
    tx: &Tx,
    units: &[String],
    day: NaiveDate,
) -> Result<Vec<RoleGrant>, Problem> {
    let rows = role::Entity::find()
        .filter(role::Column::Unit.is_in(units))
        .filter(Condition::any().add(role::Column::ToDay.is_null()).add(role::Column::ToDay.gte(day)))
        .order_by_asc(role::Column::Unit)
        .order_by_asc(role::Column::Role)
        .order_by_asc(role::Column::Id)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(from_row).collect()
}

/// Sets the last day of a role, if it still has the version the caller saw. Gives whether it did.
pub(crate) async fn end(tx: &Tx, id: GrantId, version: i64, last: NaiveDate) -> Result<bool, Problem> {
    let done = role::Entity::update_many()
        .col_expr(role::Column::ToDay, Expr::value(last))
        .col_expr(role::Column::Version, Expr::col(role::Column::Version).add(1))
        .filter(role::Column::Id.eq(id.0))
        .filter(role::Column::Version.eq(version))
        .exec(tx)
        .await
        .or_problem()?;
    Ok(done.rows_affected == 1)
}

fn from_row(row: role::Model) -> Result<RoleGrant, Problem> {
    let role =
        Role::from_name(&row.role).ok_or_else(|| Problem::internal(format!("no role {}", row.role)))?;
    Ok(RoleGrant {
        id: GrantId(row.id),
        number: row.number.parse().map_err(Problem::internal)?,
        role,
        unit: row.unit,
        from: row.from_day,
        to: row.to_day,
        version: row.version,
    })
}
