//! What an auditor does, and what that leaves behind.

use async_trait::async_trait;
use d06_audit::{Entry, EntryFilter, Outside, SigningKey, append, integrate, list};
use d06_authz::{Authz, Permit, act};
use d06_db::PageRequest;
use d06_db::sea_orm::ConnectionTrait;
use d06_db::sea_orm_migration::MigrationTrait;
use d06_kernel::id::AccountId;
use d06_kernel::person::PersonalNumber;
use d06_kernel::port::account::AccountDirectory;
use d06_kernel::{Actor, Cx, Principal, Problem, Role, RoleInUnit};
use d06_protection::ops::{find_actor, open_entry, search_log};
use d06_protection::{Log, verify_log};
use d06_testkit::{TestDb, both};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

const OFFICE: &str = "H31.10816";
const MAI: &str = "030198000101";

fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    let mut all = d06_audit::migrations();
    all.extend(d06_protection::migrations());
    all
}

fn key() -> SigningKey {
    SigningKey::new("dean06/test", &[1; 32]).unwrap()
}

/// Knows one person.
struct OnlyMai;

#[async_trait]
impl AccountDirectory for OnlyMai {
    async fn name(&self, _: &Cx, _: AccountId) -> Result<Option<String>, Problem> {
        Ok(Some("Nguyễn Thị Mai".to_owned()))
    }

    async fn find(&self, _: &Cx, number: &PersonalNumber) -> Result<Option<AccountId>, Problem> {
        Ok((number.as_str() == MAI).then_some(AccountId(uuid::Uuid::from_u128(7))))
    }
}

fn log(t: &TestDb, folder: &Path) -> Log {
    Log {
        db: t.db.clone(),
        accounts: Arc::new(OnlyMai),
        office: OFFICE.to_owned(),
        key: key().public(),
        outside: Outside::at(folder.join("checkpoint")),
    }
}

fn acting(cx: &Cx, role: Role) -> Cx {
    cx.acting_as(Actor::Person(Principal {
        account: AccountId(uuid::Uuid::from_u128(9)),
        number: "030189000206".parse().unwrap(),
        name: "Lê Thu Hà".to_owned(),
        level: 2,
        roles: vec![RoleInUnit { role, unit: OFFICE.to_owned() }],
        unit: Some(OFFICE.to_owned()),
    }))
}

fn permit(log: &Log, cx: &Cx) -> Result<Permit<act::ViewAudit>, Problem> {
    Authz::new().unwrap().permit(cx, &log.resource())
}

/// Two entries, one of them about Mai.
async fn filled(t: &TestDb) {
    for (action, subject) in [("dossier.submit", Some(MAI.parse().unwrap())), ("plan.import", None)] {
        let tx = t.db.begin().await.unwrap();
        let entry =
            Entry { action, subject, object: "x:1".into(), unit: Some(OFFICE.into()), details: json!({}) };
        append(&t.cx, &tx, entry).await.unwrap();
        tx.commit().await.unwrap();
        t.clock.advance(chrono::Duration::days(1));
    }
    integrate(&t.cx, &t.db, &key(), true).await.unwrap();
}

#[tokio::test]
async fn only_an_auditor_gets_the_permit() {
    both(migrations, |t| async move {
        let folder = tempfile::tempdir().unwrap();
        let log = log(&t, folder.path());
        assert!(permit(&log, &acting(&t.cx, Role::Auditor)).is_ok());
        for role in [Role::Chairman, Role::Administrator, Role::StandingOffice, Role::Specialist] {
            assert!(permit(&log, &acting(&t.cx, role)).is_err(), "{role:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn opening_what_concerns_a_person_is_recorded_and_the_rest_is_not() {
    both(migrations, |t| async move {
        filled(&t).await;
        let folder = tempfile::tempdir().unwrap();
        let log = log(&t, folder.path());
        let cx = acting(&t.cx, Role::Auditor);
        let permit = permit(&log, &cx).unwrap();
        let all =
            search_log::run(&log, &permit, &EntryFilter::default(), &PageRequest::first(9)).await.unwrap();
        for entry in &all.items {
            let opened = open_entry::run(&cx, &log, &permit, entry.id).await.unwrap();
            assert!(opened.proof.is_some());
        }
        let filter = EntryFilter { action: Some("audit.open".into()), ..EntryFilter::default() };
        let opened = list(&t.db.read().await.unwrap(), &filter, &PageRequest::first(9)).await.unwrap();
        assert_eq!(opened.items.len(), 1);
        assert_eq!(opened.items[0].subject.unwrap().as_str(), MAI);
        assert_eq!(opened.items[0].actor, format!("account:{}", uuid::Uuid::from_u128(9)));
    })
    .await;
}

#[tokio::test]
async fn a_search_by_person_is_recorded_whether_it_finds_or_not() {
    both(migrations, |t| async move {
        let folder = tempfile::tempdir().unwrap();
        let log = log(&t, folder.path());
        let cx = acting(&t.cx, Role::Auditor);
        let permit = permit(&log, &cx).unwrap();
        let actor = find_actor::run(&cx, &log, &permit, MAI.parse().unwrap()).await.unwrap();
        assert_eq!(actor, format!("account:{}", uuid::Uuid::from_u128(7)));
        let unknown = find_actor::run(&cx, &log, &permit, "030096000102".parse().unwrap()).await.unwrap_err();
        assert_eq!(unknown.fields[0].code, "audit.actor-unknown");
        let filter = EntryFilter { action: Some("audit.search".into()), ..EntryFilter::default() };
        let found = list(&t.db.read().await.unwrap(), &filter, &PageRequest::first(9)).await.unwrap();
        assert_eq!(found.items.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_log_is_searched_by_time_action_object_unit_and_actor() {
    both(migrations, |t| async move {
        filled(&t).await;
        let folder = tempfile::tempdir().unwrap();
        let log = log(&t, folder.path());
        let permit = permit(&log, &acting(&t.cx, Role::Auditor)).unwrap();
        let everything =
            search_log::run(&log, &permit, &EntryFilter::default(), &PageRequest::first(9)).await;
        let newest = everything.unwrap().items.remove(0);
        let count = async |filter: EntryFilter| {
            search_log::run(&log, &permit, &filter, &PageRequest::first(9)).await.unwrap().items.len()
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(count(EntryFilter { action: some("plan.import"), ..Default::default() }).await, 1);
        assert_eq!(count(EntryFilter { object: some("x:1"), ..Default::default() }).await, 2);
        assert_eq!(count(EntryFilter { object: some("x:2"), ..Default::default() }).await, 0);
        assert_eq!(count(EntryFilter { unit: some(OFFICE), ..Default::default() }).await, 2);
        assert_eq!(count(EntryFilter { actor: Some(newest.actor.clone()), ..Default::default() }).await, 2);
        assert_eq!(count(EntryFilter { actor: some("anonymous"), ..Default::default() }).await, 0);
        assert_eq!(count(EntryFilter { from: Some(newest.at), ..Default::default() }).await, 1);
        assert_eq!(count(EntryFilter { until: Some(newest.at), ..Default::default() }).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_run_keeps_what_it_found() {
    both(migrations, |t| async move {
        filled(&t).await;
        let folder = tempfile::tempdir().unwrap();
        let log = log(&t, folder.path());
        let run = verify_log::run(&t.cx, &log).await.unwrap();
        assert_eq!((run.size, run.findings, run.outside), (2, 0, false));
        let tx = t.db.begin().await.unwrap();
        tx.execute_unprepared(
            "UPDATE audit_entry SET action = 'dossier.refuse' WHERE action = 'dossier.submit'",
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let run = verify_log::run(&t.cx, &log).await.unwrap();
        assert_eq!(run.faults.iter().map(|line| line.fault.as_str()).collect::<Vec<_>>(), ["column-altered"]);
    })
    .await;
}
