//! What belongs to a dossier: parties, requirements, files, steps, the supplement, timeline. Written in
//! batches, one statement a table: a submission is measured in statements.

use super::entity::{entry, file, party, requirement, step, supplement};
use crate::model::requirement::RequirementState;
use chrono::{DateTime, Utc};
use d06_db::sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use d06_db::{DbResultExt, Tx};
use d06_kernel::id::{DossierId, FileId};
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Cx, Problem, Role};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Somebody the dossier is about, or who helped to file it.
#[derive(Clone, Debug)]
pub struct Party {
    /// Key of the party in the definition, or `helper`.
    pub role: String,
    /// Their number.
    pub number: PersonalNumber,
    /// Their name, where known.
    pub name: String,
}

/// A requirement of a dossier.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Key in the definition.
    pub key: String,
    /// How it stands, with its proof.
    pub state: RequirementState,
    /// When it came to stand so.
    pub settled_at: DateTime<Utc>,
}

/// A file of a dossier.
#[derive(Clone, Debug)]
pub struct DossierFile {
    /// The requirement it was handed in for.
    pub requirement: String,
    /// The stored file.
    pub file: FileId,
    /// Name as the person gave it.
    pub name: String,
    /// Size in bytes.
    pub size: i64,
    /// Media type, by content.
    pub media: String,
}

/// A step of the internal process, a line of the control sheet (phiếu kiểm soát, form 06).
#[derive(Clone, Debug)]
pub struct Step {
    /// Place in the process, from 0.
    pub position: i64,
    /// Key in the definition.
    pub key: String,
    /// Who takes it.
    pub role: Role,
    /// In which unit.
    pub unit: String,
    /// When it is due; `None` for a step whose time is not counted.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was handed over to them.
    pub started_at: Option<DateTime<Utc>>,
    /// When they handed it on.
    pub ended_at: Option<DateTime<Utc>>,
    /// Name of who did.
    pub ended_by: Option<String>,
    /// What they noted.
    pub note: Option<String>,
}

/// The request for a supplement.
#[derive(Clone, Debug)]
pub struct Supplement {
    /// The field or requirement.
    pub field: String,
    /// Why.
    pub reason: String,
    /// Name of who asked.
    pub requested_by: String,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// What the person answered.
    pub answer: Option<String>,
    /// When they did.
    pub answered_at: Option<DateTime<Utc>>,
}

/// A line of the timeline.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What happened: `submitted`, `received`, `step-done` …
    pub kind: &'static str,
    /// Name of who did it, or of the platform's job.
    pub actor: String,
    /// In which unit.
    pub unit: Option<String>,
    /// What belongs to it.
    pub details: serde_json::Value,
}

/// A line of the timeline as it was kept.
#[derive(Clone, Debug)]
pub struct KeptEntry {
    /// What happened.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: String,
    /// In which unit.
    pub unit: Option<String>,
    /// What belongs to it.
    pub details: serde_json::Value,
}

/// Adds the parties.
pub async fn add_parties(cx: &Cx, tx: &Tx, dossier: DossierId, parties: &[Party]) -> Result<(), Problem> {
    let rows: Vec<_> = (0_i64..)
        .zip(parties)
        .map(|(position, p)| party::ActiveModel {
            id: Set(cx.new_id::<Uuid>()),
            dossier: Set(dossier.0),
            position: Set(position),
            role: Set(p.role.clone()),
            number: Set(p.number.as_str().to_owned()),
            name: Set(p.name.clone()),
        })
        .collect();
    party::Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The parties, the applicant first.
pub async fn list_parties(tx: &Tx, dossier: DossierId) -> Result<Vec<Party>, Problem> {
    let rows = party::Entity::find()
        .filter(party::Column::Dossier.eq(dossier.0))
        .order_by_asc(party::Column::Position)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter()
        .map(|row| Ok(Party { role: row.role, number: super::number(&row.number)?, name: row.name }))
        .collect()
}

/// The parties of some dossiers, as keys of the definition; helpers are none.
pub async fn list_roles(
    tx: &Tx,
    dossiers: &[DossierId],
) -> Result<HashMap<DossierId, BTreeSet<String>>, Problem> {
    let found = party::Entity::find().filter(party::Column::Dossier.is_in(dossiers.iter().map(|id| id.0)));
    let mut roles: HashMap<DossierId, BTreeSet<String>> = HashMap::new();
    for row in found.all(tx).await.or_problem()? {
        roles.entry(DossierId(row.dossier)).or_default().insert(row.role);
    }
    Ok(roles)
}

/// Adds the requirements with their states, in the order of the definition.
pub async fn add_requirements(
    cx: &Cx,
    tx: &Tx,
    dossier: DossierId,
    requirements: &[Requirement],
) -> Result<(), Problem> {
    let rows = (0_i64..).zip(requirements).map(|(position, r)| {
        Ok(requirement::ActiveModel {
            id: Set(cx.new_id::<Uuid>()),
            dossier: Set(dossier.0),
            position: Set(position),
            requirement: Set(r.key.clone()),
            state: Set(r.state.name().to_owned()),
            details: Set(super::to_json(&r.state)?),
            settled_at: Set(r.settled_at),
        })
    });
    let rows: Vec<_> = rows.collect::<Result<_, Problem>>()?;
    if rows.is_empty() {
        return Ok(());
    }
    requirement::Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The requirements in the order of the definition.
pub async fn list_requirements(tx: &Tx, dossier: DossierId) -> Result<Vec<Requirement>, Problem> {
    let rows = requirement::Entity::find()
        .filter(requirement::Column::Dossier.eq(dossier.0))
        .order_by_asc(requirement::Column::Position)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter()
        .map(|row| {
            let state = super::from_json(row.details)?;
            Ok(Requirement { key: row.requirement, state, settled_at: row.settled_at })
        })
        .collect()
}

/// Writes a new state over a requirement.
pub async fn set_requirement(
    tx: &Tx,
    dossier: DossierId,
    key: &str,
    state: &RequirementState,
    at: DateTime<Utc>,
) -> Result<(), Problem> {
    let row = requirement::ActiveModel {
        state: Set(state.name().to_owned()),
        details: Set(super::to_json(state)?),
        settled_at: Set(at),
        ..Default::default()
    };
    requirement::Entity::update_many()
        .set(row)
        .filter(requirement::Column::Dossier.eq(dossier.0))
        .filter(requirement::Column::Requirement.eq(key))
        .exec(tx)
        .await
        .or_problem()?;
    Ok(())
}

/// Adds files; does nothing for none.
pub async fn add_files(cx: &Cx, tx: &Tx, dossier: DossierId, files: &[DossierFile]) -> Result<(), Problem> {
    let rows: Vec<_> = files
        .iter()
        .map(|f| file::ActiveModel {
            id: Set(cx.new_id::<Uuid>()),
            dossier: Set(dossier.0),
            requirement: Set(f.requirement.clone()),
            file: Set(f.file.0),
            name: Set(f.name.clone()),
            size: Set(f.size),
            media: Set(f.media.clone()),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    file::Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The files by requirement and name.
pub async fn list_files(tx: &Tx, dossier: DossierId) -> Result<Vec<DossierFile>, Problem> {
    let rows = file::Entity::find()
        .filter(file::Column::Dossier.eq(dossier.0))
        .order_by_asc(file::Column::Requirement)
        .order_by_asc(file::Column::Name)
        .all(tx)
        .await
        .or_problem()?;
    Ok(rows
        .into_iter()
        .map(|row| DossierFile {
            requirement: row.requirement,
            file: FileId(row.file),
            name: row.name,
            size: row.size,
            media: row.media,
        })
        .collect())
}

/// Adds the planned steps.
pub async fn add_steps(cx: &Cx, tx: &Tx, dossier: DossierId, steps: &[Step]) -> Result<(), Problem> {
    let rows: Vec<_> = steps
        .iter()
        .map(|s| step::ActiveModel {
            id: Set(cx.new_id::<Uuid>()),
            dossier: Set(dossier.0),
            position: Set(s.position),
            step: Set(s.key.clone()),
            role: Set(s.role.name().to_owned()),
            unit: Set(s.unit.clone()),
            due_at: Set(s.due_at),
            started_at: Set(s.started_at),
            ended_at: Set(s.ended_at),
            ended_by: Set(s.ended_by.clone()),
            note: Set(s.note.clone()),
        })
        .collect();
    step::Entity::insert_many(rows).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The steps in order.
pub async fn list_steps(tx: &Tx, dossier: DossierId) -> Result<Vec<Step>, Problem> {
    let rows = step::Entity::find()
        .filter(step::Column::Dossier.eq(dossier.0))
        .order_by_asc(step::Column::Position)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter()
        .map(|row| {
            let role =
                Role::from_name(&row.role).ok_or_else(|| Problem::internal("unknown role of a step"))?;
            Ok(Step {
                position: row.position,
                key: row.step,
                role,
                unit: row.unit,
                due_at: row.due_at,
                started_at: row.started_at,
                ended_at: row.ended_at,
                ended_by: row.ended_by,
                note: row.note,
            })
        })
        .collect()
}

/// Writes a step anew.
pub async fn update_step(tx: &Tx, dossier: DossierId, changed: &Step) -> Result<(), Problem> {
    let row = step::ActiveModel {
        due_at: Set(changed.due_at),
        started_at: Set(changed.started_at),
        ended_at: Set(changed.ended_at),
        ended_by: Set(changed.ended_by.clone()),
        note: Set(changed.note.clone()),
        ..Default::default()
    };
    step::Entity::update_many()
        .set(row)
        .filter(step::Column::Dossier.eq(dossier.0))
        .filter(step::Column::Position.eq(changed.position))
        .exec(tx)
        .await
        .or_problem()?;
    Ok(())
}

/// Adds the one request for a supplement; `supplement.only-once` if there was one.
pub async fn add_supplement(cx: &Cx, tx: &Tx, dossier: DossierId, asked: &Supplement) -> Result<(), Problem> {
    let row = supplement::ActiveModel {
        id: Set(cx.new_id::<Uuid>()),
        dossier: Set(dossier.0),
        field: Set(asked.field.clone()),
        reason: Set(asked.reason.clone()),
        requested_by: Set(asked.requested_by.clone()),
        requested_at: Set(asked.requested_at),
        answer: Set(None),
        answered_at: Set(None),
    };
    let once = [("procedures_supplement_dossier_key", "supplement.only-once")];
    supplement::Entity::insert(row).exec_without_returning(tx).await.or_problem_with(&once)?;
    Ok(())
}

/// The request for a supplement, if there was one.
pub async fn find_supplement(tx: &Tx, dossier: DossierId) -> Result<Option<Supplement>, Problem> {
    let row = supplement::Entity::find()
        .filter(supplement::Column::Dossier.eq(dossier.0))
        .one(tx)
        .await
        .or_problem()?;
    Ok(row.map(|row| Supplement {
        field: row.field,
        reason: row.reason,
        requested_by: row.requested_by,
        requested_at: row.requested_at,
        answer: row.answer,
        answered_at: row.answered_at,
    }))
}

/// Keeps the person's answer to the request.
pub async fn answer_supplement(
    tx: &Tx,
    dossier: DossierId,
    answer: &str,
    at: DateTime<Utc>,
) -> Result<(), Problem> {
    let row = supplement::ActiveModel {
        answer: Set(Some(answer.to_owned())),
        answered_at: Set(Some(at)),
        ..Default::default()
    };
    supplement::Entity::update_many()
        .set(row)
        .filter(supplement::Column::Dossier.eq(dossier.0))
        .exec(tx)
        .await
        .or_problem()?;
    Ok(())
}

/// Adds a line to the timeline, as of now.
pub async fn add_entry(cx: &Cx, tx: &Tx, dossier: DossierId, line: Entry) -> Result<(), Problem> {
    let row = entry::ActiveModel {
        id: Set(cx.new_id::<Uuid>()),
        dossier: Set(dossier.0),
        kind: Set(line.kind.to_owned()),
        at: Set(cx.now()),
        actor: Set(line.actor),
        unit: Set(line.unit),
        details: Set(line.details),
    };
    entry::Entity::insert(row).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The timeline, newest first.
pub async fn list_entries(tx: &Tx, dossier: DossierId) -> Result<Vec<KeptEntry>, Problem> {
    let rows = entry::Entity::find()
        .filter(entry::Column::Dossier.eq(dossier.0))
        .order_by_desc(entry::Column::At)
        .order_by_desc(entry::Column::Id)
        .all(tx)
        .await
        .or_problem()?;
    Ok(rows
        .into_iter()
        .map(|row| KeptEntry {
            kind: row.kind,
            at: row.at,
            actor: row.actor,
            unit: row.unit,
            details: row.details,
        })
        .collect())
}
