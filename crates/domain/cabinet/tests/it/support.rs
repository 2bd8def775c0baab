//! A cabinet with its neighbours.

use async_trait::async_trait;
use d06_cabinet::{Cabinet, Deps};
use d06_db::sea_orm_migration::MigrationTrait;
use d06_events::Bus;
use d06_files::Files;
use d06_kernel::id::{DocumentId, DossierId};
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::document::{DocumentUse, DocumentUses, NewResult};
use d06_kernel::port::unit::{Official, OfficialDirectory, RoleHolder, Unit, UnitDirectory};
use d06_kernel::{Cx, Problem, Role};
use d06_pdf::sign::SoftwareKeys;
use d06_testkit::TestDb;
use serde_json::json;
use std::sync::Arc;

/// The citizen of these tests.
pub(crate) fn nam() -> PersonalNumber {
    "030085001234".parse().unwrap()
}

/// The leader who decides.
fn leader() -> PersonalNumber {
    "031175004321".parse().unwrap()
}

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let mut all = d06_files::migrations();
    all.extend(d06_audit::migrations());
    all.extend(d06_jobs::migrations());
    all.extend(d06_events::migrations());
    all.extend(d06_cabinet::migrations());
    all
}

/// Two units.
struct Units;

#[async_trait]
impl UnitDirectory for Units {
    async fn get(&self, _: &Cx, code: &str) -> Result<Unit, Problem> {
        let (name, parent) = match code {
            "H31" => ("Ủy ban nhân dân thành phố Hải Phòng", None),
            "H31.10816" => ("Ủy ban nhân dân xã Hà Bắc", Some("H31".to_owned())),
            _ => return Err(Problem::not_found()),
        };
        let kind = "people-committee".to_owned();
        Ok(Unit { code: code.to_owned(), name: name.to_owned(), parent, commune: None, kind })
    }

    async fn subtree(&self, cx: &Cx, code: &str) -> Result<Vec<Unit>, Problem> {
        Ok(vec![self.get(cx, code).await?])
    }
}

/// One official, the leader.
struct Officials;

#[async_trait]
impl OfficialDirectory for Officials {
    async fn official(&self, _: &Cx, number: &PersonalNumber, _: &str) -> Result<Option<Official>, Problem> {
        let leader =
            Official { name: "Trần Thị Mai Hương".to_owned(), roles: vec![Role::ApprovingLeader] };
        Ok((*number == self::leader()).then_some(leader))
    }

    async fn holders(&self, _: &Cx, unit: &str) -> Result<Vec<RoleHolder>, Problem> {
        let name = Some("Trần Thị Mai Hương".to_owned());
        Ok(vec![RoleHolder { number: leader(), name, role: Role::ApprovingLeader, unit: unit.to_owned() }])
    }
}

/// No document was used anywhere.
struct NoUses;

#[async_trait]
impl DocumentUses for NoUses {
    async fn uses(&self, _: &Cx, _: DocumentId) -> Result<Vec<DocumentUse>, Problem> {
        Ok(Vec::new())
    }
}

/// A cabinet over a test database; the folder lives as long as the test.
pub(crate) struct Room {
    pub(crate) cabinet: Cabinet,
    _folder: tempfile::TempDir,
}

pub(crate) fn room(t: &TestDb) -> Room {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::local(&folder.path().join("files"), &[4; 32]).unwrap();
    let deps = Deps {
        db: t.db.clone(),
        bus: Bus::new(Vec::new()),
        files,
        units: Arc::new(Units),
        officials: Arc::new(Officials),
        uses: Arc::new(NoUses),
        keys: Arc::new(SoftwareKeys::open(&t.cx, &folder.path().join("keys")).unwrap()),
        base_url: "http://127.0.0.1:8600".to_owned(),
    };
    Room { cabinet: Cabinet::new(deps).unwrap(), _folder: folder }
}

/// A confirmation of marital status for the citizen.
pub(crate) fn confirmation(cx: &Cx) -> NewResult {
    NewResult {
        document: cx.new_id::<DocumentId>(),
        owners: vec![nam()],
        kind: "marital-status-confirmation".to_owned(),
        dossier: cx.new_id::<DossierId>(),
        unit: "H31.10816".to_owned(),
        approved_by: leader(),
        fields: json!({
            "name": "Nguyễn Văn Nam", "birth-date": "07/03/1985", "sex": "male",
            "marital-status": "single", "purpose": "#read(\"/etc/passwd\")",
        }),
    }
}
