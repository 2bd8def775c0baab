//! Dossiers.

use super::draft::{Answers, DraftId};
use super::entity::dossier::{ActiveModel, Column, Entity, Model};
use crate::model::clock::DossierClock;
use crate::model::dossier::{Channel, DossierState};
use chrono::{DateTime, NaiveDate, Utc};
use d06_db::sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use d06_db::{DbResultExt, Direction, Page, PageRequest, Tx, page_by_id, sql};
use d06_kernel::id::{DocumentId, DossierId, FileId};
use d06_kernel::person::PersonalNumber;
use d06_kernel::time::from_local;
use d06_kernel::{Problem, Role};
use std::str::FromStr;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Approved; a result is issued.
    Approved,
    /// Refused, with a reason (form 03).
    Refused,
}

impl Decision {
    /// The stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Refused => "refused",
        }
    }
}

impl FromStr for Decision {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text {
            "approved" => Ok(Self::Approved),
            "refused" => Ok(Self::Refused),
            _ => Err(Problem::field("decision", "decision.unknown")),
        }
    }
}

/// A dossier (hồ sơ) without its parts; see [`super::part`].
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Its id.
    pub id: DossierId,
    /// Its public code (mã số hồ sơ).
    pub code: String,
    /// The draft it was.
    pub draft: DraftId,
    /// The procedure's code.
    pub procedure: String,
    /// The version of the definition it keeps.
    pub procedure_version: String,
    /// The unit competent to decide.
    pub agency: String,
    /// The unit that receives.
    pub reception: String,
    /// The applicant.
    pub applicant: PersonalNumber,
    /// The applicant's name at filing.
    pub applicant_name: String,
    /// Folded name and code, for search.
    pub search_key: String,
    /// How it was filed.
    pub channel: Channel,
    /// Where it stands.
    pub state: DossierState,
    /// Goes up by one at every change; an officer's page names the version it showed.
    pub version: i64,
    /// Position of the step it waits for.
    pub step: i64,
    /// Who has to take that step; `None` when nobody has to.
    pub step_role: Option<Role>,
    /// In which unit.
    pub step_unit: Option<String>,
    /// What was filled in.
    pub answers: Answers,
    /// The secret of the public look-up page.
    pub lookup: String,
    /// Requirements that apply.
    pub requirements: i64,
    /// Of these, proven by data.
    pub waived: i64,
    /// Of these, asked for against the data.
    pub overridden: i64,
    /// Supplements asked for.
    pub supplements: i64,
    /// When it was filed.
    pub submitted_at: DateTime<Utc>,
    /// When the one-stop shop accepted it.
    pub received_at: Option<DateTime<Utc>>,
    /// When the result is due.
    pub due_at: DateTime<Utc>,
    /// When the present step is due.
    pub step_due_at: Option<DateTime<Utc>>,
    /// Receipt, pauses, the re-appointment and every due time there was.
    pub clock: DossierClock,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it ended: returned, refused or stopped.
    pub ended_at: Option<DateTime<Utc>>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Why, where it was refused.
    pub decision_reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<PersonalNumber>,
    /// The document that came of it.
    pub result: Option<DocumentId>,
    /// The stored receipt.
    pub receipt: Option<FileId>,
}

impl Dossier {
    /// Whether the person withdrew it: stopped without anybody's decision.
    pub fn is_withdrawn(&self) -> bool {
        self.state == DossierState::Stopped && self.decision.is_none()
    }
}

/// Which dossiers a queue shows.
#[derive(Clone, Debug, Default)]
pub struct QueueFilter {
    /// The unit that has to act.
    pub unit: String,
    /// The roles that have to act.
    pub roles: Vec<Role>,
    /// Only of this procedure.
    pub procedure: Option<String>,
    /// Only with this in the code or the applicant's name, folded.
    pub search: Option<String>,
    /// Only in these states.
    pub states: Vec<DossierState>,
}

/// Adds a dossier.
pub async fn add(tx: &Tx, dossier: &Dossier) -> Result<(), Problem> {
    Entity::insert(to_row(dossier)?).exec_without_returning(tx).await.or_problem()?;
    Ok(())
}

/// The dossier of an id, or "not found".
pub async fn get(tx: &Tx, id: DossierId) -> Result<Dossier, Problem> {
    Entity::find_by_id(id.0).one(tx).await.or_problem()?.map_or_else(|| Err(Problem::not_found()), from_row)
}

/// The dossier of a code in its canonical form.
pub async fn find_by_code(tx: &Tx, code: &str) -> Result<Option<Dossier>, Problem> {
    Entity::find().filter(Column::Code.eq(code)).one(tx).await.or_problem()?.map(from_row).transpose()
}

/// The dossier behind a look-up secret.
pub async fn find_by_lookup(tx: &Tx, lookup: &str) -> Result<Option<Dossier>, Problem> {
    Entity::find().filter(Column::Lookup.eq(lookup)).one(tx).await.or_problem()?.map(from_row).transpose()
}

/// The dossiers of a person, newest first.
pub async fn list_of(
    tx: &Tx,
    applicant: &PersonalNumber,
    page: &PageRequest,
) -> Result<Page<Dossier>, Problem> {
    let select = Entity::find().filter(Column::Applicant.eq(applicant.as_str()));
    page_by_id(select, Column::Id, |row: &Model| row.id, page, Direction::Newest, tx).await?.try_map(from_row)
}

/// The dossiers an office has to act upon, the most pressing first: by the due time of the step, then of the
/// whole. At most 200.
pub async fn queue(tx: &Tx, filter: &QueueFilter) -> Result<Vec<Dossier>, Problem> {
    let mut select = Entity::find()
        .filter(Column::StepUnit.eq(filter.unit.as_str()))
        .filter(Column::StepRole.is_in(filter.roles.iter().map(|r| r.name())));
    if let Some(procedure) = &filter.procedure {
        select = select.filter(Column::Procedure.eq(procedure.as_str()));
    }
    if let Some(search) = &filter.search {
        select = select.filter(Column::SearchKey.like(sql::like_contains(search)));
    }
    if !filter.states.is_empty() {
        select = select.filter(Column::State.is_in(filter.states.iter().map(|s| s.name())));
    }
    let rows = select
        .order_by_asc(Column::StepDueAt)
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(200)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(from_row).collect()
}

/// The most pressing dossier of a queue but one: its id and code.
pub async fn next_in_queue(
    tx: &Tx,
    unit: &str,
    roles: &[Role],
    except: DossierId,
) -> Result<Option<(DossierId, String)>, Problem> {
    let row: Option<(uuid::Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Code])
        .filter(Column::StepUnit.eq(unit))
        .filter(Column::StepRole.is_in(roles.iter().map(|r| r.name())))
        .filter(Column::Id.ne(except.0))
        .order_by_asc(Column::StepDueAt)
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .into_tuple()
        .one(tx)
        .await
        .or_problem()?;
    Ok(row.map(|(id, code)| (DossierId(id), code)))
}

/// The open dossiers of an agency whose appointment lies before a moment and whose clock runs, the earliest first; at
/// most 200.
pub async fn list_due_before(tx: &Tx, agency: &str, before: DateTime<Utc>) -> Result<Vec<Dossier>, Problem> {
    let rows = Entity::find()
        .filter(Column::Agency.eq(agency))
        .filter(Column::DueAt.lt(before))
        .filter(open())
        .filter(Column::State.ne(DossierState::AwaitingSupplement.name()))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(200)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(from_row).collect()
}

/// Ids of open dossiers, by id, those after `after`; at most `limit`.
pub async fn list_open_ids(tx: &Tx, after: Option<DossierId>, limit: u64) -> Result<Vec<DossierId>, Problem> {
    let mut select = Entity::find().select_only().column(Column::Id).filter(open());
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after.0));
    }
    let ids: Vec<uuid::Uuid> =
        select.order_by_asc(Column::Id).limit(limit).into_tuple().all(tx).await.or_problem()?;
    Ok(ids.into_iter().map(DossierId).collect())
}

/// Neither decided nor ended.
fn open() -> Condition {
    Condition::all().add(Column::EndedAt.is_null()).add(Column::DecidedAt.is_null())
}

/// The dossiers received by `unit` or a unit below it and filed or open in the days `from` to `to`, oldest first,
/// a page of them.
pub async fn list_of_period(
    tx: &Tx,
    unit: &str,
    from: NaiveDate,
    to: NaiveDate,
    offset: u64,
    limit: u64,
) -> Result<Vec<Dossier>, Problem> {
    let rows = Entity::find()
        .filter(within(unit))
        .filter(Column::SubmittedAt.gte(start_of(from)))
        .filter(Column::SubmittedAt.lt(start_of(to.succ_opt().unwrap_or(to))))
        .order_by_asc(Column::SubmittedAt)
        .order_by_asc(Column::Id)
        .offset(offset)
        .limit(limit)
        .all(tx)
        .await
        .or_problem()?;
    rows.into_iter().map(from_row).collect()
}

/// Writes `changed` over the dossier if it still has the version `changed` was read with. Gives the new version;
/// `dossier.changed` if somebody was faster.
pub async fn update(tx: &Tx, changed: &Dossier) -> Result<i64, Problem> {
    let version = changed.version + 1;
    let row = ActiveModel {
        state: Set(changed.state.name().to_owned()),
        version: Set(version),
        step: Set(changed.step),
        step_role: Set(changed.step_role.map(|r| r.name().to_owned())),
        step_unit: Set(changed.step_unit.clone()),
        waived: Set(changed.waived),
        overridden: Set(changed.overridden),
        requirements: Set(changed.requirements),
        supplements: Set(changed.supplements),
        received_at: Set(changed.received_at),
        due_at: Set(changed.due_at),
        step_due_at: Set(changed.step_due_at),
        clock: Set(super::to_json(&changed.clock)?),
        decided_at: Set(changed.decided_at),
        ended_at: Set(changed.ended_at),
        decision: Set(changed.decision.map(|d| d.name().to_owned())),
        decision_reason: Set(changed.decision_reason.clone()),
        decided_by: Set(changed.decided_by.map(|n| n.as_str().to_owned())),
        result: Set(changed.result.map(|d| d.0)),
        ..Default::default()
    };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(changed.id.0))
        .filter(Column::Version.eq(changed.version))
        .exec(tx)
        .await
        .or_problem()?;
    if done.rows_affected == 1 { Ok(version) } else { Err(Problem::conflict("dossier.changed")) }
}

/// Remembers the stored receipt. The version stays: the dossier itself does not change.
pub async fn keep_receipt(tx: &Tx, id: DossierId, receipt: FileId) -> Result<(), Problem> {
    let row = ActiveModel { receipt: Set(Some(receipt.0)), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx).await.or_problem()?;
    Ok(())
}

/// Received by the unit or one below it: the codes are joined by dots (Decision 20/2020/QĐ-TTg Art. 4).
fn within(unit: &str) -> Condition {
    Condition::any()
        .add(Column::Reception.eq(unit))
        .add(Column::Reception.like(sql::like_prefix(&format!("{unit}."))))
}

fn start_of(day: NaiveDate) -> DateTime<Utc> {
    from_local(day.and_time(chrono::NaiveTime::MIN))
}

fn to_row(dossier: &Dossier) -> Result<ActiveModel, Problem> {
    Ok(ActiveModel {
        id: Set(dossier.id.0),
        code: Set(dossier.code.clone()),
        draft: Set(dossier.draft.0),
        procedure: Set(dossier.procedure.clone()),
        procedure_version: Set(dossier.procedure_version.clone()),
        agency: Set(dossier.agency.clone()),
        reception: Set(dossier.reception.clone()),
        applicant: Set(dossier.applicant.as_str().to_owned()),
        applicant_name: Set(dossier.applicant_name.clone()),
        search_key: Set(dossier.search_key.clone()),
        channel: Set(channel_name(dossier.channel).to_owned()),
        state: Set(dossier.state.name().to_owned()),
        version: Set(dossier.version),
        step: Set(dossier.step),
        step_role: Set(dossier.step_role.map(|r| r.name().to_owned())),
        step_unit: Set(dossier.step_unit.clone()),
        answers: Set(super::to_json(&dossier.answers)?),
        lookup: Set(dossier.lookup.clone()),
        requirements: Set(dossier.requirements),
        waived: Set(dossier.waived),
        overridden: Set(dossier.overridden),
        supplements: Set(dossier.supplements),
        submitted_at: Set(dossier.submitted_at),
        received_at: Set(dossier.received_at),
        due_at: Set(dossier.due_at),
        step_due_at: Set(dossier.step_due_at),
        clock: Set(super::to_json(&dossier.clock)?),
        decided_at: Set(dossier.decided_at),
        ended_at: Set(dossier.ended_at),
        decision: Set(dossier.decision.map(|d| d.name().to_owned())),
        decision_reason: Set(dossier.decision_reason.clone()),
        decided_by: Set(dossier.decided_by.map(|n| n.as_str().to_owned())),
        result: Set(dossier.result.map(|d| d.0)),
        receipt: Set(dossier.receipt.map(|f| f.0)),
    })
}

fn from_row(row: Model) -> Result<Dossier, Problem> {
    let unknown = |what: &str| Problem::internal(format!("unknown {what} in procedures_dossier"));
    let role = |name: String| Role::from_name(&name).ok_or_else(|| unknown("role"));
    Ok(Dossier {
        id: DossierId(row.id),
        code: row.code,
        draft: DraftId(row.draft),
        procedure: row.procedure,
        procedure_version: row.procedure_version,
        agency: row.agency,
        reception: row.reception,
        applicant: super::number(&row.applicant)?,
        applicant_name: row.applicant_name,
        search_key: row.search_key,
        channel: channel_of(&row.channel).ok_or_else(|| unknown("channel"))?,
        state: DossierState::from_name(&row.state).ok_or_else(|| unknown("state"))?,
        version: row.version,
        step: row.step,
        step_role: row.step_role.map(role).transpose()?,
        step_unit: row.step_unit,
        answers: super::from_json(row.answers)?,
        lookup: row.lookup,
        requirements: row.requirements,
        waived: row.waived,
        overridden: row.overridden,
        supplements: row.supplements,
        submitted_at: row.submitted_at,
        received_at: row.received_at,
        due_at: row.due_at,
        step_due_at: row.step_due_at,
        clock: super::from_json(row.clock)?,
        decided_at: row.decided_at,
        ended_at: row.ended_at,
        decision: row.decision.as_deref().map(Decision::from_str).transpose()?,
        decision_reason: row.decision_reason,
        decided_by: row.decided_by.as_deref().map(super::number).transpose()?,
        result: row.result.map(DocumentId),
        receipt: row.receipt.map(FileId),
    })
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "counter",
        Channel::Online => "online",
        Channel::Post => "post",
    }
}

fn channel_of(name: &str) -> Option<Channel> {
    [Channel::Counter, Channel::Online, Channel::Post].into_iter().find(|c| channel_name(*c) == name)
}
