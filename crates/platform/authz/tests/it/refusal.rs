//! How a refusal looks to the one who is refused.

use crate::matrix::person;
use d06_authz::{Authz, Kind, Resource, act, office_of};
use d06_kernel::{Cx, ProblemKind, Role};

const MINE: &str = "030000000001";
const THEIRS: &str = "030000000002";

fn dossier_of(number: &str) -> Resource {
    Resource::new(Kind::Dossier, "d1").owned_by([number.parse().unwrap()]).in_unit("H31.10816.01")
}

#[test]
fn a_stranger_cannot_tell_a_dossier_from_a_wrong_address() {
    let authz = Authz::new().unwrap();
    let problem = authz.permit::<act::ViewDossier>(&person(MINE, None), &dossier_of(THEIRS)).unwrap_err();
    assert_eq!((problem.kind, problem.code), (ProblemKind::NotFound, "not-found"));
}

#[test]
fn who_sees_a_dossier_but_may_not_decide_it_is_told_so() {
    let authz = Authz::new().unwrap();
    let officer = person(MINE, Some((Role::OneStopOfficer, "H31.10816.01")));
    let problem = authz.permit::<act::DecideDossier>(&officer, &dossier_of(THEIRS)).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Forbidden);
}

#[test]
fn a_leader_does_not_decide_their_own_case() {
    let authz = Authz::new().unwrap();
    let leader = person(MINE, Some((Role::ApprovingLeader, "H31.10816")));
    assert!(authz.permit::<act::DecideDossier>(&leader, &dossier_of(THEIRS)).is_ok());
    assert!(authz.permit::<act::DecideDossier>(&leader, &dossier_of(MINE)).is_err());
}

#[test]
fn nobody_signed_in_is_asked_to_sign_in() {
    let authz = Authz::new().unwrap();
    let problem = authz.permit::<act::ViewDossier>(&Cx::of_machine(), &dossier_of(MINE)).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInRequired);
}

#[test]
fn an_office_is_the_first_two_groups_of_a_unit_code() {
    assert_eq!(office_of("H31.10816.02"), "H31.10816");
    assert_eq!(office_of("H31.10816"), "H31.10816");
    assert_eq!(office_of("H31"), "H31");
    assert_eq!(office_of("H31.10816.T01"), "H31.10816.T01", "a hamlet speaks for itself");
}
