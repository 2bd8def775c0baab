//! Roles hold from one day to another, and nobody gives themselves one.

use crate::support::{COMMITTEE, HUY, MAI, SHOP, World, administrator, migrations, number, only_account};
use chrono::{Duration, NaiveDate};
use d06_authz::{Authz, Kind, Permit, Resource, act};
use d06_http::PrincipalSource;
use d06_identity::model::{NewRoleGrant, read_units};
use d06_identity::ops::end_role::{self, EndRole};
use d06_identity::ops::{give_role, list_choices, list_roles, seed};
use d06_identity::{Principals, Units};
use d06_kernel::port::unit::UnitDirectory;
use d06_kernel::time::local_date;
use d06_kernel::{Cx, Problem, ProblemKind, Role};
use d06_testkit::{TestDb, both};

async fn begin(test: &TestDb) {
    let units = read_units(include_str!("../../../../../data/units/ha-bac.toml")).unwrap();
    // Twice: an installation may be begun again.
    for _ in 0..2 {
        seed::run(&test.cx, &test.db, &units, &[]).await.unwrap();
    }
}

fn grant(to: &str, from: NaiveDate, until: Option<NaiveDate>) -> NewRoleGrant {
    NewRoleGrant { number: number(to), role: Role::OneStopOfficer, unit: SHOP.to_owned(), from, to: until }
}

fn may_assign(cx: &Cx, to: &str) -> Result<Permit<act::AssignRole>, Problem> {
    let resource = Resource::new(Kind::Directory, "new").owned_by([number(to)]).in_unit(SHOP);
    Authz::new().unwrap().permit(cx, &resource)
}

#[tokio::test]
async fn the_tree_of_units_is_there() {
    both(migrations, |test| async move {
        begin(&test).await;
        let units = Units::new(test.db.clone());
        assert_eq!(units.get(&test.cx, "H31").await.unwrap().kind, "city");
        let subtree = units.subtree(&test.cx, COMMITTEE).await.unwrap();
        assert_eq!((subtree.len(), subtree[0].code.as_str()), (7, COMMITTEE));
        assert_eq!(units.get(&test.cx, "H99").await.unwrap_err().kind, ProblemKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_role_counts_from_its_first_day_to_its_last() {
    both(migrations, |test| async move {
        begin(&test).await;
        let world = World::of(&test).await;
        let signed_in = world.sign_in(MAI).await.unwrap();
        assert!(!signed_in.may_choose);
        let admin = administrator(&test.cx);
        let today = local_date(test.cx.now());
        let tomorrow = today + chrono::Days::new(1);
        let wrong = grant(MAI, tomorrow, Some(today));
        let permit = may_assign(&admin, MAI).unwrap();
        let problem = give_role::run(&admin, &test.db, &world.sessions, permit, wrong).await.unwrap_err();
        assert_eq!(problem.fields[0].code, "role.ends-before-it-begins");
        let permit = may_assign(&admin, MAI).unwrap();
        let right = grant(MAI, tomorrow, Some(tomorrow));
        give_role::run(&admin, &test.db, &world.sessions, permit, right.clone()).await.unwrap();

        for (day, may) in [(0, false), (1, true), (2, false)] {
            test.clock.set(d06_testkit::monday_morning() + Duration::days(day));
            assert_eq!(world.sign_in(MAI).await.unwrap().may_choose, may, "day {day}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_ended_role_is_gone_at_once_and_a_stale_page_is_told() {
    both(migrations, |test| async move {
        begin(&test).await;
        let world = World::of(&test).await;
        let admin = administrator(&test.cx);
        let authz = Authz::new().unwrap();
        let today = local_date(test.cx.now());
        let permit = may_assign(&admin, HUY);
        assert!(permit.is_err(), "nobody gives themselves a role");
        let permit = may_assign(&admin, MAI).unwrap();
        let given = grant(MAI, today, None);
        let id = give_role::run(&admin, &test.db, &world.sessions, permit, given.clone()).await.unwrap();
        let permit = may_assign(&admin, MAI).unwrap();
        let twice = give_role::run(&admin, &test.db, &world.sessions, permit, given).await.unwrap_err();
        assert_eq!(twice.fields[0].code, "role.held-already");

        let directory = Resource::new(Kind::Directory, COMMITTEE).in_unit(COMMITTEE);
        let permit = authz.permit::<act::ViewDirectory>(&admin, &directory).unwrap();
        let (_, grants) = list_roles::run(&admin, &test.db, &permit, COMMITTEE).await.unwrap();
        let version = grants[0].grant.version;
        let stale = EndRole { id, version: version + 1 };
        let problem = end_role::run(&admin, &test.db, &authz, &world.sessions, stale).await.unwrap_err();
        assert_eq!((problem.kind, problem.code), (ProblemKind::Conflict, "role.changed-meanwhile"));
        assert!(world.sign_in(MAI).await.unwrap().may_choose);
        end_role::run(&admin, &test.db, &authz, &world.sessions, EndRole { id, version }).await.unwrap();
        assert!(!world.sign_in(MAI).await.unwrap().may_choose);
    })
    .await;
}

#[tokio::test]
async fn a_session_in_a_unit_ends_with_the_role() {
    both(migrations, |test| async move {
        begin(&test).await;
        let world = World::of(&test).await;
        let today = local_date(test.cx.now());
        seed::run(&test.cx, &test.db, &[], &[grant(MAI, today, Some(today))]).await.unwrap();
        world.sign_in(MAI).await.unwrap();
        let account = only_account(&test.db).await;
        let tx = test.db.read().await.unwrap();
        let in_shop = Principals.principal(&test.cx, &tx, account, Some(SHOP)).await.unwrap().unwrap();
        assert!(in_shop.principal.has(Role::OneStopOfficer) && in_shop.unit_name.is_some());
        let elsewhere = Principals.principal(&test.cx, &tx, account, Some(COMMITTEE)).await.unwrap();
        assert!(elsewhere.is_none());
        let as_citizen = Principals.principal(&test.cx, &tx, account, None).await.unwrap().unwrap();
        assert!(as_citizen.principal.roles.is_empty());
        let cx = test.cx.acting_as(d06_kernel::Actor::Person(as_citizen.principal));
        assert_eq!(list_choices::run(&cx, &test.db).await.unwrap()[0].roles, [Role::OneStopOfficer]);
        test.clock.advance(Duration::days(1));
        assert!(Principals.principal(&test.cx, &tx, account, Some(SHOP)).await.unwrap().is_none());
    })
    .await;
}
