//! Letters to the person while a dossier is handled.

use super::entity::letter::{ActiveModel, Column, Entity, Model};
use chrono::{DateTime, Utc};
use d06_db::sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::{DossierId, FileId};
use d06_kernel::port::document::LetterForm;
use d06_kernel::{Problem, typed_id};
use serde::{Deserialize, Serialize};

typed_id!(
    /// A letter.
    LetterId
);

/// What differs from letter to letter; the rest stands in the dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterWords {
    /// What is asked to be supplemented, in Vietnamese: the paper is.
    #[serde(default)]
    pub subject: Option<String>,
    /// Why.
    pub reason: String,
    /// The appointment before.
    #[serde(default)]
    pub due_was: Option<DateTime<Utc>>,
    /// The new appointment.
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
}

/// A letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its id.
    pub id: LetterId,
    /// The dossier.
    pub dossier: DossierId,
    /// Which form.
    pub form: LetterForm,
    /// Code of the unit that writes.
    pub unit: String,
    /// Name of the official; `None` where the platform writes at the person's wish.
    pub official: Option<String>,
    /// When.
    pub written_at: DateTime<Utc>,
    /// What it says.
    pub words: LetterWords,
    /// The stored paper.
    pub file: Option<FileId>,
}

/// Adds a letter.
pub async fn add(tx: &Tx, letter: &Letter) -> Result<(), Problem> {
    let row = ActiveModel {
        id: Set(letter.id.0),
        dossier: Set(letter.dossier.0),
        form: Set(letter.form.name().to_owned()),
        unit: Set(letter.unit.clone()),
        official: Set(letter.official.clone()),
        written_at: Set(letter.written_at),
        words: Set(super::to_json(&letter.words)?),
        file: Set(letter.file.map(|file| file.0)),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The letter of an id in a dossier, or "not found".
pub async fn get(tx: &Tx, dossier: DossierId, id: LetterId) -> Result<Letter, Problem> {
    let row = Entity::find_by_id(id.0).filter(Column::Dossier.eq(dossier.0)).one(tx).await.or_problem()?;
    row.map_or_else(|| Err(Problem::not_found()), from_row)
}

/// The letters of a dossier in the order they were written.
pub async fn list(tx: &Tx, dossier: DossierId) -> Result<Vec<Letter>, Problem> {
    let select = Entity::find().filter(Column::Dossier.eq(dossier.0));
    let rows = select.order_by_asc(Column::WrittenAt).order_by_asc(Column::Id).all(tx).await.or_problem()?;
    rows.into_iter().map(from_row).collect()
}

/// Remembers the stored paper.
pub async fn keep_file(tx: &Tx, id: LetterId, file: FileId) -> Result<(), Problem> {
    let row = ActiveModel { file: Set(Some(file.0)), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx).await.or_problem()?;
    Ok(())
}

fn from_row(row: Model) -> Result<Letter, Problem> {
    let form = LetterForm::from_name(&row.form);
    Ok(Letter {
        id: LetterId(row.id),
        dossier: DossierId(row.dossier),
        form: form.ok_or_else(|| Problem::internal("unknown form in procedures_letter"))?,
        unit: row.unit,
        official: row.official,
        written_at: row.written_at,
        words: super::from_json(row.words)?,
        file: row.file.map(FileId),
    })
}
