//! A stand-in, a door to it, and people who ask.

use d06_authz::Authz;
use d06_db::sea_orm::{ConnectionTrait, DbBackend, Statement};
use d06_db::sea_orm_migration::MigrationTrait;
use d06_db::{Backend, Db};
use d06_events::Bus;
use d06_kernel::cx::Randomness;
use d06_kernel::id::AccountId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::population::{LookUp, PersonField, Purpose};
use d06_kernel::{Actor, Cx, Principal, Role, RoleInUnit};
use d06_people::{ClientSettings, Door};
use d06_sandbox_population::{Database, Fault, FaultMode, Key, serve};
use d06_synth::{Population, Size, demo};
use d06_testkit::TestDb;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

pub(crate) const OFFICE: &str = "H31.10816";

static PEOPLE: LazyLock<Arc<Population>> =
    LazyLock::new(|| Arc::new(Population::generate(1, Size::People(60))));

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let mut all = d06_jobs::migrations();
    all.extend(d06_audit::migrations());
    all.extend(d06_events::migrations());
    all.extend(d06_people::migrations());
    all
}

/// The stand-in and a door to it.
pub(crate) struct World {
    pub(crate) door: Arc<Door>,
    pub(crate) database: Database,
    pub(crate) db: Db,
    pub(crate) cx: Cx,
}

impl World {
    pub(crate) async fn of(test: &TestDb) -> Self {
        Self::with_secret(test, &Key::demo().secret).await
    }

    pub(crate) async fn with_secret(test: &TestDb, secret: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        // The stand-in draws from randomness of its own, so that it does not disturb the test's.
        let cx = Cx::system("stand-in", test.cx.clock(), Randomness::seeded([9; 32]));
        let database = Database::new(PEOPLE.clone(), vec![Key::demo()], cx);
        tokio::spawn(serve(listener, database.clone(), std::future::pending()));
        let settings = ClientSettings {
            url,
            key_id: Key::demo().id,
            key_secret: secret.to_owned(),
            timeout: Duration::from_millis(1500),
        };
        let authz = Arc::new(Authz::new().unwrap());
        let door = Door::new(settings, test.db.clone(), Bus::default(), authz, OFFICE).unwrap();
        Self { door: Arc::new(door), database, db: test.db.clone(), cx: test.cx.clone() }
    }

    pub(crate) fn play(&self, mode: FaultMode, ms: u64) {
        self.database.play(Fault { mode, ms, ..Fault::default() }).unwrap();
    }

    pub(crate) async fn rows(&self, table: &str) -> i64 {
        count(&self.db, table).await
    }
}

pub(crate) async fn count(db: &Db, table: &str) -> i64 {
    let tx = db.read().await.unwrap();
    let backend = match db.backend() {
        Backend::Sqlite => DbBackend::Sqlite,
        Backend::Postgres => DbBackend::Postgres,
    };
    let sql = format!("SELECT COUNT(*) AS rows_there FROM {table}");
    let row = tx.query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
    row.try_get("", "rows_there").unwrap()
}

pub(crate) fn number(text: &str) -> PersonalNumber {
    text.parse().unwrap()
}

/// Somebody who acts as a citizen.
pub(crate) fn citizen(cx: &Cx, text: &str) -> Cx {
    cx.acting_as(Actor::Person(person(text, None)))
}

/// The demo official of a role, in their unit.
pub(crate) fn official(cx: &Cx, role: Role) -> Cx {
    let official = demo::official(role).unwrap();
    let post = official.post.unwrap();
    cx.acting_as(Actor::Person(person(official.number.as_str(), Some((post.role, post.unit)))))
}

fn person(text: &str, post: Option<(Role, &str)>) -> Principal {
    Principal {
        account: AccountId(uuid::Uuid::from_u128(text.parse().unwrap())),
        number: number(text),
        name: format!("Người {text}"),
        level: 2,
        roles: post.iter().map(|(role, unit)| RoleInUnit { role: *role, unit: (*unit).to_owned() }).collect(),
        unit: post.map(|(_, unit)| unit.to_owned()),
    }
}

pub(crate) fn question(subject: &str, purpose: &str, fields: &[PersonField]) -> LookUp {
    LookUp {
        subject: number(subject),
        fields: fields.iter().copied().collect(),
        purpose: Purpose {
            code: purpose.to_owned(),
            dossier: None,
            reference: "1.004873".to_owned(),
            legal_basis: "Luật Căn cước 26/2023/QH15, Điều 11".to_owned(),
        },
    }
}
