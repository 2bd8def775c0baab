//! What this domain measures of itself, for targets of the plan and for the index of Decision 766. Values come from
//! the dossiers; a number opens to them.

use crate::deps::Deps;
use crate::model::clock::on_time::{self, Record, Supplement};
use crate::model::dossier::{Channel, DossierState};
use crate::store::dossier::{self, Decision, Dossier};
use crate::store::part;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use d06_kernel::id::DossierId;
use d06_kernel::port::measure::{MeasureInfo, MeasureScope, MeasureSource, MeasuredRecord, Ratio};
use d06_kernel::time::from_local;
use d06_kernel::{Cx, Problem};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Share of decided dossiers of whose requirements at least one was cut because data proves it.
pub const REQUIREMENTS_CUT: &str = "procedures.requirements-cut";
/// Share settled on time (Decision 766, indicator 2.1).
pub const ON_TIME: &str = "procedures.on-time";
/// Share filed online.
pub const ONLINE_SHARE: &str = "procedures.online-share";
/// Share of approved dossiers with an electronic result (Decision 766, indicator 4.1).
pub const E_RESULT: &str = "procedures.e-result";

/// Share of procedures in use of which at least one decided dossier had a requirement cut: what plans count.
pub const CUT_PROCEDURES: &str = "procedures.cut-procedures";
/// Share of dossiers in which everybody concerned is known by a personal number.
pub const PERSONAL_NUMBER: &str = "procedures.personal-number";

/// Dossiers read at a time.
const CHUNK: u64 = 500;

/// The measures of this domain.
#[derive(Clone, Debug)]
pub struct ProcedureMeasures(Deps);

impl ProcedureMeasures {
    /// Measures of these dossiers.
    pub fn new(deps: Deps) -> Self {
        Self(deps)
    }

    /// How a dossier counts; `None` if it is not in the denominator.
    fn counts(
        &self,
        key: &str,
        dossier: &Dossier,
        known: &KnownParties,
        end: DateTime<Utc>,
    ) -> Result<Option<Counted>, Problem> {
        match key {
            PERSONAL_NUMBER => {
                let definition = self.0.version(&dossier.procedure_version)?;
                let roles = known.get(&dossier.id);
                let all =
                    definition.parties.iter().all(|party| roles.is_some_and(|r| r.contains(&party.key)));
                Ok(Some(if all { Counted::yes("tied") } else { Counted::no("not-tied") }))
            }
            // What the officers could still ask for is known only once the dossier is decided.
            REQUIREMENTS_CUT => Ok(dossier.decision.map(|_| match dossier.waived {
                0 => Counted::no("not-cut"),
                _ => Counted::yes("cut"),
            })),
            ONLINE_SHARE => Ok(Some(match dossier.channel {
                Channel::Online => Counted::yes("online"),
                Channel::Counter | Channel::Post => Counted::no("not-online"),
            })),
            E_RESULT => Ok(match (dossier.decision, dossier.state) {
                (Some(Decision::Approved), DossierState::Returned) => Some(Counted::yes("e-result")),
                (Some(Decision::Approved), _) => Some(Counted::no("result-pending")),
                _ => None,
            }),
            ON_TIME => Ok(self.on_time(dossier, end)),
            _ => Err(Problem::not_found()),
        }
    }

    fn on_time(&self, dossier: &Dossier, end: DateTime<Utc>) -> Option<Counted> {
        let verdict = on_time::judge(self.0.clock.calendar(), &record(dossier), end);
        if !verdict.is_counted() {
            return None;
        }
        Some(if verdict.is_on_time() { Counted::yes("on-time") } else { Counted::no("late") })
    }

    /// Some dossiers of a scope, and the parties of each that are known by number, where the measure asks for them.
    async fn chunk(
        &self,
        key: &str,
        scope: &MeasureScope,
        offset: u64,
    ) -> Result<(Vec<Dossier>, KnownParties), Problem> {
        let read = self.0.db.read().await?;
        let found = dossier::list_of_period(&read, &scope.unit, scope.from, scope.to, offset, CHUNK).await?;
        let known = if key == PERSONAL_NUMBER {
            part::list_roles(&read, &found.iter().map(|dossier| dossier.id).collect::<Vec<_>>()).await?
        } else {
            KnownParties::new()
        };
        Ok((found, known))
    }

    /// The procedures with decided dossiers in a scope, by code: whether at least one had a requirement cut.
    async fn procedures(&self, scope: &MeasureScope) -> Result<BTreeMap<String, bool>, Problem> {
        let mut procedures = BTreeMap::new();
        for offset in (0..).step_by(usize::try_from(CHUNK).unwrap_or(1)) {
            let (dossiers, _) = self.chunk(CUT_PROCEDURES, scope, offset).await?;
            let whole = u64::try_from(dossiers.len()).unwrap_or(0) == CHUNK;
            for dossier in dossiers.into_iter().filter(|dossier| dossier.decision.is_some()) {
                *procedures.entry(dossier.procedure).or_insert(false) |= dossier.waived > 0;
            }
            if !whole {
                break;
            }
        }
        Ok(procedures)
    }

    /// A procedure as a record behind a number.
    fn record_of(&self, code: &str, cut: bool) -> MeasuredRecord {
        let procedure = code.parse().ok().and_then(|code| self.0.catalogue.find(code));
        MeasuredRecord {
            label: procedure.map_or_else(|| code.to_owned(), |found| format!("{code} · {}", found.name)),
            href: format!("/procedures/{code}"),
            counted: cut,
            reason: format!("measure-reason-procedure-{}", if cut { "cut" } else { "not-cut" }),
        }
    }
}

/// The parties of dossiers that are known by a personal number, as keys of the definition.
type KnownParties = HashMap<DossierId, BTreeSet<String>>;

/// Whether a dossier counts in the numerator, and why.
struct Counted {
    yes: bool,
    reason: &'static str,
}

impl Counted {
    fn yes(reason: &'static str) -> Self {
        Self { yes: true, reason }
    }

    fn no(reason: &'static str) -> Self {
        Self { yes: false, reason }
    }
}

/// A dossier as Decision 766 looks at it. Filed online it has its appointment from the moment of filing.
fn record(dossier: &Dossier) -> Record {
    let withdrawn = dossier.is_withdrawn();
    let stopped =
        dossier.state == DossierState::NotAccepted || dossier.state == DossierState::Stopped && !withdrawn;
    // What was withdrawn before anybody accepted it was never received.
    let never = dossier.state == DossierState::NotAccepted || withdrawn && dossier.received_at.is_none();
    Record {
        received_at: (!never).then(|| dossier.clock.received_at()),
        appointment: Some(dossier.clock.judged_by()),
        completed_at: dossier.decided_at.filter(|_| dossier.decision == Some(Decision::Approved)),
        returned_at: dossier.ended_at.filter(|_| dossier.state == DossierState::Returned),
        stopped_at: dossier.ended_at.filter(|_| stopped),
        withdrawn_at: dossier.ended_at.filter(|_| withdrawn),
        supplements: dossier
            .clock
            .pauses()
            .iter()
            .map(|pause| Supplement {
                requested_at: pause.from,
                answered_at: pause.to,
                reappointed: pause.to.is_some(),
            })
            .collect(),
        longest_minutes: None,
    }
}

/// A dossier as a record behind a number.
fn measured(dossier: &Dossier, counted: &Counted) -> MeasuredRecord {
    MeasuredRecord {
        label: format!("{} · {}", dossier.code, dossier.procedure),
        href: format!("/work/dossiers/{}", dossier.id),
        counted: counted.yes,
        reason: format!("measure-reason-{}", counted.reason),
    }
}

/// The end of the last day of the scope, but not later than now: what is to come is not judged.
fn end_of(cx: &Cx, scope: &MeasureScope) -> DateTime<Utc> {
    let after = scope.to.succ_opt().unwrap_or(scope.to);
    from_local(after.and_time(chrono::NaiveTime::MIN)).min(cx.now())
}

#[async_trait]
impl MeasureSource for ProcedureMeasures {
    fn measures(&self) -> Vec<MeasureInfo> {
        vec![
            MeasureInfo {
                key: REQUIREMENTS_CUT,
                name: "measure-requirements-cut",
                numerator: "measure-requirements-cut-numerator",
                denominator: "measure-dossiers-decided",
            },
            MeasureInfo {
                key: CUT_PROCEDURES,
                name: "measure-cut-procedures",
                numerator: "measure-cut-procedures-numerator",
                denominator: "measure-procedures-decided",
            },
            MeasureInfo {
                key: PERSONAL_NUMBER,
                name: "measure-personal-number",
                numerator: "measure-personal-number-numerator",
                denominator: "measure-dossiers-filed",
            },
            MeasureInfo {
                key: ON_TIME,
                name: "measure-on-time",
                numerator: "measure-on-time-numerator",
                denominator: "measure-dossiers-judged",
            },
            MeasureInfo {
                key: ONLINE_SHARE,
                name: "measure-online-share",
                numerator: "measure-online-share-numerator",
                denominator: "measure-dossiers-filed",
            },
            MeasureInfo {
                key: E_RESULT,
                name: "measure-e-result",
                numerator: "measure-e-result-numerator",
                denominator: "measure-dossiers-approved",
            },
        ]
    }

    fn behind(&self, key: &str) -> Option<&'static str> {
        (key == CUT_PROCEDURES).then_some(REQUIREMENTS_CUT)
    }

    async fn value(&self, cx: &Cx, key: &str, scope: &MeasureScope) -> Result<Ratio, Problem> {
        let end = end_of(cx, scope);
        if key == CUT_PROCEDURES {
            let procedures = self.procedures(scope).await?;
            let count = |of: usize| i64::try_from(of).unwrap_or(i64::MAX);
            let cut = procedures.values().filter(|cut| **cut).count();
            return Ok(Ratio { numerator: count(cut), denominator: count(procedures.len()) });
        }
        let mut ratio = Ratio::default();
        for offset in (0..).step_by(usize::try_from(CHUNK).unwrap_or(1)) {
            let (dossiers, known) = self.chunk(key, scope, offset).await?;
            let whole = u64::try_from(dossiers.len()).unwrap_or(0) == CHUNK;
            for dossier in dossiers {
                let Some(counted) = self.counts(key, &dossier, &known, end)? else { continue };
                ratio.denominator += 1;
                ratio.numerator += i64::from(counted.yes);
            }
            if !whole {
                break;
            }
        }
        Ok(ratio)
    }

    async fn records(
        &self,
        cx: &Cx,
        key: &str,
        scope: &MeasureScope,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<MeasuredRecord>, Problem> {
        let end = end_of(cx, scope);
        if key == CUT_PROCEDURES {
            let procedures = self.procedures(scope).await?;
            let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
            let page = procedures.iter().skip(size(offset)).take(size(limit));
            return Ok(page.map(|(code, cut)| self.record_of(code, *cut)).collect());
        }
        let mut records = Vec::new();
        let mut to_skip = offset;
        // Dossiers outside the denominator are no records: offset and limit count only what counts.
        for start in (0..).step_by(usize::try_from(CHUNK).unwrap_or(1)) {
            let (dossiers, known) = self.chunk(key, scope, start).await?;
            let whole = u64::try_from(dossiers.len()).unwrap_or(0) == CHUNK;
            for dossier in dossiers {
                let Some(counted) = self.counts(key, &dossier, &known, end)? else { continue };
                if to_skip > 0 {
                    to_skip -= 1;
                    continue;
                }
                records.push(measured(&dossier, &counted));
                if u64::try_from(records.len()).unwrap_or(u64::MAX) >= limit {
                    return Ok(records);
                }
            }
            if !whole {
                break;
            }
        }
        Ok(records)
    }
}
