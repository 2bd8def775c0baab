//! A commune with a citizen, officers, and one procedure to walk through.

use crate::neighbours::{CabinetProofs, Issuer, Population, PopulationProofs, Printer, Units};
use d06_authz::act::{self, Act};
use d06_authz::{Authz, Kind, Permit, Resource};
use d06_db::sea_orm_migration::MigrationTrait;
use d06_events::Bus;
use d06_files::Files;
use d06_jobs::Workers;
use d06_kernel::calendar::WorkingCalendar;
use d06_kernel::id::DossierId;
use d06_kernel::{Actor, Cx, Principal, Problem, Role, RoleInUnit};
use d06_procedures::Deps;
use d06_procedures::model::assistance::Grounds;
use d06_procedures::model::catalogue::Catalogue;
use d06_procedures::model::clock::{DeadlineClock, DeadlineRules};
use d06_procedures::numbers::Numbers;
use d06_procedures::ops::load::Shown;
use d06_procedures::ops::open_draft::{self, OpenDraft};
use d06_procedures::ops::save_draft::{self, SaveDraft, Saved};
use d06_procedures::ops::submit_dossier::{self, SubmitDossier};
use d06_procedures::store::dossier::{self, Dossier};
use d06_procedures::store::draft::{self, Answers, Draft, DraftId};
use d06_procedures::web;
use d06_testkit::TestDb;
use std::sync::Arc;

pub(crate) const NAM: &str = "030085001234";
pub(crate) const MARITAL_STATUS: &str = "1.004873";

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let lists =
        [d06_audit::migrations(), d06_jobs::migrations(), d06_events::migrations(), d06_files::migrations()];
    lists.into_iter().flatten().chain(d06_procedures::migration::all()).collect()
}

/// What a test acts with.
pub(crate) struct Scene {
    pub(crate) t: TestDb,
    pub(crate) deps: Deps,
    pub(crate) authz: Authz,
    pub(crate) population: Arc<Population>,
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) printer: Arc<Printer>,
    _folder: tempfile::TempDir,
}

impl Scene {
    pub(crate) fn open(t: TestDb) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let population = Arc::new(Population::default());
        let (issuer, printer) = (Arc::new(Issuer::default()), Arc::new(Printer::default()));
        let calendar = WorkingCalendar::parse(
            include_str!("../../../../../data/calendar/days_off.csv"),
            include_str!("../../../../../data/calendar/hours.toml"),
        );
        let deps = Deps {
            db: t.db.clone(),
            bus: Bus::default(),
            files: Files::local(folder.path(), &[7; 32]).unwrap(),
            catalogue: Arc::new(Catalogue::shipped().unwrap()),
            grounds: Arc::new(Grounds::shipped().unwrap()),
            numbers: Numbers::default(),
            clock: Arc::new(DeadlineClock::new(calendar.unwrap(), DeadlineRules::shipped().unwrap())),
            population: population.clone(),
            evidence: vec![Arc::new(PopulationProofs(population.clone())), Arc::new(CabinetProofs)],
            units: Arc::new(Units),
            issuer: issuer.clone(),
            printer: printer.clone(),
            commune: "H31.10816".to_owned(),
            base_url: "http://127.0.0.1:8600".to_owned(),
        };
        let authz = Authz::new().unwrap();
        Self { t, deps, authz, population, issuer, printer, _folder: folder }
    }

    fn person(&self, number: &str, role: Option<(Role, &str)>) -> Cx {
        self.t.cx.acting_as(Actor::Person(Principal {
            account: self.t.cx.new_id(),
            number: number.parse().unwrap(),
            name: "Nguyễn Văn Nam".to_owned(),
            level: 2,
            roles: role.map(|(role, unit)| RoleInUnit { role, unit: unit.to_owned() }).into_iter().collect(),
            unit: role.map(|(_, unit)| unit.to_owned()),
        }))
    }

    pub(crate) fn citizen(&self) -> Cx {
        self.person(NAM, None)
    }

    pub(crate) fn stranger(&self) -> Cx {
        self.person("030190009999", None)
    }

    pub(crate) fn receiver(&self) -> Cx {
        self.person("030080000001", Some((Role::OneStopOfficer, "H31.10816.01")))
    }

    pub(crate) fn specialist(&self) -> Cx {
        self.person("030080000002", Some((Role::Specialist, "H31.10816.03")))
    }

    pub(crate) fn leader(&self) -> Cx {
        self.person("030080000003", Some((Role::ApprovingLeader, "H31.10816")))
    }

    pub(crate) async fn open_draft(&self, cx: &Cx) -> Result<DraftId, Problem> {
        self.open_draft_of(cx, MARITAL_STATUS).await
    }

    pub(crate) async fn open_draft_of(&self, cx: &Cx, procedure: &str) -> Result<DraftId, Problem> {
        let owner = cx.require_principal()?.number;
        let resource = Resource::new(Kind::Draft, open_draft::NEW).owned_by([owner]);
        let permit = self.authz.permit(cx, &resource)?;
        let command = OpenDraft { procedure: procedure.to_owned(), owner };
        open_draft::run(cx, &self.deps, permit, command).await
    }

    pub(crate) async fn draft(&self, id: DraftId) -> Draft {
        draft::get(&self.deps.db.read().await.unwrap(), id).await.unwrap()
    }

    pub(crate) async fn draft_permit<A: Act>(&self, cx: &Cx, id: DraftId) -> Result<Permit<A>, Problem> {
        self.authz.permit(cx, &web::draft_resource(&self.draft(id).await, &self.deps.commune))
    }

    pub(crate) async fn save(
        &self,
        cx: &Cx,
        id: DraftId,
        version: i64,
        answers: &[(&str, &str)],
    ) -> Result<Saved, Problem> {
        let permit = self.draft_permit::<act::EditDraft>(cx, id).await?;
        let answers: Answers = answers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        save_draft::run(cx, &self.deps, permit, SaveDraft { draft: id, version, answers }).await
    }

    pub(crate) async fn submit(&self, cx: &Cx, id: DraftId) -> Result<DossierId, Problem> {
        let permit = self.draft_permit::<act::SubmitDossier>(cx, id).await?;
        let version = self.draft(id).await.version;
        submit_dossier::run(cx, &self.deps, permit, SubmitDossier { draft: id, version }).await
    }

    /// A filled-in draft.
    pub(crate) async fn ready_draft(&self) -> DraftId {
        let cx = self.citizen();
        let id = self.open_draft(&cx).await.unwrap();
        let answers = [
            ("name", "Nguyễn Văn Nam"),
            ("birth-date", "07/03/1985"),
            ("sex", "male"),
            ("ethnicity", "Kinh"),
            ("nationality", "Việt Nam"),
            ("residence", "Thôn Đông, xã Hà Bắc"),
            ("marital-status", "single"),
            ("purpose", "loan"),
            ("true", "yes"),
        ];
        let saved = self.save(&cx, id, 0, &answers).await.unwrap();
        assert!(matches!(saved, Saved::Kept(1)), "{saved:?}");
        id
    }

    /// A filed dossier.
    pub(crate) async fn filed(&self) -> DossierId {
        let id = self.ready_draft().await;
        self.submit(&self.citizen(), id).await.unwrap()
    }

    pub(crate) async fn dossier(&self, id: DossierId) -> Dossier {
        dossier::get(&self.deps.db.read().await.unwrap(), id).await.unwrap()
    }

    pub(crate) async fn permit<A: Act>(&self, cx: &Cx, id: DossierId) -> Result<Permit<A>, Problem> {
        let read = self.deps.db.read().await?;
        let resource = web::dossier_resource(&read, &self.dossier(id).await).await?;
        self.authz.permit(cx, &resource)
    }

    pub(crate) async fn shown(&self, id: DossierId) -> Shown {
        Shown { dossier: id, version: self.dossier(id).await.version }
    }

    /// Runs the jobs that are due.
    pub(crate) async fn work(&self) -> usize {
        Workers::new(self.deps.db.clone(), self.t.cx.clone(), d06_procedures::jobs::handlers(&self.deps))
            .run_due()
            .await
    }
}
