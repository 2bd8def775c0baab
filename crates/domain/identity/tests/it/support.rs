//! A stand-in with three accounts, and a browser that signs in.

use d06_db::sea_orm::{ConnectionTrait, DbBackend, Statement, TryGetable};
use d06_db::sea_orm_migration::MigrationTrait;
use d06_db::{Backend, Db};
use d06_http::{Lifetimes, Sessions};
use d06_identity::ops::begin_sign_in;
use d06_identity::ops::finish_sign_in::{self, Callback, SignedIn};
use d06_identity::{Principals, Provider, ProviderSettings};
use d06_kernel::cx::Randomness;
use d06_kernel::id::AccountId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::{Actor, Cx, Principal, Problem, Role, RoleInUnit};
use d06_sandbox_vneid::{Account, Accounts, Fault, FaultMode, Settings, serve};
use d06_testkit::TestDb;
use std::sync::Arc;
use std::time::Duration;

pub(crate) const MAI: &str = "030198000101";
pub(crate) const SEN: &str = "030142000105";
pub(crate) const HUY: &str = "030095000207";
pub(crate) const COMMITTEE: &str = "H31.10816";
pub(crate) const SHOP: &str = "H31.10816.01";

const PLATFORM: &str = "http://127.0.0.1:8600";

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let mut all = d06_http::migrations();
    all.extend(d06_audit::migrations());
    all.extend(d06_identity::migrations());
    all
}

/// The stand-in, and our side of it.
pub(crate) struct World {
    pub(crate) vneid: d06_sandbox_vneid::Provider,
    pub(crate) provider: Provider,
    pub(crate) sessions: Sessions,
    pub(crate) db: Db,
    pub(crate) cx: Cx,
    browser: reqwest::Client,
}

/// What comes back with the browser.
pub(crate) struct Returned {
    pub(crate) state: String,
    pub(crate) code: String,
    pub(crate) error: Option<String>,
    pub(crate) browser_secret: String,
}

impl Returned {
    pub(crate) fn callback(&self) -> Callback {
        Callback {
            state: self.state.clone(),
            code: self.error.clone().map_or_else(|| Ok(self.code.clone()), Err),
            browser_secret: Some(self.browser_secret.clone()),
        }
    }
}

impl World {
    pub(crate) async fn of(test: &TestDb) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        // The stand-in draws from randomness of its own and shares the test's clock.
        let cx = Cx::system("stand-in", test.cx.clock(), Randomness::seeded([9; 32]));
        let settings = Settings::demo(&issuer, PLATFORM);
        let client_secret = settings.clients[0].secret.clone();
        let vneid = d06_sandbox_vneid::Provider::new(settings, accounts(), cx).unwrap();
        tokio::spawn(serve(listener, vneid.clone(), std::future::pending()));
        let provider = Provider::new(ProviderSettings {
            issuer,
            client_id: "dean06".to_owned(),
            client_secret,
            redirect_uri: format!("{PLATFORM}/sign-in/callback"),
            home: format!("{PLATFORM}/"),
            timeout: Duration::from_millis(1500),
        })
        .unwrap();
        let sessions = Sessions::new(Arc::new(Principals), Lifetimes::default(), false);
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self {
            vneid,
            provider,
            sessions,
            db: test.db.clone(),
            cx: test.cx.acting_as(Actor::Anonymous),
            browser,
        }
    }

    pub(crate) fn play(&self, mode: FaultMode) {
        self.vneid.play(Fault { mode, ms: 3_000, ..Fault::default() }).unwrap();
    }

    /// Goes to VNeID as `account` and comes back.
    pub(crate) async fn visit(&self, account: &str) -> Returned {
        let begun = begin_sign_in::run(&self.cx, &self.db, &self.provider, "/cabinet").await.unwrap();
        let address: url::Url = begun.url.parse().unwrap();
        let mut form: Vec<(String, String)> = address.query_pairs().into_owned().collect();
        form.push(("account".to_owned(), account.to_owned()));
        let mut target = address;
        target.set_query(None);
        let response = self.browser.post(target).form(&form).send().await.unwrap();
        let back: url::Url = response.headers()["location"].to_str().unwrap().parse().unwrap();
        let value = |name: &str| back.query_pairs().find(|(key, _)| key == name).map(|(_, v)| v.into_owned());
        Returned {
            state: value("state").unwrap(),
            code: value("code").unwrap_or_default(),
            error: value("error"),
            browser_secret: begun.browser_secret,
        }
    }

    pub(crate) async fn finish(&self, callback: Callback) -> Result<SignedIn, Problem> {
        finish_sign_in::run(&self.cx, &self.db, &self.provider, &self.sessions, callback).await
    }

    /// Signs in, or says with which code it was refused.
    pub(crate) async fn sign_in(&self, account: &str) -> Result<SignedIn, &'static str> {
        let returned = self.visit(account).await;
        self.finish(returned.callback()).await.map_err(|problem| problem.code)
    }
}

fn accounts() -> Accounts {
    let people = [
        (MAI, "Nguyễn Thị Mai", "1998-03-12"),
        (SEN, "Bùi Thị Sen", "1942"),
        (HUY, "Ngô Quang Huy", "1995-05-27"),
    ];
    Accounts::new(people.map(|(number, name, birth)| Account {
        number: number.parse().unwrap(),
        name: name.to_owned(),
        birth: birth.parse().unwrap(),
        level: 2,
        listed_as: None,
    }))
}

pub(crate) fn number(text: &str) -> PersonalNumber {
    text.parse().unwrap()
}

/// The administrator of the committee.
pub(crate) fn administrator(cx: &Cx) -> Cx {
    cx.acting_as(Actor::Person(Principal {
        account: AccountId(uuid::Uuid::from_u128(7)),
        number: number(HUY),
        name: "Ngô Quang Huy".to_owned(),
        level: 2,
        roles: vec![RoleInUnit { role: Role::Administrator, unit: COMMITTEE.to_owned() }],
        unit: Some(COMMITTEE.to_owned()),
    }))
}

/// The one value that a query gives.
pub(crate) async fn value<T: TryGetable>(db: &Db, expression: &str) -> T {
    let backend = match db.backend() {
        Backend::Sqlite => DbBackend::Sqlite,
        Backend::Postgres => DbBackend::Postgres,
    };
    let sql = format!("SELECT {expression} AS found FROM identity_account");
    let tx = db.read().await.unwrap();
    let row = tx.query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
    row.try_get("", "found").unwrap()
}

/// The account of the only person who has signed in.
pub(crate) async fn only_account(db: &Db) -> AccountId {
    AccountId(value(db, "id").await)
}
