//! Answers an obstacle, or sends it on to another unit that can remove it.

use crate::deps::Deps;
use crate::model::evidence::Happening;
use crate::model::obstacle::{Answer, Obstacle, ObstacleId, Outcome};
use crate::ops::change::{self, Point, who};
use crate::ops::raise_obstacle::{addressee_of, answer_by, changed};
use crate::store::{history, obstacle};
use d06_authz::{Kind, Permit, Resource, act};
use d06_kernel::{Cx, Problem};

/// An obstacle, what happened to it, and what the reader may do.
#[derive(Clone, Debug)]
pub struct ObstacleDetail {
    /// The obstacle.
    pub obstacle: Obstacle,
    /// What happened, newest first.
    pub history: Vec<Happening>,
    /// Whether the reader may answer it.
    pub may_answer: bool,
    /// Whether the reader may send it on.
    pub may_route: bool,
}

/// As the policies see it for those who look: it lies in the unit that meets it.
fn met(obstacle: &Obstacle) -> Resource {
    Resource::new(Kind::Obstacle, obstacle.id).in_unit(obstacle.unit.clone())
}

/// As the policies see it for those who answer: it lies in the unit that can remove it.
fn addressed(obstacle: &Obstacle) -> Resource {
    Resource::new(Kind::Obstacle, obstacle.id).in_unit(obstacle.addressee.clone())
}

/// An obstacle for a reader.
///
/// # Errors
/// "Not found" for one that does not exist or may not be seen.
pub async fn show(cx: &Cx, deps: &Deps, id: ObstacleId) -> Result<ObstacleDetail, Problem> {
    let tx = deps.db.read().await?;
    let obstacle = obstacle::get(&tx, id).await?;
    let _: Permit<act::ViewObstacle> = deps.authz.permit(cx, &met(&obstacle))?;
    let open = obstacle.answer.is_none();
    let resource = addressed(&obstacle);
    Ok(ObstacleDetail {
        history: history::list(&tx, id.0).await?,
        may_answer: open && deps.authz.may::<act::AnswerObstacle>(cx, &resource),
        may_route: open && deps.authz.may::<act::RouteObstacle>(cx, &resource),
        obstacle,
    })
}

/// The permit to answer an obstacle.
///
/// # Errors
/// "Not found"; `forbidden`.
pub async fn may_answer(
    cx: &Cx,
    deps: &Deps,
    id: ObstacleId,
) -> Result<Permit<act::AnswerObstacle>, Problem> {
    let obstacle = obstacle::get(&deps.db.read().await?, id).await?;
    deps.authz.permit(cx, &addressed(&obstacle))
}

/// The permit to send an obstacle on.
///
/// # Errors
/// "Not found"; `forbidden`.
pub async fn may_route(cx: &Cx, deps: &Deps, id: ObstacleId) -> Result<Permit<act::RouteObstacle>, Problem> {
    let obstacle = obstacle::get(&deps.db.read().await?, id).await?;
    deps.authz.permit(cx, &addressed(&obstacle))
}

/// Answers.
///
/// # Errors
/// `obstacle.answered` if there is an answer; `obstacle.changed-meanwhile` if it went on to another meanwhile.
pub async fn run(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::AnswerObstacle>,
    (id, version): (ObstacleId, i64),
    (text, outcome): (String, Outcome),
) -> Result<(), Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    let tx = deps.db.begin().await?;
    let found = obstacle::get(&tx, id).await?;
    if found.answer.is_some() {
        return Err(Problem::conflict("obstacle.answered"));
    }
    let answer = Answer { text: text.clone(), outcome, at: cx.now(), by: who(cx).0 };
    let after = Obstacle { answer: Some(answer), version, ..found };
    obstacle::update(&tx, &after).await?;
    let points = vec![Point { what: "answered", before: None, after: Some(outcome.name().to_owned()) }];
    let change = changed(&after, "obstacle.answer", "obstacle.answered", points, Some(text.clone()));
    change::record(cx, deps, &tx, change).await?;
    let seen = Point { what: "obstacle-answered", before: None, after: Some(outcome.name().to_owned()) };
    history::add_all(cx, &tx, vec![change::happening(cx, after.about.id(), &seen, Some(text))]).await?;
    tx.commit().await
}

/// Sends it on; the time to answer begins anew.
///
/// # Errors
/// `task.unit-unknown` and `obstacle.same-addressee` at `addressee`; `obstacle.answered`;
/// `obstacle.changed-meanwhile`.
pub async fn route(
    cx: &Cx,
    deps: &Deps,
    permit: Permit<act::RouteObstacle>,
    (id, version): (ObstacleId, i64),
    addressee: String,
    note: Option<String>,
) -> Result<(), Problem> {
    if !permit.covers(id) {
        return Err(Problem::not_found());
    }
    addressee_of(cx, deps, &deps.commune, &addressee).await?;
    let tx = deps.db.begin().await?;
    let found = obstacle::get(&tx, id).await?;
    if found.answer.is_some() {
        return Err(Problem::conflict("obstacle.answered"));
    }
    if found.addressee == addressee {
        return Err(Problem::field("addressee", "obstacle.same-addressee"));
    }
    let before = found.addressee.clone();
    let after = Obstacle { addressee, due_on: answer_by(cx, deps)?, version, ..found };
    obstacle::update(&tx, &after).await?;
    let points = Point::of("addressee", Some(before), Some(after.addressee.clone()));
    let change = changed(&after, "obstacle.route", "obstacle.routed", points.into_iter().collect(), note);
    change::record(cx, deps, &tx, change).await?;
    tx.commit().await
}
