//! Who filled in a draft for a person at the counter, and why.

use super::draft::DraftId;
use super::entity::assistance::{ActiveModel, Entity};
use chrono::{DateTime, Utc};
use d06_db::sea_orm::{ActiveValue::Set, EntityTrait};
use d06_db::{DbResultExt, Tx};
use d06_kernel::Problem;

/// How the person was identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The code of their card was scanned.
    Card,
    /// Their number was typed off the card.
    Typed,
}

impl Means {
    /// The stable name, also the source of what it says in a form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Typed => "typed",
        }
    }
}

/// The help given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assistance {
    /// Name of the officer.
    pub helper: String,
    /// Code of the officer's unit.
    pub unit: String,
    /// Key of the ground.
    pub ground: String,
    /// Stable name of the means of identification.
    pub means: String,
    /// When the draft was opened.
    pub at: DateTime<Utc>,
}

/// Adds it.
pub async fn add(tx: &Tx, draft: DraftId, given: &Assistance) -> Result<(), Problem> {
    let row = ActiveModel {
        draft: Set(draft.0),
        helper: Set(given.helper.clone()),
        unit: Set(given.unit.clone()),
        ground: Set(given.ground.clone()),
        means: Set(given.means.clone()),
        at: Set(given.at),
    };
    Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The help given with a draft; `None` for one that the person filled in alone.
pub async fn find(tx: &Tx, draft: DraftId) -> Result<Option<Assistance>, Problem> {
    let row = Entity::find_by_id(draft.0).one(tx).await.or_problem()?;
    Ok(row.map(|row| Assistance {
        helper: row.helper,
        unit: row.unit,
        ground: row.ground,
        means: row.means,
        at: row.at,
    }))
}
