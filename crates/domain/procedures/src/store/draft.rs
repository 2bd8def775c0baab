//! Drafts: kept on the server from the first field on, continued on any device.

use super::entity::{draft, draft_file};
use chrono::{DateTime, Utc};
use d06_db::sea_orm::prelude::Expr;
use d06_db::sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::{DossierId, FileId};
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Problem, typed_id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

typed_id!(
    /// A draft of an application.
    DraftId
);

/// What is typed, by field key.
pub type Answers = BTreeMap<String, String>;

/// A value the State holds, as it was when the draft was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefilled {
    /// The value as the form shows it.
    pub value: String,
    /// Key of the source: `vneid`, `population`.
    pub source: String,
    /// When the source stood so.
    pub as_of: DateTime<Utc>,
}

/// A draft.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The procedure's code.
    pub procedure: String,
    /// The version of the definition it began with.
    pub procedure_version: String,
    /// Whose it is.
    pub owner: PersonalNumber,
    /// Number of the officer who fills it in for the person.
    pub filed_by: Option<PersonalNumber>,
    /// What is typed.
    pub answers: Answers,
    /// What the State holds, by field key.
    pub prefill: BTreeMap<String, Prefilled>,
    /// Goes up by one at every save.
    pub version: i64,
    /// The dossier it became.
    pub dossier: Option<DossierId>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

/// A file attached to a requirement of a draft.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// Id of the attachment.
    pub id: uuid::Uuid,
    /// The requirement.
    pub requirement: String,
    /// The stored file.
    pub file: FileId,
    /// Name as the person sees it.
    pub name: String,
    /// Size in bytes.
    pub size: i64,
    /// Media type, by content.
    pub media: String,
}

/// Adds a draft.
pub async fn add(tx: &Tx, draft: &Draft) -> Result<(), Problem> {
    let row = draft::ActiveModel {
        id: Set(draft.id.0),
        procedure: Set(draft.procedure.clone()),
        procedure_version: Set(draft.procedure_version.clone()),
        owner: Set(draft.owner.as_str().to_owned()),
        filed_by: Set(draft.filed_by.map(|n| n.as_str().to_owned())),
        answers: Set(super::to_json(&draft.answers)?),
        prefill: Set(super::to_json(&draft.prefill)?),
        version: Set(draft.version),
        dossier: Set(None),
        opened_at: Set(draft.opened_at),
        updated_at: Set(draft.updated_at),
    };
    draft::Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The draft of an id, or "not found".
pub async fn get(tx: &Tx, id: DraftId) -> Result<Draft, Problem> {
    let row = draft::Entity::find_by_id(id.0).one(tx).await.or_problem()?.ok_or_else(Problem::not_found)?;
    from_row(row)
}

/// The latest open draft of a person for a procedure: one that they opened themselves, or one that an officer opened
/// for them at the counter. Neither sees the other's typing by opening the procedure again.
pub async fn find_open(
    tx: &Tx,
    owner: &PersonalNumber,
    procedure: &str,
    assisted: bool,
) -> Result<Option<Draft>, Problem> {
    let filed_by = draft::Column::FiledBy;
    let row = draft::Entity::find()
        .filter(if assisted { filed_by.is_not_null() } else { filed_by.is_null() })
        .filter(draft::Column::Owner.eq(owner.as_str()))
        .filter(draft::Column::Procedure.eq(procedure))
        .filter(draft::Column::Dossier.is_null())
        .order_by_desc(draft::Column::UpdatedAt)
        .one(tx)
        .await
        .or_problem()?;
    row.map(from_row).transpose()
}

/// The open drafts of a person, the last touched first, at most 50.
pub async fn list_open(tx: &Tx, owner: &PersonalNumber) -> Result<Vec<Draft>, Problem> {
    let rows = draft::Entity::find()
        .filter(draft::Column::Owner.eq(owner.as_str()))
        .filter(draft::Column::Dossier.is_null())
        .order_by_desc(draft::Column::UpdatedAt)
        .limit(50)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(from_row).collect()
}

/// Saves what is typed, if the draft still has the version the caller began from. Gives whether it did.
pub async fn save(
    tx: &Tx,
    id: DraftId,
    version: i64,
    answers: &Answers,
    at: DateTime<Utc>,
) -> Result<bool, Problem> {
    let done = draft::Entity::update_many()
        .col_expr(draft::Column::Answers, Expr::value(super::to_json(answers)?))
        .col_expr(draft::Column::Version, Expr::value(version + 1))
        .col_expr(draft::Column::UpdatedAt, Expr::value(at))
        .filter(draft::Column::Id.eq(id.0))
        .filter(draft::Column::Version.eq(version))
        .filter(draft::Column::Dossier.is_null())
        .exec(tx)
        .await
        .or_problem()?;
    Ok(done.rows_affected == 1)
}

/// Closes the draft because it became `dossier`. Gives whether this call did it; a second submission does not.
pub async fn close(
    tx: &Tx,
    id: DraftId,
    version: i64,
    dossier: DossierId,
    answers: &Answers,
) -> Result<bool, Problem> {
    let done = draft::Entity::update_many()
        .col_expr(draft::Column::Answers, Expr::value(super::to_json(answers)?))
        .col_expr(draft::Column::Dossier, Expr::value(dossier.0))
        .filter(draft::Column::Id.eq(id.0))
        .filter(draft::Column::Version.eq(version))
        .filter(draft::Column::Dossier.is_null())
        .exec(tx)
        .await
        .or_problem()?;
    Ok(done.rows_affected == 1)
}

/// Attaches a file.
pub async fn add_file(tx: &Tx, draft: DraftId, file: &DraftFile, at: DateTime<Utc>) -> Result<(), Problem> {
    let row = draft_file::ActiveModel {
        id: Set(file.id),
        draft: Set(draft.0),
        requirement: Set(file.requirement.clone()),
        file: Set(file.file.0),
        name: Set(file.name.clone()),
        size: Set(file.size),
        media: Set(file.media.clone()),
        added_at: Set(at),
    };
    draft_file::Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The files attached to a draft, in the order they came.
pub async fn list_files(tx: &Tx, draft: DraftId) -> Result<Vec<DraftFile>, Problem> {
    let rows = draft_file::Entity::find()
        .filter(draft_file::Column::Draft.eq(draft.0))
        .order_by_asc(draft_file::Column::AddedAt)
        .order_by_asc(draft_file::Column::Id)
        .all(tx)
        .await
        .or_problem()?;
    Ok(rows
        .into_iter()
        .map(|row| DraftFile {
            id: row.id,
            requirement: row.requirement,
            file: FileId(row.file),
            name: row.name,
            size: row.size,
            media: row.media,
        })
        .collect())
}

/// Takes a file off a draft. Gives whether it was there.
pub async fn remove_file(tx: &Tx, draft: DraftId, id: uuid::Uuid) -> Result<bool, Problem> {
    let done = draft_file::Entity::delete_many()
        .filter(draft_file::Column::Id.eq(id))
        .filter(draft_file::Column::Draft.eq(draft.0))
        .exec(tx)
        .await
        .or_problem()?;
    Ok(done.rows_affected == 1)
}

fn from_row(row: draft::Model) -> Result<Draft, Problem> {
    Ok(Draft {
        id: DraftId(row.id),
        procedure: row.procedure,
        procedure_version: row.procedure_version,
        owner: super::number(&row.owner)?,
        filed_by: row.filed_by.as_deref().map(super::number).transpose()?,
        answers: super::from_json(row.answers)?,
        prefill: super::from_json(row.prefill)?,
        version: row.version,
        dossier: row.dossier.map(DossierId),
        opened_at: row.opened_at,
        updated_at: row.updated_at,
    })
}
