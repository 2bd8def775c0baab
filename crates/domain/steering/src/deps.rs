//! What this domain needs from outside, wired by `app/server`.

use d06_authz::{Authz, Kind, Resource};
use d06_db::Db;
use d06_events::Bus;
use d06_files::Files;
use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::port::measure::{MeasureInfo, MeasureScope, MeasureSource, MeasuredRecord, Ratio};
use d06_kernel::port::unit::{OfficialDirectory, UnitDirectory};
use d06_kernel::{Cx, Problem};
use d06_mail::Mail;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::plan::Plan;

/// The neighbours of this domain. Cheap to clone.
#[derive(Clone)]
pub struct Deps {
    /// The database.
    pub db: Db,
    /// Who may do what.
    pub authz: Arc<Authz>,
    /// Where events are published.
    pub bus: Bus,
    /// The store of files, for evidence.
    pub files: Files,
    /// Everything that can be measured.
    pub measures: Measures,
    /// The tree of units.
    pub units: Arc<dyn UnitDirectory>,
    /// Who holds which role.
    pub officials: Arc<dyn OfficialDirectory>,
    /// Working days, for terms.
    pub calendar: Arc<WorkingCalendar>,
    /// The letter box for reminders.
    pub mail: Mail,
    /// How browsers reach the platform, for links in letters.
    pub base_url: String,
    /// Code of the committee whose plan is shown, `H31.10816`.
    pub commune: String,
}

impl Deps {
    /// A target or plan as the policies see it: it lies in the unit whose plan it belongs to.
    pub fn resource(&self, id: impl ToString, plan: &Plan) -> Resource {
        Resource::new(Kind::Target, id).in_unit(plan.unit.clone())
    }
}

/// The measures of all domains, by key.
#[derive(Clone, Default)]
pub struct Measures(Arc<BTreeMap<&'static str, Offer>>);

/// A measure and who offers it.
type Offer = (MeasureInfo, Arc<dyn MeasureSource>);

impl Measures {
    /// The measures that the sources offer.
    ///
    /// # Errors
    /// Two sources offer one key: a slip in the wiring.
    pub fn new(sources: Vec<Arc<dyn MeasureSource>>) -> Result<Self, Problem> {
        let mut all = BTreeMap::new();
        for source in sources {
            for info in source.measures() {
                let key = info.key;
                if all.insert(key, (info, source.clone())).is_some() {
                    return Err(Problem::internal(format!("measure {key} is offered twice")));
                }
            }
        }
        Ok(Self(Arc::new(all)))
    }

    /// Every measure, by key.
    pub fn list(&self) -> impl Iterator<Item = &MeasureInfo> {
        self.0.values().map(|(info, _)| info)
    }

    /// A measure, if some domain offers it.
    pub fn find(&self, key: &str) -> Option<&MeasureInfo> {
        self.0.get(key).map(|(info, _)| info)
    }

    /// The measure whose records those of another stand on.
    pub fn behind(&self, key: &str) -> Option<&'static str> {
        self.0.get(key).and_then(|(_, source)| source.behind(key))
    }

    /// The value of a measure.
    ///
    /// # Errors
    /// "Not found" for a key nobody offers, or the source's problem.
    pub async fn value(&self, cx: &Cx, key: &str, scope: &MeasureScope) -> Result<Ratio, Problem> {
        let (_, source) = self.0.get(key).ok_or_else(Problem::not_found)?;
        source.value(cx, key, scope).await
    }

    /// A page of the records behind a value.
    ///
    /// # Errors
    /// As [`Self::value`].
    pub async fn records(
        &self,
        cx: &Cx,
        key: &str,
        scope: &MeasureScope,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<MeasuredRecord>, Problem> {
        let (_, source) = self.0.get(key).ok_or_else(Problem::not_found)?;
        source.records(cx, key, scope, offset, limit).await
    }
}
