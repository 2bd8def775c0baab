//! A commune with its plan, officials, and dossiers that are counted.

use async_trait::async_trait;
use d06_authz::Authz;
use d06_events::Bus;
use d06_files::Files;
use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::cx::Principal;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::measure::{MeasureInfo, MeasureScope, MeasureSource, MeasuredRecord, Ratio};
use d06_kernel::port::unit::{Official, OfficialDirectory, RoleHolder, Unit, UnitDirectory};
use d06_kernel::time::Moment;
use d06_kernel::time::local_date;
use d06_kernel::{Actor, Cx, Problem, Role, RoleInUnit};
use d06_steering::model::plan::{PlanId, Target};
use d06_steering::ops::{import_plan, list_targets, plan_in_force};
use d06_steering::{Deps, Measures};
use d06_testkit::TestDb;
use std::sync::{Arc, Mutex};

pub(crate) const COMMUNE: &str = "H31.10816";

pub(crate) fn migrations() -> Vec<Box<dyn d06_db::sea_orm_migration::MigrationTrait>> {
    let mut all = d06_audit::migrations();
    all.extend(d06_jobs::migrations());
    all.extend(d06_events::migrations());
    all.extend(d06_files::migrations());
    all.extend(d06_mail::migrations());
    all.extend(d06_steering::migrations());
    all
}

/// A dossier as the source counts it.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub(crate) code: &'static str,
    pub(crate) at: Moment,
    pub(crate) online: bool,
    pub(crate) on_time: bool,
}

/// Counts the dossiers it holds.
#[derive(Default)]
pub(crate) struct Dossiers {
    pub(crate) all: Mutex<Vec<Counted>>,
    pub(crate) broken: Mutex<bool>,
}

const INFO: [MeasureInfo; 2] = [
    MeasureInfo {
        key: "procedures.online-share",
        name: "measure-online",
        numerator: "measure-online-numerator",
        denominator: "measure-online-denominator",
    },
    MeasureInfo {
        key: "procedures.on-time",
        name: "measure-on-time",
        numerator: "measure-on-time-numerator",
        denominator: "measure-on-time-denominator",
    },
];

impl Dossiers {
    fn counted(&self, key: &str, scope: &MeasureScope) -> Result<Vec<(Counted, bool)>, Problem> {
        if *self.broken.lock().unwrap() {
            return Err(Problem::unavailable("source.down"));
        }
        let all = self.all.lock().unwrap();
        let within = |dossier: &&Counted| (scope.from..=scope.to).contains(&local_date(dossier.at));
        let counts =
            |dossier: &Counted| if key.ends_with("on-time") { dossier.on_time } else { dossier.online };
        Ok(all.iter().filter(within).map(|dossier| (dossier.clone(), counts(dossier))).collect())
    }
}

#[async_trait]
impl MeasureSource for Dossiers {
    fn measures(&self) -> Vec<MeasureInfo> {
        INFO.to_vec()
    }

    async fn value(&self, _: &Cx, key: &str, scope: &MeasureScope) -> Result<Ratio, Problem> {
        let counted = self.counted(key, scope)?;
        let numerator = counted.iter().filter(|(_, counts)| *counts).count() as i64;
        Ok(Ratio { numerator, denominator: counted.len() as i64 })
    }

    async fn records(
        &self,
        _: &Cx,
        key: &str,
        scope: &MeasureScope,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<MeasuredRecord>, Problem> {
        let counted = self.counted(key, scope)?.into_iter().skip(offset as usize).take(limit as usize);
        Ok(counted
            .map(|(dossier, counted)| MeasuredRecord {
                label: dossier.code.to_owned(),
                href: format!("/work/dossiers/{}", dossier.code),
                counted,
                reason: "measure-reason".to_owned(),
            })
            .collect())
    }
}

/// The units of the commune and who works there.
struct Directory;

const UNITS: [(&str, &str, Option<&str>); 6] = [
    ("H31", "Ủy ban nhân dân thành phố Hải Phòng", None),
    ("H31.10813", "Ủy ban nhân dân xã Thanh Hà", Some("H31")),
    (COMMUNE, "Ủy ban nhân dân xã Hà Bắc", Some("H31")),
    ("H31.10816.01", "Trung tâm phục vụ hành chính công xã Hà Bắc", Some(COMMUNE)),
    ("H31.10816.02", "Công an xã Hà Bắc", Some(COMMUNE)),
    ("H31.10816.T01", "Thôn Cẩm Đông", Some(COMMUNE)),
];

fn kind_of(code: &str) -> &'static str {
    match code.matches('.').count() {
        0 => "city",
        1 => "people-committee",
        _ if code.ends_with(".T01") => "hamlet",
        _ => "department",
    }
}

#[async_trait]
impl UnitDirectory for Directory {
    async fn get(&self, cx: &Cx, code: &str) -> Result<Unit, Problem> {
        self.subtree(cx, code).await?.into_iter().next().ok_or_else(Problem::not_found)
    }

    async fn subtree(&self, _: &Cx, code: &str) -> Result<Vec<Unit>, Problem> {
        let within = |unit: &str| unit == code || unit.starts_with(&format!("{code}."));
        let units = UNITS.iter().filter(|(unit, _, _)| within(unit)).map(|(code, name, parent)| Unit {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            parent: parent.map(str::to_owned),
            commune: None,
            kind: kind_of(code).to_owned(),
        });
        Ok(units.collect())
    }
}

#[async_trait]
impl OfficialDirectory for Directory {
    async fn official(&self, _: &Cx, _: &PersonalNumber, _: &str) -> Result<Option<Official>, Problem> {
        Ok(None)
    }

    async fn holders(&self, _: &Cx, unit: &str) -> Result<Vec<RoleHolder>, Problem> {
        let of = |number: &str, name: Option<&str>, role, unit: &str| RoleHolder {
            number: number.parse().unwrap(),
            name: name.map(str::to_owned),
            role,
            unit: unit.to_owned(),
        };
        let all = [
            of("030191000201", Some("Vũ Thị Lan"), Role::OneStopOfficer, "H31.10816.01"),
            of("030084000204", None, Role::StandingOffice, "H31.10816.02"),
        ];
        Ok(all.into_iter().filter(|holder| holder.unit.starts_with(unit)).collect())
    }
}

/// What a test acts with.
pub(crate) struct Scene {
    pub(crate) t: TestDb,
    pub(crate) deps: Deps,
    pub(crate) dossiers: Arc<Dossiers>,
    pub(crate) plan: PlanId,
    _folder: tempfile::TempDir,
}

impl Scene {
    pub(crate) async fn open(t: TestDb) -> Self {
        let dossiers = Arc::new(Dossiers::default());
        let measures = Measures::new(vec![dossiers.clone()]).unwrap();
        let authz = Arc::new(Authz::new().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let deps = Deps {
            db: t.db.clone(),
            authz,
            bus: Bus::new(Vec::new()),
            files: Files::local(folder.path(), &[7; 32]).unwrap(),
            measures,
            units: Arc::new(Directory),
            officials: Arc::new(Directory),
            calendar: Arc::new(WorkingCalendar::national().unwrap()),
            mail: d06_mail::Mail::default(),
            base_url: "http://127.0.0.1:8600".to_owned(),
            commune: COMMUNE.to_owned(),
        };
        let plan = import_plan::shipped(&t.cx, &t.db, COMMUNE).await.unwrap();
        Self { t, deps, dossiers, plan, _folder: folder }
    }

    /// A context of an official of the commune.
    pub(crate) fn acting(&self, role: Role, unit: &str) -> Cx {
        self.t.cx.acting_as(Actor::Person(Principal {
            account: self.t.cx.new_id(),
            number: "030085001234".parse().unwrap(),
            name: "Phạm Văn Hùng".to_owned(),
            level: 2,
            roles: vec![RoleInUnit { role, unit: unit.to_owned() }],
            unit: Some(unit.to_owned()),
        }))
    }

    pub(crate) fn chairman(&self) -> Cx {
        self.acting(Role::Chairman, COMMUNE)
    }

    pub(crate) fn standing_office(&self) -> Cx {
        self.acting(Role::StandingOffice, "H31.10816.02")
    }

    pub(crate) fn add(&self, code: &'static str, online: bool, on_time: bool) {
        let at = self.t.cx.now();
        self.dossiers.all.lock().unwrap().push(Counted { code, at, online, on_time });
    }

    /// The target of a reference, as the chairman sees it.
    pub(crate) async fn state(&self, reference: &str) -> list_targets::TargetState {
        let cx = self.chairman();
        let (plan, permit) = plan_in_force::run(&cx, &self.deps).await.unwrap();
        let states = list_targets::run(&cx, &self.deps, &permit, &plan).await.unwrap();
        states.into_iter().find(|state| state.target.place.reference == reference).unwrap()
    }

    pub(crate) async fn target(&self, reference: &str) -> Target {
        self.state(reference).await.target
    }
}
