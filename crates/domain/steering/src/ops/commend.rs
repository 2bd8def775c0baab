//! Proposals of commendation and criticism: drafted from results, edited by a person, decided by the chairman.

use crate::deps::Deps;
use crate::model::assignment::Standing;
use crate::model::commendation::{Commendation, CommendationId, Kind, Results, Stand};
use crate::ops::assign_task::unit_of;
use crate::ops::change::{self, Change, Point, who};
use crate::ops::list_work::{self, WorkFilter};
use crate::store::commendation;
use chrono::NaiveDate;
use d06_authz::{Kind as ResourceKind, Permit, Resource, act};
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem};

/// The proposals of an office as the policies see them.
pub fn resource(deps: &Deps) -> Resource {
    Resource::new(ResourceKind::Commendation, &deps.commune).in_unit(deps.commune.clone())
}

/// The results of a unit in a time, counted now from the tasks of the plans in force.
///
/// # Errors
/// "Not found" if the reader may see no plan; `period.backwards` at `to`; the database's.
pub async fn results(
    cx: &Cx,
    deps: &Deps,
    unit: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Results, Problem> {
    if to < from || from > local_date(cx.now()) {
        return Err(Problem::field("to", "period.backwards"));
    }
    let work = list_work::open(cx, deps).await?;
    let count = async |standing: Option<Standing>| {
        let filter = WorkFilter {
            unit: Some(unit.to_owned()),
            due_from: Some(from),
            due_to: Some(to),
            standing,
            ..WorkFilter::default()
        };
        let (_, total) = work.list(cx, deps, &filter, (0, 1)).await?;
        Ok::<i64, Problem>(i64::try_from(total).unwrap_or(i64::MAX))
    };
    Ok(Results {
        due: count(None).await? - count(Some(Standing::Cancelled)).await?,
        on_time: count(Some(Standing::DoneOnTime)).await?,
        late: count(Some(Standing::DoneLate)).await?,
        overdue: count(Some(Standing::Overdue)).await?,
    })
}

/// A proposal to be drafted.
#[derive(Clone, Debug)]
pub struct NewCommendation {
    /// Which way it goes.
    pub kind: Kind,
    /// The unit it is about.
    pub unit: String,
    /// First and last day of the time.
    pub time: (NaiveDate, NaiveDate),
    /// Its text, made from the results.
    pub text: String,
    /// Those results.
    pub results: Results,
}

/// Keeps a drafted proposal.
///
/// # Errors
/// `task.unit-unknown` at `unit`; `commendation.no-results` at `unit` where no task was due.
pub async fn draft(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::DraftCommendation>,
    new: NewCommendation,
) -> Result<CommendationId, Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    unit_of(cx, deps, &deps.commune, "unit", &new.unit).await?;
    if new.results.due == 0 {
        return Err(Problem::field("unit", "commendation.no-results"));
    }
    let one = Commendation {
        id: cx.new_id(),
        office: deps.commune.clone(),
        kind: new.kind,
        unit: new.unit,
        from: new.time.0,
        to: new.time.1,
        results: new.results,
        text: new.text,
        stand: Stand::Draft,
        drafted_at: cx.now(),
        drafted_by: who(cx).0,
        decided: None,
        version: 1,
    };
    let tx = deps.db.begin().await?;
    commendation::add(&tx, &one).await?;
    let point = Point { what: "commendation-drafted", before: None, after: Some(one.kind.name().to_owned()) };
    change::record(cx, deps, &tx, changed(&one, "commendation.draft", "commendation.drafted", point)).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// The proposals of the office, newest first.
///
/// # Errors
/// "Not found" if the reader may not see them.
pub async fn list(cx: &Cx, deps: &Deps) -> Result<Vec<Commendation>, Problem> {
    let _: Permit<act::DraftCommendation> = deps.authz.permit(cx, &resource(deps))?;
    commendation::list(&deps.db.read().await?, &deps.commune).await
}

/// A proposal.
///
/// # Errors
/// "Not found".
pub async fn get(cx: &Cx, deps: &Deps, id: CommendationId) -> Result<Commendation, Problem> {
    let _: Permit<act::DraftCommendation> = deps.authz.permit(cx, &resource(deps))?;
    let found = commendation::get(&deps.db.read().await?, id).await?;
    if found.office == deps.commune { Ok(found) } else { Err(Problem::not_found()) }
}

/// Edits the text of a proposal that is not decided.
///
/// # Errors
/// `commendation.decided`; `commendation.changed-meanwhile`.
pub async fn edit(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::DraftCommendation>,
    (id, version): (CommendationId, i64),
    text: String,
) -> Result<(), Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let before = open(&tx, deps, id).await?;
    let after = Commendation { text, version, ..before };
    commendation::update(&tx, &after).await?;
    let point = Point { what: "commendation-edited", ..Point::default() };
    change::record(cx, deps, &tx, changed(&after, "commendation.edit", "commendation.edited", point)).await?;
    tx.commit().await
}

/// Decides a proposal.
///
/// # Errors
/// `commendation.decided`; `commendation.changed-meanwhile`.
pub async fn decide(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::DecideCommendation>,
    (id, version): (CommendationId, i64),
    approve: bool,
    words: String,
) -> Result<(), Problem> {
    if !permit.covers(&deps.commune) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let before = open(&tx, deps, id).await?;
    let stand = if approve { Stand::Approved } else { Stand::Declined };
    let decided = Some((cx.now(), who(cx).0, words));
    let after = Commendation { stand, decided, version, ..before };
    commendation::update(&tx, &after).await?;
    let point = Point { what: "commendation-decided", before: None, after: Some(stand.name().to_owned()) };
    let change = changed(&after, "commendation.decide", "commendation.decided", point);
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await
}

async fn open(tx: &d06_db::Tx, deps: &Deps, id: CommendationId) -> Result<Commendation, Problem> {
    let found = commendation::get(tx, id).await?;
    match (found.office == deps.commune, found.stand) {
        (false, _) => Err(Problem::not_found()),
        (true, Stand::Draft) => Ok(found),
        (true, _) => Err(Problem::conflict("commendation.decided")),
    }
}

fn changed(one: &Commendation, action: &'static str, event: &'static str, point: Point) -> Change {
    Change {
        owner: one.id.0,
        object: format!("commendation:{}", one.id),
        unit: Some(one.unit.clone()),
        action,
        event,
        points: vec![point],
        note: None,
    }
}
